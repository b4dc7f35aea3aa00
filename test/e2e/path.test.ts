import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aimsFix, CLI, git, treeOf } from './cli.ts';
import { samples } from './samples.ts';

/** The first path, with the built CLI as a child process on copies of the sample. */
const sample = samples();

interface GapRow {
  readonly id: string;
  readonly status: string;
  readonly findings: readonly { readonly path: string; readonly line?: number }[];
}

function gapsOf(stdout: string): readonly GapRow[] {
  const document: { readonly gaps: readonly GapRow[] } = JSON.parse(stdout);
  return document.gaps;
}

describe('audit', () => {
  test('finds the three critical gaps open in the sample, with places, and exits 0', () => {
    const { code, stdout } = aimsFix(sample(), ['audit', '--priority', 'P0', '--json']);
    expect(code).toBe(0);
    expect(gapsOf(stdout).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'GAP-001 open',
      'GAP-002 open',
      'GAP-003 open',
    ]);
    expect(gapsOf(stdout).every(({ findings }) => findings.length > 0)).toBe(true);
  });

  test('is what the bare command does, found upward from a folder below', () => {
    const root = sample();
    const { code, stdout } = aimsFix(join(root, 'frontend/app'), []);
    expect(code).toBe(0);
    expect(stdout).toContain('infra/docker-compose.prod.yml:');
    expect(stdout.trim().split('\n').at(-1)).toContain('aims-fix audit --full');
  });

  test('fails on request', () => {
    expect(aimsFix(sample(), ['audit', '--fail-on', 'P0']).code).toBe(1);
  });

  test('writes nothing', () => {
    const root = sample();
    const before = treeOf(root);
    aimsFix(root, ['audit']);
    aimsFix(root, ['plan', '--priority', 'P0']);
    aimsFix(root, ['apply', '--priority', 'P0', '--dry-run', '--yes']);
    expect(treeOf(root)).toEqual(before);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });
});

describe('plan', () => {
  test('prints a diff that git applies, and that leaves what apply leaves', () => {
    const [planned, applied] = [sample(), sample()];
    const document: { readonly gaps: readonly { readonly diff: string }[] } = JSON.parse(
      aimsFix(planned, ['plan', '--priority', 'P0', '--json']).stdout,
    );
    for (const [index, { diff }] of document.gaps.entries()) {
      writeFileSync(join(planned, `../${index}.patch`), diff);
      git(planned, 'apply', `../${index}.patch`);
    }
    aimsFix(applied, ['apply', '--priority', 'P0', '--yes']);
    expect(treeOf(planned)).toEqual(treeOf(applied));
  });

  test('is saved, and applied as it is or refused as stale', () => {
    const root = sample();
    expect(aimsFix(root, ['plan', '--gap', 'GAP-003', '--out', '../plan.json']).code).toBe(0);
    appendFileSync(join(root, 'infra/docker-compose.prod.yml'), '# edited\n');
    const stale = aimsFix(root, ['apply', '../plan.json', '--yes', '--allow-dirty']);
    expect(stale.code).toBe(4);
    expect(stale.stderr).toContain('stale');
    git(root, 'checkout', '--quiet', '.');
    expect(aimsFix(root, ['apply', '../plan.json', '--yes']).code).toBe(0);
    expect(aimsFix(root, ['verify', '--gap', 'GAP-003']).code).toBe(0);
  });

  test('is not narrowed, and takes no options', () => {
    const root = sample();
    aimsFix(root, ['plan', '--priority', 'P0', '--out', '../plan.json']);
    for (const flags of [
      ['--gap', '3'],
      ['--priority', 'P0'],
      ['--option', 'GAP-001.strategy=gate'],
    ]) {
      const { code, stderr } = aimsFix(root, ['apply', '../plan.json', '--yes', ...flags]);
      expect(code).toBe(2);
      expect(stderr).toContain(flags[0]);
    }
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('that was edited by hand is refused', () => {
    const root = sample();
    aimsFix(root, ['plan', '--gap', 'GAP-003', '--out', '../plan.json']);
    const file = join(root, '../plan.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('docker-compose.prod.yml', 'docker-compose.yml'));
    expect(aimsFix(root, ['apply', '../plan.json', '--yes']).code).toBe(2);
  });
});

describe('apply', () => {
  test('closes the critical gaps; a second run changes nothing; undo brings every byte back', () => {
    const root = sample();
    const before = treeOf(root);
    expect(aimsFix(root, ['verify', '--priority', 'P0']).code).toBe(1);
    expect(aimsFix(root, ['apply', '--priority', 'P0', '--yes']).code).toBe(0);
    const after = treeOf(root);
    expect(aimsFix(root, ['verify', '--priority', 'P0']).code).toBe(0);
    expect(aimsFix(root, ['apply', '--priority', 'P0', '--yes', '--allow-dirty']).code).toBe(0);
    expect(treeOf(root)).toEqual(after);
    expect(aimsFix(root, ['undo']).code).toBe(0);
    expect(treeOf(root)).toEqual(before);
    expect(aimsFix(root, ['undo']).code).toBe(4);
  });

  test('makes one commit a gap', () => {
    const root = sample();
    expect(aimsFix(root, ['apply', '--priority', 'P0', '--yes', '--commit']).code).toBe(0);
    expect(git(root, 'log', '--format=%s').trim().split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^fix\(GAP-003\): /),
      expect.stringMatching(/^fix\(GAP-002\): /),
      expect.stringMatching(/^fix\(GAP-001\): /),
    ]);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('without git has the journal as its safety', () => {
    const root = sample({ git: false });
    const before = treeOf(root);
    expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']).code).toBe(0);
    expect(aimsFix(root, ['undo']).code).toBe(0);
    expect(treeOf(root)).toEqual(before);
  });

  test('works in a worktree', () => {
    const root = sample();
    git(root, 'worktree', 'add', '--quiet', '--detach', '../the worktree');
    const tree = join(root, '../the worktree');
    expect(aimsFix(tree, ['apply', '--gap', 'GAP-003', '--yes']).code).toBe(0);
    expect(git(tree, 'status', '--porcelain')).toContain('docker-compose.prod.yml');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('stops at uncommitted work in a file of the plan, and only there', () => {
    const root = sample();
    appendFileSync(join(root, 'README.md'), 'elsewhere\n');
    expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes', '--dry-run']).code).toBe(0);
    appendFileSync(join(root, 'infra/docker-compose.prod.yml'), '# mine\n');
    const before = treeOf(root);
    const refused = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('infra/docker-compose.prod.yml');
    expect(treeOf(root)).toEqual(before);
    expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes', '--allow-dirty']).code).toBe(0);
  });

  test('fails closed where git cannot answer', () => {
    const root = sample();
    writeFileSync(join(root, '.git/HEAD'), 'nonsense');
    expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']).code).toBe(4);
  });

  test('without a terminal asks for --yes instead of hanging', () => {
    const { code, stderr } = aimsFix(sample(), ['--gap', 'GAP-003']);
    expect(code).toBe(2);
    expect(stderr).toContain('--yes');
  });

  test('takes options, of a gap named in any way: gated routes stay and answer 404', () => {
    const root = sample();
    const args = ['apply', '--gap', 'GAP-001', '--option', 'gap-1.strategy=gate', '--yes'];
    expect(aimsFix(root, args).code).toBe(0);
    expect(readFileSync(join(root, 'frontend/app/api/test/groq/route.ts'), 'utf8')).toContain(
      'process.env.NODE_ENV === "production"',
    );
    expect(aimsFix(root, ['verify', '--gap', 'GAP-001']).code).toBe(0);
  });
});

describe('bad input gets one clear line and a hint', () => {
  test.each([
    [['plan', '--gap', 'GAP-0O3'], 2, /GAP-0O3[\s\S]*Did you mean/],
    [['adit'], 2, /unknown command/],
    [['plan', '--dryrun'], 2, /unknown option/],
    [['apply', '–-dry-run', '--yes'], 2, /hyphen/],
    [['apply', '--gap', '3', '--option', 'GAP-003.sibling=true', '--yes'], 2, /sibling[\s\S]*siblings/],
    [['apply', '--gap', '1', '--option', 'GAP-001.strategy=remove', '--yes'], 2, /strategy/],
    [['plan', '--gap', '1', '--option', '3.siblings=true'], 2, /GAP-003\.siblings[\s\S]*GAP-003/],
    [['plan', '--option', 'GAP-099.siblings=true'], 2, /GAP-099/],
    [['verify', '--gap', '3', '--minutes', 'soon'], 2, /--minutes soon/],
    [['audit', '--repo', 'nowhere'], 2, /nowhere/],
    [['audit', '--fail-on', 'P9'], 2, /P9/],
    [['undo', 'no-such-run'], 2, /no-such-run/],
    [['apply', 'missing.json', '--yes'], 2, /missing\.json/],
  ])('%j', (args, code, said) => {
    const ran = aimsFix(sample(), args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(said);
    expect(ran.stderr).not.toContain('    at ');
    expect(ran.stdout).toBe('');
  });

  test('a folder that holds nothing to audit', () => {
    const root = sample();
    const empty = join(root, '../empty');
    mkdirSync(empty);
    const { code, stderr } = aimsFix(empty, ['audit', '--repo', '.']);
    expect(code).toBe(2);
    expect(stderr).toContain('--repo');
  });

  test('with --json stdout is one document, also in failure', () => {
    const ran = aimsFix(sample(), ['plan', '--gap', 'GAP-999', '--json']);
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({ command: 'error', error: { exitCode: 2 } });
  });

  test('a malformed file blocks the gap that needs it, with its place; the others go on', () => {
    const root = sample();
    writeFileSync(join(root, 'infra/docker-compose.prod.yml'), 'services:\n  frontend:\n   - [\n');
    const { code, stdout } = aimsFix(root, ['audit', '--priority', 'P0', '--json']);
    expect(code).toBe(0);
    const gaps: readonly { readonly id: string; readonly status: string; readonly reason?: string }[] =
      JSON.parse(stdout).gaps;
    expect(gaps.map(({ status }) => status)).toEqual(['open', 'open', 'blocked']);
    expect(gaps[2]?.reason).toMatch(/docker-compose\.prod\.yml:\d+:\d+/);
  });

  test('a link that leads out of the repository is not written through', () => {
    const root = sample();
    const outside = join(root, '../outside.yml');
    writeFileSync(outside, readFileSync(join(root, 'infra/docker-compose.prod.yml')));
    rmSync(join(root, 'infra/docker-compose.prod.yml'));
    symlinkSync(outside, join(root, 'infra/docker-compose.prod.yml'));
    const before = readFileSync(outside, 'utf8');
    aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes', '--allow-dirty']);
    expect(readFileSync(outside, 'utf8')).toBe(before);
  });
});

test('a closed pipe ends quietly', () => {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `set -o pipefail; node "${CLI}" list | head -n 1`],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  expect(stdout.split('\n')).toHaveLength(2);
  expect(stderr).toBe('');
});
