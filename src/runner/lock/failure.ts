import type { Dependency } from '../../contract.ts';
import type { CommandResult } from '../command.ts';
import type { Manager } from './owner.ts';

/** What clients say when no registry answers them, whatever the reason. */
const NO_ANSWER =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPIPE|ERR_SOCKET_TIMEOUT|ENOTCACHED|E5\d\d|50[0-4] [A-Z])/;

/** Whether no registry answered. */
export function isUnanswered(output: string): boolean {
  return NO_ANSWER.test(output);
}

/** Why a manager did not bring the lock file along, in one line. */
export function failureOf(
  manager: Manager,
  result: Exclude<CommandResult, { kind: 'exited'; code: 0 }>,
  command: string,
): string {
  if (result.kind === 'missing') return `${manager} is not installed; run by hand: ${command}`;
  if (result.kind === 'timeout') return `${manager} did not come to an end in time; run by hand: ${command}`;
  if (result.kind === 'interrupted') return 'interrupted';
  if (isUnanswered(result.output))
    return 'no npm registry answered; package.json and the lock file stay untouched';
  return `${manager} failed: ${complaintOf(result.output)}`;
}

/** The line that tells most, without the prefixes that npm puts on each. */
function complaintOf(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*(notarget\b)?\s*/, '').trim())
    .filter((line) => line !== '' && !/^npm warn|^code |^A complete log|^\S*-debug-0\.log/i.test(line));
  return (
    lines.find((line) => /error|ERR_|not found|no matching|could not|cannot|unable/i.test(line)) ??
    lines[0] ??
    'it gave no reason'
  );
}

/** The command that a person types to add the packages of one package.json. */
export function commandFor(manager: Manager, dependencies: readonly Dependency[]): string {
  const dir = dependencies[0]?.dir ?? '';
  const verb = manager === 'npm' ? 'npm install' : `${manager} add`;
  const commands = [false, true].flatMap((dev) => {
    const packages = dependencies.filter((one) => one.dir === dir && one.dev === dev);
    if (packages.length === 0) return [];
    const names = packages.map(({ name, range }) => quote(`${name}@${range}`)).join(' ');
    return [`${verb}${dev ? ' -D' : ''} ${names}`];
  });
  return [...(dir === '' ? [] : [`cd ${quote(dir)}`]), ...commands].join(' && ');
}

function quote(word: string): string {
  return /^[\w@^~./-]+$/.test(word) ? word : `'${word}'`;
}
