// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { POST } from '@/app/api/auth/register/route';
import { getDb } from '@/lib/db/index';
import { findUserByEmail, verifyPassword } from '@/lib/db/users';
import { freshMailbox } from '../helpers/mailbox';
import { OWNER, freshUsersDatabase } from '../helpers/users-database';

vi.mock('node:crypto', async () => (await import('../helpers/fast-crypto')).fastCrypto());

const SETUP_TOKEN = '0123456789abcdef'.repeat(4);
const ada = { name: 'Ada', email: 'ada@example.com', password: 'a password of Ada' };

freshUsersDatabase();
const mailbox = freshMailbox();
beforeEach(() => {
  vi.stubEnv('SIGN_UP', 'open');
});

let visitors = 0;

/** Each request comes from its own address by default, because attempts are limited per address. */
async function register(body: unknown, address?: string) {
  visitors += 1;
  const headers = { 'x-real-ip': address ?? `192.0.2.${visitors}` };
  const request = new Request('http://localhost/api/auth/register', {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const answer = await POST(request);
  return { status: answer.status, body: await answer.json() };
}

describe('POST /api/auth/register', () => {
  test('stores a user whose password then works, but not the password itself', async () => {
    expect((await register(ada)).status).toBe(201);
    expect(await verifyPassword(findUserByEmail(ada.email), ada.password)).toBe(true);
    expect(await verifyPassword(findUserByEmail(ada.email), 'another password')).toBe(false);
    expect(JSON.stringify(getDb().prepare('SELECT * FROM users').all())).not.toContain(ada.password);
  });

  test('emails a link to confirm the address, which is unconfirmed until then', async () => {
    expect((await register(ada)).body).toMatchObject({ confirmationSent: true });
    expect(mailbox.mails()).toEqual([
      expect.objectContaining({ to: ada.email, text: expect.stringContaining('/confirm-email#token=') }),
    ]);
    expect(findUserByEmail(ada.email)?.emailVerifiedAt).toBeNull();
  });

  test('says so when the email could not be sent', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    mailbox.breakDown();
    expect(await register(ada)).toMatchObject({ status: 201, body: { confirmationSent: false } });
  });

  test('refuses an address that is taken, regardless of case', async () => {
    await register(ada);
    expect((await register({ ...ada, email: 'ADA@example.com', name: 'Eve' })).status).toBe(409);
    expect(findUserByEmail(ada.email)?.name).toBe('Ada');
    expect(mailbox.mails()).toHaveLength(1);
  });

  test.each([
    ['a short password', { ...ada, password: 'short' }],
    ['something that is not an address', { ...ada, email: 'ada' }],
    ['an empty form', {}],
  ])('refuses %s and stores no user', async (_, body) => {
    expect((await register(body)).status).toBe(400);
    expect(findUserByEmail(ada.email)).toBeUndefined();
  });

  test('does not make someone an owner just because they ask', async () => {
    await register({ ...ada, role: 'OWNER' });
    expect(findUserByEmail(ada.email)?.role).toBe('USER');
  });

  test('blocks a network address after too many attempts, and no other', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => register({}, '198.51.100.1')));
    expect(answers.map(({ status }) => status)).toContain(429);
    expect((await register(ada)).status).toBe(201);
  });
});

describe('POST /api/auth/register in production', () => {
  beforeEach(() => {
    vi.stubEnv('NODE_ENV', 'production');
    vi.stubEnv('OWNER_SETUP_TOKEN', SETUP_TOKEN);
  });

  test.each([
    ['sign-up is closed', 'SIGN_UP', 'closed'],
    ['SIGN_UP is not set', 'SIGN_UP', ''],
    ['no link can be emailed', 'RESEND_API_KEY', ''],
  ])('refuses strangers while %s', async (_, name, value) => {
    vi.stubEnv(name, value);
    expect(await register(ada)).toMatchObject({ status: 403, body: { code: 'sign_up_closed' } });
    expect(findUserByEmail(ada.email)).toBeUndefined();
  });

  test("lets only someone with the operator's token use an owner's address, and only once", async () => {
    const owner = { ...ada, email: OWNER };
    expect((await register(owner)).status).toBe(409);
    expect((await register({ ...owner, setupToken: 'f'.repeat(64) })).status).toBe(403);
    expect((await register({ ...ada, setupToken: SETUP_TOKEN })).status).toBe(403);
    expect(findUserByEmail(OWNER)).toBeUndefined();
    expect((await register({ ...owner, setupToken: SETUP_TOKEN })).status).toBe(201);
    expect(findUserByEmail(OWNER)).toMatchObject({ role: 'OWNER', emailVerifiedAt: expect.any(String) });
    expect((await register({ ...owner, setupToken: SETUP_TOKEN, password: 'that of a thief' })).status).toBe(409);
    expect(await verifyPassword(findUserByEmail(OWNER), owner.password)).toBe(true);
  });
});
