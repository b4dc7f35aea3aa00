import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

/**
 * The whole path on a copy of the sample: audit, plan, apply, verify, again, undo. Fails where a step fails.
 * With --live, verify builds and boots the sample, before and after.
 */
const live = process.argv.includes('--live');
const level = live ? ['--level', 'live'] : [];
const cli = resolve('bin/aims-fix.js');
const folder = mkdtempSync(join(tmpdir(), 'aims-fix-demo-'));
const target = join(folder, 'aims');

try {
  cpSync('test/fixtures/aims', target, { recursive: true });
  git('init', '--quiet');
  git('add', '--all', '--force');
  git(
    '-c',
    'user.name=demo',
    '-c',
    'user.email=demo@example.com',
    'commit',
    '--quiet',
    '--message',
    'the sample',
  );
  const before = fingerprint(target);

  step('1. Audit: what is open, and where', ['audit'], 0);
  if (live) step('   The proof fails while the gaps are open', ['verify', '--priority', 'P0', ...level], 1);
  step('2. Plan: the diff of the critical gaps', ['plan', '--priority', 'P0'], 0);
  requireThat(fingerprint(target) === before, 'planning wrote nothing');
  step('3. Apply it', ['apply', '--priority', 'P0', '--yes', '--quiet'], 0);
  step('4. Verify: the gate that CI runs', ['verify', '--priority', 'P0', ...level], 0);
  const after = fingerprint(target);
  git('-c', 'user.name=demo', '-c', 'user.email=demo@example.com', 'add', '--all', '--force');
  step('5. Apply again: nothing to do', ['apply', '--priority', 'P0', '--yes'], 0);
  requireThat(fingerprint(target) === after, 'the second run changed nothing');
  step('6. Undo', ['undo'], 0);
  requireThat(fingerprint(target) === before, 'every byte is back');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function step(title: string, args: readonly string[], expected: number): void {
  console.log(`\n\x1b[1m${title}\x1b[0m\n$ aims-fix ${args.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: target, stdio: 'inherit' });
  if (status !== expected)
    throw new Error(`aims-fix ${args.join(' ')} exited ${status}, expected ${expected}`);
}

function requireThat(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`not true: ${claim}`);
  console.log(`\n✔ ${claim}`);
}

function git(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', [...args], { cwd: target, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
}

/** Every path, mode and byte of the tree, without git's and our own records. */
function fingerprint(root: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/^(\.git|\.aims-fix)\//.test(relative(root, path)))
    .sort();
  for (const path of entries) hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}
