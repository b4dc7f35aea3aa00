import type { ObjectExpression } from 'oxc-parser';
import type { NextApp, Repo } from '../../../src/contract.ts';
import { codeBehind } from '../../../src/read/code/code-behind.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { type RouteHandlers, routeHandlers } from '../../../src/read/next/next-routes.ts';
import { dirname } from '../../../src/repo/paths.ts';
import { LIBRARY_ROUTE } from '../tables.ts';

/** One method of a route; '*' where the file does not say which it serves. */
export interface Served {
  readonly path: string;
  readonly url: string;
  readonly method: string;
}

/** A way into what is not seen here: a catch-all route, or a rewrite to another server. */
export interface OpenEnd {
  readonly path: string;
  /** As written: `/api/bridge/[...path]`, `/api/:path*`. */
  readonly url: string;
  /** What all addresses behind it begin with. */
  readonly prefix: string;
  /** Whether it sends on what it is asked, so that another server's description may be of it. */
  readonly isProxy: boolean;
}

/** What an app answers. */
export interface ServedApi {
  readonly app: NextApp;
  /** What its API has to describe. */
  readonly own: readonly Served[];
  /** All that any of its route handlers answers, also outside of /api. */
  readonly all: readonly Served[];
  readonly openEnds: readonly OpenEnd[];
}

/** Reads what an app answers, by its route handlers and its rewrites. */
export function servedApi(repo: Repo, app: NextApp): ServedApi {
  const routes = routeHandlers(repo, app);
  const all = routes.flatMap(operationsOf);
  const own = all.filter(({ url }) => isApi(url) && !isOpen(url) && !isForeign(url));
  const catchAlls = routes
    .filter(({ url }) => isApi(url) && isOpen(url) && !isForeign(url))
    .map((route) => ({
      path: route.path,
      url: route.url,
      prefix: route.url.slice(0, route.url.indexOf('[')),
      isProxy: sendsOn(repo, app, route),
    }));
  return { app, own, all, openEnds: [...catchAlls, ...rewrites(repo, app)] };
}

const PROXY_PACKAGE = /^(?:next-http-proxy-middleware|http-proxy(?:-middleware)?|httpxy)$/;
const OWN_PATH = /\.join\(\s*['"`]\/['"`]\s*\)|\bpathname\b|\bnextUrl\b|\breq(?:uest)?\.url\b/;

/** A handler that asks another server for the address that it was asked for itself. */
function sendsOn(repo: Repo, app: NextApp, { path, methods }: RouteHandlers): boolean {
  if (specifiersOf(repo, path).some((each) => PROXY_PACKAGE.test(each))) return true;
  const names = methods === 'unknown' ? ['default'] : methods;
  return names.some((name) => {
    const code = codeBehind(repo, app, { path, name, hops: 1 });
    return (
      /\bfetch\(|\b\w{0,40}[pP]roxy\w{0,40}\(/.test(code) &&
      (OWN_PATH.test(code) || /[pP]roxy\w{0,40}\(/.test(code))
    );
  });
}

function operationsOf({ path, url, methods }: RouteHandlers): readonly Served[] {
  if (methods === 'unknown') return [{ path, url, method: '*' }];
  return methods
    .filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
    .map((method) => ({ path, url, method }));
}

function isApi(url: string): boolean {
  return /(^|\/)api(\/|$)/.test(url);
}

function isOpen(url: string): boolean {
  return url.includes('[...');
}

/** A library's route, or one that a tool wrote. */
function isForeign(url: string): boolean {
  return LIBRARY_ROUTE.test(url) || url.includes('/generated/');
}

const BELOW_API = /^\/api(?:\/[\w-]+)*\/:\w+\*$/;
const CONFIG = /(^|\/)next\.config\.[cm]?[jt]s$/;

/** `{ source: '/api/:path*', destination: … }` of the app's configuration, where it leads to another server. */
function rewrites(repo: Repo, app: NextApp): readonly OpenEnd[] {
  return repo
    .find(CONFIG)
    .filter((path) => dirname(path) === app.dir && repo.mentions(path, 'destination'))
    .flatMap((path) => {
      const module = peekModule(repo, path);
      const urls: string[] = [];
      if (module)
        walk(module, {
          ObjectExpression: (rule) => {
            const source = textOf(rule, 'source');
            if (source !== undefined && BELOW_API.test(source) && leadsToBackend(rule)) urls.push(source);
          },
        });
      return urls.map((url) => ({ path, url, prefix: url.slice(0, url.indexOf(':')), isProxy: true }));
    });
}

function textOf({ properties }: ObjectExpression, name: string): string | undefined {
  for (const each of properties)
    if (each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === name)
      return each.value.type === 'Literal' ? String(each.value.value) : undefined;
  return undefined;
}

/** An address that a variable holds, or one of the same machine: a server of somebody else is not described here. */
function leadsToBackend(rule: ObjectExpression): boolean {
  const written = textOf(rule, 'destination');
  if (written !== undefined) return /^https?:\/\/(?:localhost|127\.|[\w-]+(?::\d+)?\/)/.test(written);
  return rule.properties.some(
    (each) => each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === 'destination',
  );
}
