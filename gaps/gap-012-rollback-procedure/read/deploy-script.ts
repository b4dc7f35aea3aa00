import type { Repo } from '../../../src/contract.ts';
import { linesOf } from '../../../src/edit/text.ts';
import { type ComposeCommand, composeCommands } from '../../../src/read/deploy/compose-commands.ts';
import { wordsFrom } from '../../../src/read/deploy/shell-words.ts';
import { type StackCall, stackCalls } from './stack-calls.ts';

/** A script that builds a stack and starts it, and where it can be told what a release is. */
export interface DeployScript {
  readonly path: string;
  /** The Compose files, lowest first. */
  readonly files: readonly string[];
  /** What it names as `--env-file`. */
  readonly envFiles: readonly string[];
  /** `docker compose`, or the older program where the script knows no other. */
  readonly program: string;
  /** Behind which the shared functions are read in: an offset at the start of a line. */
  readonly sources: number;
  /** The lines of the first call that builds and of the last one that starts, by their offsets, and their blanks. */
  readonly begins: number;
  readonly finishes: number;
  readonly indent: string;
}

type Refused = { readonly refused: string };

/** The script that starts these Compose files; in words why none can be told what a release is. */
export function deployScriptFor(repo: Repo, stack: string): DeployScript | Refused {
  const starting = composeCommands(repo).filter(
    ({ creates, files, isQuoted }) => creates && !isQuoted && files.includes(stack),
  );
  const scripts = [...new Set(starting.map(({ script }) => script))];
  if (scripts.length === 0) return { refused: `no script here starts ${stack}` };
  const read = scripts.map((script) => readScript(repo, script, stack));
  const usable = read.filter((each) => !('refused' in each));
  if (usable.length > 1)
    return {
      refused: `${scripts.join(' and ')} all start ${stack}, and each would be a deployment of its own`,
    };
  return usable[0] ?? read[0] ?? { refused: `no script here starts ${stack}` };
}

const STRICT = /^set -[a-df-z]*e/;

function readScript(repo: Repo, script: string, stack: string): DeployScript | Refused {
  const text = repo.text(script);
  const calls = stackCalls(repo, script).filter(({ command }) => command.files.includes(stack));
  const builds = calls.filter(({ verb }) => verb === 'build' || verb === 'up');
  const [first] = builds;
  const last = calls.findLast(({ verb }) => verb === 'up');
  const problem = shapeProblem(repo, text, calls);
  if (problem !== undefined || !first || !last)
    return { refused: `${script} ${problem ?? `does not start ${stack} in a way that is known here`}` };
  const { files, envFiles } = last.command;
  const lines = linesOf(text);
  const strict = lines.find((line) => STRICT.test(line.text));
  const top = strict ?? lines.find((line) => line.text !== '' && !line.text.startsWith('#'));
  return {
    path: script,
    files,
    envFiles: envFiles === undefined || envFiles === 'unknown' ? [] : envFiles,
    program: /docker[ \t]+compose/.test(text) ? 'docker compose' : 'docker-compose',
    sources: strict ? Math.min(strict.end + 1, text.length) : (top?.start ?? 0),
    begins: lineStartOf(text, first.at),
    finishes: statementEnd(text, last.at),
    indent: indentAt(text, first.at),
  };
}

/** What keeps the script from being told what a release is, to follow its name. */
function shapeProblem(repo: Repo, text: string, calls: readonly StackCall[]): string | undefined {
  const up = calls.filter(({ verb }) => verb === 'up');
  const first = calls.find(({ verb }) => verb === 'build' || verb === 'up');
  const last = up.at(-1);
  if (!first || !last) return 'does not say in a plain line where it starts the stack';
  if (!/^.*\bbash\b/.test(text) && !text.includes('BASH_SOURCE')) return 'is not written for bash';
  if (/^[ \t]*trap\b/m.test(text)) return 'ends in a trap of its own';
  if (last.services.length > 0) return 'starts a part of the stack last';
  const commands = [...new Set([first.command, last.command])];
  const odd = commands.map((command) => commandProblem(repo, command)).find((each) => each !== undefined);
  if (odd !== undefined) return odd;
  const alone = [first, last].every(({ at }) => text.slice(lineStartOf(text, at), at).trim() === '');
  if (!alone) return 'calls Compose in the middle of a line';
  return isOneBlock(text, first.at, last.at) ? undefined : 'builds and starts in different branches';
}

function commandProblem(
  repo: Repo,
  { files, envFiles, exports, options, script }: ComposeCommand,
): string | undefined {
  const words = wordsFrom(repo.text(script), options).map(({ raw }) => raw);
  if (words.some((word) => /^(?:-p|--project-name|--project-directory|--profile)(?:=|$)/.test(word)))
    return 'names a project or a profile where it calls Compose';
  if (envFiles === 'unknown' || exports.isUnknown) return 'hands Compose an environment that cannot be told';
  const filled = [...exports.values.keys()].filter((name) =>
    files.some((file) => repo.mentions(file, `\${${name}`)),
  );
  const own = [...exports.values.keys()].find((name) => name.startsWith('COMPOSE_')) ?? filled[0];
  if (own !== undefined) return `exports ${own}, which Compose reads`;
  return exports.files.length > 0 ? 'exports an env file, which Compose then reads' : undefined;
}

/** Whether nothing between two lines stands further out than they do. */
function isOneBlock(text: string, from: number, to: number): boolean {
  const column = indentAt(text, from).length;
  if (indentAt(text, to).length !== column) return false;
  return text
    .slice(lineStartOf(text, from), to)
    .split('\n')
    .every((line) => line.trim() === '' || line.length - line.trimStart().length >= column);
}

function lineStartOf(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartOf(text, at)))?.[0] ?? '';
}

/** Where the line of a statement ends, with the lines that a backslash carries it on to: before the line feed. */
function statementEnd(text: string, at: number): number {
  for (let end = text.indexOf('\n', at); end !== -1; end = text.indexOf('\n', end + 1))
    if (text[end - 1] !== '\\') return end;
  return text.length;
}
