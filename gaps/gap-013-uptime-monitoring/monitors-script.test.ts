import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { template } from '../../src/repo/templates.ts';
import { GAP, MONITORS, SCRIPT } from './tables.ts';

/** Speaks the part of Better Stack's API that the script uses: https://betterstack.com/docs/uptime/api/. */
class Provider {
  readonly token = 'token-that-nobody-prints';
  readonly calls: string[] = [];
  readonly kept = { monitors: new Map<string, object>(), heartbeats: new Map<string, object>() };
  /** How the next requests are answered, before all is well again. */
  readonly troubles: ('none' | 'limited' | 'broken' | 'cut' | 'made-and-cut')[] = [];
  pageSize = 50;
  private server: Server | undefined;
  url = '';

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api/v2`;
    this.server = server;
  }

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const [, kind = '', id] = /^\/api\/v2\/(monitors|heartbeats)(?:\/(\w+))?$/.exec(pathname) ?? [];
    this.calls.push(`${request.method} ${kind}${id === undefined ? '' : '/'}${id ?? ''}`);
    const say = (status: number, json: object, headers = {}) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...headers })
        .end(JSON.stringify(json));
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return void say(401, { errors: 'Invalid token' });
    const trouble = this.troubles.shift();
    if (trouble === 'limited') return void say(429, { errors: 'Too many requests' }, { 'Retry-After': '1' });
    if (trouble === 'broken') return void say(502, {});
    if (trouble === 'cut') return void response.destroy();
    const kept = kind === 'monitors' ? this.kept.monitors : this.kept.heartbeats;
    if (request.method === 'GET')
      return void say(200, this.page(kind, kept, Number(searchParams.get('page') ?? 1)));
    const attributes: Readonly<Record<string, unknown>> = JSON.parse(body);
    if (request.method === 'POST' && attributes.url === undefined && attributes.period === undefined)
      return void say(422, { errors: { url: ["can't be blank"] } });
    const key = id ?? String(kept.size + 1);
    const beat = kind === 'heartbeats' ? { url: `https://uptime.example.com/heartbeat/${key}` } : {};
    kept.set(key, { status: 'up', ...beat, ...kept.get(key), ...attributes });
    if (trouble === 'made-and-cut') return void response.destroy();
    return void say(request.method === 'POST' ? 201 : 200, { data: { id: key, attributes: kept.get(key) } });
  }

  private page(kind: string, kept: ReadonlyMap<string, object>, page: number): object {
    const all = [...kept].map(([id, attributes]) => ({ id, type: kind, attributes }));
    const from = (page - 1) * this.pageSize;
    const next = from + this.pageSize < all.length ? `${this.url}/${kind}?page=${page + 1}` : null;
    return { data: all.slice(from, from + this.pageSize), pagination: { next } };
  }
}

const LIST = {
  site: 'https://shop.example',
  monitors: [
    { name: 'ready', url: '/api/health/ready', keyword: '"status":"ready"', everySeconds: 180 },
    { name: 'front page', url: '/', everySeconds: 180 },
  ],
  heartbeats: [{ name: 'backup', everySeconds: 86400, graceSeconds: 7200 }],
};

let provider: Provider;
let root: string;
beforeEach(async () => {
  provider = new Provider();
  await provider.start();
  root = mkdtempSync(join(tmpdir(), 'monitors-script-'));
  mkdirSync(join(root, 'infra/monitoring'), { recursive: true });
  mkdirSync(join(root, 'scripts'));
  writeFileSync(join(root, SCRIPT), template(`${GAP}/${SCRIPT}`));
  write(LIST);
});
afterEach(() => {
  provider.stop();
  rmSync(root, { recursive: true, force: true });
});

function write(list: object): void {
  writeFileSync(join(root, MONITORS), JSON.stringify(list));
}

async function run(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(root, SCRIPT), ...args], {
    env: { BETTERSTACK_API_URL: provider.url, BETTERSTACK_API_TOKEN: provider.token, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(said).not.toContain(provider.token);
  return { status, said };
}

test('creates what is missing, changes what differs, and then has nothing to do', async () => {
  expect(await run(['--check'])).toMatchObject({
    status: 1,
    said: expect.stringContaining('missing: shop.example: ready'),
  });
  expect(provider.kept.monitors.size).toBe(0);
  expect((await run()).said).toBe(
    'created: shop.example: ready\ncreated: shop.example: front page\ncreated: shop.example: backup\n',
  );
  expect(provider.kept.monitors.get('1')).toMatchObject({
    url: 'https://shop.example/api/health/ready',
    monitor_type: 'keyword',
    required_keyword: '"status":"ready"',
    check_frequency: 180,
    ssl_expiration: 14,
    email: true,
  });
  expect(provider.kept.heartbeats.get('1')).toMatchObject({ period: 86400, grace: 7200 });
  provider.calls.length = 0;
  expect(await run()).toMatchObject({ status: 0, said: expect.stringContaining('everything is as') });
  expect(provider.calls.every((call) => call.startsWith('GET '))).toBe(true);
  provider.kept.monitors.set('1', { ...provider.kept.monitors.get('1'), check_frequency: 3600, call: true });
  expect(await run(['--check'])).toMatchObject({
    status: 1,
    said: 'differs: shop.example: ready (check_frequency)\n',
  });
  expect((await run()).said).toBe('changed: shop.example: ready (check_frequency)\n');
  expect(provider.kept.monitors.get('1'), 'who is woken stays').toMatchObject({
    check_frequency: 180,
    call: true,
  });
  expect((await run(['--check'])).status).toBe(0);
  expect((await run(['--urls'])).said).toBe('shop.example: backup: https://uptime.example.com/heartbeat/1\n');
});

test('waits where it is told to, and goes on where the provider stumbles', async () => {
  provider.troubles.push('limited', 'broken', 'cut');
  const start = Date.now();
  expect((await run()).status).toBe(0);
  expect(Date.now() - start).toBeGreaterThan(1000);
  expect(provider.kept.monitors.size).toBe(2);
}, 20_000);

test('makes nothing twice when the answer to a creation is lost', async () => {
  write({ ...LIST, monitors: LIST.monitors.slice(0, 1), heartbeats: [] });
  // The list is asked for first.
  provider.troubles.push('none', 'made-and-cut');
  expect((await run()).status).toBe(0);
  expect(provider.kept.monitors.size).toBe(1);
  expect(provider.calls).toEqual(['GET monitors', 'POST monitors', 'GET monitors']);
}, 20_000);

test('reads every page before it creates anything', async () => {
  expect((await run()).status).toBe(0);
  provider.pageSize = 1;
  expect(await run()).toMatchObject({ status: 0, said: expect.stringContaining('everything is as') });
  expect(provider.kept.monitors.size).toBe(2);
});

test('a paused monitor watches nothing', async () => {
  await run();
  provider.kept.monitors.set('2', {
    ...provider.kept.monitors.get('2'),
    status: 'paused',
    paused_at: '2026-01-31',
  });
  expect(await run(['--check'])).toMatchObject({
    status: 1,
    said: 'paused by somebody: shop.example: front page\n',
  });
});

test('refuses plainly: no token, a wrong one, no site, two of one name, a word that it does not know', async () => {
  const refused = async (why: string, ...args: Parameters<typeof run>) => {
    const { status, said } = await run(...args);
    expect(said).toContain(why);
    expect(status).toBe(2);
  };
  await refused('set BETTERSTACK_API_TOKEN', [], { BETTERSTACK_API_TOKEN: '' });
  await refused('refuses the token', [], { BETTERSTACK_API_TOKEN: 'wrong' });
  await refused('usage', ['--delete']);
  provider.kept.monitors
    .set('7', { pronounceable_name: 'shop.example: ready' })
    .set('8', { pronounceable_name: 'shop.example: ready' });
  await refused('2 are called "shop.example: ready"');
  write({ ...LIST, site: '' });
  await refused('set SITE_URL');
});

test('leaves the monitors of another site in the same account alone', async () => {
  provider.kept.monitors.set('7', { pronounceable_name: 'front page', url: 'https://elsewhere.example/' });
  await run();
  const before = JSON.stringify([...provider.kept.monitors]);
  expect(await run(['--check'], { SITE_URL: 'https://other.example' })).toMatchObject({
    status: 1,
    said: expect.stringContaining('missing: other.example: front page'),
  });
  await run([], { SITE_URL: 'https://other.example' });
  expect(JSON.stringify([...provider.kept.monitors].slice(0, 3))).toBe(before);
  expect(provider.kept.monitors.size).toBe(5);
});
