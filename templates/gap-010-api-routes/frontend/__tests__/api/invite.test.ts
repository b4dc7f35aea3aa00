// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DELETE, POST } from '@/app/api/invite/route';
import { POST as accept } from '@/app/api/invite/accept/route';
import { getDb } from '@/lib/db/index';
import { createUser, findUserByEmail, verifyPassword } from '@/lib/db/users';
import { freshServices, visitor } from '../helpers/api-routes';

vi.mock('next-auth/next', async () => (await import('../helpers/api-routes')).nextAuth);
// Password hashing is deliberately slow.
vi.setConfig({ testTimeout: 20_000 });

const fetched = freshServices();
const GRACE = 'grace@example.com';
const PASSWORD = 'R&D costs $5; really';
const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(async () => {
  vi.stubEnv('NEXTAUTH_URL', 'https://aims.example');
  vi.stubEnv('RESEND_API_KEY', 're_test');
  vi.stubEnv('EMAIL_FROM', 'mail@example.com');
  fetched.mockImplementation(async () => Response.json({ id: '1' }));
  const owner = await createUser({ email: 'owner@example.com', name: 'Ada', isEmailVerified: true });
  visitor.user = { id: owner?.id, email: owner?.email, name: 'Ada', role: 'OWNER' };
});

const send = (method: string, body: unknown) =>
  new Request('https://aims.example/', { method, body: JSON.stringify(body), headers: { 'x-real-ip': '192.0.2.1' } });
const invite = (email: unknown = GRACE) => POST(send('POST', { email }));
const revoke = () => DELETE(send('DELETE', { email: GRACE }));
const join = (token: string, password = PASSWORD) => accept(send('POST', { token, name: 'Grace', password }));
const mails = (): { to: string; text: string }[] => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));
const mailedToken = () => /\/accept-invitation#token=([\w-]+)/.exec(mails().at(-1)?.text ?? '')?.[1] ?? '';

describe('POST /api/invite', () => {
  test.each([
    [401, undefined],
    [403, { id: 'user-1', email: 'eve@example.com', role: 'USER' }],
  ])('answers %i to everyone but the owner, and mails nobody', async (status, user) => {
    visitor.user = user;
    expect((await invite()).status).toBe(status);
    expect(mails()).toEqual([]);
  });

  test('mails a link that is stored as its hash', async () => {
    expect((await invite()).status).toBe(201);
    expect(mails()).toMatchObject([{ to: GRACE }]);
    expect(mailedToken()).toHaveLength(43);
    expect(JSON.stringify(getDb().prepare('SELECT * FROM invitations').all())).not.toContain(mailedToken());
  });

  test.each(['nobody', '', ['grace@example.com', 'eve@example.com'], undefined, 'a@example.com\nBcc: b@example.com'])(
    'refuses %j for an address',
    async (email) => {
      expect((await POST(send('POST', { email }))).status).toBe(400);
      expect(mails()).toEqual([]);
    },
  );

  test('invites an address once', async () => {
    await invite();
    expect((await invite('GRACE@example.com ')).status).toBe(409);
    expect(mails()).toHaveLength(1);
  });

  test('invites nobody who has an account', async () => {
    await createUser({ email: GRACE, isEmailVerified: true });
    expect((await invite()).status).toBe(409);
    expect(mails()).toEqual([]);
  });

  test('sends twenty invitations a day at most', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const statuses: number[] = [];
    for (let count = 0; count < 22; count += 1) {
      statuses.push((await invite(`friend-${count}@example.com`)).status);
      vi.advanceTimersByTime(60_000);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual([429, 429]);
    vi.useRealTimers();
  });

  test('keeps no invitation that could not be mailed', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    fetched.mockImplementation(async () => Response.json({ name: 'error', message: 'down' }, { status: 500 }));
    expect((await invite()).status).toBe(502);
    fetched.mockImplementation(async () => Response.json({ id: '1' }));
    expect((await invite()).status).toBe(201);
  });
});

describe('an invitation', () => {
  test('opens an account with a confirmed address, once', async () => {
    await invite();
    const token = mailedToken();
    expect((await join(token)).status).toBe(201);
    const user = findUserByEmail(GRACE);
    expect(user).toMatchObject({ name: 'Grace', role: 'USER', emailVerifiedAt: expect.any(String) });
    expect(await verifyPassword(user, PASSWORD)).toBe(true);
    expect((await join(token, 'another password 1')).status).toBe(400);
    expect(await verifyPassword(user, PASSWORD)).toBe(true);
  });

  test('takes the place of an account that someone else made with the address', async () => {
    await createUser({ email: GRACE, password: 'the password of Eve' });
    await invite();
    expect((await join(mailedToken())).status).toBe(201);
    expect(await verifyPassword(findUserByEmail(GRACE), 'the password of Eve')).toBe(false);
  });

  test('leaves an account alone that was opened in the meantime', async () => {
    await invite();
    await createUser({ email: GRACE, password: 'a password of her own', isEmailVerified: true });
    expect((await join(mailedToken())).status).toBe(409);
    expect(await verifyPassword(findUserByEmail(GRACE), 'a password of her own')).toBe(true);
  });

  test('stays good after a password that is too easy', async () => {
    await invite();
    expect((await join(mailedToken(), 'password123')).status).toBe(400);
    expect((await join(mailedToken())).status).toBe(201);
  });

  test('ends after a week, and when it is revoked', async () => {
    await invite();
    const first = mailedToken();
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 7 * DAY_MS + 1);
    expect((await join(first)).status).toBe(400);
    expect((await invite()).status).toBe(201);
    vi.useRealTimers();
    expect([(await revoke()).status, (await revoke()).status]).toEqual([200, 404]);
    expect((await join(mailedToken())).status).toBe(400);
    expect(findUserByEmail(GRACE)).toBeUndefined();
  });

  test.each(['', 'guessed', "' OR 1=1 --", 'x'.repeat(500)])('cannot be guessed: %j', async (token) => {
    await invite();
    expect((await join(token)).status).toBe(400);
  });
});
