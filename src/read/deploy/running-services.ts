import { oncePer } from '../../repo/once.ts';
import { asRecord } from '../../repo/record.ts';
import type { Repo } from '../../repo/repo.ts';
import { deployedStacks } from './deployed-stacks.ts';
import { lastStageOf } from './dockerfile.ts';
import { dockerfileOf, type StackService } from './service-roles.ts';
import { type Mount, mountsOf } from './volumes.ts';

/** A service that runs for as long as what is deployed is up, with what a person has to know to look after it. */
export interface RunningService {
  readonly name: string;
  /** The Compose file, and where it stands in there. */
  readonly path: string;
  readonly at: number;
  readonly origin: StackService['origin'];
  /** What Docker does when it ends, as it is written (docs.docker.com/reference/compose-file/services/#restart). */
  readonly restart: string | undefined;
  /** What tells Docker whether it is well: its Compose file, or its image. */
  readonly health: { readonly path: string; readonly at: number } | undefined;
  readonly mounts: readonly Mount[];
}

/**
 * The services of the stacks that count as deployed, in the order of their files.
 * @throws SourceError when a Compose file that counts is not YAML.
 */
export const runningServices = oncePer((repo: Repo): readonly RunningService[] =>
  deployedStacks(repo)
    .counted.flatMap(({ services }) => services)
    .filter(({ isLongRunning, profiles }) => isLongRunning && profiles.length === 0)
    .map((service) => ({
      name: service.name,
      path: service.path,
      at: service.at,
      origin: service.origin,
      restart: restartOf(service),
      health: healthOf(repo, service),
      mounts: mountsOf(service.value.volumes),
    })),
);

/** `deploy.restart_policy` is what a swarm reads; Compose reads `restart`. */
function restartOf({ value }: StackService): string | undefined {
  return typeof value.restart === 'string' ? value.restart : undefined;
}

function healthOf(repo: Repo, service: StackService): RunningService['health'] {
  const { healthcheck } = service.value;
  const { disable, test } = asRecord(healthcheck);
  if (disable === true || test === 'NONE' || (Array.isArray(test) && test[0] === 'NONE')) return undefined;
  if (healthcheck !== undefined && healthcheck !== null) return { path: service.path, at: service.at };
  const file = service.build === undefined ? undefined : dockerfileOf(repo, service)?.file;
  if (file === undefined) return undefined;
  const check = lastStageOf(repo.text(file)).findLast(({ keyword }) => keyword === 'HEALTHCHECK');
  return check && !/^NONE\b/i.test(check.words) ? { path: file, at: check.start } : undefined;
}
