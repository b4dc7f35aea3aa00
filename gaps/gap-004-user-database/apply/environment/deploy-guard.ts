import type { Repo, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import type { ComposeCommand } from '../../../../src/read/deploy/compose-commands.ts';
import { dirname, join } from '../../../../src/repo/paths.ts';
import { placeBefore } from './guard-place.ts';
import { oldFileCheck } from './old-file-check.ts';
import { type DeployCheck, readerLines, type ShellCheck } from './shell-checks.ts';

/** A call of Compose with the env file that it is handed, in the words of its script. */
export interface HandedFile {
  readonly call: ComposeCommand;
  readonly file: string;
  readonly word: string;
}

/**
 * Checks that a deploy script makes before it calls Compose with another env file. Undefined where they have no safe
 * place; nothing where there is nothing to check.
 */
export function guardFor(
  repo: Repo,
  handed: readonly HandedFile[],
  checksFor: (file: string) => readonly DeployCheck[],
): readonly Span[] | undefined {
  const [first] = handed;
  if (!first) return [];
  const text = repo.text(first.call.script);
  const places = handed.map(({ call, word }) => placeBefore(text, call.at, [word]));
  const known = places.flatMap((place) => place ?? []);
  const at = Math.min(...known);
  const bare = bareWord(handed[places.indexOf(at)]?.word ?? '');
  if (known.length < places.length || bare === undefined) return undefined;
  const indent = /^( +|\t)(?=[^\s#])/m.exec(text)?.[1] ?? '  ';
  const left = isLeftBehind(first)
    ? [oldFileCheck(join(first.call.folder, '.env'), first.file, stackText(repo, first))]
    : [];
  const checks = [...left, ...checksFor(first.file)].map((check) => check.shell(bare, indent));
  return checks.length === 0 ? [] : [insertion(at, guardText(text, at, checks, indent))];
}

function stackText(repo: Repo, { call }: HandedFile): string {
  return call.files.map((path) => repo.peek(path) ?? '').join('\n');
}

/** Compose read `.env` beside the stack, where the other file lies as well. */
function isLeftBehind({ call, file }: HandedFile): boolean {
  return call.envFiles === undefined && call.folder === dirname(file);
}

/** The word without its quotes, to stand between others; undefined where it is written in another way. */
function bareWord(word: string): string | undefined {
  const bare = /^".*"$/s.test(word) ? word.slice(1, -1) : word;
  return /["'`\\]/.test(bare.replace(/\$\(dirname "[^"]*"\)/, '')) ? undefined : bare;
}

function guardText(text: string, at: number, checks: readonly ShellCheck[], indent: string): string {
  const { call, exits } = complaintOf(text.slice(0, at));
  const stop = (message: string) => [call(message), ...(exits ? [] : ['exit 1'])];
  const lines = [...readerLines(indent), '', ...checks.flatMap((check) => check(stop))];
  const above = at === 0 || text.slice(0, at).endsWith('\n\n') ? '' : '\n';
  return `${above}${lines.join('\n')}\n\n`;
}

const COMPLAINS =
  /^(?:function[ \t]+)?(error|err|log_error|die|fail|fatal)[ \t]*(?:\(\)[ \t]*)?\{([^\n]{0,500})\}[ \t]*$/m;

/** How the script complains: with a function of its own on one line, or by writing to its error output. */
function complaintOf(before: string): { call(message: string): string; exits: boolean } {
  const [, name, body = ''] = COMPLAINS.exec(before) ?? [];
  return name === undefined || !/\$(?:\{?1\b|[*@])/.test(body)
    ? { call: (message) => `echo "${message}" >&2`, exits: false }
    : { call: (message) => `${name} "${message}"`, exits: /\bexit\b/.test(body) };
}
