import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { pages, routeHandlers } from '../../src/read/next/next-routes.ts';
import { isInternal, isOwn, servedBy } from './compare.ts';
import { MATERIAL } from './descriptions.ts';
import { findGenerator } from './generator.ts';

const DESCRIPTION =
  /(openapi|swagger|api-?docs?|api-?spec)[\w.-]*\.(ya?ml|json)$|(openapi|swagger)\/[^/]+\.(ya?ml|json)$/i;
/** A key that is a path, or a method below one: `/api/health:`, `"get": {`, also `$ref:`. */
const KEY = /(?<![\w:/])["']?(?:(\/[\w\-{}/.]*)|(get|put|post|delete|patch|\$ref))["']?\s*:/g;

/** Reads the descriptions as text, key by key, where detect reads their values. */
export function checksOf(repo: Repo): readonly Check[] {
  if (servedBy(repo).filter(isOwn).length === 0) return [];
  return [
    {
      title: 'The text of an OpenAPI description names every method of every API route',
      level: 'static',
      run: () => everyRouteIsNamed(repo),
    },
    {
      title: 'Every path under /api that it names has a route file',
      level: 'static',
      run: () => everyNameIsServed(repo),
    },
  ];
}

interface Named {
  readonly path: string;
  readonly methods: ReadonlySet<string>;
}

function namedIn(repo: Repo): readonly Named[] {
  const files = repo.find(DESCRIPTION).filter((path) => !MATERIAL.test(path));
  const code = repo.find(/\.[cm]?[jt]sx?$/).filter((path) => repo.mentions(path, /@(swagger|openapi)\b/));
  return [...files, ...code].flatMap((file) => {
    const text = repo.peek(file) ?? '';
    if (!/openapi|swagger/.test(text)) return [];
    const found: { path: string; methods: Set<string> }[] = [];
    for (const [, path, method] of text.matchAll(KEY)) {
      if (path !== undefined) found.push({ path, methods: new Set() });
      else if (method !== undefined) found.at(-1)?.methods.add(method.toUpperCase());
    }
    return found;
  });
}

function shapeOf(url: string): string {
  return url
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, '*')
    .replace(/^(\/v\d+)?\/api(?=\/)/, '')
    .replace(/\/$/, '');
}

/** The same, but for a base that the servers of a description may hold. */
function isBelowBase(url: string, shape: string): boolean {
  return (
    url.endsWith(shape) && /^(?:\/(?:v\d+|public|external|rest|open))?$/.test(url.slice(0, -shape.length))
  );
}

function everyRouteIsNamed(repo: Repo): Verdict {
  const generator = findGenerator(repo);
  const named = namedIn(repo).map(({ path, methods }) => ({ shape: shapeOf(path), methods }));
  const all = servedBy(repo).filter(isOwn);
  const isNamed = (url: string) =>
    named.some(({ shape }) => shape !== '' && isBelowBase(shapeOf(url), shape));
  const known = all.map(({ route }) => route.url).filter(isNamed);
  const own = all.filter(({ route }) => !isInternal(route.url, known));
  const missing = own.filter(({ route, method }) => {
    const here = named.filter(({ shape }) => shape !== '' && shapeOf(route.url).endsWith(shape));
    return !here.some(({ methods }) => method === '*' || methods.has(method) || methods.has('$REF'));
  });
  const first = missing[0];
  if (first !== undefined && (generator === undefined || named.length > 0))
    return {
      verdict: 'fail',
      reason: `${missing.length} of ${own.length} are not named, the first: ${first.method} ${first.route.url}`,
    };
  const observed = first ? `${generator?.name} writes it` : `${own.length} operations are named`;
  return { verdict: 'pass', evidence: [{ subject: 'OpenAPI description', observed }] };
}

function everyNameIsServed(repo: Repo): Verdict {
  const served = repo.layout.apps.flatMap((app) =>
    [...routeHandlers(repo, app), ...pages(repo, app)].map(({ url }) => url),
  );
  const shapes = new Set(served.map(shapeOf));
  const open = served.filter((url) => url.includes('[...')).map((url) => url.slice(0, url.indexOf('[')));
  const named = namedIn(repo).filter(({ path }) => path.startsWith('/api/'));
  const gone = named.filter(
    ({ path }) => !shapes.has(shapeOf(path)) && !open.some((prefix) => path.startsWith(prefix)),
  );
  if (gone.length > 0 && gone.length * 2 <= named.length)
    return { verdict: 'fail', reason: `no route file for ${gone.map(({ path }) => path).join(', ')}` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'paths under /api', observed: `${named.length} compared` }],
  };
}
