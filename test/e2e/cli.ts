import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

/** The command's entry. */
export const CLI = resolve('bin/aims-fix.js');
const SAMPLE = resolve('test/fixtures/aims');

/** What a run of the built CLI left. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built CLI as a user's shell would: stdin closed, no terminal, no colours forced. */
export function aimsFix(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** A copy of the sample, in a path with blanks, brackets and letters beyond ASCII. */
export function sampleCopy(options: { readonly git: boolean } = { git: true }): {
  readonly root: string;
  dispose(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'aims fix [é] (e2e) '));
  const root = join(folder, 'a i m s');
  cpSync(SAMPLE, root, { recursive: true });
  if (options.git) commitAll(root);
  return { root, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes the folder a repository with everything committed. */
export function commitAll(root: string): void {
  git(root, 'init', '--quiet', '--initial-branch', 'main');
  git(root, 'config', 'user.name', 'tester');
  git(root, 'config', 'user.email', 'tester@example.com');
  git(root, 'add', '--all', '--force');
  git(root, 'commit', '--quiet', '--message', 'base');
}

/** Runs git and returns what it printed; throws with its words when it fails. */
export function git(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', [...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Path, mode and bytes of every file, without git's and aims-fix's own records. */
export function treeOf(root: string): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/^(\.git|\.aims-fix)\//.test(path))
    .sort();
  return Object.fromEntries(
    entries.map((path) => {
      const file = join(root, path);
      const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
      return [path, `${(statSync(file).mode & 0o777).toString(8)} ${hash}`];
    }),
  );
}
