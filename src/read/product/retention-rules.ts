import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { isMaterial } from '../../repo/standing.ts';
import { withoutComments } from '../code/comments.ts';

/** A rule of the code's own that lets data go. */
export interface RetentionRule {
  readonly path: string;
  readonly at: number;
  /** As it is written: `RETENTION_DAYS=30`, `INTERVAL '90 days'`. */
  readonly text: string;
}

const RULE =
  /\bINTERVAL\s+'-?\d+ (?:day|month|year)s?'|\b(?:RETENTION|KEEP|MAX_AGE|TTL)_?\w{0,40}(?:DAYS|HOURS)\w{0,40}\s*[=:]\s*\d+|date\('now',\s*'-\d+ days?'|-mtime \+\d+/g;
/** One of these stands in every text that RULE matches; looking for a string is cheap. */
const HINTS = ['DAYS', 'HOURS', 'INTERVAL', "'now'", '-mtime'];

/** How long code and scripts of the product keep data, each rule where it stands. */
export const retentionRules = oncePer((repo: Repo): readonly RetentionRule[] =>
  repo
    .find(/\.(?:[cm]?[jt]s|sh)$/)
    .filter((path) => !isMaterial(path) && HINTS.some((hint) => repo.mentions(path, hint)))
    .flatMap((path) =>
      [...withoutComments(repo, path).matchAll(RULE)].map(({ 0: text, index }) => ({
        path,
        at: index,
        text,
      })),
    ),
);
