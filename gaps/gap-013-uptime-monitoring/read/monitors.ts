import type { Repo } from '../../../src/contract.ts';
import { composeModel } from '../../../src/read/deploy/compose.ts';
import type { Deployment } from '../../../src/read/deploy/deployments.ts';
import {
  ASKS_SITE,
  HOSTED_SETTINGS,
  MONITOR_IMAGE,
  NO_SETTINGS,
  TERRAFORM_MONITOR,
  WATCHING,
  WORKFLOW,
} from '../tables.ts';
import { hoursInCron, hoursInSettings } from './frequency.ts';
import type { WatchProgram } from './watch-programs.ts';

/** Something that asks the running application on a clock whether it answers. */
export interface Monitor {
  readonly path: string;
  readonly at: number;
  readonly name: string;
  /** `same-host`: goes down together with what it watches. */
  readonly stands: 'outside' | 'same-host';
  /** Hours between two questions, where that is written and more than one. */
  readonly everyHours?: number;
}

/** Every monitor that the repository holds and that something runs. */
export function monitorsOf(
  repo: Repo,
  deployments: readonly Deployment[],
  programs: readonly WatchProgram[],
): readonly Monitor[] {
  return [
    ...terraform(repo),
    ...settings(repo),
    ...workflows(repo),
    ...services(repo, deployments),
    ...running(programs),
  ];
}

function terraform(repo: Repo): readonly Monitor[] {
  return repo.find(/\.tf(\.json)?$/).flatMap((path): Monitor[] => {
    const found = TERRAFORM_MONITOR.exec(repo.peek(path) ?? '');
    return found ? [{ path, at: found.index, name: found[1] ?? '', stands: 'outside' }] : [];
  });
}

function settings(repo: Repo): readonly Monitor[] {
  return HOSTED_SETTINGS.flatMap(([called, content, name]) =>
    repo
      .find(called)
      .filter((path) => !NO_SETTINGS.test(path) && repo.mentions(path, content))
      .map((path): Monitor => {
        const hours = hoursInSettings(repo.peek(path) ?? '');
        return { path, at: 0, name, stands: 'outside', ...rare(hours) };
      }),
  );
}

function workflows(repo: Repo): readonly Monitor[] {
  return repo.find(WORKFLOW).flatMap((path): Monitor[] => {
    const text = (repo.peek(path) ?? '').replace(/^[ \t]*#.*$/gm, '');
    const title = `${path} ${/^name:(.*)$/m.exec(text)?.[1] ?? ''}`;
    const asks = /^[ \t]*(?:-[ \t]*)?cron:/m.test(text) && WATCHING.test(title) && ASKS_SITE.test(text);
    if (!asks) return [];
    return [{ path, at: 0, name: 'a workflow on a clock', stands: 'outside', ...rare(hoursInCron(text)) }];
  });
}

function rare(hours: number): { readonly everyHours?: number } {
  return hours > 1 ? { everyHours: hours } : {};
}

/** Services of the stacks that are deployed; another stack runs nothing. */
function services(repo: Repo, deployments: readonly Deployment[]): readonly Monitor[] {
  return deployments
    .filter(({ kind }) => kind === 'compose')
    .flatMap(({ path }) =>
      composeModel(repo, { path }).services.flatMap(({ value, at }): Monitor[] => {
        const name = MONITOR_IMAGE.exec(String(value.image ?? ''))?.[1];
        // A profile is started by those alone who ask for it.
        if (name === undefined || value.profiles !== undefined) return [];
        return [{ path, at, name, stands: 'same-host' }];
      }),
    );
}

function running(programs: readonly WatchProgram[]): readonly Monitor[] {
  return programs.flatMap(({ path, name, runBy }): Monitor[] =>
    runBy === undefined ? [] : [{ path, at: 0, name, stands: runBy }],
  );
}
