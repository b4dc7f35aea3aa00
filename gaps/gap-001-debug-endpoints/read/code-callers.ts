import type { NextApp, Repo } from '../../../src/contract.ts';
import { lineStart } from '../../../src/edit/ts-file.ts';
import { codeBaseOf } from '../../../src/read/code/code-base.ts';
import { pages } from '../../../src/read/next/next-routes.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { basename, isInside } from '../../../src/repo/paths.ts';
import { ADDRESS_LIST, CODE, MIDDLEWARE, NEXT_CONFIG } from '../tables.ts';
import { type Caller, type CallerKind, isTest } from './caller.ts';
import { type CodeString, stringsIn } from './code-strings.ts';
import { mentionsOf } from './mentions.ts';
import { type DebugRoute, debugFolderOf, isDebugUrl } from './routes.ts';

/** The strings of code that name a route, or its address without the base that a client puts before it. */
export function codeCallers(repo: Repo, routes: readonly DebugRoute[]): readonly Caller[] {
  const urls = [...new Set(routes.map(({ url }) => url))];
  const tails = tailsOf(repo, routes);
  return repo.files
    .filter((path) => CODE.test(path))
    .flatMap((path) => {
      const text = repo.peek(path) ?? '';
      const named = text.includes('/api') ? urls.filter((url) => text.includes(debugFolderOf(url))) : [];
      const ends = tails.filter(({ tail, alone }) => text.includes(tail.slice(1)) && alone.test(text));
      if (named.length + ends.length === 0) return [];
      return stringsIn(repo, path).flatMap((string): readonly Caller[] => [
        ...named.flatMap((url) => {
          const kind = kindOf(path, text, string, url);
          return kind ? [{ path, at: string.start, url, kind }] : [];
        }),
        ...ends
          .filter((each) => isRelative(string, each))
          .map(({ url }) => ({
            path,
            at: string.start,
            url,
            kind: isTest(path) ? ('test' as const) : ('relative' as const),
          })),
      ]);
    });
}

/** The url itself, or a folder above it that a name is put behind: `/api/test/${name}`, `'/api/test' + name`. */
function kindOf(path: string, text: string, string: CodeString, url: string): CallerKind | undefined {
  const isNamed = mentionsOf(string.source, url).length > 0;
  const before = text.slice(lineStart(text, string.start), string.start);
  // Code that leads other addresses to a route: who calls these cannot be seen.
  if (MIDDLEWARE.test(path))
    return isNamed ? (/\b(rewrite|fetch)\s*\(/.test(before) ? 'setting' : 'mention') : undefined;
  if (NEXT_CONFIG.test(path))
    return isNamed ? (/\bdestination\b\s*:\s*$/.test(before) ? 'setting' : 'mention') : undefined;
  if (ADDRESS_LIST.test(path)) return isNamed ? 'mention' : undefined;
  const isBase = new RegExp(`(^|[^\\w])${escaped(debugFolderOf(url))}/?['"]?$`).test(string.source);
  if (!isNamed && !isBase) return undefined;
  return isTest(path) ? 'test' : 'code';
}

/** A url without the `/api` that a client may put before it. */
interface Tail {
  readonly url: string;
  readonly tail: string;
  /** What a text holds that has the tail for a string, a part of a template or a line: few files are parsed. */
  readonly alone: RegExp;
  /** A page has that address for its own. */
  readonly isPage: boolean;
}

/** Where some code or setting has an address that ends with `/api`. */
function tailsOf(repo: Repo, routes: readonly DebugRoute[]): readonly Tail[] {
  const apps = [...new Set(routes.map(({ app }) => app))].filter((app) => hasBase(repo, app));
  return apps.flatMap((app) => {
    const own = new Set(pages(repo, app).map(({ url }) => url));
    return routes
      .filter((route) => route.app === app)
      .map(({ url }) => ({ url, tail: url.replace(/^\/api/, '') }))
      .map((each) => ({ ...each, alone: alone(each.tail.slice(1)), isPage: own.has(each.tail) }));
  });
}

function alone(words: string): RegExp {
  return new RegExp(`(?:^|["'\`}])/?${escaped(words)}(?:["'\`?#]|\\$\\{|$)`, 'm');
}

/** `'/api'`, `'http://localhost:3000/api'`, and `${origin}/api`; the path of a module is none. */
const BASE = /["'`](?:https?:\/\/[^"'`\s/]{1,100}|\$\{[^{}]{1,60}\})?\/api(?:\/v\d+)?\/?["'`]/;
const BASE_SETTING = /^\w{0,60}API\w{0,60}=.*\/api\/?["']?\s*$/m;

function hasBase(repo: Repo, app: NextApp): boolean {
  return (
    app.files.some((path) => CODE.test(path) && repo.mentions(path, BASE)) ||
    repo.files.some((path) => basename(path).startsWith('.env') && repo.mentions(path, BASE_SETTING))
  );
}

/** `api.get('/test/groq')`, `{ url: '/test/groq' }`, and `${API}/test/groq`; one folder alone only where it is asked. */
function isRelative({ value, isRequest, behind }: CodeString, { tail, isPage }: Tail): boolean {
  const [path = ''] = value.split(/[?#]/, 1);
  if (behind !== '')
    return path === tail && (/api/i.test(behind) || (!isPage && /base|url|host/i.test(behind)));
  if (path.replace(/^\//, '') !== tail.slice(1)) return false;
  return isRequest || (!isPage && path.startsWith('/') && tail.lastIndexOf('/') > 0);
}

/** A string that names a url where debug routes stand. */
export type MissingCall = Pick<Caller, 'path' | 'at' | 'url'>;

const LITERAL = /(["'`])(\/api\/[\w/-]+)(?:\?[^"'`\n]*)?\1/g;

/** The strings of an app's shipped code that name a url under a debug folder which no route serves. */
export function missingCalls(
  repo: Repo,
  app: NextApp,
  routes: readonly DebugRoute[],
): readonly MissingCall[] {
  const isServed = (url: string) =>
    routes.some((route) => route.url === url || route.url.startsWith(`${url}/`));
  // What is no text and is imported by nothing calls nothing.
  return codeBaseOf(repo, app)
    .code.filter(
      (path) =>
        (isInside(app.dir, path) || app.dir === '') &&
        /\.[jt]sx?$/.test(path) &&
        !isTest(path) &&
        !/^(middleware|proxy|robots)\./.test(basename(path)),
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
