import { dirname, isInside } from '../../repo/paths.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';
import { deployedServices } from './deployed-environment.ts';
import { documentOf } from './env-file.ts';

/** An example of an env file that has to do with an app. */
export interface EnvExample {
  readonly path: string;
  /**
   * `app`: copied beside the app, for its developers. `containers`: copied for the stack that is deployed. `around`:
   * in a folder around the app, for whatever stands there.
   */
  readonly kind: 'app' | 'containers' | 'around';
  /** Compose fills in the app's build arguments from the copy. */
  readonly reachesBuild: boolean;
}

/** The examples of an app and of the stacks that deploy it: those of other apps are other people's. */
export function envExamplesOf(repo: Repo, app: NextApp): readonly EnvExample[] {
  const deployed = deployedServices(repo, app);
  const documents = (paths: readonly string[]) => paths.flatMap((path) => documentOf(repo, path) ?? []);
  const filledFrom = deployed.flatMap(({ project }) => documents(project.files));
  const read = [...filledFrom, ...deployed.flatMap(({ envFiles }) => documents(envFiles))];
  return repo.find(/(^|\/)[\w.-]*env[\w.-]*\.(example|sample|template)$/).flatMap((path): EnvExample[] => {
    const kind = read.includes(path) ? 'containers' : placeOf(repo, app, path);
    return kind === undefined ? [] : [{ path, kind, reachesBuild: filledFrom.includes(path) }];
  });
}

function placeOf(repo: Repo, app: NextApp, path: string): 'app' | 'around' | undefined {
  const own = [app.dir, app.workspace.dir];
  const others = repo.layout.packages.map(({ dir }) => dir).filter((dir) => !own.includes(dir));
  if (others.some((dir) => isInside(dir, path) && !isInside(dir, `${app.dir}/`))) return undefined;
  if (isInside(app.dir, path)) return 'app';
  return isInside(dirname(path), `${app.dir}/`) ? 'around' : undefined;
}
