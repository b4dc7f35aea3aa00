import type { NextApp, Repo } from '../../../src/contract.ts';
import { definitionsOf } from '../../../src/read/code/definitions.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { attributeOf, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { findSpecial, pageFoldersOf } from '../../../src/read/next/app-router.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { NOTHING } from '../tables.ts';

/** How the layout or template of a folder holds its children back until they are there. */
export type Suspended =
  /** Whenever a page below is entered. */
  | 'always'
  /** When the layout is entered: it stays while pages below it change, and React keeps the old page meanwhile. */
  | 'first load'
  | 'never';

/** Whether the layout or the template of a folder waits; told once, as it stands around many pages. */
export function suspendedBy(repo: Repo, app: NextApp, folder: string): Suspended {
  return suspended(repo)(app)(folder);
}

const suspended = oncePer((repo: Repo) =>
  oncePer((app: NextApp) => {
    const known = new Map<string, Suspended>();
    return (folder: string): Suspended => {
      const found = known.get(folder) ?? readSuspended(repo, app, folder);
      known.set(folder, found);
      return found;
    };
  }),
);

function readSuspended(repo: Repo, app: NextApp, folder: string): Suspended {
  const template = findSpecial(repo, folder, 'template');
  // Next.js mounts a template anew for each page.
  if (template !== undefined && boundaries(repo, app, template).length > 0) return 'always';
  const layout = findSpecial(repo, folder, 'layout');
  const found = layout === undefined ? [] : boundaries(repo, app, layout);
  if (found.length === 0) return 'never';
  const isRenewed = found.some((element) => attributeOf(element, 'key') !== undefined);
  return isRenewed || holdsOnePage(app, folder) ? 'always' : 'first load';
}

/** Whoever comes to the only page of a layout enters the layout, too. */
function holdsOnePage(app: NextApp, folder: string): boolean {
  return pageFoldersOf(app).filter((each) => each === folder || isInside(folder, each)).length <= 1;
}

/** Each Suspense around the children, in the layout itself or in a component that it puts around them. */
function boundaries(repo: Repo, app: NextApp, path: string): readonly JsxElement[] {
  const own = aroundChildren(repo, path, jsxElements(repo, path));
  const direct = own.filter(isSuspense);
  if (direct.length > 0) return direct;
  const module = peekModule(repo, path);
  const requests = module ? requestsOf(module) : [];
  return own.flatMap(({ name }) => {
    const request = requests.find(({ local }) => local === name);
    const target = request ? resolveImport(repo, app, path, request.specifier) : undefined;
    if (!request || target === undefined) return [];
    return definitionsOf(repo, app, target, request.name).flatMap(
      ({ module: { path: inner }, start, end }) => {
        const elements = jsxElements(repo, inner).filter((each) => each.start >= start && each.end <= end);
        return aroundChildren(repo, inner, elements).filter(isSuspense);
      },
    );
  });
}

function aroundChildren(repo: Repo, path: string, elements: readonly JsxElement[]): readonly JsxElement[] {
  const text = repo.peek(path) ?? '';
  return elements.filter(({ start, end }) => /\bchildren\b/.test(text.slice(start, end)));
}

/** A Suspense that shows something. */
export function isSuspense(element: JsxElement): boolean {
  if (!/(?:^|\.)Suspense$/.test(element.name)) return false;
  const fallback = attributeOf(element, 'fallback');
  return fallback !== undefined && fallback.kind !== 'flag' && !NOTHING.test(fallback.value);
}
