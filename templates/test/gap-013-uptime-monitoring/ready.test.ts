// @vitest-environment node
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const PATH = '../../gap-013-uptime-monitoring/frontend/app/api/health/ready/route';

let server: Server;
let asked = 0;
let how: 'up' | 'error' | 'hang' | 'redirect' = 'up';

beforeEach(async () => {
  asked = 0;
  how = 'up';
  server = createServer((request, response) => {
    asked += 1;
    if (how === 'hang') return;
    if (how === 'redirect') response.writeHead(302, { Location: '/elsewhere' });
    else response.statusCode = how === 'up' && request.url === '/health' ? 200 : 500;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  vi.stubEnv('GATEWAY_URL', `http://127.0.0.1:${port}`);
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

async function ask(): Promise<{ readonly status: number; readonly text: string }> {
  const { GET } = await import(PATH);
  const response: Response = await GET();
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, text: await response.text() };
}

test('is ready while its backends answer, with the word that monitors look for', async () => {
  const { status, text } = await ask();
  expect(status).toBe(200);
  expect(text).toContain('"status":"ready"');
});

test.each(['error', 'redirect'] as const)('is not ready at an answer like %s', async (answer) => {
  how = answer;
  const { status, text } = await ask();
  expect(status).toBe(503);
  expect(text).not.toContain('"status":"ready"');
});

test('is not ready when a backend does not answer in time, or is not there, or is not set', async () => {
  how = 'hang';
  const start = Date.now();
  expect((await ask()).status).toBe(503);
  expect(Date.now() - start).toBeLessThan(5000);
  vi.resetModules();
  vi.stubEnv('GATEWAY_URL', 'http://127.0.0.1:1');
  const { status, text } = await ask();
  expect(status).toBe(503);
  expect(text).not.toContain('127.0.0.1');
  vi.resetModules();
  vi.stubEnv('GATEWAY_URL', '');
  expect((await ask()).status).toBe(503);
}, 15_000);

test('twenty visitors at once are one request to the backend, and the next round sees what has changed', async () => {
  const { GET } = await import(PATH);
  const answers: readonly Response[] = await Promise.all(Array.from({ length: 20 }, () => GET()));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(asked).toBe(1);
  how = 'error';
  expect((await ask()).status).toBe(200);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6000 });
  expect((await ask()).status).toBe(503);
  expect(asked).toBe(2);
});
