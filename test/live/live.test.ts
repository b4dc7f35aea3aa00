import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLI, git, sampleCopy } from '../e2e/cli.ts';
import { describeWith } from '../programs.ts';

/** What the tests read of `verify --json`. */
interface Verification {
  readonly apps: readonly { readonly checks: readonly Checked[] }[];
  readonly gaps: readonly { readonly id: string; readonly checks: readonly Checked[] }[];
  readonly evidence: string;
}
interface Checked {
  readonly title: string;
  readonly level: string;
  readonly result: { readonly verdict: string; readonly reason?: string };
}

const MINUTE = 60_000;
const LONGEST = 30 * MINUTE;
/** What apply closes: the critical gaps, those of the next priority, and of the others what has a live proof. */
const URGENT = [
  ...['--priority', 'P0', '--priority', 'P1'],
  ...['010', '013'].flatMap((number) => ['--gap', `GAP-${number}`]),
];
const cache = mkdtempSync(join(tmpdir(), 'aims-fix-live-cache-'));
const sample = sampleCopy();
afterAll(() => {
  sample.dispose();
  rmSync(cache, { recursive: true, force: true });
}, 2 * MINUTE);

const env = { ...process.env, NO_COLOR: '1', XDG_CACHE_HOME: cache };

function verify(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, 'verify', ...URGENT, '--minutes', '25', '--json', ...args],
    { cwd: sample.root, env, encoding: 'utf8', timeout: LONGEST, maxBuffer: 64 * 1024 * 1024 },
  );
  const document: Verification = JSON.parse(stdout);
  return { status, stderr, document };
}

function apply(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [CLI, 'apply', ...URGENT, ...args], {
    cwd: sample.root,
    env,
    encoding: 'utf8',
    timeout: 10 * MINUTE,
  });
  return stdout + stderr;
}

function verdicts({ gaps }: Verification, level: string): readonly string[] {
  return gaps.flatMap(({ id, checks }) =>
    checks
      .filter((check) => check.level === level)
      .map(
        ({ title, result: { verdict, reason = '' } }) =>
          `${id} ${verdict}: ${title}${reason && ` (${reason})`}`,
      ),
  );
}

/** What was tried beyond reading, without what only Docker itself can say. */
function proven(document: Verification): readonly string[] {
  return [...verdicts(document, 'build'), ...verdicts(document, 'live')].filter(
    (line) => !line.includes('docker compose reads'),
  );
}

function leftovers(): readonly string[] {
  const scratch = readdirSync(join(cache, 'aims-fix')).filter((name) => name.startsWith('scratch-'));
  const homes = readdirSync(tmpdir()).filter((name) => name.startsWith('aims-fix-home-'));
  return [...scratch, ...homes];
}

/** Programs whose command line or folder is one of this run's. */
function processes(): string {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes(cache) || line.includes('aims-fix-home-'))
    .join('\n');
}

/** What booting the sample takes; the compiler is for packages that bring no binary for this machine. */
const NEEDED = ['redis-server', 'chromium', 'ps', 'python3', 'make', 'g++'] as const;

describeWith(NEEDED, 'the sample as it is', () => {
  let before: ReturnType<typeof verify>;
  beforeAll(() => {
    before = verify('--level', 'live');
  }, LONGEST);

  test('builds, and every check that builds or boots it fails', () => {
    expect(before.status).toBe(1);
    expect(before.document.apps.flatMap(({ checks }) => checks.map(({ result }) => result.verdict))).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
    const tried = proven(before.document);
    expect(tried.length).toBeGreaterThan(15);
    expect(tried.filter((line) => !line.includes(' fail: '))).toEqual([]);
  });

  test('the target is as it was, the evidence names no path of the machine, and nothing is left', () => {
    const dir = join(sample.root, before.document.evidence);
    const pages = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.md'),
    );
    const text = pages.map((path) => readFileSync(join(dir, path), 'utf8')).join('\n');
    expect(text).toContain('What the app wrote');
    for (const path of [sample.root, cache, tmpdir()]) expect(text).not.toContain(path);
    expect(git(sample.root, 'status', '--porcelain')).toBe('');
    expect(leftovers()).toEqual([]);
    expect(processes()).toBe('');
  });
});

describeWith(NEEDED, 'the sample with what apply closes', () => {
  let after: ReturnType<typeof verify>;
  const copy = join(cache, 'published');
  beforeAll(() => {
    apply('--yes');
    after = verify('--level', 'live', '--evidence', copy);
  }, LONGEST);

  test('every check passes', () => {
    const own = after.document.apps.flatMap(({ checks }) => checks);
    expect(own.filter(({ result }) => result.verdict !== 'pass')).toEqual([]);
    expect(own.map(({ title }) => title).join()).toContain('tests of frontend pass');
    expect(proven(after.document).filter((line) => !line.includes(' pass: '))).toEqual([]);
    expect(after.status).toBe(0);
  });

  test('a level that takes too long ends at its limit, on the install of the run before', () => {
    const cut = verify('--level', 'build', '--minutes', '0.1');
    expect(cut.status).toBe(1);
    const own = cut.document.apps.flatMap(({ checks }) => checks);
    expect(own[0]?.result.verdict).toBe('pass');
    expect(own.some(({ result }) => /time limit/.test(result.reason ?? ''))).toBe(true);
    expect(leftovers()).toEqual([]);
    expect(processes()).toBe('');
  });

  test('what the machine lacks is a skip with the way to get it, and fails under --strict', () => {
    const skipped = after.document.gaps
      .flatMap(({ checks }) => checks)
      .filter(({ result }) => result.verdict === 'skip');
    const hasDocker = spawnSync('docker', ['compose', 'version']).status === 0;
    expect(skipped.map(({ result }) => result.reason)).toEqual(
      hasDocker ? [] : ['docker compose is not installed'],
    );
  });

  test('the evidence holds pictures and answers, and no path of this machine', () => {
    expect(existsSync(join(sample.root, after.document.evidence)) || after.document.evidence === copy).toBe(
      true,
    );
    const boundary = readFileSync(join(copy, 'GAP-002/README.md'), 'utf8');
    const pictures = readdirSync(join(copy, 'GAP-002')).filter((name) => name.endsWith('.png'));
    expect(pictures).toHaveLength(2);
    for (const picture of pictures) expect(boundary).toContain(`](${picture})`);
    const pages = readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.md'),
    );
    const text = pages.map((path) => readFileSync(join(copy, path), 'utf8')).join('\n');
    for (const path of [sample.root, cache, tmpdir()]) expect(text).not.toContain(path);
  });
});

test('a second run changes nothing, and undo brings every byte back', () => {
  const before = git(sample.root, 'status', '--porcelain');
  expect(apply('--yes', '--allow-dirty')).toContain('0 files created, 0 changed, 0 deleted');
  expect(git(sample.root, 'status', '--porcelain')).toBe(before);
  const { status } = spawnSync(process.execPath, [CLI, 'undo'], { cwd: sample.root, env });
  expect(status).toBe(0);
  expect(git(sample.root, 'status', '--porcelain')).toBe('');
});

test(
  'Ctrl-C in the middle of a build ends everything and leaves nothing behind',
  async () => {
    const child = spawn(process.execPath, [CLI, 'verify', '--gap', 'GAP-001', '--level', 'build'], {
      cwd: sample.root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    for (let waited = 0; !said.includes('no new type error') && waited < 300; waited += 1) await sleep(500);
    await sleep(3000);
    expect(processes(), 'the build is running').not.toBe('');
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(130);
    expect(processes()).toBe('');
    expect(leftovers()).toEqual([]);
  },
  5 * MINUTE,
);
