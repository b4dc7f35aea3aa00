import type { Edit, Repo, Span } from '../../src/contract.ts';
import { applySpans, splice } from '../../src/edit/spans.ts';
import { lineStart } from '../../src/edit/ts-file.ts';
import { asRecord } from '../../src/repo/record.ts';
import { parseYaml } from '../../src/repo/yaml.ts';
import type { Blank } from './blank-environment.ts';

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

function lineOf(text: string, { name, answer, isBuilt, deployed, file }: Blank): Span | undefined {
  const start = lineStart(text, answer.at);
  const newline = text.indexOf('\n', answer.at);
  const end = newline === -1 ? text.length : newline + 1;
  const self = new RegExp(
    String.raw`^[ \t]*(?:-[ \t]*)?["']?${name}["']?(?:=|:[ \t]*)["']?\$(?:\{${name}\}|${name})["']?[ \t]*$`,
  );
  const isSupplied = deployed.envFiles.includes(file);
  return !isBuilt && isSupplied && self.test(text.slice(start, end).trimEnd())
    ? { start, end, text: '' }
    : undefined;
}

/** Whether each service that loses a line has others left: a key without anything below it is another thing. */
function keepsSome(path: string, after: string, blanks: readonly Blank[]): boolean {
  const services = asRecord(asRecord(parseYaml(path, after)[0]?.toJS({ maxAliasCount: -1 })).services);
  return blanks.every(({ deployed: { service } }) => {
    const { environment } = asRecord(services[service.name]);
    return Array.isArray(environment)
      ? environment.length > 0
      : Object.keys(asRecord(environment)).length > 0;
  });
}
