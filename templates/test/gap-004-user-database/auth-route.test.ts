// @vitest-environment node
import { NextRequest } from 'next/server';
import { expect, test, vi } from 'vitest';
import { boundedAuth } from '@/lib/auth-route';

const ORIGIN = 'https://app.example.com/api/auth/';
const handler = vi.fn(async (request: NextRequest) => Response.json(await request.text()));

function ask(path: string, body: string | ReadableStream) {
  handler.mockClear();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '198.51.100.7' };
  const init = { method: 'POST', headers, body, duplex: 'half' };
  const request = new NextRequest(`${ORIGIN}${path}`, init);
  return boundedAuth(handler)(request, { params: { nextauth: path.split('/') } });
}

test('NextAuth gets the body, the headers and the address of the request', async () => {
  const answer = await ask('callback/credentials', 'email=a&password=b');
  expect(await answer.json()).toBe('email=a&password=b');
  const [request] = handler.mock.calls[0] ?? [];
  expect(request?.headers.get('x-forwarded-for')).toBe('198.51.100.7');
  expect(request?.nextUrl.pathname).toBe('/api/auth/callback/credentials');
});

test('a path that looks like a file is none of NextAuth', async () => {
  const { status } = await ask('callback/credentials/x.js', 'email=a');
  expect([status, handler.mock.calls.length]).toEqual([404, 0]);
});

test('a long body is refused before NextAuth reads it, chunked or not', async () => {
  const long = 'x'.repeat(20_000);
  const chunked = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(long));
      controller.close();
    },
  });
  for (const body of [long, chunked]) {
    const { status } = await ask('callback/credentials', body);
    expect([status, handler.mock.calls.length]).toEqual([413, 0]);
  }
});

test('a GET goes through, and so do the parameters that newer versions of Next.js promise', async () => {
  handler.mockClear();
  const request = new NextRequest(`${ORIGIN}session`);
  await boundedAuth(handler)(request, { params: Promise.resolve({ nextauth: ['session'] }) });
  expect(handler).toHaveBeenCalledWith(request, expect.anything());
});
