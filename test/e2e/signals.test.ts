import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aimsFix, treeOf } from './cli.ts';
import { samples } from './samples.ts';

/** A signal at a known moment: 130 says that everything is as it was, so it must be. */
const sample = samples();

/** Sends SIGINT to the process itself at the first call of a file-system function on a path. */
function interruptedAt(root: string, name: string, path: string, signal = 'SIGINT'): NodeJS.ProcessEnv {
  const file = join(root, '../interrupt.cjs');
  writeFileSync(
    file,
    `const fs = require('node:fs');
const real = fs[process.env.AT_NAME];
let sent = false;
fs[process.env.AT_NAME] = (...args) => {
  if (!sent && new RegExp(process.env.AT_PATH).test(String(args[0]))) {
    sent = true;
    process.kill(process.pid, process.env.AT_SIGNAL);
  }
  return real(...args);
};
require('node:module').syncBuiltinESMExports();
`,
  );
  return { NODE_OPTIONS: `--require="${file}"`, AT_NAME: name, AT_PATH: path, AT_SIGNAL: signal };
}

describe('an interrupted apply', () => {
  test.each([
    ['while it plans', 'readFileSync', 'error\\.tsx$|page\\.tsx$', /interrupted/],
    ['at its first write', 'renameSync', '', /interrupted/],
    ['at its last write', 'unlinkSync', 'api/test', /interrupted/],
  ])('%s leaves everything as it was, and says so', (_name, operation, path, said) => {
    const root = sample();
    const before = treeOf(root);
    const args = ['apply', '--priority', 'P0', '--yes', '--json'];
    const { code, stdout } = aimsFix(root, args, interruptedAt(root, operation, path));
    expect(code).toBe(130);
    const document: { readonly error?: { readonly message: string } } = JSON.parse(stdout);
    expect(document.error?.message).toMatch(said);
    expect(treeOf(root)).toEqual(before);
  });

  test('too late, when all is written, ends as if nothing had come', () => {
    const root = sample();
    const before = treeOf(root);
    const env = interruptedAt(root, 'unlinkSync', 'aims-fix/lock$');
    const { code, stdout } = aimsFix(root, ['apply', '--gap', '3', '--yes', '--json'], env);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'apply', run: expect.any(String) });
    expect(treeOf(root)).not.toEqual(before);
  });

  test('gap by gap says what stands', () => {
    const root = sample();
    const env = interruptedAt(root, 'renameSync', '/infra/');
    const args = ['apply', '--gap', '1', '--gap', '3', '--yes', '--keep-going'];
    const { code, stderr } = aimsFix(root, args, env);
    expect(code).toBe(130);
    expect(stderr).toMatch(/stands[\s\S]*aims-fix undo \d{8}-/);
  });
});

test.each([
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
  ['SIGTERM', 143],
])('%s during an apply rolls back and ends with its own code', (signal, expected) => {
  const root = sample();
  const before = treeOf(root);
  const args = ['apply', '--priority', 'P0', '--yes'];
  expect(aimsFix(root, args, interruptedAt(root, 'renameSync', '', signal)).code).toBe(expected);
  expect(treeOf(root)).toEqual(before);
});

test.each([['audit'], ['verify'], ['plan']])('%s ends between two gaps', (command) => {
  const root = sample();
  const env = interruptedAt(root, 'openSync', 'integrations/page');
  const { code, stdout } = aimsFix(root, [command, '--priority', 'P0'], env);
  expect([code, stdout]).toEqual([130, '']);
});

test('an undo that is interrupted while it works is an undo', () => {
  const root = sample();
  const before = treeOf(root);
  expect(aimsFix(root, ['apply', '--gap', '3', '--yes']).code).toBe(0);
  expect(aimsFix(root, ['undo'], interruptedAt(root, 'renameSync', '')).code).toBe(0);
  expect(treeOf(root)).toEqual(before);
});
