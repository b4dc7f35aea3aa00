import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type NpmRegistry, type RegistryPackage, startRegistry } from '../../test/harness/npm-registry.ts';
import type { Dependency } from '../contract.ts';
import { createRepo } from '../repo/repo.ts';
import { diskSource, memorySource } from '../repo/source.ts';
import { type ResolveOptions, resolveDependencies } from './dependencies.ts';

const PACKAGES: Readonly<Record<string, readonly RegistryPackage[]>> = {
  'tiny-leaf': [{ version: '1.0.0' }, { version: '1.2.0' }],
  'tiny-tree': [
    { version: '2.0.0', dependencies: { 'tiny-leaf': '^1.0.0' }, scripts: { install: 'touch ran' } },
  ],
  '@tiny/scoped': [{ version: '3.0.0' }],
};

let folder: string;
let registry: NpmRegistry | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dependencies-test-'));
  mkdirSync(join(folder, 'tmp'));
  vi.stubEnv('TMPDIR', join(folder, 'tmp'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await registry?.close();
  registry = undefined;
  const leftBehind = readdirSync(join(folder, 'tmp'));
  rmSync(folder, { recursive: true });
  expect(leftBehind).toEqual([]);
});

const dependency = (name: string, range: string, more: Partial<Dependency> = {}): Dependency => ({
  dir: '',
  name,
  range,
  dev: false,
  why: 'a test',
  ...more,
});

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A lock file as npm writes it for a package with these entries. */
function lockOf(
  manifest: Record<string, unknown>,
  entries: Record<string, unknown> = {},
  name = 'app',
): string {
  return json({ name, lockfileVersion: 3, requires: true, packages: { '': manifest, ...entries } });
}

type Files = Readonly<Record<string, string>>;

async function resolve(files: Files, dependencies: readonly Dependency[], options: ResolveOptions = {}) {
  const result = await resolveDependencies(createRepo(memorySource(files)), dependencies, options);
  if ('refused' in result) return { refused: result.refused, files: undefined };
  const texts = [...result.files].map(
    ([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')] as const,
  );
  return { refused: undefined, files: Object.fromEntries(texts) };
}

/** The npm of this machine, with a registry on the loopback and a cache and configuration of its own. */
function npmEnv(url: string, more: Record<string, string> = {}) {
  return {
    ...process.env,
    npm_config_registry: url,
    npm_config_cache: join(folder, 'cache'),
    npm_config_userconfig: join(folder, 'npmrc'),
    ...more,
  };
}

/** A manager that is a script, and the environment that finds it and nothing else. */
function fakeManager(name: string, script: string) {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  return { PATH: [bin, '/usr/bin', '/bin'].join(delimiter) };
}

const APP = {
  'package.json': json({ name: 'app', dependencies: {} }),
  'package-lock.json': lockOf({ name: 'app' }),
};

describe('settings that come with the repository', () => {
  test('run no program, write no folder and send no variable away', async () => {
    registry = await startRegistry(PACKAGES);
    const other = await startRegistry(PACKAGES);
    const ran = join(folder, 'ran');
    writeFileSync(join(folder, 'evil.sh'), `#!/bin/sh\ntouch ${ran}\nexit 1\n`);
    chmodSync(join(folder, 'evil.sh'), 0o755);
    const npmrc = [
      `git=${folder}/evil.sh`,
      `script-shell=${folder}/evil.sh`,
      `cache=${folder}/written`,
      `logs-dir=${folder}/logs`,
      `registry=${other.url}\${SECRET}/`,
    ];
    const result = await resolve(
      {
        ...APP,
        'package.json': json({ name: 'app', dependencies: { zz: 'git+https://127.0.0.1:9/x/y.git' } }),
        '.npmrc': npmrc.join('\n'),
      },
      [dependency('tiny-leaf', '^1.0.0')],
      { env: npmEnv(registry.url, { SECRET: 'wJalrXUtnFEMI' }) },
    );
    await other.close();
    // The git dependency cannot be had; that is told, and nothing else happened.
    expect(result.refused).toContain('npm');
    expect(result.refused).not.toContain('wJalrXUtnFEMI');
    expect(other.asked).toEqual([]);
    for (const path of ['ran', 'written', 'logs']) expect(existsSync(join(folder, path)), path).toBe(false);
  });
});

describe('package.json alone', () => {
  const files = {
    'web/package.json': json({ dependencies: { zod: '^3.22.4', next: '14.0.4', local: 'file:../x' } }),
  };
  const add = (name: string, range: string, more: Partial<Dependency> = {}) =>
    resolve(files, [dependency(name, range, { dir: 'web', ...more })]);

  test('is edited where no lock file covers it', async () => {
    const result = await add('ioredis', '^5.0.0');
    expect(result.files).toEqual({
      'web/package.json': files['web/package.json'].replace('\n  }', ',\n    "ioredis": "^5.0.0"\n  }'),
    });
  });

  test('is left alone where the range is as strict already', async () => {
    expect((await add('zod', '^3.0.0')).files).toEqual({});
    expect((await add('next', '>=14', { dev: true })).files).toEqual({});
    expect((await add('local', '^1.0.0')).files).toEqual({});
  });

  test('is narrowed where its range allows too old a version', async () => {
    const { files: edited } = await add('zod', '^3.25.0');
    expect(edited?.['web/package.json']).toBe(files['web/package.json'].replace('^3.22.4', '^3.25.0'));
  });

  test('is a refusal where it asks for other versions', async () => {
    expect((await add('next', '^15.0.0')).refused).toBe(
      'web/package.json asks for next 14.0.4, but ^15.0.0 is needed',
    );
  });

  test('is a refusal where a package of production stands among the others', async () => {
    const target = { 'package.json': json({ devDependencies: { zod: '^3.25.0' } }) };
    expect((await resolve(target, [dependency('zod', '^3.25.0')])).refused).toMatch(
      /^package\.json lists zod under/,
    );
  });

  test('is a refusal where it does not exist', async () => {
    expect((await resolve({}, [dependency('zod', '^3.0.0')])).refused).toMatch(
      /^package\.json does not exist/,
    );
  });

  test('keeps CRLF, BOM and tabs, and takes several packages at once', async () => {
    const text = '\uFEFF{\r\n\t"dependencies": {\r\n\t\t"b": "1"\r\n\t}\r\n}\r\n';
    const { files: edited } = await resolve({ 'package.json': text }, [
      dependency('c', '^1.0.0'),
      dependency('a', '^1.0.0'),
    ]);
    expect(edited?.['package.json']).toBe(
      text.replace('\t\t"b": "1"', '\t\t"a": "^1.0.0",\r\n\t\t"b": "1",\r\n\t\t"c": "^1.0.0"'),
    );
  });
});

describe('package-lock.json, by the real npm', () => {
  const resolved = (result: Awaited<ReturnType<typeof resolve>>, place: string): Record<string, unknown> =>
    JSON.parse(result.files?.['package-lock.json'] ?? '{}').packages[place];

  test('of the sample gets the new entries and no other change', async () => {
    registry = await startRegistry(PACKAGES);
    const repo = createRepo(diskSource('test/fixtures/aims'));
    const add = [
      dependency('tiny-tree', '^2.0.0', { dir: 'frontend' }),
      dependency('@tiny/scoped', '^3.0.0', { dir: 'frontend', dev: true }),
    ];
    const result = await resolveDependencies(repo, add, { env: npmEnv(registry.url) });
    if ('refused' in result) throw new Error(result.refused);
    const before = repo.text('frontend/package-lock.json');
    const after = Buffer.from(result.files.get('frontend/package-lock.json') ?? '').toString('utf8');
    const [old, now] = [JSON.parse(before), JSON.parse(after)];
    const added = Object.keys(now.packages).filter((place) => !(place in old.packages));
    expect(added).toEqual(['node_modules/@tiny/scoped', 'node_modules/tiny-leaf', 'node_modules/tiny-tree']);
    expect(now.packages['node_modules/tiny-leaf'].version).toBe('1.2.0');
    expect(now.packages['node_modules/@tiny/scoped'].dev).toBe(true);
    const lines = new Set(after.split('\n'));
    expect(before.split('\n').filter((line) => !lines.has(line) && !lines.has(`${line},`))).toEqual([]);
    expect(registry.asked.toSorted()).toEqual(['@tiny/scoped', 'tiny-leaf', 'tiny-tree']);
    expect(existsSync('test/fixtures/aims/frontend/node_modules')).toBe(false);
  });

  const withOld = (old: Record<string, unknown>) => ({
    'package.json': json({ name: 'app', dependencies: { old: '^1.0.0' } }),
    'package-lock.json': lockOf(
      { name: 'app', dependencies: { old: '^1.0.0' } },
      { 'node_modules/old': { version: '1.0.0', ...old, integrity: 'sha512-AAAA' } },
    ),
  });

  test('names the registry that it named before, wherever the packages came from', async () => {
    registry = await startRegistry(PACKAGES);
    const files = withOld({ resolved: 'https://npm.example/old/-/old-1.0.0.tgz' });
    const result = await resolve(files, [dependency('tiny-leaf', '^1.0.0')], { env: npmEnv(registry.url) });
    expect(resolved(result, 'node_modules/tiny-leaf').resolved).toBe(
      'https://npm.example/tiny-leaf/-/tiny-leaf-1.2.0.tgz',
    );
    expect(resolved(result, 'node_modules/old').resolved).toBe('https://npm.example/old/-/old-1.0.0.tgz');
  });

  test('without addresses stays without', async () => {
    registry = await startRegistry(PACKAGES);
    const add = [dependency('tiny-leaf', '^1.0.0')];
    const result = await resolve(withOld({}), add, { env: npmEnv(registry.url) });
    expect(resolved(result, 'node_modules/tiny-leaf')).toHaveProperty('integrity');
    expect(resolved(result, 'node_modules/tiny-leaf')).not.toHaveProperty('resolved');
  });

  test('keeps the addresses whatever the configuration of the user says', async () => {
    registry = await startRegistry(PACKAGES);
    const env = npmEnv(registry.url, {
      npm_config_omit_lockfile_registry_resolved: 'true',
      npm_config_package_lock: 'false',
      npm_config_dry_run: 'true',
      npm_config_workspace: 'elsewhere',
      npm_config_prefix: '/nowhere',
      npm_config_lockfile_version: '2',
    });
    const result = await resolve(APP, [dependency('tiny-leaf', '^1.0.0')], { env });
    expect(result.refused).toBeUndefined();
    expect(resolved(result, 'node_modules/tiny-leaf').resolved).toBe(
      'https://registry.npmjs.org/tiny-leaf/-/tiny-leaf-1.2.0.tgz',
    );
    expect(JSON.parse(result.files?.['package-lock.json'] ?? '{}').lockfileVersion).toBe(3);
  });

  test('above the package covers it where the workspaces name it', async () => {
    registry = await startRegistry(PACKAGES);
    const manifest = { workspaces: ['./packages/*/', '!packages/old'] };
    const files = {
      'package.json': json(manifest),
      'packages/web/package.json': json({ name: 'web', version: '1.0.0' }),
      'packages/old/package.json': json({ name: 'old', version: '1.0.0' }),
      'package-lock.json': lockOf(
        manifest,
        {
          'node_modules/web': { resolved: 'packages/web', link: true },
          'packages/web': { version: '1.0.0' },
        },
        'Some Project',
      ),
    };
    const env = npmEnv(registry.url);
    const result = await resolve(files, [dependency('tiny-leaf', '^1.0.0', { dir: 'packages/web' })], {
      env,
    });
    expect(Object.keys(result.files ?? {})).toEqual(['packages/web/package.json', 'package-lock.json']);
    expect(resolved(result, 'packages/web').dependencies).toEqual({ 'tiny-leaf': '^1.0.0' });
    expect(JSON.parse(result.files?.['package-lock.json'] ?? '{}').name).toBe('Some Project');
    const outside = await resolve(files, [dependency('tiny-leaf', '^1.0.0', { dir: 'packages/old' })], {
      env,
    });
    expect(Object.keys(outside.files ?? {})).toEqual(['packages/old/package.json']);
  });

  test('comes with no script run, of the target or of a package', async () => {
    registry = await startRegistry(PACKAGES);
    const touch = `touch ${join(folder, 'ran')}`;
    const scripts = {
      preinstall: touch,
      install: touch,
      postinstall: touch,
      prepare: touch,
      dependencies: touch,
    };
    const files = { ...APP, 'package.json': json({ name: 'app', scripts, dependencies: {} }) };
    const result = await resolve(files, [dependency('tiny-tree', '^2.0.0')], { env: npmEnv(registry.url) });
    expect(resolved(result, 'node_modules/tiny-tree').version).toBe('2.0.0');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  test('and package.json stay untouched when nobody listens at the registry', async () => {
    registry = await startRegistry({});
    const { url } = registry;
    await registry.close();
    const { refused } = await resolve(APP, [dependency('tiny-leaf', '^1.0.0')], { env: npmEnv(url) });
    expect(refused).toBe('no npm registry answered; package.json and the lock file stay untouched');
  });

  test('and package.json stay untouched when the registry is broken', async () => {
    registry = await startRegistry(PACKAGES, 503);
    const { refused } = await resolve(APP, [dependency('tiny-leaf', '^1.0.0')], {
      env: npmEnv(registry.url),
    });
    expect(refused).toBe('no npm registry answered; package.json and the lock file stay untouched');
  });

  test('refuses with the words of npm when there is no such package or version', async () => {
    registry = await startRegistry(PACKAGES);
    const env = npmEnv(registry.url);
    const unknown = await resolve(APP, [dependency('tiny-nothing', '^1.0.0')], { env });
    expect(unknown.refused).toMatch(/^npm failed: 404 Not Found/);
    const future = await resolve(APP, [dependency('tiny-leaf', '^9.0.0')], { env });
    expect(future.refused).toMatch(/^npm failed: No matching version found for tiny-leaf@\^9\.0\.0/);
  });
});

describe('package-lock.json, by an npm that misbehaves', () => {
  const add = (env: Record<string, string>, options: ResolveOptions = {}, files: Files = APP) =>
    resolve(files, [dependency('tiny-leaf', '^1.0.0')], { env, ...options });

  test('refuses with the command when npm is not installed', async () => {
    const { refused } = await add({ PATH: join(folder, 'nothing') });
    expect(refused).toBe('npm is not installed; run by hand: npm install tiny-leaf@^1.0.0');
  });

  test('ends one that hangs, with what it started', async () => {
    const pid = join(folder, 'pid');
    const env = fakeManager('npm', `sleep 300 &\necho $! > ${pid}\nsleep 300`);
    const { refused } = await add(env, { timeoutMs: 500 });
    expect(refused).toBe('npm did not come to an end in time; run by hand: npm install tiny-leaf@^1.0.0');
    await vi.waitFor(() => expect(isRunning(Number(readFileSync(pid, 'utf8')))).toBe(false));
  });

  test('ends what one leaves behind', async () => {
    const pid = join(folder, 'pid');
    const env = fakeManager('npm', `sleep 300 &\necho $! > ${pid}\nexit 1`);
    await add(env);
    await vi.waitFor(() => expect(isRunning(Number(readFileSync(pid, 'utf8')))).toBe(false));
  });

  test('stops when the user does', async () => {
    const { refused } = await add(fakeManager('npm', 'sleep 300'), { interrupted: () => true });
    expect(refused).toBe('interrupted');
  });

  test.each(['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'E502'])(
    'tells %s by its name',
    async (code) => {
      const { refused } = await add(fakeManager('npm', `echo "npm error code ${code}" >&2; exit 1`));
      expect(refused).toBe('no npm registry answered; package.json and the lock file stay untouched');
    },
  );

  test('gives the line that tells most of a failure, or says that there is none', async () => {
    const output =
      'npm warn old lockfile\nnpm error code ERESOLVE\nnpm error ERESOLVE could not resolve\nnpm error A complete log';
    const failed = await add(fakeManager('npm', `printf '${output}' >&2; exit 1`));
    expect(failed.refused).toBe('npm failed: ERESOLVE could not resolve');
    expect((await add(fakeManager('npm', 'exit 7'))).refused).toBe('npm failed: it gave no reason');
  });

  test('keeps little of much output', async () => {
    const script =
      'i=0; while [ $i -lt 300 ]; do printf "%01000d" 0; i=$((i+1)); done; echo "npm error last"; exit 1';
    expect((await add(fakeManager('npm', script))).refused?.length).toBeLessThan(70_000);
  });

  test('waits for no answer', async () => {
    const { refused } = await add(fakeManager('npm', 'read answer; echo "error: got [$answer]"; exit 1'));
    expect(refused).toBe('npm failed: error: got []');
  });

  test('refuses a success that did nothing, or left garbage', async () => {
    expect((await add(fakeManager('npm', 'exit 0'))).refused).toBe(
      'npm left package-lock.json without tiny-leaf',
    );
    const forgetful = lockOf({ name: 'app' }, { 'node_modules/tiny-leaf': { version: '1.2.0' } }).replaceAll(
      '\n',
      '',
    );
    expect((await add(fakeManager('npm', `echo '${forgetful}' > package-lock.json`))).refused).toBe(
      'npm left package-lock.json without tiny-leaf',
    );
    expect((await add(fakeManager('npm', 'echo "<html>" > package-lock.json'))).refused).toBe(
      'npm left package-lock.json without anything that can be read',
    );
  });

  test('refuses a lock file that npm would rewrite', async () => {
    const files = { ...APP, 'package-lock.json': json({ lockfileVersion: 1, dependencies: {} }) };
    expect((await add(fakeManager('npm', 'exit 0'), {}, files)).refused).toMatch(
      /^package-lock\.json is of an old version/,
    );
  });

  test('takes back what another version of npm would change in any case', async () => {
    const old = {
      version: '1.0.0',
      resolved: 'https://registry.npmjs.org/old/-/old-1.0.0.tgz',
      integrity: 'sha512-AAAA',
    };
    const root = { name: 'app', dependencies: { old: '^1.0.0' } };
    const files = {
      'package.json': json(root),
      'package-lock.json': lockOf(root, { 'node_modules/old': old }),
    };
    const env = fakeManager(
      'npm',
      `"${process.execPath}" -e '
        const fs = require("fs");
        const lock = JSON.parse(fs.readFileSync("package-lock.json"));
        const root = JSON.parse(fs.readFileSync("package.json"));
        lock.packages[""] = root;
        lock.packages["node_modules/old"].peer = true;
        lock.packages["node_modules/noise"] = { version: "0.0.0" };
        if (root.dependencies["tiny-leaf"]) lock.packages["node_modules/tiny-leaf"] = { version: "1.2.0" };
        fs.writeFileSync("package-lock.json", JSON.stringify(lock));'`,
    );
    const { files: edited } = await add(env, {}, files);
    const packages = JSON.parse(edited?.['package-lock.json'] ?? '{}').packages;
    expect(packages).toEqual({
      '': { name: 'app', dependencies: { old: '^1.0.0', 'tiny-leaf': '^1.0.0' } },
      'node_modules/old': old,
      'node_modules/tiny-leaf': { version: '1.2.0' },
    });
  });
});

describe('other managers', () => {
  const manifest = json({ name: 'app', dependencies: {} });
  const add = [dependency('tiny-leaf', '^1.0.0'), dependency('a', '>=1 <2', { dev: true })];

  test('pnpm updates its lock file on the copy', async () => {
    const files = { 'package.json': manifest, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };
    const script = `echo "$@" > ${join(folder, 'args')}\necho "tiny-leaf ^1.0.0 a >=1 <2" >> pnpm-lock.yaml`;
    const result = await resolve(files, add, { env: fakeManager('pnpm', script) });
    expect(result.files?.['pnpm-lock.yaml']).toBe("lockfileVersion: '9.0'\ntiny-leaf ^1.0.0 a >=1 <2\n");
    expect(readFileSync(join(folder, 'args'), 'utf8')).toContain('--lockfile-only --ignore-scripts');
  });

  test('pnpm of another format is refused', async () => {
    const files = { 'package.json': manifest, 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n" };
    const { refused } = await resolve(files, add, {
      env: fakeManager('pnpm', 'echo "lockfileVersion: 9" > pnpm-lock.yaml'),
    });
    expect(refused).toBe(
      "this pnpm would rewrite pnpm-lock.yaml in another format; run by hand: pnpm add tiny-leaf@^1.0.0 && pnpm add -D 'a@>=1 <2'",
    );
  });

  test('pnpm that is not installed is refused with the command', async () => {
    const files = { 'web/package.json': manifest, 'web/pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };
    const { refused } = await resolve(files, [dependency('tiny-leaf', '^1.0.0', { dir: 'web' })], {
      env: { PATH: join(folder, 'nothing') },
    });
    expect(refused).toBe('pnpm is not installed; run by hand: cd web && pnpm add tiny-leaf@^1.0.0');
  });

  test.each(['yarn.lock', 'bun.lock'])(
    '%s without a way to update it alone is refused with the command',
    async (name) => {
      const manager = name.split('.')[0];
      const { refused } = await resolve(
        { 'package.json': manifest, [name]: '# yarn lockfile v1\n' },
        add.slice(0, 1),
      );
      expect(refused).toBe(
        `${manager} cannot update ${name} alone; run by hand: ${manager} add tiny-leaf@^1.0.0`,
      );
    },
  );

  test('yarn of version 2 and later updates its lock file; yarn 1 on that file is refused', async () => {
    const lock = '__metadata:\n  version: 8\n';
    const files = { 'package.json': manifest, 'yarn.lock': lock };
    const berry = fakeManager('yarn', 'echo "tiny-leaf@npm:^1.0.0 a >=1 <2" >> yarn.lock');
    const result = await resolve(files, add, { env: berry });
    expect(result.files?.['yarn.lock']).toBe(`${lock}tiny-leaf@npm:^1.0.0 a >=1 <2\n`);
    const classic = fakeManager('yarn', 'echo "# yarn lockfile v1" > yarn.lock');
    expect((await resolve(files, add, { env: classic })).refused).toMatch(
      /^this yarn would rewrite yarn\.lock/,
    );
  });

  test('two side by side are refused, unless package.json names one', async () => {
    const locks = { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n", 'yarn.lock': '# yarn lockfile v1\n' };
    const both = await resolve({ 'package.json': manifest, ...locks }, add);
    expect(both.refused).toMatch(/^pnpm-lock\.yaml and yarn\.lock stand side by side/);
    const named = json({ packageManager: 'pnpm@9.1.0', dependencies: {} });
    const env = { PATH: dirname(join(folder, 'nothing')) };
    expect((await resolve({ 'package.json': named, ...locks }, add, { env })).refused).toMatch(
      /^pnpm is not installed/,
    );
  });

  test('pnpm workspaces cover the packages that they name', async () => {
    const files = {
      'package.json': json({ name: 'root' }),
      'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n",
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      'apps/web/package.json': manifest,
    };
    const env = fakeManager('pnpm', 'cat apps/web/package.json pnpm-workspace.yaml >> pnpm-lock.yaml');
    const result = await resolve(files, [dependency('tiny-leaf', '^1.0.0', { dir: 'apps/web' })], { env });
    expect(Object.keys(result.files ?? {})).toEqual(['apps/web/package.json', 'pnpm-lock.yaml']);
    expect(result.files?.['pnpm-lock.yaml']).toContain('"apps/*"');
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
