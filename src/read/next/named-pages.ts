import { oncePer } from '../../repo/once.ts';
import { isInside } from '../../repo/paths.ts';
import type { NextApp } from '../../repo/repo.ts';

/** A file that Next.js serves as a page, and what stands for it in its address. */
export interface NamedPage {
  readonly path: string;
  readonly name: string;
}

/** The pages of an app, in the order of their paths. */
export const namedPages = oncePer((app: NextApp): readonly NamedPage[] =>
  app.files.filter((path) => isPage(app, path)).map((path) => ({ path, name: pageName(path) })),
);

/** Whether Next.js serves this file as a page. */
export function isPage(app: NextApp, path: string): boolean {
  const { appDir, pagesDir } = app;
  if (appDir !== undefined && isInside(appDir, path)) return /\/page\.[jt]sx?$/.test(path);
  return pagesDir !== undefined && isInside(pagesDir, path) && !isInside(`${pagesDir}/api`, path);
}

/** The folder or file name that stands for a page in its address: `sign-in` of `(auth)/sign-in/page.tsx`. */
function pageName(path: string): string {
  const bare = path.replace(/\/(page|index)\.[jt]sx?$/, '').replace(/\.[jt]sx?$/, '');
  const segments = bare.split('/').filter((segment) => !/^[[(]/.test(segment));
  return segments.at(-1) ?? bare;
}
