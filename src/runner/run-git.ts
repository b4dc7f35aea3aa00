import { spawnSync } from 'node:child_process';
import { RefusedError } from '../errors.ts';

/** @throws RefusedError when there is no git to run. */
export function git(root: string, args: readonly string[]) {
  const { error, ...result } = ask(root, args);
  if (!error) return result;
  throw new RefusedError(
    `git could not be run: ${error.message}`,
    `${isMissing(error) ? 'Install git' : 'Mend the cause'}, or pass --allow-dirty to go on without this guard.`,
  );
}

function isMissing(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ENOENT';
}

/** What git's configuration may name a program for, turned off for questions. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.pager=cat'];
/** Long for an answer; a pipe where git expects a file would keep it waiting for ever. */
const PATIENCE_MS = 30_000;

/** The arguments of a question: answering it runs no program that a configuration names. */
export function asked(args: readonly string[]): readonly string[] {
  return [...HARMLESS, ...args];
}

/** A question whose answer may be missing. Asking runs no program of the repository. */
export function ask(root: string, args: readonly string[], input = '') {
  return run(root, asked(args), { input, timeout: PATIENCE_MS });
}

/** Runs git about this folder and nothing else, whatever a hook around us says. */
export function run(root: string, args: readonly string[], more: { input?: string; timeout?: number } = {}) {
  const { status, stdout, stderr, error, signal } = spawnSync('git', args, {
    cwd: root,
    env: gitEnvironment(process.env),
    input: more.input ?? '',
    timeout: more.timeout,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '', error, signal };
}

/**
 * Of git's variables only those that say where it is installed, who the person is and what they configured for
 * themselves. Hooks set others that point git at their repository, and some change what a path means: with
 * GIT_LITERAL_PATHSPECS every answer about a file would be that nothing has changed.
 */
const HARMLESS_VARIABLE =
  /^GIT_(?:AUTHOR_\w+|COMMITTER_\w+|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|EXEC_PATH|TEMPLATE_DIR|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|SSL_\w+|SSH|SSH_COMMAND|ASKPASS)$/;

function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(
    ([name]) => !name.startsWith('GIT_') || HARMLESS_VARIABLE.test(name),
  );
  return { ...Object.fromEntries(own), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
}
