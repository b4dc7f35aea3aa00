import { spawnSync } from 'node:child_process';
import { RefusedError } from '../errors.ts';

/** @throws RefusedError when there is no git to run. */
export function git(root: string, args: readonly string[]) {
  const { error, ...result } = ask(root, args);
  if (!error) return result;
  throw new RefusedError(
    `git could not be run: ${error.message}`,
    'Install git, or pass --allow-dirty to go on without this guard.',
  );
}

/** What git's configuration may name a program for, turned off for questions. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.pager=cat'];
/** Long for an answer; a pipe where git expects a file would keep it waiting for ever. */
const PATIENCE_MS = 60_000;

/** A question whose answer may be missing. Asking runs no program of the repository. */
export function ask(root: string, args: readonly string[], input = '') {
  return run(root, [...HARMLESS, ...args], { input, timeout: PATIENCE_MS });
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
 * Hooks set variables that point git at their repository, its index and its objects (`git rev-parse
 * --local-env-vars`); the target is another one.
 */
const OF_ANOTHER_REPOSITORY =
  /^GIT_(ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|CONFIG|CONFIG_COUNT|CONFIG_PARAMETERS|DIR|GRAFT_FILE|IMPLICIT_WORK_TREE|INDEX_FILE|INTERNAL_SUPER_PREFIX|NAMESPACE|NO_REPLACE_OBJECTS|OBJECT_DIRECTORY|PREFIX|REPLACE_REF_BASE|SHALLOW_FILE|WORK_TREE)$/;

function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !OF_ANOTHER_REPOSITORY.test(name));
  return { ...Object.fromEntries(own), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
}
