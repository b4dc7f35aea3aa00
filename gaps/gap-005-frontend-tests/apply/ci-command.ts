import type { NextApp, Repo } from '../../../src/contract.ts';

/** The script that CI runs: the tests, and whether they still cover enough. */
export const SCRIPT = 'test:coverage';
/** As a person types it. */
export const COMMAND = `npm run ${SCRIPT}`;

const TEST = /\b(?:npm|pnpm|yarn)(?: run)? test(?::coverage)?\b/;
/** What the test runner needs (engines of vitest and jsdom). */
const OLDEST_NODE = 20;

/** Whether a command of CI runs tests. */
export function isTestRun(command: string): boolean {
  return TEST.test(command);
}

/** Whether a CI file runs the tests of this app already, as far as its words say. */
export function runsTests(repo: Repo, app: NextApp, path: string): boolean {
  return app.dir === '' && repo.mentions(path, TEST);
}

/** Whether a version of Node.js that a CI file names is too old for the test runner; no number says nothing. */
export function isTooOld(version: string): boolean {
  return [...version.matchAll(/(?<![\w.])v?(\d+)(?=[\s.,\]'"-]|$)/g)].some(
    ([, major]) => Number(major) < OLDEST_NODE,
  );
}
