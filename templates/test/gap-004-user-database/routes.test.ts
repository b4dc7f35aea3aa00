// @vitest-environment node
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { POST as confirmRoute } from '../../gap-004-user-database/frontend/app/api/auth/confirm-email/route.ts';
import { POST as sendRoute } from '../../gap-004-user-database/frontend/app/api/auth/confirm-email/send/route.ts';
import { POST } from '../../gap-004-user-database/frontend/app/api/auth/register/route.ts';
import { GET, PATCH } from '../../gap-004-user-database/frontend/app/api/profile/route.ts';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import * as hashing from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';
import { createUser, findUserByEmail, keepVerifiedUser, verifyPassword } from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { useFreshDatabase } from './fresh-database.ts';
import { failWith, sent, tokenIn, useMail } from './mail-box.ts';

vi.mock('resend', () => import('./mail-box.ts'));
const { path } = useFreshDatabase();
useMail();
interface TestSession {
  user?: { email: string };
  unconfirmedEmail?: string;
  isUnavailable?: boolean;
}
const session = vi.hoisted(() => ({ now: null as TestSession | null }));
vi.mock('next-auth/next', () => ({ getServerSession: async () => session.now }));

const TOKEN = 'f'.repeat(64);
const ada = { name: 'Ada', email: 'ada@example.com', password: 'a password of Ada' };
const owner = { ...ada, email: 'owner@example.com' };

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('SIGN_UP', 'open');
  vi.stubEnv('OWNER_SETUP_TOKEN', '');
  session.now = null;
});

function ask(method: string, body: unknown, address = '192.0.2.1'): Request {
  return new Request('http://localhost/', { method, headers: { 'x-real-ip': address }, body: JSON.stringify(body) });
}

/** A body that announces no length. */
function chunked(bytes: number): { readonly request: Request; readonly pulled: () => number } {
  let left = bytes;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left <= 0) return controller.close();
      const size = Math.min(left, 4096);
      left -= size;
      controller.enqueue(new TextEncoder().encode(' '.repeat(size)));
    },
  });
  const headers = { 'x-real-ip': '192.0.2.1' };
  const request = new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  return { request, pulled: () => bytes - left };
}

const register = (body: unknown, address?: string) => POST(ask('POST', body, address));
const confirm = (token: unknown) => confirmRoute(ask('POST', { token }));
const patch = (body: unknown) => PATCH(ask('PATCH', body));
const told = async (response: Response) => [response.status, (await response.json()).code];

describe('POST /api/auth/register', () => {
  test('stores a user whose password then opens the account, with the answers of the other steps', async () => {
    const answers = { workspaceName: 'Engine', industry: ' Computing ', timezone: '' };
    const response = await register({ ...ada, ...answers });
    expect([response.status, await response.json()]).toEqual([201, { confirmationSent: true }]);
    const user = findUserByEmail(ada.email);
    expect(user).toMatchObject({ name: 'Ada', role: 'USER', emailVerifiedAt: null });
    expect(user).toMatchObject({ workspaceName: 'Engine', industry: 'Computing', timezone: null });
    expect(await verifyPassword(user, ada.password)).toBe(true);
  });

  test('mails a link of this site, whatever host was asked, and keeps the token in no table', async () => {
    await register(ada);
    expect(sent).toMatchObject([{ to: ada.email, subject: 'Confirm your email address for A.I.M.S.' }]);
    const token = tokenIn('/confirm-email');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(getDb().prepare('SELECT * FROM email_confirmations').all())).not.toContain(token);
  });

  test('says that no mail went out, and logs why without a word of the mail', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    failWith({ name: 'application_error', message: 'no mail today' });
    const response = await register(ada);
    expect([response.status, await response.json()]).toEqual([201, { confirmationSent: false }]);
    expect(logged).toHaveBeenCalledOnce();
    expect(String(logged.mock.calls[0])).toContain('no mail today');
    expect(logged.mock.calls[0]?.[1]).toBeInstanceOf(Error);
    expect(String(logged.mock.calls[0])).not.toMatch(/token=/);
  });

  describe('is closed', () => {
    test.each([
      ['in production where nothing is said', { SIGN_UP: '' }],
      ['where it is said so', { SIGN_UP: 'closed' }],
      ['where something else is said', { SIGN_UP: 'yes' }],
      ['where no mail can be sent', { RESEND_API_KEY: '' }],
      ['where mail has no sender', { EMAIL_FROM: '' }],
      ['where a link would have no site', { NEXTAUTH_URL: '' }],
    ])('%s, alike for everybody', async (_, env) => {
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
      for (const each of [ada, owner]) expect(await told(await register(each))).toEqual([403, 'sign_up_closed']);
      expect(getDb().prepare('SELECT count(*) FROM users').pluck().get()).toBe(0);
    });

    test('and open on a developer’s machine, which prints the link', async () => {
      vi.stubEnv('NODE_ENV', 'development');
      for (const name of ['SIGN_UP', 'RESEND_API_KEY', 'NEXTAUTH_URL']) vi.stubEnv(name, '');
      const printed = vi.spyOn(console, 'info').mockReturnValue();
      expect((await register(ada)).status).toBe(201);
      expect(printed.mock.calls.join()).toContain('http://localhost:3000/confirm-email#token=');
      vi.stubEnv('SIGN_UP', 'closed');
      expect((await register({ ...ada, email: 'eve@example.com' })).status).toBe(403);
    });
  });

  test('reads no more of a body than a form can hold', async () => {
    const { request, pulled } = chunked(60_000_000);
    expect((await POST(request)).status).toBe(400);
    expect(pulled()).toBeLessThan(100_000);
  });

  test('takes a client that hangs up in the middle for one that sent nothing', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('ECONNRESET')) });
    const response = await POST(new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit));
    expect(response.status).toBe(400);
  });

  test('names the field that is wrong', async () => {
    expect(await (await register({ ...ada, email: 'ada' })).json()).toEqual({
      error: 'Enter a valid email address.',
      field: 'email',
    });
  });

  test.each([
    [{ ...ada, name: 'x'.repeat(101) }, 'Use at most 100 characters for your name.'],
    [{ ...ada, name: undefined }, 'Enter your name.'],
    [{ ...ada, email: 5 }, 'Enter a valid email address.'],
    [{ ...ada, password: undefined }, 'Enter a password.'],
    [{ ...ada, password: 'short' }, 'Use at least 10 characters for the password.'],
    [{ ...ada, password: '1234567890' }, 'This password is easy to guess. Choose another one.'],
    [{ ...ada, workspaceName: 'x'.repeat(101) }, 'Use at most 100 characters for the workspace name.'],
    [{ ...ada, timezone: 5 }, 'Enter the time zone as text.'],
    [{ ...ada, setupToken: 'x'.repeat(201) }, 'This setup link is not valid.'],
    ['text', 'Send a JSON object.'],
  ])('says which field is wrong (%#)', async (body, error) => {
    expect((await (await register(body)).json()).error).toBe(error);
  });

  test('is busy, or not available, in words and without a cause', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(hashing, 'hashPassword').mockRejectedValue(new hashing.Busy('full'));
    expect(await told(await register(ada))).toEqual([503, 'busy']);
    expect(logged).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    vi.spyOn(console, 'error').mockReturnValue();
    renameSync(dirname(path()), `${dirname(path())}-aside`);
    mkdirSync(path(), { recursive: true });
    const response = await register(ada);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toMatch(/EISDIR|users\.db|SQLITE/);
    rmSync(dirname(path()), { recursive: true });
    renameSync(`${dirname(path())}-aside`, dirname(path()));
  });

  test('takes no role from whoever asks', async () => {
    await register({ ...ada, role: 'OWNER', isEmailVerified: true });
    expect(findUserByEmail(ada.email)).toMatchObject({ role: 'USER', emailVerifiedAt: null });
  });

  test.each([
    ['a short password', { ...ada, password: 'short' }],
    ['a password without end', { ...ada, password: 'x'.repeat(129) }],
    ['no address', { ...ada, email: 'ada' }],
    ['no name', { ...ada, name: '  ' }],
    ['no object', 'ada'],
  ])('refuses %s with 400 and a sentence', async (_, body) => {
    const response = await register(body);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatch(/\w/);
  });

  test('leaves an account alone that is there, and answers in the same time', async () => {
    await register(ada);
    const times: number[] = [];
    for (const email of ['ada@example.com', 'ADA@example.com', 'new@example.com']) {
      const start = performance.now();
      const { status } = await register({ ...ada, email, password: 'a stolen password' });
      times.push(performance.now() - start);
      expect(status).toBe(email === 'new@example.com' ? 201 : 409);
    }
    expect(await verifyPassword(findUserByEmail(ada.email), ada.password)).toBe(true);
    expect(Math.min(...times) / Math.max(...times)).toBeGreaterThan(0.15);
  });

  test('has enough of one address after twenty', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 21; i += 1) answers.push((await register('nonsense')).status);
    expect(answers.slice(0, 20)).not.toContain(429);
    expect(answers[20]).toBe(429);
    expect((await register(ada, '198.51.100.1')).status).toBe(201);
  });
});

describe("an owner's address", () => {
  test('is refused like a taken one, and as slowly', async () => {
    await createUser({ email: ada.email });
    const time = async (body: typeof ada) => {
      const start = performance.now();
      const response = await register(body);
      expect(response.status).toBe(409);
      return { took: performance.now() - start, text: await response.text() };
    };
    const [known, asOwner] = [await time(ada), await time(owner)];
    expect(asOwner.text).toBe(known.text);
    expect(asOwner.took / known.took).toBeGreaterThan(0.15);
    expect(findUserByEmail(owner.email)).toBeUndefined();
  });

  test.each([
    ['no token is set', '', TOKEN],
    ['another token is given', TOKEN, 'e'.repeat(64)],
    ['an empty token is given', TOKEN, ''],
  ])('is refused where %s', async (_, expected, setupToken) => {
    vi.stubEnv('OWNER_SETUP_TOKEN', expected);
    expect(await told(await register({ ...owner, setupToken }))).toEqual([403, 'bad_setup_token']);
    expect(await told(await register({ ...ada, setupToken }))).toEqual([403, 'bad_setup_token']);
    expect(findUserByEmail(owner.email)).toBeUndefined();
  });

  test('is refused where the token is short enough to guess, which the log tells the operator', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    vi.stubEnv('OWNER_SETUP_TOKEN', 'short');
    expect((await register({ ...owner, setupToken: 'short' })).status).toBe(403);
    expect(logged.mock.calls.join()).toMatch(/OWNER_SETUP_TOKEN has fewer than 32 characters/);
    expect(logged.mock.calls.join()).not.toContain('short ');
  });

  test('is the owner with the token, once, without a mail, while sign-up is closed', async () => {
    vi.stubEnv('OWNER_SETUP_TOKEN', TOKEN);
    vi.stubEnv('SIGN_UP', 'closed');
    const response = await register({ ...owner, setupToken: TOKEN });
    expect([response.status, await response.json()]).toEqual([201, { confirmationSent: false }]);
    expect(sent).toEqual([]);
    expect(findUserByEmail(owner.email)).toMatchObject({ role: 'OWNER', emailVerifiedAt: expect.any(String) });
    expect((await register({ ...owner, password: 'a stolen password', setupToken: TOKEN })).status).toBe(409);
    expect(await verifyPassword(findUserByEmail(owner.email), owner.password)).toBe(true);
  });

  test('comes back from whoever typed it before it was on the list, with nothing of theirs', async () => {
    vi.stubEnv('OWNER_SETUP_TOKEN', TOKEN);
    await createUser({ email: owner.email, name: 'Mallory', industry: 'Crime', password: 'a stolen password' });
    expect((await register({ ...owner, setupToken: TOKEN })).status).toBe(201);
    expect(await verifyPassword(findUserByEmail(owner.email), 'a stolen password')).toBe(false);
    expect(findUserByEmail(owner.email)).toMatchObject({ role: 'OWNER', name: 'Ada', industry: null });
  });

  test('that came with Google gets no password from a token that was left in the environment', async () => {
    vi.stubEnv('OWNER_SETUP_TOKEN', TOKEN);
    keepVerifiedUser({ email: owner.email });
    expect((await register({ ...owner, setupToken: TOKEN })).status).toBe(409);
    expect(await verifyPassword(findUserByEmail(owner.email), owner.password)).toBe(false);
  });

  test('needs no token on a developer’s machine', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    expect((await register(owner)).status).toBe(201);
    expect(findUserByEmail(owner.email)?.role).toBe('OWNER');
  });
});

describe('POST /api/auth/confirm-email', () => {
  const isProven = (email = ada.email) => findUserByEmail(email)?.emailVerifiedAt !== null;
  beforeEach(async () => {
    await register(ada);
    session.now = { unconfirmedEmail: ada.email };
  });

  test('proves the address, once', async () => {
    const token = tokenIn('/confirm-email');
    expect((await confirm(token)).status).toBe(200);
    expect(isProven()).toBe(true);
    expect(await told(await confirm(token))).toEqual([400, 'bad_link']);
  });

  test.each([['x'], [''], ['x'.repeat(500)], [5], [null]])('knows no link %j', async (token) => {
    expect(await told(await confirm(token))).toEqual([400, 'bad_link']);
    expect(isProven()).toBe(false);
  });

  test('knows no link that is older than a day, and none that a newer one replaced', async () => {
    const first = tokenIn('/confirm-email');
    expect((await sendRoute()).status).toBe(202);
    const second = tokenIn('/confirm-email');
    expect(second).not.toBe(first);
    expect(await told(await confirm(first))).toEqual([400, 'bad_link']);
    vi.useFakeTimers({ now: Date.now() + 24 * 3_600_000, toFake: ['Date'] });
    expect(await told(await confirm(second))).toEqual([400, 'bad_link']);
    vi.useRealTimers();
    expect(isProven()).toBe(false);
    expect((await confirm(second)).status).toBe(200);
  });

  test("does not confirm a stranger's password by the click of whoever reads the mail", async () => {
    const token = tokenIn('/confirm-email');
    for (const now of [null, { unconfirmedEmail: 'eve@example.com' }, { user: { email: 'eve@example.com' } }]) {
      session.now = now;
      expect(await told(await confirm(token))).toEqual([401, 'sign_in_first']);
    }
    expect(isProven()).toBe(false);
    session.now = { unconfirmedEmail: ada.email };
    expect((await confirm(token)).status).toBe(200);
  });

  test('is used once by several at a time', async () => {
    const token = tokenIn('/confirm-email');
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('has enough of one address after sixty', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 61; i += 1) answers.push((await confirm('nonsense')).status);
    expect(answers.slice(0, 60)).not.toContain(429);
    expect(answers[60]).toBe(429);
  });
});

describe('POST /api/auth/confirm-email/send', () => {
  beforeEach(async () => {
    await createUser({ email: ada.email, password: ada.password });
  });

  test('is for those who signed in and wait', async () => {
    expect(await told(await sendRoute())).toEqual([401, 'signed_out']);
    session.now = { unconfirmedEmail: 'gone@example.com' };
    expect((await sendRoute()).status).toBe(403);
    session.now = { isUnavailable: true };
    expect(await told(await sendRoute())).toEqual([503, 'unavailable']);
    session.now = { user: { email: ada.email } };
    expect(await told(await sendRoute())).toEqual([409, 'confirmed']);
    expect(sent).toEqual([]);
  });

  test('ends the link before it only when the email has left', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    session.now = { unconfirmedEmail: ada.email };
    await sendRoute();
    const first = tokenIn('/confirm-email');
    failWith({ name: 'rate_limit_exceeded', message: 'Too many requests' });
    expect((await sendRoute()).status).toBe(503);
    failWith(undefined);
    expect((await confirmRoute(ask('POST', { token: first }))).status).toBe(200);
  });

  test('mails three times an hour and eight times a day', async () => {
    session.now = { unconfirmedEmail: ada.email };
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await sendRoute()).status);
    expect(statuses).toEqual([202, 202, 202, 429]);
    for (let hour = 1; hour < 6; hour += 1) {
      vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
      for (let i = 0; i < 3; i += 1) await sendRoute();
    }
    vi.useRealTimers();
    expect(sent).toHaveLength(8);
  });

  test('says that mail is not available, and does not count that', async () => {
    session.now = { unconfirmedEmail: ada.email };
    vi.stubEnv('RESEND_API_KEY', '');
    for (let i = 0; i < 5; i += 1) expect(await told(await sendRoute())).toEqual([503, 'no_mail']);
    vi.stubEnv('RESEND_API_KEY', 're_test');
    vi.spyOn(console, 'error').mockReturnValue();
    failWith(new Error('no network'));
    for (let i = 0; i < 9; i += 1) expect(await told(await sendRoute())).toEqual([503, 'no_mail']);
    failWith(undefined);
    for (let i = 0; i < 3; i += 1) expect((await sendRoute()).status).toBe(202);
    expect((await sendRoute()).status).toBe(429);
  });
});

describe('/api/profile', () => {
  test('is for those who signed in', async () => {
    expect([(await GET()).status, (await patch({ name: 'x' })).status]).toEqual([401, 401]);
    session.now = { user: { email: 'gone@example.com' } };
    expect([(await GET()).status, (await patch({ name: 'x' })).status]).toEqual([401, 401]);
    session.now = { unconfirmedEmail: ada.email };
    await createUser({ email: ada.email });
    expect([(await GET()).status, (await patch({ name: 'x' })).status]).toEqual([403, 403]);
    session.now = { isUnavailable: true };
    expect([(await GET()).status, (await patch({ name: 'x' })).status]).toEqual([503, 503]);
    expect(findUserByEmail(ada.email)?.name).toBeNull();
  });

  test('is kept by no cache, whatever it answers', async () => {
    await createUser({ email: ada.email });
    for (const now of [null, { user: { email: ada.email } }]) {
      session.now = now;
      for (const response of [await GET(), await patch({ name: 'Ada' }), await patch({ name: 5 })])
        expect(response.headers.get('Cache-Control')).toBe('no-store');
    }
  });

  test('shows the own profile and nothing of the password', async () => {
    await createUser({ email: ada.email, name: 'Ada' });
    session.now = { user: { email: ada.email } };
    expect(Object.keys(await (await GET()).json()).sort()).toEqual(
      ['avatarUrl', 'email', 'industry', 'name', 'role', 'timezone', 'workspaceName'],
    );
  });

  test('stores what is named; an empty field is none', async () => {
    await createUser({ email: ada.email, name: 'Ada' });
    session.now = { user: { email: ada.email } };
    expect((await patch({ workspaceName: ' R&D; "Engine" ', name: '' })).status).toBe(200);
    expect(await (await GET()).json()).toMatchObject({ workspaceName: 'R&D; "Engine"', name: null, role: 'USER' });
  });

  test('changes neither role nor address nor password', async () => {
    await createUser(ada);
    session.now = { user: { email: ada.email } };
    await patch({ role: 'OWNER', email: 'x@example.com', id: '1', password_hash: 'x', passwordHash: 'x' });
    expect(findUserByEmail(ada.email)?.role).toBe('USER');
    expect(await verifyPassword(findUserByEmail(ada.email), ada.password)).toBe(true);
  });

  test.each([
    [{ name: 'x'.repeat(101) }, 'Use at most 100 characters for your name.'],
    [{ industry: 'x'.repeat(101) }, 'Use at most 100 characters for the industry.'],
    [{ avatarUrl: `https://${'x'.repeat(500)}` }, 'Use at most 500 characters for the address of your picture.'],
    [{ avatarUrl: 'http://example.com/ada.png' }, 'Use an https:// address for your picture.'],
    ['text', 'Send a JSON object.'],
  ])('says which field is wrong (%#)', async (body, error) => {
    const user = await createUser({ ...ada, isEmailVerified: true });
    session.now = { user: { email: user?.email ?? '' } };
    expect((await (await patch(body)).json()).error).toBe(error);
  });

  test.each([{ name: 'x'.repeat(101) }, { avatarUrl: 'javascript:alert(1)' }, { timezone: 5 }, 'text'])('refuses %j', async (body) => {
    await createUser({ email: ada.email, name: 'Ada' });
    session.now = { user: { email: ada.email } };
    expect((await patch(body)).status).toBe(400);
  });
});
