import type { Node } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../src/contract.ts';
import { lineStart } from '../../src/edit/ts-file.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { escaped } from '../../src/read/code/escaped.ts';
import { namersOf, peekModule, requestsOf, resolveImport } from '../../src/read/code/imports.ts';
import { walk } from '../../src/read/code/walk.ts';
import { basename } from '../../src/repo/paths.ts';
import { mentionsOf } from './mentions.ts';
import { type DebugRoute, isDebugUrl } from './routes.ts';
import { settingCallers } from './settings.ts';

/** A place that needs a debug route. */
export interface Caller {
  readonly path: string;
  readonly at: number;
  readonly url: string;
  /**
   * `code`: a string in code that ships. `import`: the file of the route is imported. `setting`: a health check, a
   * cron job, a script. `test`: a test calls it; `test-import`: a test imports it. `route`: another debug route does.
   */
  readonly kind: 'code' | 'import' | 'setting' | 'test' | 'test-import' | 'route';
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const CONFIG = /(^|\/)next\.config\.[cm]?[jt]s$/;
const MIDDLEWARE = /(^|\/)(middleware|proxy)\.[jt]s$/;
/** Code that leads other addresses to a route: who calls these cannot be seen. */
const ROUTING = new RegExp(`${CONFIG.source}|${MIDDLEWARE.source}`);

/** Everything in the repository that needs one of some routes. */
export function callersOf(repo: Repo, routes: readonly DebugRoute[]): readonly Caller[] {
  if (routes.length === 0) return [];
  const urls = [...new Set(routes.map(({ url }) => url))];
  const found = [
    ...repo.files.filter((path) => CODE.test(path)).flatMap((path) => codeCallers(repo, path, urls)),
    ...routes.flatMap((route) => importCallers(repo, route)),
    ...settingCallers(repo, urls),
  ];
  return found.flatMap((caller): readonly Caller[] => {
    const own = routes.filter(({ path }) => path === caller.path);
    if (own.length === 0) return [caller];
    return own.some(({ url }) => url === caller.url) ? [] : [{ ...caller, kind: 'route' }];
  });
}

/** A folder below api/ is a part of a url: `api/test/` is a route there, not a place for tests. */
export function isTest(path: string): boolean {
  return (
    /\.(test|spec|stories|cy)\.\w+$/.test(path) ||
    /(^|\/)(__tests__|__mocks__|e2e|tests?|cypress|playwright)\//.test(path.replace(/\/api\/.*$/, ''))
  );
}

function codeCallers(repo: Repo, path: string, urls: readonly string[]): readonly Caller[] {
  const text = repo.peek(path);
  if (!text?.includes('/api')) return [];
  const named = urls.filter((url) => text.includes(url) || text.includes(folderOf(url)));
  if (named.length === 0) return [];
  const kind = isTest(path) ? 'test' : ROUTING.test(path) ? 'setting' : 'code';
  return stringsIn(repo, path).flatMap((string) =>
    named.flatMap((url): readonly Caller[] =>
      isCalled(path, text, string, url) ? [{ path, at: string.start, url, kind }] : [],
    ),
  );
}

interface Text {
  readonly start: number;
  readonly value: string;
}

/** The strings of a file and the fixed parts of its templates; where it does not parse, its lines. */
function stringsIn(repo: Repo, path: string): readonly Text[] {
  const module = peekModule(repo, path);
  if (!module) return linesIn(withoutComments(repo, path));
  const found: Text[] = [];
  const add = ({ start, end }: Node) => void found.push({ start, value: module.text.slice(start, end) });
  walk(module, {
    Literal: (node) => {
      if (typeof node.value === 'string') add(node);
    },
    // The quasi starts behind the backtick or the brace, and a finding points at what opens it.
    TemplateElement: ({ start, value }) =>
      void found.push({ start: Math.max(0, start - 1), value: `${value.raw}` }),
  });
  return found;
}

function linesIn(text: string): readonly Text[] {
  return [...text.matchAll(/[^\n]+/g)].map(({ index, 0: value }) => ({ start: index, value }));
}

/** The url itself, or a folder above it that a name is put behind: `/api/test/${name}`, `'/api/test' + name`. */
function isCalled(path: string, text: string, { start, value }: Text, url: string): boolean {
  const isNamed = mentionsOf(value, url).length > 0;
  const isBase = !isNamed && new RegExp(`(^|[^\\w])${escaped(folderOf(url))}/?['"]?$`).test(value);
  if (!isNamed && !isBase) return false;
  const before = text.slice(lineStart(text, start), start);
  if (MIDDLEWARE.test(path)) return isNamed && /\b(rewrite|fetch)\s*\(/.test(before);
  if (CONFIG.test(path)) return isNamed && /\bdestination\b\s*:\s*$/.test(before);
  return !/(^|\/)(robots|sitemap)\.[jt]s$/.test(path);
}

/** `/api/test` of `/api/test/groq`; the url itself where nothing but `/api` is above. */
function folderOf(url: string): string {
  const parent = url.slice(0, url.lastIndexOf('/'));
  return isDebugUrl(parent) ? parent : url;
}

/** The files that import a route's own, its types included: they do not compile without it. */
function importCallers(repo: Repo, { app, path, url }: DebugRoute): readonly Caller[] {
  return namersOf(repo, app, path).flatMap((file): readonly Caller[] => {
    const module = peekModule(repo, file);
    const specifier = module && specifierOf(repo, app, module, path);
    if (specifier === undefined) return [];
    const at = Math.max(0, module?.text.search(new RegExp(`['"\`]${escaped(specifier)}['"\`]`)) ?? 0);
    return [{ path: file, at, url, kind: isTest(file) ? 'test-import' : 'import' }];
  });
}

function specifierOf(repo: Repo, app: NextApp, module: SourceModule, target: string): string | undefined {
  const specifiers = [
    ...requestsOf(module).map(({ specifier }) => specifier),
    ...module.imports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.exports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ];
  return specifiers.find((each) => resolveImport(repo, app, module.path, each) === target);
}

/** A string that names a url where debug routes stand. */
export type MissingCall = Pick<Caller, 'path' | 'at' | 'url'>;

const LITERAL = /(["'`])(\/api\/[\w/-]+)(?:\?[^"'`]*)?\1/g;

/** The strings of an app's shipped code that name a url under a debug folder which no route serves. */
export function missingCalls(
  repo: Repo,
  app: NextApp,
  routes: readonly DebugRoute[],
): readonly MissingCall[] {
  const isServed = (url: string) =>
    routes.some((route) => route.url === url || route.url.startsWith(`${url}/`));
  return app.files
    .filter(
      (path) =>
        /\.[jt]sx?$/.test(path) && !isTest(path) && !/^(middleware|proxy|robots)\./.test(basename(path)),
    )
    .flatMap((path) => {
      const text = repo.peek(path) ?? '';
      if (!text.includes('/api/')) return [];
      return [...text.matchAll(LITERAL)]
        .map(({ index, 2: url = '' }) => ({ path, at: index, url }))
        .filter(({ at, url }) => isDebugUrl(url) && !isServed(url) && !isCommented(text, at));
    });
}

function isCommented(text: string, at: number): boolean {
  return /^\s*(\/\/|\*|\/\*)/.test(text.slice(lineStart(text, at), at));
}
