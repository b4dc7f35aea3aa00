// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { admit } from '../../gap-010-api-routes/frontend/lib/api/guard.ts';
import { secondsToWait } from '../../gap-010-api-routes/frontend/lib/api/limits.ts';
import { isSameOrigin } from '../../gap-010-api-routes/frontend/lib/api/same-origin.ts';
import { askUpstream, upstreamFailure, upstreamRefusal } from '../../gap-010-api-routes/frontend/lib/api/upstream.ts';
import { findCaller as findPlainCaller } from '../../gap-010-api-routes/plain/frontend/lib/api/caller.ts';
import { secondsToWait as secondsToWaitHere } from '../../gap-010-api-routes/plain/frontend/lib/api/limits.ts';
import { closeDatabase, useFreshDatabase } from '../gap-004-user-database/fresh-database.ts';

const visitor = vi.hoisted((): { session: unknown } => ({ session: null }));
vi.mock('next-auth/next', () => ({ getServerSession: async () => visitor.session }));

const database = useFreshDatabase();
const ADA = { id: 'u1', email: 'ada@example.com', name: null, role: 'USER' };
const Body = z.object({ name: z.string().min(1), tags: z.array(z.object({ id: z.number() })).default([]) });
const RULE = { name: 'things', schema: Body };

beforeEach(() => {
  visitor.session = { user: ADA };
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => void vi.useRealTimers());

function post(body: string | ReadableStream, headers: Record<string, string> = {}) {
  return new Request('https://aims.example/api/things', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
}

async function refused(request: Request, rule: Parameters<typeof admit>[1] = RULE) {
  const { refused: answer } = await admit(request, rule);
  return answer && { status: answer.status, headers: answer.headers, said: await answer.json() };
}

describe('admit', () => {
  test('hands over who asks, and what the schema makes of the input', async () => {
    expect(await admit(post('{"name":"shelf","role":"OWNER"}'), RULE)).toEqual({
      user: ADA,
      input: { name: 'shelf', tags: [] },
    });
  });

  test('takes the query of a GET, and no body', async () => {
    const request = new Request('https://aims.example/api/things?name=a%26b');
    expect(await admit(request, RULE)).toMatchObject({ input: { name: 'a&b' } });
  });

  test('says where something is wrong, and repeats no value', async () => {
    const answer = await refused(post('{"name":"","tags":[{"id":"hunter2"}]}'));
    expect(answer).toMatchObject({ status: 400, said: { code: 'invalid_input' } });
    expect(answer?.said.details.map(({ path }: { path: string }) => path)).toEqual(['name', 'tags.0.id']);
    expect(JSON.stringify(answer?.said)).not.toContain('hunter2');
  });

  test.each(['', '{', 'undefined', '\u0000'])('refuses %j, which is no JSON', async (body) => {
    expect(await refused(post(body))).toMatchObject({ status: 400, said: { code: 'malformed_json' } });
  });

  test.each(['null', '5', '[]', '"text"'])('refuses %s, which is no object', async (body) => {
    expect(await refused(post(body))).toMatchObject({ status: 400, said: { code: 'invalid_input' } });
  });

  test('counts a body that tells no length, and stops reading it', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(8 * 1024));
      },
    });
    expect(await refused(post(endless))).toMatchObject({ status: 413 });
    expect(sent).toBeLessThan(10);
  });

  test('reads no body of somebody who is refused', async () => {
    visitor.session = null;
    const request = post('{');
    expect(await refused(request)).toMatchObject({ status: 401, said: { code: 'signed_out' } });
    expect(request.bodyUsed).toBe(false);
  });

  test.each([
    [403, 'email_unconfirmed', { unconfirmedEmail: 'ada@example.com' }],
    [503, 'unavailable', { isUnavailable: true }],
    [401, 'signed_out', { user: undefined }],
  ])('answers %i %s for such a session', async (status, code, session) => {
    visitor.session = session;
    expect(await refused(post('{}'))).toMatchObject({ status, said: { code } });
  });

  test('asks for the role', async () => {
    const rule = { ...RULE, role: 'OWNER' } as const;
    expect(await refused(post('{"name":"a"}'), rule)).toMatchObject({ status: 403, said: { code: 'wrong_role' } });
    visitor.session = { user: { ...ADA, role: 'OWNER' } };
    expect(await refused(post('{"name":"a"}'), rule)).toBeUndefined();
  });

  test('refuses what no cache may keep', async () => {
    expect((await refused(post('{')))?.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe.each([
  ['in the users database', secondsToWait],
  ['in this process', secondsToWaitHere],
])('a limit that is counted %s', (_, take) => {
  test('lets so many through a minute, for each key, and says how long to wait', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:45.500Z') });
    expect([take('a', 2), take('a', 2), take('a', 2), take('b', 2)]).toEqual([0, 0, 15, 0]);
    vi.setSystemTime(new Date('2030-01-01T00:01:00Z'));
    expect(take('a', 2)).toBe(0);
  });
});

test('a limit that cannot be counted refuses nobody', () => {
  closeDatabase();
  vi.stubEnv('USERS_DB_PATH', `${database.path()}/not/a/folder.db`);
  vi.stubEnv('USERS_DB_PATH', '/dev/null/users.db');
  expect(secondsToWait('a', 0)).toBe(0);
});

test('an app of its own users has callers by their addresses', async () => {
  visitor.session = { user: { email: 'ada@example.com' } };
  expect(await findPlainCaller()).toEqual({ id: 'ada@example.com', email: 'ada@example.com' });
  visitor.session = { user: {} };
  expect(await findPlainCaller()).toMatchObject({ status: 401 });
});

describe('isSameOrigin', () => {
  const HOST = 'aims.example';
  const from = (headers: Record<string, string>, method = 'POST') =>
    isSameOrigin(new Request('http://frontend:3000/api', { method, headers: { host: HOST, ...headers } }));

  test.each([
    [{ origin: 'https://aims.example' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
    [{}],
  ])('takes %j', (headers) => {
    expect(from(headers)).toBe(true);
  });

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'https://aims.example.evil.example' }],
    [{ origin: 'https://sub.aims.example' }],
    [{ origin: 'https://aims.example:8443' }],
    [{ origin: 'null' }],
    [{ origin: '' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ])('refuses %j', (headers) => {
    expect(from(headers)).toBe(false);
    expect(from(headers, 'GET')).toBe(true);
  });

  test('knows the configured address where a proxy hides the host', () => {
    vi.stubEnv('NEXTAUTH_URL', 'https://aims.example/');
    expect(from({ host: 'frontend:3000', origin: 'https://aims.example' })).toBe(true);
    expect(from({ host: 'frontend:3000', origin: 'https://evil.example' })).toBe(false);
  });
});

test('a service has eight seconds, or as long as the operator says', async () => {
  vi.stubGlobal('fetch', vi.fn(async () => Response.json({})));
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  await askUpstream('http://gateway:3001/');
  vi.stubEnv('UPSTREAM_TIMEOUT_MS', '30000');
  await askUpstream('http://gateway:3001/');
  vi.stubEnv('UPSTREAM_TIMEOUT_MS', '');
  await askUpstream('http://gateway:3001/');
  expect(timeout.mock.calls).toEqual([[8000], [30_000], [8000]]);
  vi.unstubAllGlobals();
});

describe('what a service says', () => {
  const said = async (answer: Response) => ({ status: answer.status, ...(await answer.json()) });

  test('of the request is passed on, in words and not in objects', async () => {
    expect(await said(await upstreamRefusal(Response.json({ error: 'Missing plugId' }, { status: 400 })))).toEqual({
      status: 400,
      error: 'Missing plugId',
      code: 'refused_upstream',
    });
    const odd = Response.json({ error: { stack: 'at /app' } }, { status: 422 });
    expect(await said(await upstreamRefusal(odd))).toMatchObject({ error: 'The request was refused.' });
    expect(await said(await upstreamRefusal(new Response('<html>', { status: 404 })))).toMatchObject({ status: 404 });
    const long = await said(await upstreamRefusal(Response.json({ error: 'x'.repeat(5000) }, { status: 409 })));
    expect(long.error).toHaveLength(300);
  });

  test('of too many requests is no limit of the user', async () => {
    const busy = new Response('{}', { status: 429, headers: { 'Retry-After': '120' } });
    const answer = await upstreamRefusal(busy);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '120']);
    const vague = await upstreamRefusal(new Response('{}', { status: 429, headers: { 'Retry-After': 'Wed, 1 Jan' } }));
    expect(vague.headers.get('Retry-After')).toBe('60');
  });

  test('of a failure stays in the log', async () => {
    const failed = Response.json({ error: 'SELECT * FROM keys' }, { status: 500 });
    expect(await said(await upstreamRefusal(failed))).toMatchObject({ status: 502, code: 'upstream_failed' });
    expect(console.error).toHaveBeenCalledOnce();
    const answer = upstreamFailure(new TypeError('connect ECONNREFUSED 10.0.0.1:3001'));
    expect(await answer.text()).not.toContain('10.0.0.1');
    expect(answer.status).toBe(502);
    expect(upstreamFailure(new DOMException('', 'TimeoutError')).status).toBe(504);
  });
});
