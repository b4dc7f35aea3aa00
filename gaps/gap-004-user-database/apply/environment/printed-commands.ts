import type { Edit, Repo, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { escaped } from '../../../../src/repo/escaped.ts';
import type { HandedFile } from './deploy-guard.ts';

const PROGRAM = /\bdocker(?:[ \t]+|-)compose/;
/** A comment, or a command of one word that says something: `echo "…"`, `info "…"`. */
const SAID = /^[ \t]*(?:#|[a-z]\w*[ \t]+(?:-e[ \t]+)?["'][^\n]*$)/;

/** `--env-file` in the commands of Compose that a script only shows, in the words of its own calls. */
export function printedSpans(text: string, handed: readonly HandedFile[]): readonly Span[] {
  const spans = handed.flatMap(({ call, file, word }) => {
    const program = text.slice(call.at, call.options);
    const shown = call.fileWord === undefined ? [] : [call.fileWord, plain(call.fileWord)];
    return [
      ...shown.flatMap((stack) => insertions(text, new RegExp(escaped(program)), stack, plain(word))),
      ...call.files.flatMap((stack) => insertions(text, PROGRAM, stack, file)),
    ];
  });
  const called = new Set(handed.map(({ call }) => call.options));
  return [...new Map(spans.map((span) => [span.start, span])).values()].filter(
    ({ start }) => !called.has(start),
  );
}

/** `--env-file` in the commands that the comments of a stack's file show. */
export function shownEdits(repo: Repo, stack: string, file: string): readonly Edit[] {
  const spans = insertions(repo.text(stack), PROGRAM, stack, file);
  return spans.length > 0 ? [splice(repo, stack, spans)] : [];
}

function insertions(text: string, program: RegExp, stack: string, file: string): readonly Span[] {
  // Quotes inside of what is printed would end it.
  if (/["'`\s]/.test(file + stack)) return [];
  const shown = new RegExp(
    String.raw`(${program.source})[ \t]+-f[ \t]+${escaped(stack)}(?=[ \t"'\n]|$)`,
    'g',
  );
  return [...text.matchAll(shown)]
    .filter(({ index }) => isSaid(text, index))
    .map(({ index, 1: words = '' }) => insertion(index + words.length, ` --env-file ${file}`));
}

function isSaid(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return SAID.test(line) && !/^[ \t]*(?:ssh|sh|bash|su|eval|exec|trap)\b/.test(line);
}

function plain(word: string): string {
  return word.replace(/^"(.*)"$/, '$1');
}
