import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startFront } from './front.ts';
import { type Listening, listen } from './ports.ts';
import { createVisitor } from './visitor.ts';

let app: Listening;
let front: Listening;
let seen: IncomingMessage[] = [];

beforeAll(async () => {
  app = await listen((request, response) => {
    seen.push(request);
    response.setHeader('set-cookie', [`seen=${seen.length}; Path=/`, 'gone=; Max-Age=0']);
    response.writeHead(request.url === '/moved' ? 302 : 200, { location: '/' }).end('{"fine":true}');
  });
  front = await startFront(() => app.port);
});
afterAll(async () => {
  await front.stop();
  await app.stop();
});
beforeEach(() => {
  seen = [];
});

function visitor() {
  return createVisitor(front.url, '198.18.0.7', () => undefined);
}

test('the app sees a browser at the address of the visitor', async () => {
  await visitor().ask('/');
  const { headers } = seen[0] ?? {};
  expect(headers?.['x-real-ip']).toBe('198.18.0.7');
  expect(headers?.['x-forwarded-for']).toBe('198.18.0.7');
  expect(headers?.['user-agent']).toMatch(/^Mozilla\/5\.0 .*Safari\/537\.36$/);
});

test('a forged X-Forwarded-For stays in front of the address, as with nginx', async () => {
  await visitor().ask('/', { headers: { 'x-forwarded-for': '10.0.0.1' } });
  expect(seen[0]?.headers['x-forwarded-for']).toBe('10.0.0.1, 198.18.0.7');
});

test('a forged Host and a foreign Origin come through; the own Origin does not', async () => {
  await visitor().ask('/', { headers: { host: 'evil.example', origin: 'https://evil.example' } });
  await visitor().ask('/', { headers: { origin: front.url } });
  expect(seen.map(({ headers }) => [headers.host === 'evil.example', headers.origin])).toEqual([
    [true, 'https://evil.example'],
    [false, undefined],
  ]);
});

test('a visitor keeps its cookies, drops those that end, and follows no redirect', async () => {
  const one = visitor();
  const { status, json } = await one.ask('/moved', { body: { a: 1 } });
  await one.ask('/');
  expect([status, json]).toEqual([302, { fine: true }]);
  expect(seen[0]?.method).toBe('POST');
  expect(seen[1]?.headers.cookie).toBe('seen=1');
});

test('an app that is not there gives 502', async () => {
  const lonely = await startFront(() => 1);
  const answer = await createVisitor(lonely.url, '198.18.0.8', () => undefined).ask('/');
  expect(answer.status).toBe(502);
  await lonely.stop();
});
