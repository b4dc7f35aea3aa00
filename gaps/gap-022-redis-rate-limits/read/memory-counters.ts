import type { Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { holds, nodesAt } from '../../../src/read/code/nodes-at.ts';
import { LIMIT_WORDS, MAY_LIMIT } from '../tables.ts';
import { countsAndCompares } from './counting.ts';
import { type Access, accessesIn, type Holder, holdersIn } from './holders.ts';
import type { Place } from './place.ts';

/** What a holder is made with; a file without one of these holds no counts. */
const MAKES =
  /\bnew\s{1,20}[\w$.]{0,80}(?:Map|LRU|TTL|NodeCache|QuickLRU|Keyv)|(?<![)>]\s{0,20})\{\s{0,200}\}|(?<![\w$>)\]}]\s{0,20})\[\s{0,200}\]|Object\.create\(|lru/i;
/** Modules of the browser: what they count is their own. */
const BROWSER =
  /^[ \t]*['"]use client['"]|from\s*['"](react|jotai|zustand|swr|@tanstack\/react-[\w-]+)(\/[\w/-]+)?['"]/m;
/** More than a limiter has. */
const MOST_ACCESSES = 200;
/** Longer than what anybody writes by hand. */
const LONGEST = 200_000;
/** Modules that hold their own messages back: no request waits for them. */
const OWN_MESSAGES =
  /(^|[/.-])(posthog|sentry|telemetry|analytics|observability|log(?:ger|ging|s)?|alerts?)\b/i;
const TIME = /Date\.now|\bnow\b|new Date|performance\.|getTime|reset|window|ttl|setInterval|expire/i;
/** Words without which no file holds a counter: most files are told by them. */
const NEEDS = [
  MAY_LIMIT,
  LIMIT_WORDS,
  /\b(?:lru|ttl|NodeCache|Keyv)|Date\.now|\bnow\b|new Date|performance\.|getTime|reset|window|ttl|setInterval|expire/i,
  /\+\+|--|[+-]=|[+-]\s*1\b|\.(?:push|unshift)\b|\.\.\./,
  MAKES,
];

/** The counters of requests that a file keeps in its own variables. Cheap: most files are not parsed. */
export function memoryCounters(repo: Repo, path: string): readonly Place[] {
  if (OWN_MESSAGES.test(path) || !NEEDS.every((each) => repo.mentions(path, each))) return [];
  const module = repo.mentions(path, BROWSER) ? undefined : peekModule(repo, path);
  if (!module || module.text.length > LONGEST) return [];
  const holders = holdersIn(module);
  if (holders.length === 0) return [];
  const accesses = accessesIn(module);
  const code = module.withoutComments;
  return holders
    .filter((holder) =>
      isCounter(module, code, holder, (accesses.get(holder.name) ?? []).slice(0, MOST_ACCESSES)),
    )
    .map(({ name, at }) => ({ path, at, name }));
}

function isCounter(
  module: SourceModule,
  code: string,
  { name, at, forgets }: Holder,
  accesses: readonly Access[],
): boolean {
  const functionsWith = (isWanted: (access: Access) => boolean) =>
    accesses
      .filter(isWanted)
      .flatMap((access) => functionsAt(module, access.at).find((each) => !holds(each, at)) ?? []);
  const readers = functionsWith(({ reads }) => reads);
  const writers = functionsWith(({ writes }) => writes);
  if (readers.length === 0 || writers.length === 0 || !isInLimiter(module, code, name, at)) return false;
  const functions = [...new Set([...readers, ...writers])];
  // Their names stand before them.
  const said = functions.map(({ start, end }) => code.slice(Math.max(0, start - 40), end)).join('\n');
  const isTimed = forgets || TIME.test(said) || isSwept(code, name);
  return isTimed && LIMIT_WORDS.test(`${said} ${name}`) && countsAndCompares(code, name, functions);
}

/** It outlives a call: at the top of a file, a property, or in a function that makes limiters. */
function isInLimiter(module: SourceModule, code: string, name: string, at: number): boolean {
  const around = functionsAt(module, at);
  const heads = around.map(({ start }) => code.slice(Math.max(0, start - 80), start + 80)).join(' ');
  return around.length === 0 || name.includes('.') || /limit|throttl/i.test(heads);
}

/** The functions around an offset, outermost first. */
function functionsAt(module: SourceModule, offset: number): readonly Node[] {
  return nodesAt(module, offset).filter(
    ({ type }) =>
      type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression',
  );
}

function isSwept(code: string, name: string): boolean {
  return (
    code.includes('setInterval') && [`${name}.clear(`, `${name}.delete(`].some((each) => code.includes(each))
  );
}
