import type { Repo, Span } from '../../src/contract.ts';
import { insertion } from '../../src/edit/outcome.ts';
import type { ComposeCommand } from '../../src/read/compose-commands.ts';
import { documentOf, envFileValues } from '../../src/read/env-file.ts';
import { basename, dirname } from '../../src/repo/paths.ts';
import type { Blank } from './blank-environment.ts';
import { placeBefore } from './guard-place.ts';

/** A call of Compose with the env file that it is handed, in the words of its script. */
export interface HandedFile {
  readonly call: ComposeCommand;
  readonly file: string;
  readonly word: string;
}

/** The secret of the app's sign-in as the env file has to set it. */
interface Secret {
  readonly name: string;
  /** What the example has; it is published. */
  readonly published: string;
}

const SIGN_IN_SECRET = /^(?:NEXTAUTH|AUTH)_SECRET$/;
/** Characters that a shell leaves alone between double quotes. */
const PLAIN = /^[\w.+/=<>:@, -]*$/;

/**
 * Checks that a deploy script makes before it calls Compose with another env file: nothing is left in a `.env` that
 * Compose no longer reads, and the sign-in secret is not the one of the example. Undefined where they have no safe
 * place; nothing where there is nothing to check.
 */
export function guardFor(
  repo: Repo,
  blanks: readonly Blank[],
  handed: readonly HandedFile[],
): readonly Span[] | undefined {
  const [first] = handed;
  if (!first) return [];
  const text = repo.text(first.call.script);
  const places = handed.map(({ call, word }) => placeBefore(text, call.at, [word]));
  const known = places.flatMap((place) => place ?? []);
  const at = Math.min(...known);
  const bare = bareWord(handed[places.indexOf(at)]?.word ?? '');
  if (known.length < places.length || bare === undefined) return undefined;
  const secrets = secretsOf(repo, blanks, first.file);
  if (secrets.some(({ published }) => !PLAIN.test(published))) return undefined;
  const indent = /^( +|\t)(?=[^\s#])/m.exec(text)?.[1] ?? '  ';
  const checks = [
    isLeftBehind(first) ? [oldFileCheck(first.file, bare)] : [],
    secrets.map((secret) => secretCheck(secret, bare, indent)),
  ].flat();
  return checks.length === 0 ? [] : [insertion(at, guardText(text, at, checks, indent))];
}

/** The sign-in secrets that the app is handed from now on, as the example has them. */
export function secretsOf(repo: Repo, blanks: readonly Blank[], file: string): readonly Secret[] {
  const document = documentOf(repo, file);
  const values = envFileValues(document === undefined ? '' : repo.text(document));
  const names = blanks
    .filter((blank) => blank.file === file && !blank.isBuilt && SIGN_IN_SECRET.test(blank.name))
    .flatMap(({ answer }) => answer.names);
  return [...new Set(names)].map((name) => ({ name, published: values.get(name) ?? '' }));
}

/** Compose read `.env` beside the stack, where the other file lies as well. */
function isLeftBehind({ call, file }: HandedFile): boolean {
  return call.envFiles === undefined && call.folder === dirname(file);
}

interface Check {
  readonly comment?: string;
  readonly condition: string;
  readonly message: string;
}

function oldFileCheck(file: string, bare: string): Check {
  const old = bare.endsWith(basename(file))
    ? `${bare.slice(0, -basename(file).length)}.env`
    : `$(dirname "${bare}")/.env`;
  return {
    comment: 'Compose reads no .env of its own once a file is named.',
    condition: `[ -f "${old}" ]`,
    message: `Move the lines of ${old} to ${bare}, then remove it: Compose no longer reads it.`,
  };
}

function secretCheck({ name, published }: Secret, bare: string, indent: string): Check {
  const unset = published === '' ? '' : `(${published.replace(/[.+]/g, '[$&]')})?`;
  const value = `[\\"']?${unset}[\\"']?[[:space:]]*`;
  return {
    condition: `! grep -q '^${name}=' "${bare}" ||\n${indent}grep -Eq "^${name}=${value}$" "${bare}"`,
    message: `Set ${name} in ${bare} to a secret of its own: openssl rand -hex 32`,
  };
}

/** The word without its quotes, to stand between others; undefined where it is written in another way. */
function bareWord(word: string): string | undefined {
  const bare = /^".*"$/s.test(word) ? word.slice(1, -1) : word;
  return /["'`\\]/.test(bare.replace(/\$\(dirname "[^"]*"\)/, '')) ? undefined : bare;
}

function guardText(text: string, at: number, checks: readonly Check[], indent: string): string {
  const { call, exits } = complaintOf(text.slice(0, at));
  const blocks = checks.map(({ comment, condition, message }) =>
    [
      ...(comment === undefined ? [] : [`# ${comment}`]),
      `if ${condition}; then`,
      `${indent}${call(message)}`,
      ...(exits ? [] : [`${indent}exit 1`]),
      'fi\n',
    ].join('\n'),
  );
  const above = at === 0 || text.slice(0, at).endsWith('\n\n') ? '' : '\n';
  return `${above}${blocks.join('')}\n`;
}

const COMPLAINS =
  /^(?:function[ \t]+)?(error|err|log_error|die|fail|fatal)[ \t]*(?:\(\))?[ \t]*\{([^\n]*)\}[ \t]*$/m;

/** How the script complains: with a function of its own on one line, or by writing to its error output. */
function complaintOf(before: string): { call(message: string): string; exits: boolean } {
  const [, name, body = ''] = COMPLAINS.exec(before) ?? [];
  return name === undefined || !/\$(?:\{?1\b|[*@])/.test(body)
    ? { call: (message) => `echo "${message}" >&2`, exits: false }
    : { call: (message) => `${name} "${message}"`, exits: /\bexit\b/.test(body) };
}
