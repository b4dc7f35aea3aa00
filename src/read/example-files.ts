import { dirname, isInside, join, resolve } from '../repo/paths.ts';
import { asRecord } from '../repo/record.ts';
import type { NextApp, Repo } from '../repo/repo.ts';
import { type ComposeModel, type ComposeService, composeModel } from './compose.ts';

const EXAMPLE = /(^|\/)[\w.-]*env[\w.-]*\.(example|sample|template)$/;

/**
 * The env examples that people fill in for an app: those of its own package, of the folders above it, and of the stack
 * that runs it. An example inside another package is that one's, even where `--app` leaves the other app out of sight.
 */
export function exampleFilesOf(repo: Repo, app: NextApp): readonly string[] {
  const packages = repo.layout.packages.map(({ path }) => dirname(path));
  return repo.find(EXAMPLE).filter((path) => {
    const folder = dirname(path);
    const owner = ownerOf(packages, folder);
    if (!isInside(owner, join(app.dir, 'package.json'))) return false;
    const isAbove = folder === app.dir || isInside(folder, app.dir);
    return isAbove || (owner === app.dir ? !isOfAnother(repo, app, folder) : isOfStack(repo, app, folder));
  });
}

/** The innermost package that holds the folder; the root where none does. */
function ownerOf(packages: readonly string[], folder: string): string {
  const holders = packages.filter((dir) => dir === folder || isInside(dir, folder));
  return holders.reduce((inner, dir) => (dir.length > inner.length ? dir : inner), '');
}

/** A subfolder of the app may hold the stack of something else. */
function isOfAnother(repo: Repo, app: NextApp, folder: string): boolean {
  const beside = modelsIn(repo, folder);
  return beside.length > 0 && !beside.some((model) => runs(model, app));
}

function isOfStack(repo: Repo, app: NextApp, folder: string): boolean {
  if (modelsIn(repo, folder).some((model) => runs(model, app))) return true;
  return repo.layout.compose.some(({ path }) =>
    composeModel(repo, { path }).services.some(
      (service) => service.build === app.dir && envFolders(path, service).includes(folder),
    ),
  );
}

function modelsIn(repo: Repo, folder: string): readonly ComposeModel[] {
  return repo.layout.compose
    .filter(({ path }) => dirname(path) === folder)
    .map(({ path }) => composeModel(repo, { path }));
}

/** A stack of images alone does not say what they were built from, and is taken as the app's. */
function runs({ services }: ComposeModel, app: NextApp): boolean {
  return (
    services.some(({ build }) => build === app.dir) || services.every(({ build }) => build === undefined)
  );
}

/** Where the variables of a service are read from: a text, a list, or a list of entries with a path. */
function envFolders(composePath: string, { value }: ComposeService): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(value.env_file) ? value.env_file : [value.env_file];
  return entries.flatMap((entry) => {
    const file = typeof entry === 'string' ? entry : asRecord(entry).path;
    const resolved = typeof file === 'string' ? resolve(dirname(composePath), file) : undefined;
    return resolved === undefined ? [] : [dirname(resolved)];
  });
}
