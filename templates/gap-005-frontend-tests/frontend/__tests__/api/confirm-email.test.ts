// @vitest-environment node
import type { Session } from 'next-auth';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { POST } from '@/app/api/auth/confirm-email/route';
import { POST as SEND } from '@/app/api/auth/confirm-email/send/route';
import { findUserByEmail } from '@/lib/db/users';
import { freshMailbox } from '../helpers/mailbox';
import { addUser, freshUsersDatabase } from '../helpers/users-database';

const visitor = vi.hoisted((): { session: Partial<Session> | null } => ({ session: null }));
vi.mock('next-auth/next', () => ({ getServerSession: async () => visitor.session }));
vi.mock('node:crypto', async () => (await import('../helpers/fast-crypto')).fastCrypto());

freshUsersDatabase();
const mailbox = freshMailbox();
const email = 'ada@example.com';
const HOUR_MS = 60 * 60 * 1000;

beforeEach(async () => {
  await addUser(email, false);
  visitor.session = { unconfirmedEmail: email };
});
afterEach(() => {
  vi.useRealTimers();
});

/** Requests an email and extracts the token from its link. */
async function mailedToken(): Promise<string> {
  expect((await SEND()).status).toBe(202);
  const mail = mailbox.mails().at(-1);
  expect(mail?.to).toBe(email);
  return /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

async function confirm(token: unknown) {
  const request = new Request('http://localhost/api/auth/confirm-email', {
    method: 'POST',
    headers: { 'x-real-ip': '192.0.2.1' },
    body: JSON.stringify({ token }),
  });
  return (await POST(request)).status;
}

const isConfirmed = () => findUserByEmail(email)?.emailVerifiedAt !== null;

describe('POST /api/auth/confirm-email', () => {
  test('confirms the address with the link that was emailed to it', async () => {
    expect(await confirm(await mailedToken())).toBe(200);
    expect(isConfirmed()).toBe(true);
  });

  test('accepts a link only once', async () => {
    const token = await mailedToken();
    await confirm(token);
    expect(await confirm(token)).toBe(400);
  });

  test('refuses a link that a newer one has replaced', async () => {
    const [older, newer] = [await mailedToken(), await mailedToken()];
    expect(await confirm(older)).toBe(400);
    expect(isConfirmed()).toBe(false);
    expect(await confirm(newer)).toBe(200);
  });

  test('refuses a link that is older than a day', async () => {
    const token = await mailedToken();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * HOUR_MS });
    expect(await confirm(token)).toBe(400);
    expect(isConfirmed()).toBe(false);
  });

  test.each([['made-up'], [''], [undefined], [{ $ne: '' }]])('refuses %s, which is not a token', async (token) => {
    await mailedToken();
    expect(await confirm(token)).toBe(400);
    expect(isConfirmed()).toBe(false);
  });

  test.each([
    ['someone signed out', null],
    ['someone else', { unconfirmedEmail: 'eve@example.com' }],
  ])('asks %s to sign in as the person who signed up', async (_, session) => {
    await addUser('eve@example.com', false);
    const token = await mailedToken();
    visitor.session = session;
    expect(await confirm(token)).toBe(401);
    expect(isConfirmed()).toBe(false);
  });
});

describe('POST /api/auth/confirm-email/send', () => {
  test('emails only a few links an hour', async () => {
    const answers = [];
    for (let tries = 0; tries < 10; tries += 1) answers.push((await SEND()).status);
    expect(answers.slice(0, 2)).toEqual([202, 202]);
    expect(answers.slice(5)).toEqual([429, 429, 429, 429, 429]);
    expect(mailbox.mails()).toHaveLength(answers.filter((status) => status === 202).length);
  });

  test.each([
    ['to someone signed out', 401, null],
    ['to someone whose address is confirmed', 409, { user: { email } }],
  ])('sends no email %s', async (_, status, session) => {
    visitor.session = session;
    expect((await SEND()).status).toBe(status);
    expect(mailbox.mails()).toEqual([]);
  });
});
