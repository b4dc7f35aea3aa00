import type { Repo } from '../../src/contract.ts';
import { composeModel } from '../../src/read/deploy/compose.ts';
import { deploymentsOf } from '../../src/read/deploy/deployments.ts';

/** A service whose image is built where it runs, over the one that ran before. */
export interface Overwritten {
  readonly path: string;
  readonly at: number;
  readonly service: string;
}

/** Services of the deployed stacks of whose last image nothing is left by name once the next one is built. */
export function overwrittenImages(repo: Repo): readonly Overwritten[] {
  if (keepsImages(repo)) return [];
  return deploymentsOf(repo)
    .filter(({ kind }) => kind === 'compose')
    .flatMap(({ path }) => {
      const { services } = composeModel(repo, { path });
      return services
        .filter(({ build, value, isWhole }) => isWhole && build !== undefined && !isVersioned(value.image))
        .filter(({ value }) => value.profiles === undefined)
        .map(({ name, at }) => ({ path, at, service: name }));
    });
}

/** `image: app:${TAG}` names every build apart; `app`, `app:latest` and no name do not. */
function isVersioned(image: unknown): boolean {
  return typeof image === 'string' && /:[^/]*\$|@sha256:|:v?\d[\w.-]*$/.test(image);
}

/** A deploy script or workflow that gives the images a second name, or pulls them by version. */
function keepsImages(repo: Repo): boolean {
  return deploymentsOf(repo).some(({ path, kind }) => {
    if (kind === 'compose' || kind === 'platform') return false;
    const code = (repo.peek(path) ?? '').replace(/^\s*#.*$/gm, '');
    return /\bdocker (?:image )?tag\b|\bdocker save\b|--tag[= ]\S*\$|\s-t\s+\S*\$/.test(code);
  });
}
