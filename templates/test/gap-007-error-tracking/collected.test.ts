// @vitest-environment node
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import * as Sentry from '@sentry/nextjs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { trackingOptions } from '@/lib/error-tracking/options';

/** What the integrations made of the request, before anything is scrubbed. */
const requests: unknown[] = [];
const envelopes: string[] = [];
const servers: Server[] = [];
/** Not written out here: the lines of this file leave with the report. */
const leak = (number: number) => ['Le', 'ak', number].join('-');

beforeAll(async () => {
  const sink = await listen(async (request, response) => {
    envelopes.push(await bodyOf(request));
    response.end('{}');
  });
  vi.stubEnv('SENTRY_DSN', `http://a11ce@127.0.0.1:${sink}/1`);
  await import('../../gap-007-error-tracking/frontend/sentry.server.config');
  Sentry.getClient()?.on('postprocessEvent', (event) => requests.push(event.request));
});
afterAll(async () => {
  await Sentry.close(2000);
  for (const server of servers) server.close();
});

async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** By events: that is how the SDK would overhear a body. */
function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.on('data', (chunk) => {
    text += String(chunk);
  });
  return new Promise((resolve) => request.on('end', () => resolve(text)));
}

test('every kind of data that the SDK knows is decided here', () => {
  expect(Sentry.getClient()?.getDataCollectionOptions()).toEqual(trackingOptions('').dataCollection);
});

test.each([
  ['application/json', JSON.stringify({ password: leak(1), setupToken: leak(1) })],
  ['application/x-www-form-urlencoded', `password=${leak(1)}&token=${leak(1)}`],
  ['text/plain', `nothing but ${leak(1)}`],
])('of a request with a body of %s nothing leaves but method and path', async (type, body) => {
  const app = await listen(async (request, response) => {
    const asked = await bodyOf(request);
    console.error('sign-up failed', { body: asked, headers: request.headers, password: leak(2) });
    console.error('no mail', new Error(`token=${leak(3)}`));
    Sentry.captureException(new Error(`probe of ${type}`));
    response.end('{}');
  });
  const headers = {
    'content-type': type,
    cookie: `theme=${leak(4)}`,
    authorization: `Bearer ${leak(5)}`,
    'x-forwarded-for': ['203', '0', '113', '9'].join('.'),
    referer: `http://a.test/?q=${leak(6)}`,
    'x-own': leak(7),
  };
  await fetch(`http://127.0.0.1:${app}/api/x?q=${leak(8)}`, { method: 'POST', headers, body });
  await Sentry.flush(2000);
  const sent = envelopes.join('\n');
  for (const text of [`probe of ${type}`, 'sign-up failed', 'token=[secret]']) expect(sent).toContain(text);
  expect(sent).not.toMatch(/Le-ak|203\.0\.113/);
  expect(requests.at(-1)).toEqual({ method: 'POST', url: `http://127.0.0.1:${app}/api/x` });
});

test('no other server is told about the trace', async () => {
  const seen: string[] = [];
  const other = await listen((request, response) => {
    seen.push(...Object.keys(request.headers));
    response.end();
  });
  await (await fetch(`http://127.0.0.1:${other}/`)).text();
  expect(seen).toContain('host');
  expect(seen.filter((name) => /sentry|baggage|traceparent/.test(name))).toEqual([]);
});
