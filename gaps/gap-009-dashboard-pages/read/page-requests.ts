import type { Argument, Expression } from 'oxc-parser';
import type { Repo } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { type RouteHandlers, routeHandlers } from '../../../src/read/next/next-routes.ts';
import { mayBeRewritten } from './navigation.ts';
import type { PageCode } from './page-code.ts';

/** A request of a page for an address of its own application. */
export interface PageRequest {
  readonly path: string;
  readonly at: number;
  readonly method: string;
  /** With `*` for what is filled in. */
  readonly url: string;
}

/** The requests of a page, and of the components that it shows, that no route answers: each once. */
export function deadRequests({ repo, app, path, imports }: PageCode): readonly PageRequest[] {
  const routes = routeHandlers(repo, app).filter(({ url }) => url.startsWith('/api/'));
  if (routes.length === 0 || mayBeRewritten(repo, app)) return [];
  const elsewhere = proxiedPrefixes(repo);
  const seen = new Set<string>();
  return [path, ...imports()]
    .flatMap((file) => requestsIn(repo, file))
    .filter(({ method, url }) => {
      const key = `${method} ${url}`;
      if (seen.has(key) || elsewhere.some((prefix) => url.startsWith(prefix))) return false;
      seen.add(key);
      return !routes.some((route) => answers(route, method, url));
    });
}

function requestsIn(repo: Repo, path: string): readonly PageRequest[] {
  const module = repo.mentions(path, /\bfetch\(\s*['"`]\/api\//) ? peekModule(repo, path) : undefined;
  const found: PageRequest[] = [];
  if (module)
    walk(module, {
      CallExpression: ({ callee, arguments: [address, options], start }) => {
        if (callee.type !== 'Identifier' || callee.name !== 'fetch') return;
        const url = addressIn(address);
        const method = methodIn(options);
        if (url?.startsWith('/api/') && method !== undefined) found.push({ path, at: start, method, url });
      },
    });
  return found;
}

/** `/api/hawks/*` of a template; a query, and what is added to a part, are left out. */
function addressIn(address: Argument | undefined): string | undefined {
  if (address?.type === 'Literal') return withoutQuery(String(address.value));
  if (address?.type !== 'TemplateLiteral') return undefined;
  const text = address.quasis.map(({ value }) => value.cooked ?? '').join('*');
  const url = withoutQuery(text);
  // `/api/items${query}`: what is filled in may be a query.
  return /[^/*]\*|\*[^/*]/.test(url) ? undefined : url;
}

function withoutQuery(text: string): string {
  return text.replace(/[?#].*/s, '').replace(/(.)\/$/, '$1');
}

/** Undefined where it is not written out. */
function methodIn(options: Argument | undefined): string | undefined {
  if (!options) return 'GET';
  if (options.type !== 'ObjectExpression') return undefined;
  if (options.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const method = options.properties.flatMap((each): readonly Expression[] =>
    each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === 'method'
      ? [each.value]
      : [],
  )[0];
  if (!method) return 'GET';
  return method.type === 'Literal' ? String(method.value).toUpperCase() : undefined;
}

function answers({ url, methods }: RouteHandlers, method: string, asked: string): boolean {
  const isSameMethod = methods === 'unknown' || methods.includes(method);
  return isSameMethod && matches(url.split('/'), asked.split('/'));
}

function matches(route: readonly string[], asked: readonly string[]): boolean {
  const open = route.findIndex((part) => part.startsWith('[...') || part.startsWith('[[...'));
  if (open !== -1) {
    const least = route[open]?.startsWith('[[') ? open : open + 1;
    return asked.length >= least && matches(route.slice(0, open), asked.slice(0, open));
  }
  return (
    route.length === asked.length &&
    route.every((part, at) => part === asked[at] || part.startsWith('[') || asked[at] === '*')
  );
}

/** What a web server in front hands to others: `location /api/gateway/`. */
function proxiedPrefixes(repo: Repo): readonly string[] {
  return repo
    .find(/\.conf(?:\.\w+)?$|(^|\/)Caddyfile$/)
    .flatMap((path) => [...(repo.peek(path) ?? '').matchAll(/\/api\/[\w-]+(?:\/[\w-]+)*/g)])
    .map(([prefix]) => prefix);
}

/** Named for whoever asks what stands behind a request. */
export function requestOf({ method, url }: PageRequest): string {
  return `${method} ${url}`;
}
