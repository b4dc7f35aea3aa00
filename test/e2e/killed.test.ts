import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aimsFix, CLI, treeOf } from './cli.ts';
import { samples } from './samples.ts';

// The built command is killed for good at one of its writes, or a write fails, or another program saves a file in that
// moment. What comes next finds the old tree or the new one.

const sample = samples();
const APPLY = ['apply', '--priority', 'P0', '--yes', '--allow-dirty'];

/** Counts the calls that change something below the root and, at the n-th of them, does harm. */
const HARM = `const fs = require('node:fs');
const { AT, ROOT, HARM, COUNT } = process.env;
let count = 0;
for (const name of ['openSync', 'writeSync', 'writeFileSync', 'mkdirSync', 'renameSync', 'linkSync', 'unlinkSync', 'rmdirSync', 'rmSync', 'chmodSync', 'fchmodSync', 'fsyncSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    const isRead = name === 'openSync' && (typeof args[1] === 'number' ? (args[1] & 3) === 0 : args[1] === undefined || args[1] === 'r');
    const isOurs = typeof args[0] === 'number' || String(args[0]).startsWith(ROOT);
    if (isRead || !isOurs) return real(...args);
    count += 1;
    if (COUNT) fs.appendFileSync(COUNT, name + ' ' + (name === 'renameSync' ? args[1] : '') + '\\n');
    if (count === Number(AT) && HARM === 'kill') process.kill(process.pid, 'SIGKILL');
    if (count >= Number(AT) && HARM === 'full' && /^(?:open|write|mkdir|link)/.test(name))
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: name, path: String(args[0]) });
    if (count === Number(AT) && HARM === 'append')
      require('node:child_process').execFileSync('sh', ['-c', 'echo theirs >> "$0"', String(args[1])]);
    return real(...args);
  };
}
require('node:module').syncBuiltinESMExports();
`;

interface Harm {
  readonly at: number;
  readonly harm: 'kill' | 'full' | 'append' | 'none';
  /** Gets a line for each call. */
  readonly count?: string;
}

function run(root: string, args: readonly string[], { at, harm, count }: Harm) {
  const file = join(root, '../harm.cjs');
  writeFileSync(file, HARM);
  const { status, signal, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      NO_COLOR: '1',
      NODE_OPTIONS: `--require="${file}"`,
      AT: String(at),
      ROOT: root,
      HARM: harm,
      COUNT: count ?? '',
    },
  });
  return { status, signal, stderr };
}

/** The calls of a run that nothing happens to. */
function callsOf(root: string, args: readonly string[]): readonly string[] {
  const count = join(root, '../calls');
  rmSync(count, { force: true });
  run(root, args, { at: 0, harm: 'none', count });
  return readFileSync(count, 'utf8').trim().split('\n');
}

/** Some of the moments, the first and the last among them. */
function moments(calls: number, wanted: number): readonly number[] {
  return [
    ...new Set(
      Array.from({ length: wanted }, (_, index) => 1 + Math.round((index * (calls - 1)) / (wanted - 1))),
    ),
  ];
}

/** What a killed run may leave is gone, and nothing else stands in the state folder. */
function litter(root: string): readonly string[] {
  const folder = join(root, '.aims-fix');
  if (!existsSync(folder)) return [];
  const known = new Set(['.gitignore', 'runs', 'kept', 'evidence']);
  return readdirSync(folder).filter((name) => !known.has(name));
}

test('an apply that is killed at any of its writes is taken back or done', { timeout: 120_000 }, () => {
  const root = sample();
  const before = treeOf(root);
  const calls = callsOf(root, APPLY).length;
  const after = treeOf(root);
  expect(calls).toBeGreaterThan(80);
  expect(aimsFix(root, ['undo']).code).toBe(0);
  for (const at of moments(calls, 9)) {
    rmSync(join(root, '.aims-fix'), { recursive: true, force: true });
    expect(run(root, APPLY, { at, harm: 'kill' }).signal, String(at)).toBe('SIGKILL');
    expect(aimsFix(root, ['recover']).code, String(at)).toBe(0);
    const now = treeOf(root);
    expect([before, after], String(at)).toContainEqual(now);
    expect(litter(root), String(at)).toEqual([]);
    if (aimsFix(root, ['undo']).code !== 0) expect(now).toEqual(before);
    expect(treeOf(root), String(at)).toEqual(before);
  }
});

test('an undo and a recovery that are killed end in the old tree or the new one', {
  timeout: 120_000,
}, () => {
  const root = sample();
  const before = treeOf(root);
  expect(aimsFix(root, APPLY).code).toBe(0);
  const after = treeOf(root);
  const calls = callsOf(root, ['undo']).length;
  for (const at of moments(calls, 5)) {
    rmSync(join(root, '.aims-fix'), { recursive: true, force: true });
    expect(aimsFix(root, APPLY).code).toBe(0);
    expect(run(root, ['undo'], { at, harm: 'kill' }).signal, String(at)).toBe('SIGKILL');
    run(root, ['recover'], { at: 1 + (at % 40), harm: 'kill' });
    expect(aimsFix(root, ['recover']).code, String(at)).toBe(0);
    const now = treeOf(root);
    expect([before, after], String(at)).toContainEqual(now);
    expect(litter(root), String(at)).toEqual([]);
    if (aimsFix(root, ['undo']).code !== 0) expect(now).toEqual(before);
    expect(treeOf(root), String(at)).toEqual(before);
  }
});

test('a disk that is full from any write on', { timeout: 120_000 }, () => {
  const root = sample();
  const before = treeOf(root);
  const calls = callsOf(root, APPLY).length;
  expect(aimsFix(root, ['undo']).code).toBe(0);
  for (const at of moments(calls, 6)) {
    rmSync(join(root, '.aims-fix'), { recursive: true, force: true });
    const { status, stderr } = run(root, APPLY, { at, harm: 'full' });
    expect([0, 3, 5], stderr).toContain(status);
    expect(stderr).not.toContain('    at ');
    expect(aimsFix(root, ['recover']).code, String(at)).toBe(0);
    if (status === 0) expect(aimsFix(root, ['undo']).code).toBe(0);
    expect(treeOf(root), String(at)).toEqual(before);
  }
});

test('another program saves a file in the moment in which it is replaced', () => {
  const root = sample();
  const compose = 'infra/docker-compose.prod.yml';
  const args = ['apply', '--gap', '3', '--yes'];
  const at = 1 + callsOf(root, args).indexOf(`renameSync ${join(root, compose)}`);
  expect(at).toBeGreaterThan(0);
  expect(aimsFix(root, ['undo']).code).toBe(0);
  rmSync(join(root, '.aims-fix'), { recursive: true });
  const text = readFileSync(join(root, compose), 'utf8');
  const { status, stderr } = run(root, args, { at, harm: 'append' });
  expect([status, stderr]).toEqual([5, expect.stringContaining(compose)]);
  expect(readFileSync(join(root, compose), 'utf8')).toBe(`${text}theirs\n`);
});
