import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The command that brings each program that tests run for real, beyond Node, git and a shell. */
const BROUGHT_BY = {
  'redis-server': 'apt-get install redis-server',
  chromium: 'apt-get install chromium',
  sqlite3: 'apt-get install sqlite3',
  flock: 'apt-get install util-linux',
  shellcheck: 'apt-get install shellcheck',
  ps: 'apt-get install procps',
  script: 'apt-get install bsdutils',
  bash: 'apt-get install bash',
  python3: 'apt-get install python3',
  make: 'apt-get install make',
  'g++': 'apt-get install g++',
  'templates/node_modules': 'npm ci --prefix templates',
} as const;

export type Program = keyof typeof BROUGHT_BY;

/** Set where everything is meant to be installed: what is missing fails there instead of being skipped. */
const REQUIRED = 'AIMS_FIX_TEST_EVERYTHING';

/** Where a program of this machine stands; undefined without it. */
export function where(program: string): string | undefined {
  if (program.includes('/')) return existsSync(program) ? program : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** `describe`, skipped by name where one of the programs is missing. */
export function describeWith(programs: readonly Program[], name: string, tests: () => void): void {
  const missing = missingOf(programs);
  if (missing === undefined) describe(name, tests);
  else if (isRequired()) test(name, () => expect.fail(missing));
  else describe.skip(`${name} (${missing})`, tests);
}

/** `test`, skipped by name where one of the programs is missing. */
export function testWith(
  programs: readonly Program[],
  name: string,
  run: () => void | Promise<void>,
  timeout?: number,
): void {
  const missing = missingOf(programs);
  if (missing === undefined) test(name, run, timeout);
  else if (isRequired()) test(name, () => expect.fail(missing));
  else test.skip(`${name} (${missing})`, run);
}

/** What is missing, and the commands that bring it. */
function missingOf(programs: readonly Program[]): string | undefined {
  const missing = programs.filter((program) => where(program) === undefined);
  if (missing.length === 0) return undefined;
  const commands = [...new Set(missing.map((program) => BROUGHT_BY[program]))];
  return `needs ${missing.join(', ')}: ${commands.join(' && ')}`;
}

function isRequired(): boolean {
  return (process.env[REQUIRED] ?? '') !== '';
}
