import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import { hasDefaultExport, isClient } from '../../../src/read/code/component-file.ts';
import { reachableFrom } from '../../../src/read/code/imports.ts';
import { jsxElements } from '../../../src/read/markup/markup.ts';
import { pageFoldersOf } from '../../../src/read/next/app-router.ts';
import { basename, dirname, isInside } from '../../../src/repo/paths.ts';
import { BOUNDARY_FILE, RETRIES } from '../tables.ts';

/** Why a boundary that is there catches nothing, or less than it could. */
export type Defect =
  | 'boundary-not-client'
  | 'boundary-without-export'
  | 'global-boundary-without-document'
  | 'boundary-without-retry';

/** An error or global-error file that Next.js loads, and what keeps it from working (nextjs.org/docs: error.js). */
export interface BoundaryFile {
  readonly path: string;
  readonly defects: readonly Defect[];
}

/** Every boundary's file of an app around a page, sorted. Throws SourceError when one does not parse. */
export function boundaryFilesOf(repo: Repo, app: NextApp): readonly BoundaryFile[] {
  const { appDir } = app;
  const named = app.files.filter(
    (path) => appDir !== undefined && isInside(appDir, path) && BOUNDARY_FILE.test(basename(path)),
  );
  if (named.length === 0) return [];
  const pages = pageFoldersOf(app);
  // Elsewhere the name means nothing to Next.js.
  return named
    .filter((path) => pages.some((page) => page === dirname(path) || isInside(dirname(path), page)))
    .map((path) => ({ path, defects: defectsOf(repo, app, path) }));
}

function defectsOf(repo: Repo, app: NextApp, path: string): readonly Defect[] {
  const module = repo.module(path);
  if (!hasDefaultExport(module)) return ['boundary-without-export'];
  const isGlobal = basename(path).startsWith('global-');
  const has: Readonly<Partial<Record<Defect, boolean>>> = {
    'boundary-not-client': !isClient(module),
    'global-boundary-without-document': isGlobal && !rendersDocument(repo, app, path),
    'boundary-without-retry': !offersRetry(module),
  };
  return DEFECTS.filter((defect) => has[defect]);
}

const DEFECTS: readonly Defect[] = [
  'boundary-not-client',
  'global-boundary-without-document',
  'boundary-without-retry',
];

/** In its own JSX, or in that of a component that it imports. */
function rendersDocument(repo: Repo, app: NextApp, path: string): boolean {
  return [...reachableFrom(repo, app, [path])]
    .filter((each) => repo.mentions(each, /<html[\s>]/))
    .some((each) => {
      const names = jsxElements(repo, each).map(({ name }) => name);
      return names.includes('html') && names.includes('body');
    });
}

/** Handing all props on, or the whole boundary, counts: what another component does with them is not looked at. */
function offersRetry({ text, exports }: SourceModule): boolean {
  const isReexport = exports.some(({ entries }) => entries.some(({ moduleRequest }) => moduleRequest));
  return isReexport || RETRIES.test(text);
}
