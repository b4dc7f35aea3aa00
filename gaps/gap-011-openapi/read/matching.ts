import { escaped } from '../../../src/repo/escaped.ts';
import { COMMON_ADDRESS, INTERNAL_ROUTE, PUBLIC_BASE } from '../tables.ts';
import type { Description, Operation } from './description.ts';
import type { Served } from './served-operations.ts';

/** A description, and the base below which it describes an app. */
export interface Match {
  readonly description: Description;
  readonly base: string;
}

/** A description belongs to an app where it shares this much of its operations, or describes so much of the app. */
const REAL_PART = 0.25;
const MOST_OF_AN_APP = 0.5;
const FEW = 3;
/** What a description does not say of its base has to be shown by most of its operations. */
const MOST = 0.5;
/** The base that servers leave out whose addresses are rewritten. */
const GUESSED = '/api';

/** Whether a description is one of this API, and below which base. */
export function matchOf(
  description: Description,
  own: readonly Served[],
  all: readonly Served[],
): Match | undefined {
  const { operations, bases } = description;
  // What answers every address proves nothing.
  const plain = all.filter(({ url }) => !url.includes('[...'));
  const candidates = [...bases, ...(bases.every((each) => each === '') ? [GUESSED] : [])].map((base) => {
    const shared = operations.filter((each) => plain.some((served) => documents(each, served, base)));
    const telling = shared.filter(({ path }) => !COMMON_ADDRESS.test(base + path)).length;
    const described = own.filter((served) => operations.some((each) => documents(each, served, base))).length;
    return { base, shared: shared.length, telling, described };
  });
  const [best] = candidates.sort((a, b) => b.shared - a.shared);
  if (!best || best.shared === 0) return undefined;
  const ofItself = best.shared / operations.length;
  const ofApp = own.length === 0 ? 0 : best.described / own.length;
  const isTelling = best.telling > 0 || ofItself === 1 || ofApp === 1;
  const isDeclared = bases.includes(best.base);
  const isEnough = isDeclared
    ? ofItself >= REAL_PART || (ofApp >= MOST_OF_AN_APP && best.shared >= FEW)
    : ofItself >= MOST;
  return isTelling && isEnough ? { description, base: best.base } : undefined;
}

/** Whether an operation of a description documents one that is served. */
export function documents(operation: Operation, { url, method }: Served, base: string): boolean {
  const isSameMethod = method === '*' || operation.method === '*' || operation.method === method;
  return isSameMethod && isSamePath(base + operation.path, url);
}

/** What a description names and no route serves; HEAD and OPTIONS are answered by Next.js itself for every route. */
export function unserved({ description, base }: Match, all: readonly Served[]): readonly Operation[] {
  const { operations } = description;
  const missing = operations.filter(
    (each) =>
      !all.some(
        (served) =>
          documents(each, served, base) ||
          (/^(?:HEAD|OPTIONS)$/.test(each.method) && isSamePath(base + each.path, served.url)),
      ),
  );
  // Most of it is served elsewhere: the description covers more than this application.
  return missing.length * 2 > operations.length ? [] : missing;
}

/** Whether the description's path is the route's, whatever their parameters are called. */
export function isSamePath(documented: string, url: string): boolean {
  return patternOf(url).test(documented);
}

const patterns = new Map<string, RegExp>();

function patternOf(url: string): RegExp {
  let pattern = patterns.get(url);
  if (!pattern) {
    const parts = url.split('/').slice(1);
    const last = parts.length - 1;
    pattern = new RegExp(
      `^${parts.map((part, index) => dynamic(part, index === last) ?? `/${escaped(part)}`).join('')}/?$`,
    );
    patterns.set(url, pattern);
  }
  return pattern;
}

/** What may stand for a segment in brackets. Only the last one may catch all that follows, as in Next.js. */
function dynamic(part: string, isLast: boolean): string | undefined {
  if (!/^\[.*\]$/.test(part)) return undefined;
  if (isLast && part.startsWith('[[...')) return '(?:/.+)?';
  return isLast && part.startsWith('[...') ? '/.+' : '/(?:\\{[^}/]+\\}|:\\w+|[^/{}]+)';
}

/** What the routes of an app are about, and how much of each is described. */
export interface Scope {
  /** What is about the same, by the base for others and the first part below it. */
  readonly resources: ReadonlyMap<string, { readonly all: number; readonly described: number }>;
  readonly described: readonly string[];
  /** Whether what the description names is handed on, so that the app's own routes are another matter. */
  readonly isBehindOpenEnd: boolean;
}

const LEAST_DOCUMENTED = 3;

/**
 * Whether an undescribed route is the application's own business: machines call it, or what is described is a part
 * that is set apart (`/api/v1`), or a choice of resources of which this one is none, or little.
 */
export function isInternal(url: string, { resources, described, isBehindOpenEnd }: Scope): boolean {
  if (INTERNAL_ROUTE.test(url) && !described.includes(url)) return true;
  const own = resources.get(resourceOf(url));
  const isMostDescribed = own !== undefined && own.described * 2 >= own.all;
  if (isBehindOpenEnd) return !isMostDescribed;
  if (described.length < LEAST_DOCUMENTED) return false;
  const bases = described.flatMap((each) => PUBLIC_BASE.exec(each)?.[0] ?? []);
  if (bases.length * 2 > described.length)
    return ![...bases, ...described].some((base) => url === base || url.startsWith(`${base}/`));
  const named = [...resources.values()].filter((each) => each.described > 0).length;
  return named * 2 < resources.size && !isMostDescribed;
}

/** What the routes of an app are about. */
export function scopeOf(all: readonly Served[], bare: readonly Served[], isBehindOpenEnd: boolean): Scope {
  const resources = new Map<string, { all: number; described: number }>();
  for (const served of all) {
    const found = resources.get(resourceOf(served.url)) ?? { all: 0, described: 0 };
    found.all += 1;
    found.described += bare.includes(served) ? 0 : 1;
    resources.set(resourceOf(served.url), found);
  }
  const described = all.filter((served) => !bare.includes(served)).map(({ url }) => url);
  return { resources, described, isBehindOpenEnd };
}

/** What an address is about: `/api/links/[id]/clicks` is about `/api/links`. */
function resourceOf(url: string): string {
  const base = PUBLIC_BASE.exec(url)?.[0] ?? '/api';
  const [first = ''] = url.slice(base.length).replace(/^\//, '').split('/');
  return `${base}/${first}`;
}
