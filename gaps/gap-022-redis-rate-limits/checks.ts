import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { importersOf, reachableFrom } from '../../src/read/code/imports.ts';
import { missingAddress } from './address.ts';
import { IN_MEMORY_PACKAGES } from './libraries.ts';
import { isEntry, type ServerPackage, serverPackages } from './server-code.ts';
import { addressesOf, findSharedCounter, routesCalledBy } from './shared.ts';

/** Checks of the gap, for each package that answers requests and says anything of limits. */
export function checksOf(repo: Repo): readonly Check[] {
  const python = repo.find(/\.py$/).filter((path) => repo.mentions(path, PYTHON));
  return [...packageChecks(repo), ...(python.length > 0 ? [pythonCheck(repo, python)] : [])];
}

const PYTHON = /^\s*(?:from|import)\s+(?:slowapi|flask_limiter)\b/m;

function pythonCheck(repo: Repo, paths: readonly string[]): Check {
  return {
    title: 'Limiters of Python services name a storage',
    level: 'static',
    run: () => {
      const texts = paths.map((path) => repo.peek(path) ?? '');
      if (
        texts.every((text) => !/\bLimiter\(/.test(text)) ||
        texts.some((text) => /storage_uri|RATELIMIT_STORAGE/.test(text))
      )
        return { verdict: 'pass', evidence: [{ subject: paths.join(', '), observed: 'a storage is named' }] };
      return { verdict: 'fail', reason: `${paths.join(', ')}: counted in memory` };
    },
  };
}

function packageChecks(repo: Repo): readonly Check[] {
  return serverPackages(repo)
    .filter((within) => within.code.some((path) => repo.mentions(path, SAYS_LIMIT)))
    .flatMap((within) => [
      {
        title: `Whoever answers 429 counts outside of the process (${within.workspace.path})`,
        level: 'static' as const,
        run: () => refusers(repo, within),
      },
      {
        title: `What is imported to limit is given a shared store (${within.workspace.path})`,
        level: 'static' as const,
        run: () => stores(repo, within),
      },
      {
        title: `Limiters on Redis are loaded, and find their Redis (${within.workspace.path})`,
        level: 'static' as const,
        run: () => loaded(repo, within),
      },
      {
        title: `Middleware loads no client that needs a socket (${within.workspace.path})`,
        level: 'static' as const,
        run: () => middleware(repo, within),
      },
    ]);
}

const SAYS_LIMIT = /rate.?limit|\b429\b|too.?many|throttl/i;
const SHARED =
  /redis|valkey|upstash|\bkv\b|arcjet|memcache|mongo|postgres|prisma|dynamo|@unkey|@vercel\/firewall|\bstorage\b|\bcontext\b|binding|firestore/i;

/** From the answer down: the file that says 429 and counts by itself, with nothing shared near it. */
function refusers(repo: Repo, within: ServerPackage): Verdict {
  const refusing = within.code.filter((path) => {
    const text = repo.peek(path) ?? '';
    return SAYS_LIMIT.test(text) && countsItself(blankComments(text));
  });
  const alone = refusing.find((path) => !isShared(repo, within, path) && isImported(repo, within, path));
  if (alone !== undefined) return { verdict: 'fail', reason: `${alone} counts in its own variables` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'files that count and refuse', observed: `${refusing.length}, none alone` }],
  };
}

function countsItself(code: string): boolean {
  const held =
    /(?:(?:const|let|var|readonly|private|static|public)\s+)+#?(\w+)\b[^=;\n]*=\s*(?:new (?:Map|LRU\w*|TTL\w*|NodeCache)\b|\{\s*\};|Object\.create)/g;
  return [...code.matchAll(held)].some(
    ([, name = '']) =>
      new RegExp(`\\b${name}(?:\\.set\\(|\\[[^\\]]+\\]\\s*(?:\\+\\+|[+]?=))`).test(code) &&
      /(?:count|seen|hits|tokens|requests|attempts|used|usage)\w*(?:\.\w+|\[\d\])*\s*(?:\+\+|\+=|-=|\+ 1|- 1|>)|\.push\(|\+ 1/i.test(
        code,
      ),
  );
}

function isShared(repo: Repo, within: ServerPackage, path: string): boolean {
  const near = [
    path,
    ...routesCalledBy(repo, within, path),
    ...importersOf(repo, { dir: within.dir, files: within.files }, path).map((each) => each.path),
  ];
  return near.some((each) => SHARED.test(withoutComments(repo, each)));
}

function isImported(repo: Repo, within: ServerPackage, path: string): boolean {
  return (
    isEntry(repo, within, path) ||
    importersOf(repo, { dir: within.dir, files: within.files }, path).length > 0
  );
}

/** From the imports: a limiter's library in a file that names nothing shared. */
function stores(repo: Repo, within: ServerPackage): Verdict {
  const using = within.code.filter((path) =>
    [...withoutComments(repo, path).matchAll(/(?:from|import|require)\s*\(?\s*['"]([^'".][^'"]*)['"]/g)].some(
      ([, name = '']) =>
        IN_MEMORY_PACKAGES.test(name) &&
        !/redis|upstash|unkey/.test(name) &&
        /rate-?limit(er)?(-flexible)?$|throttler$|express-|memory$/.test(name),
    ),
  );
  const bare = using.find((path) => {
    const code = withoutComments(repo, path);
    const makes =
      /\b(?:rateLimit\w*|slowDown|RateLimiter\w+|rateLimiter|ratelimit|forRoot\w*|register)\s*(?:<[^>]*>)?\(|new \w*Brute/.test(
        code,
      );
    return (
      makes &&
      !SHARED.test(code) &&
      !/\bstore\b(?!\s*:\s*(?:undefined|new MemoryStore))/.test(code) &&
      isImported(repo, within, path)
    );
  });
  if (bare !== undefined)
    return { verdict: 'fail', reason: `${bare} makes a limiter without a shared store` };
  return {
    verdict: 'pass',
    evidence: [
      { subject: 'files that import a limiter', observed: `${using.length}, all with a shared store` },
    ],
  };
}

/** From the entries down. */
function loaded(repo: Repo, within: ServerPackage): Verdict {
  const holders = within.code.filter((path) => findSharedCounter(repo, path) !== undefined);
  if (holders.length === 0)
    return { verdict: 'pass', evidence: [{ subject: 'limiters on Redis', observed: 'none of its own' }] };
  const entries = within.files.filter((path) => isEntry(repo, within, path));
  const reached = reachableFrom(repo, { dir: within.dir }, entries);
  const isLibrary = entries.length === 0 || isOffered(repo, within);
  if (!isLibrary && !holders.some((path) => reached.has(path)))
    return { verdict: 'fail', reason: `nothing that runs leads to ${holders.join(', ')}` };
  const live = holders.filter((path) => reached.has(path));
  if (live.length > 0 && live.every((path) => holdsIdleMethods(repo, within, path)))
    return { verdict: 'fail', reason: `nothing calls what limits in ${live.join(', ')}` };
  const lacking = holders.find(
    (path) =>
      reached.has(path) && missingAddress(repo, within, addressesOf(repo, within, path)) !== undefined,
  );
  if (lacking !== undefined)
    return { verdict: 'fail', reason: `nobody gives ${lacking} the address of Redis` };
  return {
    verdict: 'pass',
    evidence: [{ subject: holders.join(', '), observed: 'loaded, with an address' }],
  };
}

/** From the text: lines that open a method named after limits, none of which is called on anything. */
function holdsIdleMethods(repo: Repo, { files }: ServerPackage, path: string): boolean {
  const code = withoutComments(repo, path);
  const names = [...code.matchAll(/^\s+(?:async\s+)?(\w*(?:limit|throttl)\w*)\s*\([^;]*?\{\s*$/gim)];
  return (
    names.length > 0 &&
    names.every(([, name]) =>
      files.every((file) => !new RegExp(`\\.${name}\\(`).test(withoutComments(repo, file))),
    )
  );
}

function isOffered(repo: Repo, { dir, workspace }: ServerPackage): boolean {
  const { name } = workspace.manifest;
  return repo.layout.packages.some(
    (other) => other.dir !== dir && name !== undefined && repo.mentions(other.path, `"${name}"`),
  );
}

function middleware(repo: Repo, within: ServerPackage): Verdict {
  const path = within.app?.middlewarePath;
  const text = path === undefined ? '' : withoutComments(repo, path);
  if (path === undefined || path.includes('proxy.') || /['"]nodejs['"]/.test(text))
    return {
      verdict: 'pass',
      evidence: [{ subject: path ?? 'middleware', observed: 'does not run on the Edge' }],
    };
  const client = [...reachableFrom(repo, { dir: within.dir }, [path])].find((file) =>
    repo.mentions(
      file,
      /^\s*(?:import\s+(?!type)[^;]*?from\s*|import\s*|const[^;\n]*require\()['"](?:ioredis|redis|@redis\/client|iovalkey)['"]/m,
    ),
  );
  if (client !== undefined)
    return { verdict: 'fail', reason: `${path} loads ${client}, which opens a socket` };
  return {
    verdict: 'pass',
    evidence: [{ subject: path, observed: 'no client of Redis in what it imports' }],
  };
}
