import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const TEMPLATES = resolve('templates/gap-006-database-backups');
const COMPOSE = 'infra/docker-compose.prod.yml';
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'backup-scripts-'));
  folders.push(path);
  return path;
}

const where = (program: string) =>
  spawnSync('bash', ['-c', `type -P ${program}`], { encoding: 'utf8' }).stdout.trim();
const SQLITE = where('sqlite3');
const SHELLCHECK = where('shellcheck');
const lacks = ['redis-server', 'sqlite3', 'flock'].filter((program) => where(program) === '');

/** A checkout that holds the scripts; `change` breaks one of them. */
function checkout(file?: string, change: (text: string) => string = (text) => text): string {
  const root = folder();
  cpSync(join(TEMPLATES, 'scripts'), join(root, 'scripts'), { recursive: true });
  for (const name of ['backup.sh', 'restore.sh']) chmodSync(join(root, 'scripts', name), 0o755);
  mkdirSync(join(root, dirname(COMPOSE)));
  writeFileSync(join(root, COMPOSE), '');
  if (file !== undefined) {
    const path = join(root, 'scripts', file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    expect(after, 'the change hits something').not.toBe(before);
    writeFileSync(path, after);
  }
  return root;
}

interface Ended {
  readonly status: number | null;
  readonly said: string;
}

describe.skipIf(lacks.length > 0)('the proof', () => {
  const drill = (scenario: string, root: string): Ended => {
    const stack = join(root, 'stack');
    writeFileSync(stack, 'gateway\tapp\t/app\t/app/data\nredis\tredis\t/data\t/data\nweb\tother\t/app\t\n');
    const args = [join(TEMPLATES, 'proof/drill.sh'), root, stack, join(TEMPLATES, 'proof/docker'), scenario];
    const { status, stdout, stderr } = spawnSync('bash', args, {
      encoding: 'utf8',
      timeout: 90_000,
      killSignal: 'SIGKILL',
    });
    return { status, said: stdout + stderr };
  };

  test('holds for a round trip', () => {
    const { status, said } = drill('round_trip', checkout());
    expect(said).not.toContain('missing\t');
    expect(status).toBe(0);
    expect(said).toMatch(
      /gateway\/root\/app\/data\/drill\.db after the restore\tintegrity ok, rows (\d+) \1\n/,
    );
    expect(said).toContain('Redis (redis) after the restore\t500 keys, as before');
  }, 120_000);

  test('holds for every failure', () => {
    const { status, said } = drill('failures', checkout());
    expect(said).not.toContain('missing\t');
    expect(status).toBe(0);
    for (const seen of [
      'wrong Redis password',
      'disk that is full',
      'SIGKILL',
      'SIGTERM',
      'at the same time',
    ])
      expect(said).toContain(seen);
  }, 120_000);

  const broken: Readonly<Record<string, readonly [string, string, string, string, RegExp]>> = {
    'a plain copy of the file': [
      'round_trip',
      'backup.sh',
      `run_sql "$1" "VACUUM INTO '$folder/copy'" >&2`,
      'cat "$1" >"$folder/copy"',
      /as of one moment/,
    ],
    'a password on a command line': [
      'round_trip',
      'backup-common.sh',
      'redis-cli -p "$1" ping',
      'redis-cli --no-auth-warning -a "$REDISCLI_AUTH" -p "$1" ping',
      /stands on no command line/,
    ],
    'an old WAL that stays': [
      'round_trip',
      'restore.sh',
      'rm -f "$1-wal" "$1-shm" "$1-journal"',
      ':',
      /damaged after the restore|without the WAL|rows after the restore/,
    ],
    'a dump that Redis does not read': [
      'round_trip',
      'restore.sh',
      'cat dump.rdb >appendonly.aof',
      'cat /dev/null >appendonly.aof',
      /without the keys of the dump/,
    ],
    'an archive that everybody can read': [
      'round_trip',
      'backup-common.sh',
      'umask 077',
      'umask 022',
      /only its owner can read/,
    ],
    'an archive that nobody checks': [
      'round_trip',
      'restore.sh',
      '\nunpack\n',
      '\ntar -C "$stage" -xzf "$archive" || true\n',
      /a damaged archive that is refused|half an archive/,
    ],
    'old archives that go before there is a new one': [
      'failures',
      'backup.sh',
      'begin\nmkdir',
      `begin\nfind "$backup_dir" -name 'backup-*' -mtime +30 -delete\nmkdir`,
      /the last good archive after/,
    ],
    'no lock': ['failures', 'backup-common.sh', 'flock --nonblock 9', 'true', /a second backup/],
    'a name before it is whole': [
      'failures',
      'backup.sh',
      'data\n  tar -C',
      'data || { mv "$stage/archive" "$backup_dir/$name"; exit 1; }\n  tar -C',
      /the last good archive after a backup on a disk that is full while/,
    ],
  };
  for (const [name, [scenario, file, from, to, missing]] of Object.entries(broken))
    test(`fails for ${name}`, () => {
      const { status, said } = drill(
        scenario,
        checkout(file, (text) => text.replaceAll(from, () => to)),
      );
      expect(said).toMatch(/^missing\t/m);
      expect(said).toMatch(missing);
      expect(status).toBe(1);
    }, 120_000);
});

interface Service {
  readonly mounts?: readonly string[];
  readonly args?: string;
  readonly status?: 'running' | 'exited';
  /** Path in the container to text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Programs of a small image, and what it reads SQLite with. */
const IMAGE = 'sh stat tar find head tr sed cut du mktemp cat rm mv mkdir chown chmod dirname basename'.split(
  ' ',
);

interface Machine {
  readonly root: string;
  readonly at: (service: string, path: string) => string;
  run(script: 'backup' | 'restore', args?: readonly string[], env?: Readonly<Record<string, string>>): Ended;
  /** The lines of the manifest of the newest archive: kind, service, path. */
  taken(): readonly string[];
  newest(): string;
}

/** A machine with a stack behind the stand-in for docker. */
function machine(
  services: Readonly<Record<string, Service>>,
  { reader = where('sqlite3'), root = checkout(), declared = Object.keys(services) } = {},
): Machine {
  const stack = folder();
  for (const name of ['bin', 'container-bin', 'image']) mkdirSync(join(stack, name));
  cpSync(join(TEMPLATES, 'proof/docker'), join(stack, 'bin/docker'));
  chmodSync(join(stack, 'bin/docker'), 0o755);
  for (const program of IMAGE) symlinkSync(where(program), join(stack, 'image', program));
  const name = /node|python3|sqlite3/.exec(reader.split('/').at(-1) ?? '')?.[0];
  if (name) symlinkSync(reader, join(stack, 'image', name));
  writeFileSync(join(stack, 'path'), join(stack, 'image'));
  writeFileSync(join(stack, 'declared'), declared.join('\n'));
  const at = (service: string, path: string) => join(stack, 'services', service, 'root', path);
  for (const [service, { mounts = [], args = 'node', status = 'running', files = {} }] of Object.entries(
    services,
  )) {
    mkdirSync(at(service, '/app'), { recursive: true });
    for (const mount of mounts) mkdirSync(at(service, mount), { recursive: true });
    const facts = { mounts: mounts.join('\n'), args, status, workdir: '/app' };
    for (const [fact, text] of Object.entries(facts)) writeFileSync(at(service, `../${fact}`), `${text}\n`);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(at(service, path)), { recursive: true });
      writeFileSync(at(service, path), text);
    }
  }
  const archives = () => readdirSync(join(root, 'backups')).filter((each) => each.endsWith('.gz'));
  const newest = () => join(root, 'backups', archives().sort().at(-1) ?? 'none');
  return {
    root,
    at,
    newest,
    run(script, args = [], env = {}) {
      const { status, stdout, stderr } = spawnSync(join(root, 'scripts', `${script}.sh`), args, {
        encoding: 'utf8',
        env: { PATH: `${join(stack, 'bin')}:/usr/bin:/bin`, ...env },
        input: '',
      });
      return { status, said: stdout + stderr };
    },
    taken() {
      const { stdout } = spawnSync('tar', ['-xzOf', newest(), 'MANIFEST'], { encoding: 'utf8' });
      return stdout
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split('\t').slice(0, 3).join(' '));
    },
  };
}

function database(path: string, rows: number): void {
  const sql = `PRAGMA journal_mode=WAL; CREATE TABLE t (n); ${'INSERT INTO t VALUES (1);'.repeat(rows)}`;
  expect(spawnSync(SQLITE, [path, sql]).status).toBe(0);
}
const rowsOf = (path: string) =>
  spawnSync(SQLITE, ['-readonly', path, 'SELECT count(*) FROM t'], { encoding: 'utf8' }).stdout.trim();

describe.skipIf(lacks.length > 0)('backup.sh', () => {
  test('takes each place once, databases apart from files, and no log', () => {
    const stack = machine({
      gateway: {
        mounts: ['/app/data', '/app/data/inner', '/var/log/app'],
        files: { '/app/data/a b.txt': 'a' },
      },
      web: {},
    });
    database(stack.at('gateway', '/app/data/a.db'), 1);
    database(stack.at('gateway', '/app/data/inner/b.sqlite'), 2);
    expect(stack.run('backup')).toMatchObject({ status: 0 });
    expect(stack.taken()).toEqual([
      'sqlite gateway /app/data/a.db',
      'files gateway /app/data',
      'sqlite gateway /app/data/inner/b.sqlite',
      'files gateway /app/data/inner',
    ]);
    const { stdout } = spawnSync('tar', ['-xzOf', stack.newest(), 'data/002.files'], { encoding: 'buffer' });
    const names = spawnSync('tar', ['-t'], { input: stdout, encoding: 'utf8' }).stdout.trim().split('\n');
    expect(names.sort()).toEqual(['./', './a b.txt']);
  });

  test('takes what a service keeps that is down', () => {
    const stack = machine({ gateway: { mounts: ['/app/data'], status: 'exited' } });
    database(stack.at('gateway', '/app/data/a.db'), 1);
    expect(stack.run('backup')).toMatchObject({ status: 0 });
    expect(stack.taken()).toContain('sqlite gateway /app/data/a.db');
  });

  const better = resolve('templates/node_modules/better-sqlite3');
  const python = spawnSync('python3', ['-c', 'import sqlite3, sys; print(sys.executable)'], {
    encoding: 'utf8',
  });
  const readers: Readonly<Record<string, string | undefined>> = {
    'better-sqlite3': existsSync(better) ? process.execPath : undefined,
    Python: python.status === 0 ? python.stdout.trim() : undefined,
    'the sqlite3 program': where('sqlite3'),
  };
  for (const [name, reader] of Object.entries(readers))
    test.skipIf(reader === undefined)(`copies and restores with ${name}`, () => {
      const stack = machine({ gateway: { mounts: ['/app/data'] } }, { reader });
      if (name === 'better-sqlite3')
        symlinkSync(resolve('templates/node_modules'), stack.at('gateway', '/app/node_modules'));
      database(stack.at('gateway', '/app/data/a.db'), 3);
      expect(stack.run('backup')).toMatchObject({ status: 0 });
      rmSync(stack.at('gateway', '/app/data'), { recursive: true });
      mkdirSync(stack.at('gateway', '/app/data'));
      expect(stack.run('restore', ['--yes', stack.newest()])).toMatchObject({ status: 0 });
      expect(rowsOf(stack.at('gateway', '/app/data/a.db'))).toBe('3');
    });

  const failing: Readonly<Record<string, readonly [Readonly<Record<string, Service>>, string[], RegExp]>> = {
    'a database server whose files may not be copied': [
      { db: { mounts: ['/var/lib/data'], args: 'postgres' } },
      ['db'],
      /db runs postgres, whose files may not be copied/,
    ],
    'a service that was not started': [
      { gateway: { mounts: ['/app/data'] } },
      ['gateway', 'web'],
      /web has no container/,
    ],
    'a stack without anything to keep': [{ web: {} }, ['web'], /keeps nothing/],
    'a Redis that is down': [
      { redis: { mounts: ['/data'], args: 'redis-server', status: 'exited' } },
      ['redis'],
      /redis is not running/,
    ],
  };
  for (const [name, [services, declared, reason]] of Object.entries(failing))
    test(`ends with an error at ${name}`, () => {
      const stack = machine(services, { declared });
      const { status, said } = stack.run('backup');
      expect(said).toMatch(reason);
      expect(status).toBe(1);
      expect(readdirSync(join(stack.root, 'backups'))).toEqual(['.lock']);
    });

  test('ends with an error at a damaged database, or one that nothing can read', () => {
    const damaged = machine({
      gateway: { mounts: ['/app/data'], files: { '/app/data/a.db': `SQLite format 3\0${'x'.repeat(5000)}` } },
    });
    expect(damaged.run('backup').status).not.toBe(0);
    const blind = machine({ gateway: { mounts: ['/app/data'] } }, { reader: '' });
    database(blind.at('gateway', '/app/data/a.db'), 1);
    const { status, said } = blind.run('backup');
    expect(said).toContain('nothing in this image reads SQLite');
    expect(status).not.toBe(0);
    expect(readdirSync(join(blind.root, 'backups'))).toEqual(['.lock']);
  });

  test('skips what it is told to skip, or what another backup takes', () => {
    const services = {
      gateway: { mounts: ['/app/data', '/app/cache'] },
      db: { mounts: ['/var/lib/data'], args: 'postgres' },
    };
    const root = checkout('backup-common.sh', (text) => text.replace('LEFT_OUT=()', "LEFT_OUT=('db')"));
    const stack = machine(services, { root });
    expect(stack.run('backup', [], { BACKUP_SKIP: 'gateway:/app/cache' })).toMatchObject({ status: 0 });
    expect(stack.taken()).toEqual(['files gateway /app/data']);
  });
});

describe.skipIf(lacks.length > 0)('restore.sh', () => {
  const kept = { '/app/.files/a.json': '{}' };

  test('brings back a folder outside of the volumes', () => {
    const root = checkout('backup-common.sh', (text) =>
      text.replace('EXTRA_FOLDERS=()', "EXTRA_FOLDERS=('web FILES .files' 'web - .later')"),
    );
    const stack = machine({ web: { files: kept } }, { root });
    const { status, said } = stack.run('backup');
    expect(said).toContain('web has no /app/.later yet');
    expect(status).toBe(0);
    rmSync(stack.at('web', '/app/.files'), { recursive: true });
    expect(stack.run('restore', ['--yes', stack.newest()])).toMatchObject({ status: 0 });
    expect(readFileSync(stack.at('web', '/app/.files/a.json'), 'utf8')).toBe('{}');
  });

  test('replaces only what belongs to the named services', () => {
    const stack = machine({ one: { mounts: ['/app/data'] }, two: { mounts: ['/app/data'] } });
    for (const name of ['one', 'two']) database(stack.at(name, '/app/data/a.db'), 1);
    stack.run('backup');
    for (const name of ['one', 'two'])
      spawnSync(SQLITE, [stack.at(name, '/app/data/a.db'), 'INSERT INTO t VALUES (2)']);
    expect(stack.run('restore', ['--yes', stack.newest(), 'two'])).toMatchObject({ status: 0 });
    expect(rowsOf(stack.at('one', '/app/data/a.db'))).toBe('2');
    expect(rowsOf(stack.at('two', '/app/data/a.db'))).toBe('1');
  });

  test('changes nothing without a yes, for an unknown service, or for a strange archive', () => {
    const stack = machine({ one: { mounts: ['/app/data'] } });
    database(stack.at('one', '/app/data/a.db'), 1);
    stack.run('backup');
    spawnSync(SQLITE, [stack.at('one', '/app/data/a.db'), 'INSERT INTO t VALUES (2)']);
    const strange = join(stack.root, 'strange.tar.gz');
    spawnSync('tar', ['-C', stack.root, '-czPf', strange, 'scripts/../scripts']);
    const refused: readonly (readonly [readonly string[], RegExp])[] = [
      [[stack.newest()], /--yes says yes/],
      [['--yes', stack.newest(), 'nobody'], /nothing in the archive belongs to: nobody/],
      [['--yes', strange], /is not an archive of backup\.sh/],
      [['--yes', join(stack.root, 'none')], /there is no archive/],
      [[], /usage:/],
    ];
    for (const [args, reason] of refused) {
      const { status, said } = stack.run('restore', args);
      expect(said).toMatch(reason);
      expect(status).not.toBe(0);
    }
    expect(rowsOf(stack.at('one', '/app/data/a.db'))).toBe('2');
    expect(readFileSync(stack.at('one', '../status'), 'utf8')).toBe('running\n');
  });
});

test('the scripts are clean to shellcheck', { skip: SHELLCHECK === '' }, () => {
  const files = ['scripts', 'proof'].flatMap((name) =>
    readdirSync(join(TEMPLATES, name)).map((file) => join(TEMPLATES, name, file)),
  );
  expect(spawnSync(SHELLCHECK, ['-x', ...files], { encoding: 'utf8' }).stdout).toBe('');
});
