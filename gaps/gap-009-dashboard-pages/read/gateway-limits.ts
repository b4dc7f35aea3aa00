import type { NextApp, Repo } from '../../../src/contract.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { TEST_FILE } from '../tables.ts';

/** A limit of the gateway that counts what the app asks, for all of its users together. */
export interface GatewayLimit {
  readonly name: string;
  readonly path: string;
  /** Where it is made, from 1. */
  readonly line: number;
}

const LIMITERS = /\b(?:const|let|var)\s+(\w+)\s*=\s*rateLimit\(\s*\{/g;
const USES = /\.use\(\s*(\w+)\s*\)/g;

/**
 * The limits in front of these endpoints that count by address, and the app has one address (express-rate-limit:
 * "keyGenerator" and "skip"). What looks at a key or counts by something else is left out.
 */
export function gatewayLimits(
  repo: Repo,
  app: NextApp,
  endpoints: readonly string[],
): readonly GatewayLimit[] {
  return repo
    .find(/\.[cm]?[jt]s$/)
    .filter((path) => !isInside(app.dir, path) && !TEST_FILE.test(path))
    .filter((path) => repo.mentions(path, 'express-rate-limit'))
    .flatMap((path) => limitsIn(path, blankComments(repo.peek(path) ?? ''), endpoints));
}

function limitsIn(path: string, code: string, endpoints: readonly string[]): readonly GatewayLimit[] {
  const [first] = endpoints
    .flatMap((endpoint) => [`.get('${endpoint}'`, `.get("${endpoint}"`])
    .map((words) => code.indexOf(words))
    .filter((at) => at !== -1);
  if (first === undefined) return [];
  const used = new Set([...code.slice(0, first).matchAll(USES)].map(([, name]) => name));
  return [...code.matchAll(LIMITERS)].flatMap(({ index, 1: name = '' }) => {
    const end = code.indexOf('})', index);
    const options = code.slice(index, end === -1 ? undefined : end);
    if (!used.has(name) || /\bkeyGenerator\b|api-?key/i.test(options)) return [];
    return [{ name, path, line: code.slice(0, index).split('\n').length }];
  });
}
