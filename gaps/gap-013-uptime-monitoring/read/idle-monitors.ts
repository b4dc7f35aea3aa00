import type { Repo } from '../../../src/contract.ts';
import type { Deployment } from '../../../src/read/deploy/deployments.ts';
import { MONITOR_IMAGE, OWN_SETTINGS } from '../tables.ts';
import type { WatchProgram } from './watch-programs.ts';

/** A monitor that is set up and that nothing which is deployed runs. */
export interface IdleMonitor {
  readonly path: string;
  readonly at: number;
  readonly name: string;
}

/** Monitors of stacks and profiles that nothing starts, settings that nothing reads, programs that nothing calls. */
export function idleMonitorsOf(
  repo: Repo,
  deployments: readonly Deployment[],
  programs: readonly WatchProgram[],
): readonly IdleMonitor[] {
  const stacks = [...repo.layout.compose, ...deployments.filter(({ kind }) => kind === 'compose')];
  const images = [...new Set(stacks.map(({ path }) => path))].flatMap((path) => imagesIn(repo, path));
  const settings = OWN_SETTINGS.flatMap(([called, content, name]) =>
    repo
      .find(called)
      .filter((path) => repo.mentions(path, content))
      .map((path) => ({ path, at: 0, name })),
  );
  const idle = programs
    .filter(({ runBy }) => runBy === undefined)
    .map(({ path, name }) => ({ path, at: 0, name }));
  return [...images, ...settings, ...idle];
}

function imagesIn(repo: Repo, path: string): readonly IdleMonitor[] {
  return [...(repo.peek(path) ?? '').matchAll(/image:\s*['"]?([^\s'"]+)/g)].flatMap((match) => {
    const name = MONITOR_IMAGE.exec(match[1] ?? '')?.[1];
    return name === undefined ? [] : [{ path, at: match.index, name }];
  });
}
