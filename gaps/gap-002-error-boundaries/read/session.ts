import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import {
  type Importer,
  type ImportScope,
  importersOf,
  peekModule,
  requestsOf,
} from '../../../src/read/code/imports.ts';
import { leadingTo } from '../../../src/read/code/reach.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { findSpecial, layoutsAround } from '../../../src/read/next/app-router.ts';
import { basename, dirname, isInside } from '../../../src/repo/paths.ts';
import { RENDERED } from '../tables.ts';
import type { Documents } from './document.ts';
import { privateComponentAround } from './private-component.ts';
import { SESSION, shelters, type Wrapping, wrappingOf, wraps } from './wrappers.ts';

/** A root layout under which a component asks for the session that nobody provides: its pages crash. */
export interface MissingProvider {
  readonly layout: string;
  /** Where it renders its children, if that is to be seen. */
  readonly at: number | undefined;
  /** The files that call useSession, sorted. */
  readonly callers: readonly string[];
  /** The layout renders a caller itself, beside its children: wrapping those is not enough. */
  readonly inLayout: boolean;
}

/** A way from a call up to the files that Next.js renders. No names: whatever the module exports leads there. */
interface Step {
  readonly path: string;
  readonly names: ReadonlySet<string> | undefined;
  /** The component around the call, where its own file alone can render it. */
  readonly component?: string;
}

/** The ways up from calls, as far as they may end at a page that nobody provides for. */
interface Ways {
  readonly providing: Wrapping;
  /** The files that may stand on such a way, by the words of their imports. */
  readonly scope: ImportScope;
}

/**
 * Follows every call of next-auth's useSession to the pages and layouts that render it, and asks for a provider
 * on the way or around them (next-auth.js.org/getting-started/client: "useSession() [...] SessionProvider").
 * From the calls upwards: few files call, so few are parsed.
 */
export function missingProviders(repo: Repo, app: NextApp, documents: Documents): readonly MissingProvider[] {
  const starts = app.files.flatMap((path) => startsIn(repo, path));
  if (starts.length === 0) return [];
  const providing = wrappingOf(repo, app, SESSION);
  const bare = app.files.filter(
    (path) => isEntry(app, path) && bareLayout(providing, documents, path) !== undefined,
  );
  const isStart = (path: string) => starts.some((start) => start.path === path);
  const leading = leadingTo(repo, app, bare, isStart);
  const files = app.files.filter((path) => leading.has(path));
  const ways = { providing, scope: { dir: app.dir, files } };
  const found = new Map<string, { callers: Set<string>; inLayout: boolean }>();
  for (const start of starts) {
    if (start.component !== undefined && shelters(providing, start.path, start.component)) continue;
    for (const entry of renderersOf(ways, start)) {
      const layout = bareLayout(providing, documents, entry);
      if (layout === undefined) continue;
      const { callers, inLayout } = found.get(layout) ?? { callers: new Set(), inLayout: false };
      found.set(layout, { callers: callers.add(start.path), inLayout: inLayout || entry === layout });
    }
  }
  return [...found].map(([layout, { callers, inLayout }]) => ({
    layout,
    at: childrenOf(repo, layout),
    callers: [...callers].sort(),
    inLayout,
  }));
}

function childrenOf(repo: Repo, layout: string): number | undefined {
  const at = repo.text(layout).search(/\{\s*(props\.)?children\s*\}(?!\s*[:)])/);
  return at === -1 ? undefined : at;
}

/** What may hold a component; lock files and build logs are long. */
const CODE = /\.(?:[cm]?[jt]sx?|mdx?)$/;

/** Where a way starts: a file that calls the hook, or one that hands it on under a name. */
function startsIn(repo: Repo, path: string): readonly Step[] {
  if (!CODE.test(path) || !repo.mentions(path, 'next-auth/react') || !repo.mentions(path, 'useSession'))
    return [];
  const module = peekModule(repo, path);
  if (!module) return [];
  return requestsOf(module)
    .filter(({ specifier, name }) => specifier === 'next-auth/react' && /^(useSession|\*)$/.test(name))
    .flatMap(({ name, local, exportedAs }): readonly Step[] => {
      if (exportedAs !== undefined)
        return [{ path, names: new Set([exportedAs === '*' ? 'useSession' : exportedAs]) }];
      if (local === undefined) return [];
      const at = callOf(module, name === '*' ? `${local}.useSession` : local);
      if (at === undefined) return [];
      const names = exportsAround(module, at);
      return [{ path, names, ...(names ? {} : privateAround(module, at)) }];
    });
}

/** The component that a call stands in, unless it is exported and so rendered by others too. */
function privateAround(module: SourceModule, at: number): { readonly component?: string } {
  const component = privateComponentAround(module, at);
  return component === undefined ? {} : { component };
}

/** The first call of a function by its name in the module. */
function callOf(module: SourceModule, callee: string): number | undefined {
  let first: number | undefined;
  walk(module, {
    CallExpression: ({ start, callee: called }) => {
      if (first === undefined && module.text.slice(called.start, called.end) === callee) first = start;
    },
  });
  return first;
}

/** The names exported by the statement around an offset; undefined where it exports nothing by itself. */
function exportsAround({ exports }: SourceModule, at: number): ReadonlySet<string> | undefined {
  const around = exports.find(({ start, end }) => start <= at && at < end);
  return (
    around &&
    new Set(
      around.entries.map(({ exportName }) =>
        exportName.kind === 'Default' ? 'default' : (exportName.name ?? '*'),
      ),
    )
  );
}

/** The pages, layouts and their like that render what a step leads to, unless a provider stands on the way. */
function renderersOf(ways: Ways, start: Step): readonly string[] {
  const entries = new Set<string>();
  const seen = new Set<string>();
  const waiting = [start];
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const key = `${step.path} ${[...(step.names ?? ['any'])].join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (isEntry(ways.providing.app, step.path)) entries.add(step.path);
    else waiting.push(...stepsUp(ways, step));
  }
  return [...entries];
}

function stepsUp({ providing, scope }: Ways, { path, names }: Step): readonly Step[] {
  const importers = importersOf(providing.repo, scope, path);
  return importers
    .filter(({ name }) => names === undefined || name === '*' || names.has(name))
    .flatMap((importer): readonly Step[] => {
      const { exportedAs, local } = importer;
      if (exportedAs === '*') return [{ path: importer.path, names }];
      if (exportedAs !== undefined) return [{ path: importer.path, names: new Set([exportedAs]) }];
      const isOver = isHandedOn(importers, importer) || shelters(providing, importer.path, local);
      return isOver ? [] : [{ path: importer.path, names: undefined }];
    });
}

/** `import { A } from './a'; export { A }`: the import serves the export. */
function isHandedOn(importers: readonly Importer[], { path, name }: Importer): boolean {
  return importers.some(
    (other) => other.path === path && other.name === name && other.exportedAs !== undefined,
  );
}

/** A page, a layout or their like: what Next.js renders by its name. */
export function isEntry({ appDir }: NextApp, path: string): boolean {
  return appDir !== undefined && isInside(appDir, path) && RENDERED.test(basename(path));
}

/** The layout that draws the document above an entry, if no layout or template around the entry provides. */
function bareLayout(providing: Wrapping, documents: Documents, entry: string): string | undefined {
  const { repo, app } = providing;
  const folder = dirname(entry);
  const all = layoutsAround(repo, app, folder);
  const around = all.includes(entry) ? all.slice(0, all.indexOf(entry)) : all;
  if (around.some((path) => wraps(providing, path))) return undefined;
  const root = documents.folderAround(folder);
  return root === undefined ? undefined : findSpecial(repo, root, 'layout');
}
