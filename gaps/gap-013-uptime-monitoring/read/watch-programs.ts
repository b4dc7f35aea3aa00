import type { Repo } from '../../../src/contract.ts';
import type { Deployment } from '../../../src/read/deploy/deployments.ts';
import { basename } from '../../../src/repo/paths.ts';
import {
  ASKS_BY_CODE,
  GOES_ON,
  NO_PROGRAM,
  RUNS_PROGRAMS,
  WAKES_SOMEBODY,
  WATCH_PROGRAM,
  WORKFLOW,
} from '../tables.ts';

/** A program of the repository's own that asks again and again whether something answers, or wakes somebody. */
export interface WatchProgram {
  readonly path: string;
  readonly name: string;
  /** Where what runs it stands; undefined where nothing does. */
  readonly runBy: 'outside' | 'same-host' | undefined;
}

/** The programs that watch, whether anything runs them or not. */
export function watchProgramsOf(repo: Repo, deployments: readonly Deployment[]): readonly WatchProgram[] {
  return repo
    .find(WATCH_PROGRAM)
    .filter((path) => !NO_PROGRAM.test(path) && watches(repo, path))
    .map((path) => ({ path, name: basename(path), runBy: runnerOf(repo, deployments, path) }));
}

function watches(repo: Repo, path: string): boolean {
  return (
    repo.mentions(path, ASKS_BY_CODE) && (repo.mentions(path, GOES_ON) || repo.mentions(path, WAKES_SOMEBODY))
  );
}

function runnerOf(repo: Repo, deployments: readonly Deployment[], path: string): WatchProgram['runBy'] {
  const name = basename(path);
  const runs = (file: string) => file !== path && lines(repo, file).some((line) => calls(line, name));
  const onClock = repo.find(WORKFLOW).filter((file) => repo.mentions(file, /^[ \t]*(?:-[ \t]*)?cron:/m));
  if (onClock.some(runs)) return 'outside';
  const stacks = deployments.filter(({ kind }) => kind === 'compose' || kind === 'script');
  const onServer = [...repo.find(RUNS_PROGRAMS), ...stacks.map((each) => each.path)];
  return onServer.filter((file) => !WORKFLOW.test(file)).some(runs) ? 'same-host' : undefined;
}

function lines(repo: Repo, path: string): readonly string[] {
  return (repo.peek(path) ?? '').split('\n').filter((line) => !/^\s*(?:#|\/\/|;)/.test(line));
}

/** A line that only tells people of the program does not run it; one that writes a crontab does. */
function calls(line: string, name: string): boolean {
  return line.includes(name) && (!/^\s*(?:echo|printf|info|log)\b/.test(line) || /\bcron/.test(line));
}
