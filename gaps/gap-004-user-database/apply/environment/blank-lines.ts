import type { Edit, Repo, Span } from '../../../../src/contract.ts';
import { applySpans, splice } from '../../../../src/edit/spans.ts';
import { lineStart } from '../../../../src/edit/ts-file.ts';
import { holdsAny } from '../../../../src/edit/yaml-entry.ts';
import { escaped } from '../../../../src/repo/escaped.ts';
import type { Blank } from '../../read/blank-environment.ts';

/**
 * Takes away the lines that hand a variable on to itself (`- X=${X}`), where `env_file` has it anyway. Undefined
 * where one is written in another way, goes into the build, or is the last of its list.
 */
export function blankLineEdits(repo: Repo, blanks: readonly Blank[]): readonly Edit[] | undefined {
  const paths = [...new Set(blanks.map(({ answer }) => answer.path))];
  const edits: Edit[] = [];
  for (const path of paths) {
    const text = repo.text(path);
    const own = new Map(
      blanks.filter(({ answer }) => answer.path === path).map((blank) => [blank.answer.at, blank] as const),
    );
    const spans = [...own.values()].map((blank) => lineOf(text, blank));
    const known = spans.flatMap((span) => span ?? []);
    if (known.length < spans.length || !keepsSome(path, applySpans(path, text, known), [...own.values()]))
      return undefined;
    edits.push(splice(repo, path, known));
  }
  return edits;
}

/** The line with the break before it, so that what is added behind its list does not overlap. */
function lineOf(text: string, { name, answer, isBuilt, deployed, file }: Blank): Span | undefined {
  const start = lineStart(text, answer.at);
  const newline = text.indexOf('\n', answer.at);
  const end = newline === -1 ? text.length : newline;
  const self = new RegExp(
    String.raw`^[ \t]*(?:-[ \t]*)?["']?${escaped(name)}["']?(?:=|:[ \t]*)["']?\$(?:\{${escaped(name)}\}|${escaped(name)})["']?[ \t]*$`,
  );
  const isSupplied = deployed.envFiles.includes(file);
  return start > 0 && !isBuilt && isSupplied && self.test(text.slice(start, end))
    ? { start: start - 1, end, text: '' }
    : undefined;
}

/** A key without anything below it would be another thing. */
function keepsSome(path: string, after: string, blanks: readonly Blank[]): boolean {
  return blanks.every(({ deployed: { service } }) =>
    holdsAny(path, after, ['services', service.name, 'environment']),
  );
}
