import { oncePer } from '../../repo/once.ts';
import { basename, dirname, isInside, join } from '../../repo/paths.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';

/** The files that Next.js gives a meaning to by their name (nextjs.org/docs: "File conventions"). */
export type SpecialName =
  | 'page'
  | 'layout'
  | 'template'
  | 'error'
  | 'global-error'
  | 'loading'
  | 'not-found'
  | 'default';

/** The extensions that Next.js tries, in its order. */
const EXTENSIONS = ['tsx', 'ts', 'jsx', 'js'];
const PAGE = /(^|\/)page\.([jt]sx?|mdx?)$/;

/** The special file of a folder, or undefined. */
export function findSpecial(repo: Repo, folder: string, name: SpecialName): string | undefined {
  return EXTENSIONS.map((extension) => join(folder, `${name}.${extension}`)).find((path) =>
    repo.exists(path),
  );
}

/** The folders of an app's pages, sorted; empty without an app folder. Private folders (`_lib`) hold none. */
export const pageFoldersOf = oncePer((app: NextApp): readonly string[] => {
  const { appDir } = app;
  if (appDir === undefined) return [];
  return app.files
    .filter((path) => isInside(appDir, path) && PAGE.test(path))
    .map(dirname)
    .filter((folder) => !segmentsOf(appDir, folder).some((segment) => segment.startsWith('_')));
});

/** The folders from the app folder down to one inside it, both included. */
export function foldersDownTo(app: NextApp, folder: string): readonly string[] {
  const { appDir } = app;
  if (appDir === undefined || (folder !== appDir && !isInside(appDir, folder))) return [];
  const segments = segmentsOf(appDir, folder);
  return [appDir, ...segments.map((_, index) => join(appDir, ...segments.slice(0, index + 1)))];
}

/** The layouts and templates around what a folder renders, outermost first; its own included. */
export function layoutsAround(repo: Repo, app: NextApp, folder: string): readonly string[] {
  return foldersDownTo(app, folder).flatMap((each) =>
    (['layout', 'template'] as const).flatMap((name) => findSpecial(repo, each, name) ?? []),
  );
}

/** The folder whose layout is the root layout of a folder's pages: the outermost that has one. */
export function rootLayoutFolder(repo: Repo, app: NextApp, folder: string): string | undefined {
  return foldersDownTo(app, folder).find((each) => findSpecial(repo, each, 'layout') !== undefined);
}

/**
 * The folders that serve `/name` and what is below it, and hold a page: directly in the app folder, or behind
 * route groups (`(app)`) and dynamic segments (`[locale]`).
 */
export function sectionsNamed(app: NextApp, name: string): readonly string[] {
  const { appDir } = app;
  if (appDir === undefined) return [];
  const folders = pageFoldersOf(app).flatMap((folder) => {
    const segments = segmentsOf(appDir, folder);
    const at = segments.indexOf(name);
    const above = segments.slice(0, at);
    return at !== -1 && above.every((segment) => /^[([]/.test(segment) && !/^\(\.+\)/.test(segment))
      ? [join(appDir, ...above, name)]
      : [];
  });
  return [...new Set(folders)];
}

/** The extension that the app's own pages and layouts have, for a file that stands beside them. */
export const pageExtension = oncePer((app: NextApp): 'tsx' | 'jsx' | 'js' => {
  const { appDir } = app;
  const own = app.files.filter(
    (path) =>
      appDir !== undefined && isInside(appDir, path) && /^(page|layout)\.[jt]sx?$/.test(basename(path)),
  );
  if (own.some((path) => path.endsWith('.tsx'))) return 'tsx';
  return own.some((path) => path.endsWith('.jsx')) ? 'jsx' : 'js';
});

function segmentsOf(appDir: string, folder: string): readonly string[] {
  if (folder === appDir) return [];
  return (appDir === '' ? folder : folder.slice(appDir.length + 1)).split('/');
}
