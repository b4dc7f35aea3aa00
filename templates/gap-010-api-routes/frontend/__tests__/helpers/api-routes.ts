import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** Who asks. */
export const visitor: { user: object | undefined } = { user: undefined };
let visitors = 0;

/** Stands for `next-auth/next`. */
export const nextAuth = { getServerSession: async () => (visitor.user ? { user: visitor.user } : null) };

/** Signs somebody in whom no limit has counted yet; without a role, signs out. */
export function visitAs(role: 'OWNER' | 'USER' | undefined): void {
  visitors += 1;
  const [id, email] = [`visitor-${visitors}`, `visitor-${visitors}@example.com`];
  visitor.user = role && { id, email, name: 'Ada', role };
}

/** The services behind the routes, with a signed-in user and an empty database for every test. */
export function freshServices() {
  const fetched = vi.fn<typeof fetch>();
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'users-'));
    vi.stubEnv('USERS_DB_PATH', join(folder, 'users.db'));
    vi.stubGlobal('fetch', fetched);
    vi.spyOn(console, 'error').mockReturnValue();
    fetched.mockReset().mockImplementation(async () => Response.json({ ok: true }));
    visitAs('USER');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return fetched;
}

interface Route {
  readonly handler: (request: NextRequest) => Promise<Response>;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** A body or query that is right. */
  readonly input: Readonly<Record<string, unknown>>;
  /** One that is not; absent where nothing is taken. */
  readonly wrong?: Readonly<Record<string, unknown>>;
  /** Part of the address that the service is asked at. */
  readonly service: string;
  readonly perMinute: number;
  /** More bytes than its body may have. */
  readonly tooLarge?: number;
}

/** What holds for every route that hands requests on to a service. */
export function testRoute(route: Route): void {
  describe(`${route.method} ${route.path}`, () => {
    const sender = senderFor(route);
    const fetched = freshServices();
    testService(route, sender, fetched);
    if (route.wrong) testInput(route, sender, fetched);
    if (route.method === 'POST') testBody(route, sender);
  });
}

type Input = Readonly<Record<string, unknown>>;
type Fetched = ReturnType<typeof freshServices>;

interface Sender {
  readonly post: (body: string, headers?: Record<string, string>) => Promise<Response>;
  /** As the method has it: a body, or a query. */
  readonly send: (given?: Input) => Promise<Response>;
}

function senderFor({ handler, method, path, input }: Route): Sender {
  const url = `http://localhost${path}`;
  const post = (body: string, headers: Record<string, string> = {}) =>
    handler(new NextRequest(url, { method, body, headers }));
  const send = (given = input) => {
    if (method === 'POST') return post(JSON.stringify(given));
    const query = new URLSearchParams(Object.entries(given).map(([name, value]) => [name, String(value)]));
    return handler(new NextRequest(`${url}?${query}`));
  };
  return { post, send };
}

function testService({ service, perMinute }: Route, { send }: Sender, fetched: Fetched): void {
  test('turns strangers away without asking the service', async () => {
    visitAs(undefined);
    expect((await send()).status).toBe(401);
    expect(fetched).not.toHaveBeenCalled();
  });

  test('answers what the service says now, and no cache', async () => {
    const answers: unknown[] = [];
    for (const name of ['first', 'second']) {
      fetched.mockImplementationOnce(async () => Response.json({ name }));
      answers.push(await (await send()).json());
    }
    expect(answers).toEqual([{ name: 'first' }, { name: 'second' }]);
    expect(String(fetched.mock.calls[0]?.[0])).toContain(service);
    expect(fetched.mock.calls[0]?.[1]?.cache).toBe('no-store');
  });

  test('limits how often one person asks, and nobody else', async () => {
    const statuses: number[] = [];
    // A minute may end in between.
    for (let count = 0; count < perMinute * 2 + 1; count += 1) {
      const answer = await send();
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    expect(statuses.slice(0, perMinute)).toEqual(statuses.slice(0, perMinute).fill(200));
    expect(statuses).toContain(429);
    visitAs('USER');
    expect((await send()).status).toBe(200);
  });

  test.each([500, 503, 401, 403])('answers 502 when the service answers %i', async (status) => {
    fetched.mockImplementation(async () => Response.json({ error: 'cause' }, { status }));
    const answer = await send();
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain('cause');
  });

  test('passes on what the service says of the request', async () => {
    fetched.mockImplementation(async () => Response.json({ error: 'No such thing' }, { status: 404 }));
    const answer = await send();
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: 'No such thing' });
  });

  test('answers 502 when there is no service, and tells nobody where it is', async () => {
    fetched.mockRejectedValue(new TypeError('connect ECONNREFUSED gateway:3001'));
    const answer = await send();
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain('gateway');
  });

  test('gives up on a service that does not answer', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const controller = new AbortController();
      controller.abort(new DOMException('', 'TimeoutError'));
      return controller.signal;
    });
    fetched.mockImplementation(async (_, init) => {
      init?.signal?.throwIfAborted();
      return Response.json({});
    });
    expect((await send()).status).toBe(504);
    expect(timeout.mock.calls[0]?.[0]).toBeLessThan(10_000);
  });
}

function testInput({ input, wrong }: Route, { send }: Sender, fetched: Fetched): void {
  test('says what is wrong with the input', async () => {
    const answer = await send(wrong);
    expect(answer.status).toBe(400);
    const said = await answer.json();
    expect(said).toMatchObject({ error: expect.any(String), code: 'invalid_input' });
    expect(said.details.map((issue: { path: string }) => issue.path)).toContain(Object.keys(wrong ?? {})[0]);
    expect(fetched).not.toHaveBeenCalled();
  });

  test('passes on nothing that nobody asked for', async () => {
    await send({ ...input, role: 'OWNER' });
    const [address, init] = fetched.mock.calls[0] ?? [];
    expect(`${address} ${init?.body}`).not.toContain('OWNER');
  });
}

function testBody({ input, tooLarge = 20_000 }: Route, { post }: Sender): void {
  test('refuses a body that is not JSON', async () => {
    const answer = await post('{');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'malformed_json' });
  });

  test('refuses a body that is too large', async () => {
    expect((await post(JSON.stringify({ ...input, more: 'x'.repeat(tooLarge) }))).status).toBe(413);
  });

  test('refuses what another site sends', async () => {
    const sent = JSON.stringify(input);
    expect((await post(sent, { origin: 'https://evil.example', host: 'localhost' })).status).toBe(403);
    expect((await post(sent, { origin: 'null', host: 'localhost' })).status).toBe(403);
    expect((await post(sent, { origin: 'http://localhost', host: 'localhost' })).status).toBe(200);
  });
}
