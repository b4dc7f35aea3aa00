import { spawn, spawnSync } from 'node:child_process';
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
import { afterAll, expect, test, vi } from 'vitest';
import { describeWith, type Program, testWith, where } from '../programs.ts';

const TEMPLATES = resolve('templates/gap-006-database-backups');
/** A folder outside of the volumes, as in EXTRA_FOLDERS. */
const OUTSIDE = 'web FILES .files';
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

const SQLITE = where('sqlite3') ?? '';
const NEEDED: readonly Program[] = ['bash', 'redis-server', 'sqlite3', 'flock'];

/** A checkout that holds the scripts; `change` breaks one of them. */
function checkout(file?: string, change: (text: string) => string = (text) => text, extra?: string): string {
  const root = folder();
  cpSync(join(TEMPLATES, 'scripts'), join(root, 'scripts'), { recursive: true });
  for (const name of ['backup.sh', 'restore.sh']) chmodSync(join(root, 'scripts', name), 0o755);
  mkdirSync(join(root, dirname(COMPOSE)));
  writeFileSync(join(root, COMPOSE), '');
  const common = join(root, 'scripts/backup-common.sh');
  if (extra !== undefined)
    writeFileSync(
      common,
      readFileSync(common, 'utf8').replace('EXTRA_FOLDERS=()', `EXTRA_FOLDERS=('${extra}')`),
    );
  if (file !== undefined) {
    const path = join(root, 'scripts', file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    expect(after, 'the change hits something').not.toBe(before);
    writeFileSync(path, after);
  }
  return root;
}

/** The program itself: `python3` on the path may be a link. */
function pythonPath(): string {
  const args = ['-c', 'import sqlite3, sys; print(sys.executable)'];
  return spawnSync('python3', args, { encoding: 'utf8' }).stdout.trim();
}

interface Ended {
  readonly status: number | null;
  readonly said: string;
}

describeWith(NEEDED, 'the proof', () => {
  const drill = (scenario: string, root: string): Ended => {
    const stack = join(root, 'stack');
    writeFileSync(stack, 'gateway\tapp\t/app\t/app/data\nredis\tredis\t/data\t/data\nweb\tother\t/app\t\n');
    const args = [join(TEMPLATES, 'proof/drill.sh'), root, stack, join(TEMPLATES, 'proof/docker'), scenario];
    const { status, stdout, stderr } = spawnSync('bash', args, {
      encoding: 'utf8',
      timeout: 200_000,
      killSignal: 'SIGKILL',
    });
    return { status, said: stdout + stderr };
  };

  test('holds for a round trip', () => {
    const { status, said } = drill('round_trip', checkout(undefined, undefined, OUTSIDE));
    expect(said).not.toContain('missing\t');
    expect(status).toBe(0);
    expect(said).toMatch(
      /gateway\/root\/app\/data\/drill\.db after the restore\tintegrity ok, rows (\d+) \1\n/,
    );
    expect(said).toContain('Redis (redis) after the restore\t2 keys, as before');
    expect(said).toContain('web/root/app/.files, which is in no volume, after the restore\tkept by web');
  }, 220_000);

  test('holds for every failure', () => {
    const { status, said } = drill('failures', checkout());
    expect(said).not.toContain('missing\t');
    expect(status).toBe(0);
    for (const seen of [
      'hardly any room',
      'disk that is full',
      'SIGKILL',
      'SIGTERM',
      'at the same time',
      '40 days ago',
    ])
      expect(said).toContain(seen);
  }, 220_000);

  test('holds for every part that fails alone', () => {
    const { status, said } = drill('parts', checkout(undefined, undefined, OUTSIDE));
    expect(said).not.toContain('missing\t');
    expect(status).toBe(0);
    for (const seen of [
      'written all the time',
      'damaged database',
      'gateway is down',
      'wrong Redis password',
      'Redis is down',
      'does not answer',
      'fails half-way',
      'killed restore left',
    ])
      expect(said).toContain(seen);
  }, 220_000);

  const broken: Readonly<Record<string, readonly [string, string, string, string, RegExp]>> = {
    'a plain copy of the file': [
      'round_trip',
      'backup.sh',
      `run_sql "$1" "VACUUM INTO '$quoted'" >&2`,
      'cat "$1" >"$copy"',
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
      'cat dump.rdb.restoring >appendonly.aof.restoring',
      ': >appendonly.aof.restoring',
      /started with 0 keys, but the dump has 2/,
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
    'old archives that go while there are no newer ones': [
      'failures',
      'backup.sh',
      'head -n 3',
      'head -n 0',
      /the last good archive after/,
    ],
    'no look at the room on the disk': [
      'failures',
      'backup-common.sh',
      '((free - $1 >= reserve))',
      'true',
      /a look at the disk before anything is taken/,
    ],
    'a busy file that costs the rest of its folder': [
      'busy_file',
      'backup.sh',
      '&& has_only_changes',
      '&& false',
      /a backup that succeeds/,
    ],
    'a busy file without a mark': ['busy_file', 'backup.sh', "kind='files~'", ':', /a mark in the manifest/],
    'one damaged database that costs everything': [
      'damaged_database',
      'backup.sh',
      '  set +e\n  (\n',
      '  (\n',
      /an archive of the rest/,
    ],
    'a failure that looks like success': [
      'damaged_database',
      'backup.sh',
      '>&2; done\n  exit 1',
      '>&2; done\n  exit 0',
      /that ends in failure/,
    ],
    'a last success that was none': [
      'damaged_database',
      'backup.sh',
      '\npack\n',
      '\npack\ndate >"$backup_dir/last-success"\n',
      /the old time in last-success/,
    ],
    'an archive that does not say what it lacks': [
      'damaged_database',
      'backup.sh',
      `printf '# missing\\t%s\\n' "$1" >>"$stage/MANIFEST"`,
      ':',
      /named in the manifest/,
    ],
    'no limit of time': [
      'hung_service',
      'backup-common.sh',
      'timeout "${in_front[@]}" --kill-after=10 "${LIMIT:-$ask_seconds}" docker',
      'command docker',
      /an end of the backup when a service does not answer/,
    ],
    'copies that stay in the volume': [
      'round_trip',
      'backup.sh',
      `trap 'rm -f "$copy" "$copy-journal"' EXIT`,
      '',
      /no copies that stay/,
    ],
    'a restore that leaves half a database': [
      'failed_restore',
      'restore.sh',
      `trap 'rm -f "$1.restoring"' EXIT`,
      '',
      /nothing half written/,
    ],
    'half a database that is taken for one': [
      'failed_restore',
      'backup.sh',
      ` ! -name '*.restoring'`,
      '',
      /a backup that succeeds/,
    ],
    'a folder outside of volumes that is forgotten': [
      'round_trip',
      'backup.sh',
      '    look_at_extra "${words[@]}"',
      '    :',
      /web\/root\/app\/\.files in the archive/,
    ],
    'a restore that keeps nothing': [
      'failed_restore',
      'restore.sh',
      'do keep "$line"; done',
      'do :; done',
      /a copy of what was there/,
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
        checkout(file, (text) => text.replaceAll(from, () => to), OUTSIDE),
      );
      expect(said).toMatch(/^missing\t/m);
      expect(said).toMatch(missing);
      expect(status).toBe(1);
    }, 220_000);
});

interface Service {
  readonly mounts?: readonly string[];
  readonly args?: string;
  readonly status?: 'running' | 'exited';
  /** Lines of its environment. */
  readonly env?: string;
  /** Path in the container to text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Programs of a small image, and what it reads SQLite with. */
const IMAGE =
  'sh stat tar find head tail tr sed cut du mktemp cat rm mv mkdir chown chmod dirname basename'.split(' ');

interface Machine {
  readonly root: string;
  readonly at: (service: string, path: string) => string;
  /** Programs of the machine itself. */
  readonly bin: string;
  run(script: 'backup' | 'restore', args?: readonly string[], env?: Readonly<Record<string, string>>): Ended;
  /** The lines of the manifest of the newest archive: kind, service, path. */
  taken(): readonly string[];
  newest(): string;
}

/** A machine with a stack behind the stand-in for docker. */
function machine(
  services: Readonly<Record<string, Service>>,
  { reader = SQLITE, root = checkout(), declared = Object.keys(services), lacking = '' } = {},
): Machine {
  const stack = folder();
  for (const name of ['bin', 'container-bin', 'image']) mkdirSync(join(stack, name));
  cpSync(join(TEMPLATES, 'proof/docker'), join(stack, 'bin/docker'));
  chmodSync(join(stack, 'bin/docker'), 0o755);
  for (const program of IMAGE.filter((each) => each !== lacking))
    symlinkSync(where(program) ?? '', join(stack, 'image', program));
  const name = /node|python3|sqlite3/.exec(reader.split('/').at(-1) ?? '')?.[0];
  if (name) symlinkSync(reader, join(stack, 'image', name));
  writeFileSync(join(stack, 'path'), join(stack, 'image'));
  writeFileSync(join(stack, 'declared'), declared.join('\n'));
  const at = (service: string, path: string) => join(stack, 'services', service, 'root', path);
  for (const [service, facts] of Object.entries(services)) {
    const { mounts = [], args = 'node', status = 'running', env = '', files = {} } = facts;
    mkdirSync(at(service, '/app'), { recursive: true });
    for (const mount of mounts) mkdirSync(at(service, mount), { recursive: true });
    const told = { mounts: mounts.join('\n'), args, status, env, workdir: '/app' };
    for (const [fact, text] of Object.entries(told)) writeFileSync(at(service, `../${fact}`), `${text}\n`);
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
    bin: join(stack, 'bin'),
    newest,
    run(script, args = [], env = {}) {
      const { status, stdout, stderr } = spawnSync(join(root, 'scripts', `${script}.sh`), args, {
        encoding: 'utf8',
        env: { PATH: `${join(stack, 'bin')}:/usr/bin:/bin`, BACKUP_RESERVE_MB: '1', ...env },
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

describeWith(NEEDED, 'backup.sh', () => {
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
      'sqlite gateway /app/data/inner/b.sqlite',
      'files gateway /app/data',
      'files gateway /app/data/inner',
    ]);
    const { stdout } = spawnSync('tar', ['-xzOf', stack.newest(), 'data/003.files'], { encoding: 'buffer' });
    const names = spawnSync('tar', ['-t'], { input: stdout, encoding: 'utf8' }).stdout.trim().split('\n');
    expect(names.sort()).toEqual(['./', './a b.txt']);
  });

  test('takes what a service keeps that is down', () => {
    const stack = machine({ gateway: { mounts: ['/app/data'], status: 'exited' } });
    database(stack.at('gateway', '/app/data/a.db'), 1);
    expect(stack.run('backup')).toMatchObject({ status: 0 });
    expect(stack.taken()).toContain('sqlite gateway /app/data/a.db');
  });

  test('looks at the containers of the services, and not at what somebody ran beside them', () => {
    const stack = machine(
      { 'a-gateway-run': {}, gateway: { mounts: ['/app/data'], files: { '/app/data/a.txt': 'a' } } },
      { declared: ['gateway'] },
    );
    writeFileSync(stack.at('a-gateway-run', '../labels'), 'gateway True\n');
    expect(stack.run('backup')).toMatchObject({ status: 0 });
    expect(stack.taken()).toEqual(['files gateway /app/data']);
  });

  const readers: readonly (readonly [name: string, needed: Program, reader: () => string])[] = [
    ['better-sqlite3', 'templates/node_modules', () => process.execPath],
    ['Python', 'python3', pythonPath],
    ['the sqlite3 program', 'sqlite3', () => SQLITE],
  ];
  for (const [name, needed, reader] of readers)
    testWith([needed], `copies and restores with ${name}`, () => {
      const stack = machine({ gateway: { mounts: ['/app/data'] } }, { reader: reader() });
      if (name === 'better-sqlite3')
        symlinkSync(resolve('templates/node_modules'), stack.at('gateway', '/app/node_modules'));
      database(stack.at('gateway', '/app/data/a.db'), 3);
      expect(stack.run('backup')).toMatchObject({ status: 0 });
      rmSync(stack.at('gateway', '/app/data'), { recursive: true });
      mkdirSync(stack.at('gateway', '/app/data'));
      expect(stack.run('restore', ['--yes', stack.newest()])).toMatchObject({ status: 0 });
      expect(rowsOf(stack.at('gateway', '/app/data/a.db'))).toBe('3');
    });

  const kept = { mounts: ['/app/data'], files: { '/app/data/a.txt': 'a' } };
  const failing: Readonly<Record<string, readonly [Readonly<Record<string, Service>>, RegExp]>> = {
    'a database server whose files may not be copied': [
      { db: { mounts: ['/var/lib/data'], args: 'postgres' } },
      /db is not in this backup: it runs postgres, whose files may not be copied/,
    ],
    'a service that was not started': [{}, /other is not in this backup: it has no container/],
    'a Redis that is down': [
      { redis: { mounts: ['/data'], args: 'redis-server', status: 'exited' } },
      /redis is not running/,
    ],
    'a damaged database': [
      { db: { mounts: ['/app/x'], files: { '/app/x/a.db': `SQLite format 3\0${'x'.repeat(5000)}` } } },
      /db:\/app\/x\/a\.db is not in this backup/,
    ],
  };
  for (const [name, [services, reason]] of Object.entries(failing))
    test(`takes the rest and ends with an error at ${name}`, () => {
      const declared = Object.keys(services).length === 0 ? ['gateway', 'other'] : undefined;
      const stack = machine({ gateway: kept, ...services }, declared ? { declared } : {});
      const { status, said } = stack.run('backup');
      expect(said).toMatch(reason);
      expect(status).toBe(1);
      expect(stack.newest()).toMatch(/-incomplete\.tar\.gz$/);
      expect(stack.taken()).toContain('files gateway /app/data');
      expect(existsSync(join(stack.root, 'backups/last-success'))).toBe(false);
    });

  test('has a plain copy of what is no database, which a restore leaves alone, until it is skipped', () => {
    const text = `SQLite format 3\0${'x'.repeat(5000)}`;
    const files = { '/app/data/a.txt': 'a', '/app/data/in/bad.db': text, '/app/data/in/bad.db-wal': 'w' };
    const stack = machine({ gateway: { mounts: ['/app/data'], files } });
    expect(stack.run('backup')).toMatchObject({ status: 1 });
    expect(stack.taken()).toContain('raw gateway /app/data/in/bad.db');
    const { stdout } = spawnSync('tar', ['-xzOf', stack.newest(), 'data/002.raw'], { encoding: 'buffer' });
    const seen = (args: readonly string[], input: Buffer) =>
      spawnSync('tar', [...args], { input, encoding: 'utf8' }).stdout;
    expect(seen(['-t'], stdout)).toBe('./bad.db\n./bad.db-wal\n');
    expect(seen(['-xO', './bad.db'], stdout)).toBe(text);
    writeFileSync(stack.at('gateway', '/app/data/in/bad.db'), 'new');
    const { status, said } = stack.run('restore', ['--yes', stack.newest()]);
    expect(said).toContain('data/002.raw of the archive, is not put back');
    expect(status).toBe(0);
    expect(readFileSync(stack.at('gateway', '/app/data/in/bad.db'), 'utf8')).toBe('new');
    writeFileSync(stack.at('gateway', '/app/data/in/bad.db'), text);
    for (const skip of ['gateway:/app/data/in/bad.db', 'gateway:/app/data/in']) {
      rmSync(stack.newest());
      expect(stack.run('backup', [], { BACKUP_SKIP: skip })).toMatchObject({ status: 0 });
      expect(stack.taken()).toEqual(['files gateway /app/data']);
      const archive = spawnSync('tar', ['-xzOf', stack.newest(), 'data/001.files'], { encoding: 'buffer' });
      expect(seen(['-t'], archive.stdout)).toContain('./a.txt\n');
      expect(seen(['-t'], archive.stdout)).not.toContain('bad.db');
    }
  });

  test('looks for room beside the database before it is copied there', () => {
    const stack = machine({ gateway: { mounts: ['/app/data'] } });
    database(stack.at('gateway', '/app/data/a.db'), 1);
    const df = join(stack.bin, '../container-bin/df');
    const ends: Readonly<Record<string, number>> = { 1000: 1, 9000000: 0, unknown: 0 };
    for (const [free, end] of Object.entries(ends)) {
      const line = `/dev/sda1 10000000 1 ${free} 50% /app/data`;
      writeFileSync(
        df,
        `#!/bin/sh\necho Filesystem 1024-blocks Used Available Capacity Mounted on\necho '${line}'\n`,
      );
      chmodSync(df, 0o755);
      const { status, said } = stack.run('backup');
      expect(status).toBe(end);
      if (end === 1) expect(said).toContain('no room for a copy of ');
      rmSync(stack.newest());
    }
  });

  test('takes no arguments, and says what it does', () => {
    const stack = machine({ gateway: kept });
    for (const args of [['--now'], ['gateway'], ['--help', 'more']])
      expect(stack.run('backup', args)).toMatchObject({ status: 2, said: expect.stringMatching(/^usage: /) });
    for (const script of ['backup', 'restore'] as const) {
      const { status, said } = stack.run(script, ['--help']);
      expect(said).toMatch(
        new RegExp(`^[A-Z][\\s\\S]*\\n  scripts/${script}\\.sh[\\s\\S]*see backup-common\\.sh\\n$`),
      );
      expect(status).toBe(0);
    }
    expect(existsSync(join(stack.root, 'backups'))).toBe(false);
  });

  test('leaves no archive of nothing', () => {
    const stack = machine({ web: {} });
    const { status, said } = stack.run('backup');
    expect(said).toMatch(/keeps no data/);
    expect(status).toBe(1);
    expect(readdirSync(join(stack.root, 'backups'))).toEqual(['.lock']);
  });

  test('leaves no lock behind when it is killed while it waits for docker', async () => {
    const stack = machine({ gateway: kept });
    const marker = join(stack.root, 'asked');
    writeFileSync(join(stack.bin, 'docker'), `#!/bin/sh\ntouch '${marker}'\nexec sleep 20\n`);
    const backup = spawn(join(stack.root, 'scripts/backup.sh'), {
      env: { PATH: `${stack.bin}:/usr/bin:/bin`, BACKUP_RESERVE_MB: '1' },
      stdio: 'ignore',
    });
    await vi.waitFor(() => expect(existsSync(marker)).toBe(true), 10_000);
    const ended = new Promise((resolve) => backup.once('exit', resolve));
    const lock = () =>
      spawnSync(where('flock') ?? '', ['--nonblock', join(stack.root, 'backups/.lock'), 'true']).status;
    expect(lock()).toBe(1);
    backup.kill('SIGKILL');
    await ended;
    expect(lock()).toBe(0);
  });

  test('ends with an error at a database that nothing can read', () => {
    const stack = machine({ gateway: { mounts: ['/app/data'] } }, { reader: '' });
    database(stack.at('gateway', '/app/data/a.db'), 1);
    const { status, said } = stack.run('backup');
    expect(said).toContain('nothing in this image can read SQLite');
    expect(said).toContain('missing: gateway:/app/data/a.db');
    expect(status).toBe(1);
  });

  test('takes no file for what it is not, where the image cannot look into it', () => {
    for (const lacking of ['find', 'head', 'tr']) {
      const stack = machine({ gateway: kept, other: kept }, { lacking });
      const { status, said } = stack.run('backup');
      expect(said).toContain(`there is no ${lacking} in this image`);
      expect(said).toContain('nothing could be backed up');
      expect(status).toBe(1);
    }
  });

  test('tells a monitor of a success, and succeeds without it', () => {
    const stack = machine({ gateway: kept });
    const curl = join(stack.bin, 'curl');
    const seen = join(stack.root, 'curl');
    const env = { BACKUP_PING_URL: 'https://monitor.example/secret' };
    writeFileSync(curl, `#!/bin/sh\necho "$@" >${seen}; cat >>${seen}; exit 22\n`, { mode: 0o755 });
    const { status, said } = stack.run('backup', [], env);
    expect(said).toContain('the address in BACKUP_PING_URL could not be reached');
    expect(status).toBe(0);
    const [options, config] = readFileSync(seen, 'utf8').split('\n');
    expect(options).toMatch(/--max-time \d+/);
    expect(options).not.toContain('secret');
    expect(config).toBe('url = "https://monitor.example/secret"');
    rmSync(seen);
    writeFileSync(stack.at('gateway', '../hung'), '');
    expect(stack.run('backup', [], { ...env, BACKUP_ASK_SECONDS: '1' }).status).toBe(1);
    expect(existsSync(seen)).toBe(false);
  });

  test('names the env files to Compose, and says in one line that one is missing', () => {
    const root = checkout('backup-common.sh', (text) =>
      text.replace('ENV_FILES=()', "ENV_FILES=('infra/.env.production')"),
    );
    const stack = machine({ gateway: kept }, { root });
    const { status, said } = stack.run('backup');
    expect(said).toMatch(/^\S+ error: there is no \S+\/infra\/\.env\.production, which .*\n$/);
    expect(status).toBe(1);
    writeFileSync(join(root, 'infra/.env.production'), '');
    expect(stack.run('backup')).toMatchObject({ status: 0 });
    const calls = readFileSync(join(stack.bin, '../calls'), 'utf8').split('\0');
    const composed = calls.filter((call) => call.startsWith('docker compose'));
    expect(composed.length).toBeGreaterThan(1);
    for (const call of composed) expect(call).toContain(`--env-file ${root}/infra/.env.production `);
    rmSync(stack.at('gateway', '..'), { recursive: true });
    expect(stack.run('restore', ['--yes', stack.newest()]).said).toContain(
      'docker compose -f infra/docker-compose.prod.yml --env-file infra/.env.production up --no-start',
    );
  });

  test('refuses a setting that is no number', () => {
    const stack = machine({ gateway: kept });
    for (const name of ['BACKUP_DAYS', 'BACKUP_COPY_SECONDS', 'BACKUP_RESERVE_MB'])
      for (const value of ['0', '-1', 'a', '1 + 1'])
        expect(stack.run('backup', [], { [name]: value })).toMatchObject({ status: 1 });
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

describeWith(NEEDED, 'restore.sh', () => {
  const kept = { '/app/.files/a.json': '{}' };

  const extra = (...lines: string[]) =>
    checkout('backup-common.sh', (text) =>
      text.replace('EXTRA_FOLDERS=()', `EXTRA_FOLDERS=(${lines.map((line) => `'${line}'`).join(' ')})`),
    );

  test('brings back a folder outside of the volumes', () => {
    const stack = machine({ web: { files: kept } }, { root: extra('web FILES .files', 'web - .later') });
    const { status, said } = stack.run('backup');
    expect(said).toContain('web:/app/.later is not a folder');
    expect(status).toBe(0);
    rmSync(stack.at('web', '/app/.files'), { recursive: true });
    expect(stack.run('restore', ['--yes', stack.newest()])).toMatchObject({ status: 0 });
    expect(readFileSync(stack.at('web', '/app/.files/a.json'), 'utf8')).toBe('{}');
  });

  test('brings back a database outside of the volumes, and says so when it is not there afterwards', () => {
    const stack = machine({ web: { files: kept } }, { root: extra('web FILES .files') });
    database(stack.at('web', '/app/.files/a.db'), 2);
    expect(stack.run('backup')).toMatchObject({ status: 0 });
    rmSync(stack.at('web', '/app/.files'), { recursive: true });
    expect(stack.run('restore', ['--yes', stack.newest()])).toMatchObject({ status: 0 });
    expect(rowsOf(stack.at('web', '/app/.files/a.db'))).toBe('2');
    const script = join(stack.root, 'scripts/restore.sh');
    writeFileSync(script, readFileSync(script, 'utf8').replace('mv "$1.restoring" "$1"', 'rm -f "$1"'));
    const { status, said } = stack.run('restore', ['--yes', stack.newest()]);
    expect(said).toContain('there is no database');
    expect(status).not.toBe(0);
  });

  test('brings back the folder of a service that was down during the backup', () => {
    const services = { web: { files: kept, status: 'exited' as const } };
    const stack = machine(services, { root: extra('web FILES .files', 'web - .later') });
    const { status, said } = stack.run('backup');
    expect(said).toContain('web has no /app/.later yet');
    expect(status).toBe(0);
    expect(stack.taken()).toEqual(['files web /app/.files']);
    rmSync(stack.at('web', '/app/.files'), { recursive: true });
    expect(stack.run('restore', ['--yes', stack.newest()])).toMatchObject({ status: 0 });
    expect(readFileSync(stack.at('web', '/app/.files/a.json'), 'utf8')).toBe('{}');
  });

  test('finds such a folder by its variable, and never takes the program for it', () => {
    const files = { ...kept, '/app/elsewhere/b.json': '{}' };
    const takenWith = (env: string) => {
      const stack = machine({ web: { files, env } }, { root: extra('web FILES .files') });
      const { status } = stack.run('backup');
      return status === 0 ? stack.taken() : 'failed';
    };
    expect(takenWith('FILES=/app/elsewhere')).toEqual(['files web /app/elsewhere']);
    expect(takenWith('FILES=')).toEqual(['files web /app/.files']);
    expect(takenWith('FILES=.')).toBe('failed');
    expect(takenWith('FILES=/')).toBe('failed');
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

  const unwell: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'falls over after its start': { starts: 'restarting' },
    'ends after its start': { starts: 'exited' },
    'is not healthy': { health: 'unhealthy' },
    'never gets healthy': { health: 'starting' },
  };
  for (const [name, facts] of Object.entries(unwell))
    test(`fails and names what was there before when a service ${name}`, () => {
      const stack = machine({ one: { mounts: ['/app/data'], files: { '/app/data/a.txt': 'old' } } });
      stack.run('backup');
      for (const [fact, text] of Object.entries(facts)) writeFileSync(stack.at('one', `../${fact}`), text);
      const env = { RESTORE_START_SECONDS: '7' };
      const { status, said } = stack.run('restore', ['--yes', stack.newest()], env);
      expect(said).toMatch(/one does not work after the restore: /);
      expect(said).toMatch(/the replaced data is in \S+\/before-restore-/);
      expect(status).toBe(1);
    });

  test('keeps what was there before for a week, and after a failure until a person deletes it', () => {
    const stack = machine({ one: { mounts: ['/app/data'], files: { '/app/data/a.txt': 'old' } } });
    writeFileSync(stack.at('one', '../health'), 'healthy');
    stack.run('backup');
    expect(stack.run('restore', ['--yes', stack.newest()])).toMatchObject({ status: 0 });
    const backups = join(stack.root, 'backups');
    const kept = () => readdirSync(backups).filter((each) => each.startsWith('before-restore-'));
    const [first = ''] = kept();
    const old = join(backups, 'before-restore-20200101T000000Z-abcd');
    cpSync(join(backups, first), old, { recursive: true });
    const failed = join(backups, 'before-restore-20200101T000000Z-efgh');
    cpSync(join(backups, first), failed, { recursive: true });
    rmSync(join(failed, 'finished'));
    for (const each of [old, failed]) spawnSync('touch', ['-d', '9 days ago', each]);
    spawnSync('sleep', ['1.1']);
    expect(stack.run('backup')).toMatchObject({ status: 0 });
    expect(kept()).toEqual(['before-restore-20200101T000000Z-efgh', first]);
  });

  test('puts back the rest, and fails, where a place is mounted no more', () => {
    const files = { '/app/data/a.txt': 'a', '/app/old/b.txt': 'b' };
    const stack = machine({
      one: { mounts: ['/app/data', '/app/old'], files },
      two: { mounts: ['/app/data'] },
    });
    stack.run('backup');
    writeFileSync(stack.at('one', '../mounts'), '/app/data\n');
    for (const path of Object.keys(files)) writeFileSync(stack.at('one', path), 'new');
    const { status, said } = stack.run('restore', ['--yes', stack.newest(), 'one']);
    expect(said).toContain('warning: one keeps no data at /app/old');
    expect(said).toContain('not put back: one:/app/old');
    expect(status).toBe(1);
    expect(readFileSync(stack.at('one', '/app/data/a.txt'), 'utf8')).toBe('a');
    expect(readFileSync(stack.at('one', '/app/old/b.txt'), 'utf8')).toBe('new');
    writeFileSync(stack.at('one', '../mounts'), '\n');
    expect(stack.run('restore', ['--yes', stack.newest(), 'one'])).toMatchObject({
      status: 1,
      said: expect.stringContaining('nothing was changed'),
    });
  });

  test('follows no path where the folder outside of the volumes cannot be told', () => {
    const stack = machine(
      { web: { files: kept, mounts: ['/app/data'], env: 'FILES=.' } },
      { root: extra('web FILES .files') },
    );
    expect(stack.run('backup')).toMatchObject({ status: 1 });
    const change = "sed -i 's|\t/app/data\t|\t/etc\t|' MANIFEST";
    const script = `mkdir in && tar -C in -xzf "$0" && cd in && ${change} && sha256sum MANIFEST data/* >SHA256SUMS && tar -czf ../forged.tar.gz *`;
    expect(spawnSync('bash', ['-c', script, stack.newest()], { cwd: stack.root }).status).toBe(0);
    const { status, said } = stack.run('restore', ['--yes', join(stack.root, 'forged.tar.gz')]);
    expect(said).toContain('web keeps no data at /etc');
    expect(status).toBe(1);
  });

  test('changes nothing without a yes, for an unknown service, or for a strange archive', () => {
    const stack = machine({ one: { mounts: ['/app/data'] } });
    database(stack.at('one', '/app/data/a.db'), 1);
    stack.run('backup');
    spawnSync(SQLITE, [stack.at('one', '/app/data/a.db'), 'INSERT INTO t VALUES (2)']);
    const strange = join(stack.root, 'strange.tar.gz');
    spawnSync('tar', ['-C', stack.root, '-czPf', strange, 'scripts/../scripts']);
    const refused: readonly (readonly [readonly string[], RegExp])[] = [
      [[stack.newest()], /pass --yes to skip it/],
      [['--yes', stack.newest(), 'nobody'], /nothing in the archive belongs to nobody/],
      [['--yes', stack.newest(), 'one', 'oen'], /nothing in the archive belongs to oen/],
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

  const forged: Readonly<Record<string, readonly [change: string, reason: RegExp]>> = {
    'a path that leads elsewhere': [
      "sed -i 's|/app/data/a.db|/app/data/../../tmp/a.db|' MANIFEST",
      /leads elsewhere/,
    ],
    'a path outside of every volume': [
      "sed -i 's|/app/data/a.db|/etc/a.db|' MANIFEST",
      /one keeps no data at \/etc\/a\.db/,
    ],
    'a file of this machine': [
      "sed -i 's|data/001.sqlite|data/../../../etc/hostname|' MANIFEST",
      /which is not in the archive/,
    ],
    'an owner that is a command': [
      String.raw`sed -i 's|\t[0-9]*:[0-9]*\t|\t;id\t|' MANIFEST`,
      /no valid owner/,
    ],
    'a kind that nobody knows': ["sed -i 's|^sqlite|postgres|' MANIFEST", /does not write/],
    'a link among the data': [
      'rm data/001.sqlite; ln -s /etc/hostname data/001.sqlite',
      /is not an archive of backup/,
    ],
    'a second name for a file': ['ln data/001.sqlite data/009.sqlite', /is not an archive of backup/],
  };
  for (const [name, [change, reason]] of Object.entries(forged))
    test(`refuses an archive with ${name}`, () => {
      const stack = machine({ one: { mounts: ['/app/data'] } });
      database(stack.at('one', '/app/data/a.db'), 1);
      stack.run('backup');
      spawnSync(SQLITE, [stack.at('one', '/app/data/a.db'), 'INSERT INTO t VALUES (2)']);
      const script = `mkdir in && tar -C in -xzf "$0" && cd in && { ${change}; } && sha256sum MANIFEST data/* >SHA256SUMS && tar -czf ../forged.tar.gz *`;
      expect(spawnSync('bash', ['-c', script, stack.newest()], { cwd: stack.root })).toMatchObject({
        status: 0,
      });
      const { status, said } = stack.run('restore', ['--yes', join(stack.root, 'forged.tar.gz')]);
      expect(said).toMatch(reason);
      expect(status).toBe(1);
      expect(rowsOf(stack.at('one', '/app/data/a.db'))).toBe('2');
      expect(readFileSync(stack.at('one', '../status'), 'utf8')).toBe('running\n');
    });

  test('starts the services again when it cannot keep what is there', () => {
    const stack = machine({ one: { mounts: ['/app/data'] } });
    database(stack.at('one', '/app/data/a.db'), 1);
    stack.run('backup');
    const script = join(stack.root, 'scripts/restore.sh');
    writeFileSync(
      script,
      readFileSync(script, 'utf8').replace(`KEEP_FOLDER=$(\n`, 'KEEP_FOLDER=$(\n  echo exit 1\n'),
    );
    const { status, said } = stack.run('restore', ['--yes', stack.newest()]);
    expect(said).toContain('nothing was changed; starting the services again');
    expect(status).toBe(1);
    expect(readFileSync(stack.at('one', '../status'), 'utf8')).toBe('running\n');
  });
});

testWith(['shellcheck'], 'the scripts are clean to shellcheck', () => {
  const files = ['scripts', 'proof'].flatMap((name) =>
    readdirSync(join(TEMPLATES, name)).map((file) => join(TEMPLATES, name, file)),
  );
  expect(spawnSync(where('shellcheck') ?? '', ['-x', ...files], { encoding: 'utf8' }).stdout).toBe('');
});
