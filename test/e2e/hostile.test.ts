import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aimsFix, git, treeOf } from './cli.ts';
import { samples } from './samples.ts';

// A repository that means harm, and a world that does: everything is done by another program, and the tool is the
// command as it is built.

const sample = samples();

function write(root: string, path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), mode);
}

/** A program that leaves a note when it runs. */
function trap(root: string): { readonly file: string; wasRun(): boolean } {
  const file = join(root, '../trap.sh');
  const note = join(root, '../trapped');
  writeFileSync(file, `#!/bin/sh\necho "$@" >> '${note}'\ncat\n`);
  chmodSync(file, 0o755);
  return { file, wasRun: () => existsSync(note) };
}

function statusOf(root: string, gap: string): { readonly status: string; readonly reason?: string } {
  const { gaps } = JSON.parse(aimsFix(root, ['audit', '--gap', gap, '--json']).stdout);
  return gaps[0];
}

const PIPES = process.platform !== 'win32';
const COMPOSE = 'infra/docker-compose.prod.yml';

describe('a command that reads runs nothing of the repository and gives nothing away', () => {
  test('settings of a package manager name programs, folders and addresses with secrets', () => {
    const root = sample();
    const { file, wasRun } = trap(root);
    const cache = join(root, '../cache-of-the-repository');
    write(
      root,
      'frontend/.npmrc',
      `git=${file}\nscript-shell=${file}\ncache=${cache}\nlogs-dir=${cache}\nregistry=http://127.0.0.1:9/\${AWS_SECRET_ACCESS_KEY}/\n`,
    );
    const manifest = JSON.parse(readFileSync(join(root, 'frontend/package.json'), 'utf8'));
    manifest.scripts.preinstall = file;
    manifest.dependencies.zz = 'git+https://127.0.0.1:9/x/y.git';
    write(root, 'frontend/package.json', `${JSON.stringify(manifest, null, 2)}\n`);
    const env = {
      AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-person',
      npm_config_registry: 'http://127.0.0.1:9/',
    };
    const { stdout, stderr } = aimsFix(root, ['plan', '--gap', 'GAP-004'], env);
    expect(stdout + stderr).not.toContain('a-secret-of-the-person');
    expect([wasRun(), existsSync(cache)]).toEqual([false, false]);
  });

  test("git's configuration names programs", () => {
    const root = sample();
    const { file, wasRun } = trap(root);
    for (const key of ['core.fsmonitor', 'core.pager', 'core.hooksPath', 'diff.external', 'diff.e.textconv'])
      git(root, 'config', key, file);
    for (const key of ['filter.e.clean', 'filter.e.smudge', 'filter.e.process'])
      git(root, 'config', key, file);
    write(root, '.gitattributes', '* filter=e diff=e\n');
    appendFileSync(join(root, COMPOSE), '# mine\n');
    for (const args of [['audit'], ['plan', '--gap', '3'], ['verify', '--gap', '3'], ['apply', '--gap', '3']])
      aimsFix(root, args);
    expect(aimsFix(root, ['apply', '--gap', '3', '--yes']).code).toBe(4);
    expect(aimsFix(root, ['apply', '--gap', '3', '--yes', '--allow-dirty']).code).toBe(0);
    expect(wasRun()).toBe(false);
  });
});

describe('state that came with the repository is not believed', () => {
  test('a journal in it is not followed, and told of', () => {
    const root = sample();
    expect(aimsFix(root, ['apply', '--gap', '1', '--yes']).code).toBe(0);
    const [run = ''] = readdirSync(join(root, '.aims-fix/runs'));
    const folder = join(root, '.aims-fix/runs', run);
    const [first = ''] = readFileSync(join(folder, 'journal'), 'utf8').split('\n');
    // As if the run had been cut short.
    writeFileSync(join(folder, 'journal'), `${first}\n`);
    rmSync(join(folder, 'closed'));
    const tree = treeOf(root);
    const elsewhere = { XDG_STATE_HOME: join(root, '../state-of-somebody-else') };
    const { code, stderr } = aimsFix(root, ['apply', '--gap', '3', '--yes', '--allow-dirty'], elsewhere);
    expect(code).toBe(4);
    expect(stderr).toContain('was not made by this installation');
    expect(aimsFix(root, ['audit'], elsewhere).stderr).toContain('was not made by this installation');
    expect(treeOf(root)).toEqual(tree);
  });

  test.each([
    ['no gap', 'plan.gaps = []'],
    ['a gap that is none', 'plan.gaps[0].id = "GAP-999"'],
    ['a file of no gap', 'plan.changes = [{ kind: "create", path: "evil.sh", after: "eA==", mode: 493 }]'],
    [
      'set-user bits',
      'plan.changes.push({ kind: "create", path: "infra/x.yml", after: "eA==", mode: 0o4755 })',
    ],
    ['a way out', 'plan.changes.push({ kind: "create", path: "../x.yml", after: "eA==", mode: 420 })'],
    ['a NUL', 'plan.changes.push({ kind: "create", path: "infra/x\\0.yml", after: "eA==", mode: 420 })'],
    [
      'a name that no disk holds',
      'plan.changes.push({ kind: "create", path: `infra/${"é".repeat(200)}.yml`, after: "eA==", mode: 420 })',
    ],
    ['a step that is none', 'plan.gaps[0].manual = [{}]'],
  ])('a plan whose digest was made again: %s', (_, change) => {
    const root = sample();
    const before = treeOf(root);
    const file = join(root, '../plan.json');
    expect(aimsFix(root, ['plan', '--gap', '3', '--out', file]).code).toBe(0);
    const { digest: _digest, ...plan } = JSON.parse(readFileSync(file, 'utf8'));
    new Function('plan', change)(plan);
    const digest = createHash('sha256').update(JSON.stringify(plan)).digest('hex');
    writeFileSync(file, JSON.stringify({ ...plan, digest }));
    const { code, stderr } = aimsFix(root, ['apply', file, '--yes']);
    expect(code).toBe(2);
    expect(stderr).not.toContain('    at ');
    expect(treeOf(root)).toEqual(before);
  });

  test('evidence is not written through a link', () => {
    const root = sample();
    const outside = join(root, '../outside');
    mkdirSync(outside);
    mkdirSync(join(root, '.aims-fix'));
    symlinkSync(outside, join(root, '.aims-fix/evidence'));
    for (const name of ['frontend', 'backend']) rmSync(join(root, name), { recursive: true });
    expect(aimsFix(root, ['verify', '--gap', '3', '--level', 'build']).code).toBe(4);
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('nothing is called closed over what was not read', () => {
  test('routes behind a link, which a build follows', () => {
    const root = sample();
    mkdirSync(join(root, 'shared'));
    renameSync(join(root, 'frontend/app/api/test'), join(root, 'shared/test'));
    symlinkSync('../../../shared/test', join(root, 'frontend/app/api/test'));
    expect(statusOf(root, 'GAP-001')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('frontend/app/api/test is a link'),
    });
  });

  test('boundaries behind a link; a link to what is read anyway changes nothing', () => {
    const root = sample();
    symlinkSync('../README.md', join(root, 'docs/readme.md'));
    symlinkSync('.', join(root, 'frontend/app/again'));
    expect(aimsFix(root, ['apply', '--gap', '2', '--yes']).code).toBe(0);
    expect(statusOf(root, 'GAP-002').status).toBe('closed');
    cpSync(join(root, 'frontend/app'), join(root, 'shared'), { recursive: true });
    symlinkSync('../../shared', join(root, 'frontend/app/shared'));
    expect(statusOf(root, 'GAP-002')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('frontend/app/shared is a link'),
    });
  });

  test('a page that is no UTF-8', () => {
    const root = sample();
    rmSync(join(root, 'frontend/app/api/test'), { recursive: true });
    appendFileSync(join(root, 'frontend/app/integrations/page.tsx'), Uint8Array.from([0xe9]));
    expect(statusOf(root, 'GAP-001').status).toBe('unknown');
  });
});

describe('one bad file ends nothing', () => {
  test.each([
    ['brackets', 'frontend/middleware.ts', `\nconst z = ${'('.repeat(9000)}1${')'.repeat(9000)};\n`],
    ['else-ifs', 'frontend/middleware.ts', `\nif (a) b();${' else if (a) b();'.repeat(9000)}\n`],
    ['labels', 'frontend/lib/zz.ts', 'a: '.repeat(9000)],
    [
      'elements',
      'frontend/app/zz.tsx',
      `export default () => ${'<p>'.repeat(9000)}${'</p>'.repeat(9000)};\n`,
    ],
    ['lists of settings', 'frontend/tsconfig.json', `// c\n${'['.repeat(10_000)}`],
    ['lists of a stack', COMPOSE, `\nx-a: ${'['.repeat(2000)}${']'.repeat(2000)}\n`],
    ['items of a stack', COMPOSE, `\nx-a:\n  ${'- '.repeat(10_000)}a\n`],
    ['backslashes', 'backend/uef-gateway/src/zz.ts', '\\'.repeat(60_000)],
    ['comments', 'frontend/lib/zz.ts', `${'/* a */\n'.repeat(2000)}export const a = 1;\n`],
    ['a rule', '.gitignore', 'a'.repeat(60_000)],
  ])('%s without end in %s', (_, path, text) => {
    const root = sample();
    appendFileSync(join(root, path), text);
    const started = performance.now();
    for (const args of [['audit', '--json'], ['verify']]) {
      const { code, stderr } = aimsFix(root, args);
      expect(stderr).toBe('');
      expect(code).toBeLessThan(2);
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('a pattern of many stars for the packages of a workspace is followed by nobody', () => {
    const root = sample();
    const workspaces = [`${'*e'.repeat(30)}x`, '+(f|fr)*(r|o)+(n|t|nt|e|nd|d)*'.repeat(6)];
    write(root, 'package.json', JSON.stringify({ name: 'root', workspaces }));
    write(root, 'package-lock.json', '{"name":"root","lockfileVersion":3,"packages":{"":{}}}');
    rmSync(join(root, 'frontend/package-lock.json'));
    renameSync(join(root, 'frontend'), join(root, `frontend${'e'.repeat(60)}`));
    expect(aimsFix(root, ['plan', '--gap', '4']).code).toBeLessThan(2);
  });

  test('a folder whose name breaks over lines is planned like any other', () => {
    const root = sample();
    for (const name of ['a\nb', 'a\u2028b'])
      write(root, `frontend/app/api/test/${name}/route.ts`, 'export const GET = () => Response.json({});\n');
    expect(aimsFix(root, ['plan', '--gap', '1']).code).toBe(0);
    expect(aimsFix(root, ['apply', '--gap', '1', '--yes', '--allow-dirty']).code).toBe(0);
    expect(existsSync(join(root, 'frontend/app/api/test'))).toBe(false);
  });
});

describe.runIf(PIPES)('a pipe is not waited for', () => {
  test.each([
    '.aims-fix/.gitignore',
    '.aims-fix/lock',
    '.aims-fix/runs/x/journal',
    '.git/HEAD',
    'frontend/package.json',
    'frontend/.npmrc',
  ])('%s', (path) => {
    const root = sample();
    mkdirSync(dirname(join(root, path)), { recursive: true });
    rmSync(join(root, path), { force: true });
    execFileSync('mkfifo', [join(root, path)]);
    const writing = path.startsWith('.git/') ? [] : [['apply', '--gap', '3', '--yes']];
    for (const args of [['audit', '--gap', '3'], ...writing, ['history'], ['recover']]) {
      const { code, stderr } = aimsFix(root, args);
      expect([code === null, stderr.includes('    at ')], args.join(' ')).toEqual([false, false]);
    }
  });

  test('a report below /proc, and a temporary folder that is not there', () => {
    const root = sample();
    expect(aimsFix(root, ['audit', '--reporter', 'json=/proc/nope/x']).code).toBeGreaterThan(1);
    const { stdout, stderr } = aimsFix(root, ['plan', '--gap', '4'], { TMPDIR: '/nowhere' });
    expect(stdout + stderr).not.toContain('bug');
    expect(stdout.replace(/\s+/g, ' ')).toContain('nothing can be written to /nowhere');
  });
});

describe('the guard sees what a person has not committed', () => {
  test.each([
    ['GIT_LITERAL_PATHSPECS', '1'],
    ['GIT_GLOB_PATHSPECS', '1'],
    ['GIT_NOGLOB_PATHSPECS', '1'],
    ['GIT_ICASE_PATHSPECS', '1'],
    ['GIT_DIR', '../other/.git'],
    ['GIT_INDEX_FILE', '../other/.git/index'],
    ['GIT_CONFIG_PARAMETERS', "'status.showUntrackedFiles'='no'"],
  ])('with %s in the environment', (name, value) => {
    const root = sample();
    cpSync(root, join(root, '../other'), { recursive: true });
    appendFileSync(join(root, COMPOSE), '# mine\n');
    expect(aimsFix(root, ['apply', '--gap', '3', '--yes'], { [name]: value }).code).toBe(4);
  });

  test.each(['--assume-unchanged', '--skip-worktree'])('where git was told not to look: %s', (flag) => {
    const root = sample();
    git(root, 'update-index', flag, COMPOSE);
    const clean = aimsFix(root, ['apply', '--gap', '3', '--yes']);
    expect(clean.code).toBe(0);
    expect(aimsFix(root, ['undo']).code).toBe(0);
    appendFileSync(join(root, COMPOSE), '# mine\n');
    const { code, stderr } = aimsFix(root, ['apply', '--gap', '3', '--yes']);
    expect(code).toBe(4);
    expect(stderr).toContain(COMPOSE);
  });
});

describe('the words of others reach no terminal as they are', () => {
  const ESCAPE = '\u001b]0;evil\u0007';
  test.each([
    [['audit', '--gap', `GAP-${ESCAPE}`]],
    [['audit', '--app', ESCAPE]],
    [['audit', '--repo', `/${ESCAPE}`]],
    [['apply', ESCAPE, '--yes']],
    [[`--${ESCAPE}`]],
    [['undo', ESCAPE]],
  ])('%j', (args) => {
    const { stdout, stderr } = aimsFix(sample(), args);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('the holder of a lock, a hook, a name of a file', () => {
    const root = sample();
    write(root, '.git/hooks/pre-commit', `#!/bin/sh\nprintf '\\033]0;hook\\007' >&2\nexit 1\n`, 0o755);
    const hook = aimsFix(root, ['apply', '--gap', '3', '--yes', '--commit']);
    expect(hook.code).toBe(3);
    const holder = { id: '0123456789abcdef', pid: 1, startTime: null, boot: null, namespace: null };
    const said = { host: `h${ESCAPE}`, command: `x${ESCAPE}\nall closed`, since: 'x' };
    write(root, '.aims-fix/lock', JSON.stringify({ ...holder, ...said }));
    const lock = aimsFix(root, ['apply', '--gap', '3', '--yes']);
    expect(lock.code).toBe(4);
    for (const { stdout, stderr } of [hook, lock]) expect(stdout + stderr).not.toContain('\u001b');
    expect(lock.stderr.split('\n')).not.toContain('all closed');
  });
});

/** A small file system of its own; only root can make one. */
function withDisk(kilobytes: number, work: (folder: string) => void): boolean {
  const root = sample();
  const folder = join(root, '../disk');
  mkdirSync(folder);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder]).status !== 0)
    return false;
  try {
    cpSync(root, join(folder, 'root'), { recursive: true });
    work(join(folder, 'root'));
  } finally {
    spawnSync('umount', ['-l', folder]);
  }
  return true;
}

test.runIf(process.getuid?.() === 0)(
  'a disk that fills up leaves the old tree or the new one, and says which',
  () => {
    withDisk(4096, (root) => {
      const free = () =>
        Number(execFileSync('df', ['--output=avail', root], { encoding: 'utf8' }).split('\n')[1]);
      for (const left of [16, 40, 72, 120]) {
        const before = treeOf(root);
        writeFileSync(join(root, '../filler'), new Uint8Array((free() - left) * 1024));
        const { code, stderr } = aimsFix(root, ['apply', '--priority', 'P0', '--yes', '--allow-dirty']);
        rmSync(join(root, '../filler'));
        expect([0, 3, 4], stderr).toContain(code);
        if (code !== 0) expect(treeOf(root)).toEqual(before);
        else expect(aimsFix(root, ['undo']).code).toBe(0);
        expect(aimsFix(root, ['recover']).code).toBe(0);
        expect(treeOf(root)).toEqual(before);
      }
    });
  },
);
