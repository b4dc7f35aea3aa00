// @vitest-environment node
import type { Account } from 'next-auth';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { isOwnerEmail } from '@/lib/auth';
import { keepGoogleUser, verifyCredentials } from '@/lib/auth-users';
import { getDb } from '@/lib/db/index';
import { findUserByEmail, setPassword } from '@/lib/db/users';
import { cookieOf, visit } from '../helpers/sessions';
import { addUser, OWNER, PASSWORD, freshUsersDatabase } from '../helpers/users-database';

vi.mock('node:crypto', async () => (await import('../helpers/fast-crypto')).fastCrypto());

const database = freshUsersDatabase();
const email = 'ada@example.com';
const from = (address: string) => ({ headers: { 'x-real-ip': address } });
const home = from('192.0.2.1');

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
});

describe('signing in with a password', () => {
  test('accepts the right password, regardless of the case of the address', async () => {
    const { id } = await addUser(email);
    expect(await verifyCredentials({ email: 'ADA@example.com', password: PASSWORD }, home)).toMatchObject({ id, email });
  });

  test.each([
    ['a wrong password', { email, password: 'wrong' }],
    ['an unknown address', { email: 'eve@example.com', password: PASSWORD }],
    ['no password', { email, password: '' }],
    ['nothing', undefined],
  ])('refuses %s', async (_, given) => {
    await addUser(email);
    expect(await verifyCredentials(given, home)).toBeNull();
  });

  test('blocks a network address that guesses, and no other', async () => {
    await addUser(email);
    const guesses = Array.from({ length: 10 }, () => verifyCredentials({ email, password: 'wrong' }, home));
    expect(await Promise.all(guesses)).toEqual(guesses.map(() => null));
    const right = { email, password: PASSWORD };
    await expect(verifyCredentials(right, home)).rejects.toThrow('TooManyAttempts');
    expect(await verifyCredentials(right, from('192.0.2.2'))).not.toBeNull();
  });

  test('does not call a password wrong while the database is unavailable', async () => {
    await addUser(email);
    database.takeAway();
    await expect(verifyCredentials({ email, password: PASSWORD }, home)).rejects.toThrow('Unavailable');
    expect(console.error).toHaveBeenCalled();
  });
});

describe('signing in with Google', () => {
  const account: Account = { provider: 'google', type: 'oauth', providerAccountId: '1' };
  const profile = { email, email_verified: true };
  const google = (from: Account, of: object) => keepGoogleUser({ id: '1', name: 'Grace' }, from, of, isOwnerEmail);

  test('creates an account for an address that Google has verified', () => {
    expect(google(account, profile)).toBe(true);
    expect(findUserByEmail(email)).toMatchObject({ name: 'Grace', role: 'USER', emailVerifiedAt: expect.any(String) });
  });

  test.each([
    ['an address that is not verified', account, { ...profile, email_verified: false }],
    ['an address without a verification status', account, { email }],
    ['no address', account, { email_verified: true }],
    ['another provider', { ...account, provider: 'acme' }, profile],
  ])('refuses %s', (_, from, of) => {
    expect(google(from, of)).toBe(false);
    expect(findUserByEmail(email)).toBeUndefined();
  });

  test('locks out anyone who claimed the address before, by password and by session', async () => {
    await addUser(email, false);
    const squatter = await cookieOf(email);
    google(account, profile);
    expect(await verifyCredentials({ email, password: PASSWORD }, home)).toBeNull();
    expect(await visit(squatter)).toEqual({ session: null, cookie: '' });
  });

  test('keeps the password of a user who has confirmed the address', async () => {
    await addUser(email);
    google(account, profile);
    expect(await verifyCredentials({ email, password: PASSWORD }, home)).not.toBeNull();
  });
});

describe('a session', () => {
  test('identifies the signed-in user', async () => {
    const { id } = await addUser(email);
    const { session } = await visit(await cookieOf(email));
    expect(session?.user).toMatchObject({ id, email, name: 'Ada', role: 'USER' });
  });

  test('has no user while the address is not confirmed', async () => {
    await addUser(email, false);
    const { session } = await visit(await cookieOf(email));
    expect(session).toMatchObject({ unconfirmedEmail: email });
    expect(session?.user).toBeUndefined();
  });

  test("is an owner's only while a confirmed address is on the list", async () => {
    await addUser(OWNER);
    const cookie = await cookieOf(OWNER);
    expect((await visit(cookie)).session?.user).toMatchObject({ role: 'OWNER' });
    vi.stubEnv('OWNER_EMAILS', 'somebody.else@example.com');
    expect((await visit(cookie)).session?.user).toMatchObject({ role: 'USER' });
  });

  test("has no user for an owner's address that is not confirmed", async () => {
    await addUser(OWNER, false);
    expect((await visit(await cookieOf(OWNER))).session?.user).toBeUndefined();
    expect(findUserByEmail(OWNER)?.role).toBe('USER');
  });

  test('ends when the password changes', async () => {
    const { id } = await addUser(email);
    const old = await cookieOf(email);
    await setPassword(id, 'another good password');
    expect(await visit(old)).toEqual({ session: null, cookie: '' });
    expect((await visit(await cookieOf(email))).session?.user).toMatchObject({ id });
  });

  test('ends when the account is deleted', async () => {
    await addUser(email);
    const cookie = await cookieOf(email);
    getDb().exec('DELETE FROM users');
    expect(await visit(cookie)).toEqual({ session: null, cookie: '' });
  });

  test('has no user while the database is unavailable, and recovers with it', async () => {
    const { id } = await addUser(email);
    const cookie = await cookieOf(email);
    database.takeAway();
    const away = await visit(cookie);
    expect(away.session).toMatchObject({ isUnavailable: true });
    expect(away.session?.user).toBeUndefined();
    database.bringBack();
    expect((await visit(away.cookie)).session?.user).toMatchObject({ id });
  });
});
