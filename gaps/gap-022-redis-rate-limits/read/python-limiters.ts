import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { standingOf } from '../../../src/repo/standing.ts';
import type { Counts } from '../tables.ts';
import type { Place } from './place.ts';

/** A limiter of a Python service. */
export interface PythonLimiter extends Place {
  readonly counts: Counts;
}

const SAYS_LIMIT = /rate.?limit|\b429\b|too.?many|throttl|slowapi|_limiter\b/i;
const LIBRARY = /^[ \t]*(?:from|import)[ \t]+(slowapi|flask_limiter)\b/m;
const MADE = /(?<!\w)Limiter\(([\s\S]{0,2000}?)\n?\)[ \t]*$/m;
const STORAGE = /storage_uri\s?=(?!\s?['"]memory:)/;
/** The settings of Flask, in whichever module of the service. */
const CONFIGURED = /RATELIMIT_STORAGE_UR[IL]/;
const ON_REDIS = /^[ \t]*(?:from|import)[ \t]+fastapi_limiter\b/m;
const CLIENT = /\b(?:aio)?(?:redis|valkey)\b/i;
const COUNTS_THERE = /\.(?:incr|incrby|zadd|eval|evalsha|register_script)\(/g;
/** So far from where it counts a limiter says what it is. */
const NEAR = 600;
const TABLE = /\b\w{0,40}(?:RateLimit|UserRequest|RequestLog)\w{0,40}\.objects\.\w{0,40}(?:create|filter)\(/;
/** A dictionary, a list or a cache of the module (without indentation) or of an object. */
const HOLDER =
  /^(?:[ \t]+self\.)?(\w+)[ \t]*(?::[^=\n]{0,120})?=[ \t]*(?:\{\}|\[\]|dict\(\)|(?:collections\.)?(?:defaultdict|OrderedDict|deque|Counter)\(|(?:cachetools\.)?(?:TTL|LRU)Cache\()/gm;
/** Whoever holds more keeps data, not counts. */
const MOST_HOLDERS = 50;
const TIME = /\btime\b|datetime|monotonic|window|reset|expire|TTLCache/i;
const COMPARED = /^[ \t]*(?:if|elif|return|while|\w+[ \t]*=).*[<>]/;

/** The limiters of Python services: libraries by where they are told to count, and counts of their own. */
export function pythonLimiters(repo: Repo): readonly PythonLimiter[] {
  const paths = repo.find(/\.py$/).filter((path) => standingOf(path) === 'product');
  const isConfigured = () => paths.some((path) => repo.mentions(path, CONFIGURED));
  return paths
    .filter((path) => repo.mentions(path, SAYS_LIMIT))
    .flatMap((path) => limiterIn(path, withoutComments(repo, path), isConfigured) ?? []);
}

function limiterIn(path: string, code: string, isConfigured: () => boolean): PythonLimiter | undefined {
  const place = (at: number, name: string, counts: Counts) => ({ path, at, name, counts });
  const library = LIBRARY.exec(code)?.[1];
  const made = library === undefined ? null : MADE.exec(code);
  if (library !== undefined && made)
    return place(
      made.index,
      library,
      STORAGE.test(made[1] ?? '') || isConfigured() ? 'outside' : 'in memory',
    );
  const imported = ON_REDIS.exec(code);
  if (imported) return place(imported.index, 'fastapi-limiter', 'outside');
  if (!SAYS_LIMIT.test(code)) return undefined;
  const counted = CLIENT.test(code)
    ? [...code.matchAll(COUNTS_THERE)].find(({ index }) =>
        SAYS_LIMIT.test(code.slice(Math.max(0, index - NEAR), index + NEAR)),
      )
    : undefined;
  if (counted) return place(counted.index, 'Redis', 'outside');
  const table = TABLE.exec(code);
  if (table) return place(table.index, 'a database table', 'outside');
  const holder = [...code.matchAll(HOLDER)]
    .slice(0, MOST_HOLDERS)
    .find(([, name = '']) => isCounter(code, name));
  return holder && place(holder.index, holder[1] ?? '', 'in memory');
}

/** Whether lines count in the entries of a holder and compare the count, and the code knows the time. */
function isCounter(code: string, name: string): boolean {
  const held = new RegExp(`(?:self\\.)?\\b${escaped(name)}\\b`);
  const derived = [...code.matchAll(new RegExp(`^[ \\t]*(\\w+)[ \\t]*=[^=\\n]*${held.source}`, 'gm'))].map(
    ([, to = '']) => to,
  );
  const entry = new RegExp([held.source, ...derived.map((each) => `\\b${escaped(each)}\\b`)].join('|'));
  const grows = new RegExp(
    `(?:${entry.source})[^\\n=]{0,80}(?:\\.append\\(|\\+=[ \\t]?1\\b)|(?:${entry.source})[^\\n]{0,80}\\+[ \\t]?1\\b`,
  );
  const compared = new RegExp(
    `(?:len\\((?:${entry.source})|(?:${entry.source})[^\\n<>]{0,40})[^\\n<>]{0,40}[<>]`,
  );
  const lines = code.split('\n');
  return (
    TIME.test(code) &&
    lines.some((line) => grows.test(line)) &&
    lines.some((line) => COMPARED.test(line) && compared.test(line))
  );
}
