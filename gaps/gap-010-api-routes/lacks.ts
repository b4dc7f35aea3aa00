import type { NextApp, Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import type { RouteHandlers } from '../../src/read/next/next-routes.ts';
import { oncePer } from '../../src/repo/once.ts';
import { codeOf } from './code.ts';

/** What keeps a route from being complete. */
export type Lack =
  | 'no-authentication'
  | 'no-validation'
  | 'no-rate-limit'
  | 'unescaped-query'
  | 'mock-data'
  | 'cached-upstream'
  | 'hides-upstream-failure'
  | 'no-invitation-record'
  | 'read-only';

/** The routes that the runbook names. */
export const NAMED: ReadonlySet<string> = new Set([
  '/api/deploy',
  '/api/boomerangs',
  '/api/admin/api-keys',
  '/api/invite',
  '/api/acheevy/diy',
  '/api/make-it-mine',
]);

/** Names that many applications have; one of these alone does not make an application the runbook's. */
const COMMON: ReadonlySet<string> = new Set(['/api/admin/api-keys', '/api/invite']);

/** Whether these are the routes of the application that the runbook is about. */
export function isRunbooks(urls: readonly string[]): boolean {
  const named = new Set(urls.filter((url) => NAMED.has(url)));
  return named.size > 1 || [...named].some((url) => !COMMON.has(url));
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'default']);

/** A call that finds out who asks. */
const ASKS_WHO =
  /\b(?:getServerSession|unstable_getServerSession|getSession|getToken|getAuth|auth|currentUser|getCurrentUser|getUser|validateRequest|validateSession|verifySession|verifyToken|verifyIdToken|jwtVerify|verifyJwt|verifyAuth|checkAuth|isAuthenticated|authenticate\w*|constructEvent|timingSafeEqual)\s*(?:<[^>]*>)?\(|headers(?:\(\))?\.get\(\s*['"](?:authorization|x-api-key)['"]|headers\.authorization|\.cookies?\.get\(|cookies\(\)/i;
const REFUSES = /\b40[13]\b|unauthori[sz]ed|forbidden|\bthrow\b|redirect\(|notFound\(/i;
/** Helpers that refuse by themselves, known by their names. */
const GUARDS =
  /\b(?:require|assert|ensure|enforce|with)(?:Auth\w*|User|Session|Admin|Owner|Role|Login|ApiKey|Permission\w*)\s*(?:<[^>]*>)?\(|\bauth\.protect\(|\b(?:protected|auth(?:ed|enticated)?)(?:Route|Handler|Procedure|Action)\s*\(/;
const VALIDATES =
  /(?<!\b(?:JSON|Date|path|url|URL|qs|querystring)\.)(?:\.(?:safeParse|parse)(?:Async)?\(|\.(?:validate|validateSync|validateAsync|assert|check|Check|Decode)\()|\b(?:validate|parse|read)(?!Int|Float)[A-Z]\w*\(|\b(?:v|valibot)\.(?:safeParse|parse)\(|\bwith(?:Validation|Schema|Body)\w*\(|\bis[A-Z]\w*(?:Body|Request|Payload|Input)\(/;
/** The request's body, not that of an upstream answer: `req.json()`, and never `res.json()`. */
const READS_BODY = /\b(?:req|request|\w*Request)(?:\.clone\(\))?(?:\.(?:json|formData|text)\(\)|\.body\b)/;
const STORES = /token|insert|create\w*\(|\.save\(|\bdb\b|prisma/i;
const LIMITS = /rate.?limit|too many requests|\b429\b|@arcjet|\bthrottle/i;
const MOCK =
  /\b(?:MOCK|FAKE|DUMMY|SAMPLE)_\w+|\b(?:mock|fake|dummy)[A-Z]\w*|Math\.random\(\)\s*\*(?!\s*(?:16|36|62|\w+\.length)\b)|\bsimulat(?:e|ed|ing)\b/i;
const UNCACHED =
  /no-store|revalidate\s*[:=]\s*0\b|force-dynamic|force-no-store|\bnoStore\(|cookies\(|headers\(|getServerSession\(|\bauth\(\)|searchParams|nextUrl/;

/** A handler, and the code that runs when it is called: with what it imports, or with what that imports too. */
interface Handler {
  readonly method: string;
  readonly near: string;
  readonly far: string;
}

/** Each of the two is read when a lack asks for it, once. */
class LazyHandler implements Handler {
  readonly method: string;
  readonly #read: (hops: number) => string;
  #near: string | undefined;
  #far: string | undefined;

  constructor(repo: Repo, app: NextApp, path: string, method: string) {
    this.method = method;
    this.#read = (hops) => codeOf(repo, app, path, method, hops);
  }

  get near(): string {
    this.#near ??= this.#read(1);
    return this.#near;
  }

  get far(): string {
    this.#far ??= this.#read(2);
    return this.#far;
  }
}

interface Subject {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly route: RouteHandlers;
  readonly handlers: readonly Handler[];
  readonly writers: readonly Handler[];
}

/** Reads which of the wanted lacks a route's handlers have, in the order of the table. */
export function lacksOf(
  repo: Repo,
  app: NextApp,
  route: RouteHandlers,
  wanted: (lack: Lack) => boolean = () => true,
): readonly Lack[] {
  const handlers = entriesOf(route).map((method) => new LazyHandler(repo, app, route.path, method));
  const writers = handlers.filter(({ method }) => WRITES.has(method));
  const subject = { repo, app, route, handlers, writers };
  return LACKS.filter(([lack, isLacking]) => wanted(lack) && isLacking(subject)).map(([lack]) => lack);
}

const LACKS: readonly (readonly [Lack, (subject: Subject) => boolean])[] = [
  ['no-authentication', isOpenToStrangers],
  [
    'no-validation',
    ({ writers }) => writers.some(({ near }) => READS_BODY.test(near) && !VALIDATES.test(near)),
  ],
  [
    'no-rate-limit',
    ({ repo, app, handlers }) =>
      !LIMITS.test(middlewareOf(repo, app)) && handlers.some(({ far }) => far !== '' && !LIMITS.test(far)),
  ],
  ['unescaped-query', ({ handlers }) => handlers.some(({ near }) => hasUnescapedQuery(near))],
  ['mock-data', ({ handlers }) => handlers.some(({ near }) => MOCK.test(near))],
  ['cached-upstream', isCached],
  ['hides-upstream-failure', ({ handlers }) => handlers.some(({ near }) => hidesFailure(near))],
  [
    'no-invitation-record',
    ({ route, writers }) =>
      route.url === '/api/invite' && writers.some(({ far }) => far !== '' && !STORES.test(far)),
  ],
  ['read-only', ({ route, writers }) => route.url === '/api/admin/api-keys' && writers.length === 0],
];

/** An invitation may be read by whoever holds its token; every other named route serves only the signed in. */
function isOpenToStrangers({ repo, app, route, handlers, writers }: Subject): boolean {
  const guarded = route.url === '/api/invite' || !NAMED.has(route.url) ? writers : handlers;
  return (
    guarded.length > 0 &&
    !isBehindLogin(repo, app, route.url) &&
    guarded.some(({ far }) => far !== '' && !isAuthenticated(far))
  );
}

function isCached({ repo, app, route, handlers }: Subject): boolean {
  if (!cachesByDefault(app) || repo.mentions(route.path, UNCACHED)) return false;
  return handlers.some(
    ({ method, near }) => method === 'GET' && /\bfetch\(/.test(near) && !UNCACHED.test(near),
  );
}

/** The exports that answer: the methods, or the default export of the pages router. */
export function entriesOf({ methods }: RouteHandlers): readonly string[] {
  return methods === 'unknown' ? ['default'] : methods.filter((method) => !/HEAD|OPTIONS/.test(method));
}

function isAuthenticated(code: string): boolean {
  return GUARDS.test(code) || (ASKS_WHO.test(code) && REFUSES.test(code));
}

/** Middleware that asks who it is, unless its matcher leaves the API out. */
export function isBehindLogin(repo: Repo, app: NextApp, url: string): boolean {
  return middlewareAsks(repo)(app) && covers(middlewareOf(repo, app), url);
}

/** Read once: it says the same to every route. */
const middlewareAsks = oncePer((repo: Repo) =>
  oncePer((app: NextApp) => {
    const text = middlewareOf(repo, app);
    return (
      /clerkMiddleware|authMiddleware|withAuth\b|next-auth\/middleware/.test(text) ||
      isAuthenticated(text) ||
      /export\s*\{\s*(?:auth|default)\b[^}]*\}\s*from/.test(text)
    );
  }),
);

function middlewareOf(repo: Repo, { middlewarePath }: NextApp): string {
  return middlewarePath === undefined ? '' : withoutComments(repo, middlewarePath);
}

function covers(middleware: string, url: string): boolean {
  const matcher = /\bmatcher\s*:\s*(\[[\s\S]*?\]\s*[,}]|['"`][^'"`]*['"`])/.exec(middleware)?.[1];
  if (matcher === undefined) return true;
  return [...matcher.matchAll(/['"`](\/[^'"`]*)['"`]/g)].some(([, pattern = '']) => {
    if (pattern.startsWith('/('))
      return /^\/\((?:api|trpc)/.test(pattern) || !/\(\?![^)]*\bapi\b/.test(pattern);
    const fixed = pattern.replace(/\/?[:(*].*$/, '');
    return url === fixed || url.startsWith(`${fixed}/`);
  });
}

/** A query parameter that goes into a url as it came. */
function hasUnescapedQuery(code: string): boolean {
  return [...code.matchAll(/(?:const|let)\s+(\w+)\s*=\s*[^;\n]*searchParams\.get\(/g)].some(([, name = '']) =>
    new RegExp(`[?&]\\w+=\\$\\{\\s*${name}\\b`).test(code),
  );
}

/** Next.js 14 and before keep what a GET handler fetched (nextjs.org/docs/14: "Caching data"). */
function cachesByDefault({ next }: NextApp): boolean {
  const major = Number(/\d+/.exec(next)?.[0] ?? Number.NaN);
  return major === 13 || major === 14;
}

/** An upstream failure that comes out as 200: its status is not looked at, or looked at and answered with data. */
function hidesFailure(code: string): boolean {
  if (!/\bfetch\(/.test(code)) return false;
  if (!/\.(?:ok|status)\b/.test(code)) return /\.json\(\)/.test(code);
  return [...code.matchAll(/if\s*\(\s*!\s*\w+\.ok\s*\)\s*/g)].some(({ index, 0: head }) => {
    const block = blockAt(code, index + head.length);
    return /\breturn\b[^;]*\bjson\(/.test(block) && !/\bstatus\b|\bthrow\b/.test(block);
  });
}

/** The block or statement that starts at an offset. */
function blockAt(code: string, from: number): string {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    const c = code[at];
    if (c === '{' || c === '(') depth += 1;
    else if (c === '}' || c === ')') depth -= 1;
    if (depth === 0 && (c === '}' || c === ';')) return code.slice(from, at + 1);
  }
  return code.slice(from);
}
