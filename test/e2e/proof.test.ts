import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { CLI, commitAll, git } from './cli.ts';

// The build level runs the programs of a repository. What they do beside their work, and what happens to them, is tried
// on an app of two small packages from a registry of this file.

const folder = mkdtempSync(join(tmpdir(), 'aims-fix-proof-'));
const tarballs = new Map<string, Uint8Array>();
let server: Server;
let root = '';
let count = 0;

beforeAll(async () => {
  for (const name of ['next', 'dep']) tarballs.set(name, pack(name));
  server = createServer(({ url = '' }, response) => response.end(tarballs.get(url.slice(1)) ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function pack(name: string): Uint8Array {
  const at = join(folder, `pack-${name}`);
  put(join(at, 'package/package.json'), JSON.stringify({ name, version: '14.0.0', main: 'index.js' }));
  put(join(at, 'package/index.js'), "module.exports = 'as published';\n");
  return execFileSync('tar', ['-czf', '-', '-C', at, 'package']);
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

beforeEach(() => {
  count += 1;
  root = join(folder, `app-${count}`);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const locked = [...tarballs].map(([name, bytes]) => [
    `node_modules/${name}`,
    {
      version: '14.0.0',
      resolved: `http://127.0.0.1:${port}/${name}`,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    },
  ]);
  const manifest = { name: 'app', version: '1.0.0', dependencies: { next: '14.0.0', dep: '14.0.0' } };
  put(
    join(root, 'package.json'),
    JSON.stringify({ ...manifest, scripts: { test: 'node t.js', build: 'node b.js' } }),
  );
  put(
    join(root, 'package-lock.json'),
    JSON.stringify({
      name: 'app',
      lockfileVersion: 3,
      packages: { '': manifest, ...Object.fromEntries(locked) },
    }),
  );
  put(join(root, 'app/page.js'), 'export default function Page() { return null; }\n');
  put(join(root, 't.js'), "console.log(require('dep'));\n");
  put(join(root, 'b.js'), '');
  put(join(root, '.gitignore'), 'node_modules\n');
  commitAll(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const cache = join(folder, 'cache');
/** In the arguments of what the tests leave running. */
const LONG = '76543';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Proves in the background; `before` is put in front of the command. */
function start(
  env: NodeJS.ProcessEnv = {},
  more: readonly string[] = [],
  before: readonly string[] = [],
): ChildProcess {
  const command = [
    ...before,
    process.execPath,
    CLI,
    'verify',
    '--gap',
    'GAP-002',
    '--level',
    'build',
    '--json',
    ...more,
  ];
  const [file = '', ...args] = command;
  return spawn(file, args, {
    cwd: root,
    env: {
      ...process.env,
      NO_COLOR: '1',
      XDG_CACHE_HOME: cache,
      npm_config_cache: join(folder, 'npm'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk;
    });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

interface Step {
  readonly title: string;
  readonly result: {
    readonly verdict: string;
    readonly reason?: string;
    readonly evidence?: readonly { readonly observed: string }[];
  };
}

function stepsOf({ stdout }: Ended): readonly Step[] {
  const { apps }: { readonly apps: readonly { readonly checks: readonly Step[] }[] } = JSON.parse(stdout);
  return apps.flatMap(({ checks }) => checks);
}

function installOf(ran: Ended): string {
  return stepsOf(ran)[0]?.result.evidence?.[0]?.observed ?? '';
}

function remains(): readonly string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' });
  const processes = stdout.split('\n').filter((line) => /^[^Z]/.test(line) && line.includes(LONG));
  const scratch = existsSync(join(cache, 'aims-fix')) ? readdirSync(join(cache, 'aims-fix')) : [];
  return [...processes, ...scratch.filter((name) => name.startsWith('scratch-'))];
}

const KEPT = 'the install of an earlier run with the same lock file';
const TIMES = { timeout: 90_000 };

test('what a branch writes into its packages does not run in the proof of another one', TIMES, async () => {
  const proved = join(root, '../ran');
  put(
    join(root, 't.js'),
    `require('fs').appendFileSync(${JSON.stringify(proved)}, require('dep') + '\\n');\n`,
  );
  git(root, 'commit', '--quiet', '--all', '--message', 'tests');
  expect((await ended(start())).code).toBeLessThan(2);
  expect(installOf(await ended(start())), 'the install is used again').toBe(KEPT);
  git(root, 'checkout', '--quiet', '-b', 'pull-request');
  const poison = `require('fs').writeFileSync('node_modules/dep/index.js', "module.exports = 'poisoned';");\n`;
  put(join(root, 't.js'), poison + readFileSync(join(root, 't.js'), 'utf8'));
  git(root, 'commit', '--quiet', '--all', '--message', 'poison');
  expect(installOf(await ended(start()))).toBe(KEPT);
  git(root, 'checkout', '--quiet', 'main');
  expect(stepsOf(await ended(start())).map(({ result }) => result.verdict)).toEqual(['pass', 'pass', 'pass']);
  const [first, second, poisoned, last] = readFileSync(proved, 'utf8').trim().split('\n');
  expect([first, second, poisoned, last]).toEqual([
    'as published',
    'as published',
    'poisoned',
    'as published',
  ]);
});

test('a kept install that another program changed is not used', TIMES, async () => {
  await ended(start());
  const installs = join(cache, 'aims-fix/installs');
  for (const name of readdirSync(installs))
    put(join(installs, name, 'node_modules/dep/index.js'), "module.exports = 'poisoned';\n");
  put(join(root, 't.js'), "console.log(require('dep')); process.exit(1);\n");
  const ran = await ended(start());
  expect(installOf(ran)).not.toBe(KEPT);
  expect(ran.stdout).toContain('as published');
  expect(ran.stdout).not.toContain('poisoned');
});

test(
  'the secrets of a person reach no script, no output and no evidence; escapes are shown',
  TIMES,
  async () => {
    put(
      join(root, 't.js'),
      "console.log('\\u001b]0;evil\\u0007', process.env, 'a-secret-of-the-person'); process.exit(1);\n",
    );
    const ran = await ended(
      start({ AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-person', GITHUB_TOKEN: 'another-secret' }),
    );
    const { evidence }: { readonly evidence: string } = JSON.parse(ran.stdout);
    const pages = readdirSync(join(root, evidence), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => readFileSync(join(root, evidence, path), 'utf8'));
    const text = [ran.stdout, ran.stderr, ...pages].join('\n');
    expect(text).toContain('PATH');
    for (const secret of ['a-secret-of-the-person', 'another-secret', '\u001b'])
      expect(text).not.toContain(secret);
  },
);

test.each(['inherit', 'ignore'])(
  'a daemon that a test leaves behind keeps nobody waiting and ends: stdio %s',
  TIMES,
  async (stdio) => {
    put(
      join(root, 't.js'),
      `require('child_process').spawn('sleep', ['${LONG}'], { detached: true, stdio: '${stdio}' }).unref();\n`,
    );
    const started = performance.now();
    await ended(start());
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(remains()).toEqual([]);
  },
);

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const)('%s ends the programs of a repository, and nothing is left', TIMES, async (signal, code) => {
  const begun = join(root, '../begun');
  put(
    join(root, 't.js'),
    `require('fs').writeFileSync(${JSON.stringify(begun)}, ''); require('child_process').execSync('sleep ${LONG}');\n`,
  );
  const child = start();
  const end = ended(child);
  for (let waited = 0; !existsSync(begun) && waited < 600; waited += 1) await sleep(50);
  rmSync(begun);
  child.kill(signal);
  expect((await end).code).toBe(code);
  expect(remains()).toEqual([]);
});

test('a limit ends what hangs', TIMES, async () => {
  put(join(root, 't.js'), `process.on('SIGTERM', () => {}); setInterval(() => {}, ${LONG});\n`);
  const ran = await ended(start({}, ['--minutes', '0.1']));
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('time limit');
  expect(remains()).toEqual([]);
});

test('a probe is not written through a link that the repository has in its place', TIMES, async () => {
  const outside = join(root, '../outside');
  put(join(outside, 'page.js'), 'mine\n');
  for (const name of ['probe-that-throws', 'probe-that-loads']) symlinkSync(outside, join(root, 'app', name));
  commitAll(root);
  await ended(start({}, ['--level', 'live']));
  expect(readdirSync(outside)).toEqual(['page.js']);
  expect(readFileSync(join(outside, 'page.js'), 'utf8')).toBe('mine\n');
});

const canUnshare = spawnSync('unshare', ['-pf', '--mount-proc', 'true']).status === 0;
test.runIf(canUnshare)(
  'two proofs in two containers that share a cache leave each other alone',
  TIMES,
  async () => {
    const begun = join(root, '../begun');
    put(
      join(root, 't.js'),
      `require('fs').writeFileSync(${JSON.stringify(begun)}, ''); require('child_process').execSync('sleep 8');\n`,
    );
    const first = ended(start());
    for (let waited = 0; !existsSync(begun) && waited < 600; waited += 1) await sleep(50);
    const second = ended(start({}, [], ['unshare', '-pf', '--mount-proc']));
    for (const ran of await Promise.all([first, second]))
      expect(stepsOf(ran).map(({ result }) => result.verdict)).toEqual(['pass', 'pass', 'pass']);
  },
);
