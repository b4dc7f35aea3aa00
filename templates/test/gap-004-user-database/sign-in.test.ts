// @vitest-environment node
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keepGoogleUser, tokenOfRow, verifyCredentials } from '../../gap-004-user-database/frontend/lib/auth-users.ts';
import { clientAddress } from '../../gap-004-user-database/frontend/lib/client-address.ts';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import { hashPassword } from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';
import {
  createUser,
  findUserByEmail,
  keepVerifiedUser,
  setPassword,
} from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { useFreshDatabase } from './fresh-database.ts';

useFreshDatabase();
const email = 'ada@example.com';
const password = 'a password of Ada';
const isOwner = (address: string) => address === 'owner@example.com';
const from = (address: string) => ({ headers: { 'x-real-ip': address } });

/** Hashed once: that is slow on purpose. */
let hash = '';
beforeAll(async () => {
  hash = await hashPassword(password);
});
beforeEach(async () => {
  const user = await createUser({ email, name: 'Ada' });
  getDb()
    .prepare('UPDATE users SET password_hash = ?, password_changed_at = ? WHERE id = ?')
    .run(hash, new Date().toISOString(), user?.id);
});

describe('authorize', () => {
  test('answers with the row for its password, whatever the spelling of the address', async () => {
    const user = await verifyCredentials({ email: 'ADA@example.com', password }, from('1'), isOwner);
    expect(user).toMatchObject({ id: findUserByEmail(email)?.id, email, name: 'Ada' });
  });

  test.each([
    ['a wrong password', { email, password: 'wrong' }],
    ['an unknown address', { email: 'x@example.com', password }],
    ["an owner's address without a row", { email: 'owner@example.com', password }],
    ['no password', { email }],
    ['a password too long to be one', { email, password: 'x'.repeat(10_000) }],
    ['nothing', undefined],
  ])('answers null for %s', async (_, given) => {
    expect(await verifyCredentials(given, from('1'), isOwner)).toBeNull();
  });

  test('stops listening to one who guesses, and goes on listening to others', async () => {
    const guess = () => verifyCredentials({ email, password: 'wrong' }, from('6.6.6.6'), isOwner);
    await Promise.all(Array.from({ length: 10 }, guess));
    expect(await verifyCredentials({ email, password }, from('6.6.6.6'), isOwner)).toBeNull();
    expect(await verifyCredentials({ email, password }, from('1.1.1.1'), isOwner)).not.toBeNull();
  });

  test('makes an owner only of one whose address is proven, and no longer than the list says', async () => {
    const owner = 'owner@example.com';
    await createUser({ email: owner, password });
    await verifyCredentials({ email: owner, password }, from('1'), isOwner);
    expect(findUserByEmail(owner)?.role).toBe('USER');
    const proven = keepVerifiedUser({ email: owner, role: 'USER' });
    await setPassword(proven.id, password);
    await verifyCredentials({ email: owner, password }, from('1'), isOwner);
    expect(findUserByEmail(owner)?.role).toBe('OWNER');
    await verifyCredentials({ email: owner, password }, from('1'), () => false);
    expect(findUserByEmail(owner)?.role).toBe('USER');
  });
});

describe('who comes from a provider', () => {
  const account = { provider: 'google', type: 'oauth', providerAccountId: '1' } as const;
  const user = { id: '1', name: 'Grace', image: 'https://example.com/g.png' };

  test('gets a row if Google says that the address is theirs', () => {
    expect(keepGoogleUser(user, account, { email: 'Grace@example.com', ...{ email_verified: true } }, isOwner)).toBe(true);
    expect(findUserByEmail('grace@example.com')).toMatchObject({ name: 'Grace', avatarUrl: user.image, role: 'USER' });
  });

  test.each([
    ['an address that is not proven', account, { email: 'g@example.com', email_verified: false }],
    ['no address', account, { sub: '1', email_verified: true }],
    ['another provider', { ...account, provider: 'acme' }, { email: 'g@example.com', email_verified: true }],
  ])('is turned away with %s', (_, from, profile) => {
    expect(keepGoogleUser(user, from, profile, isOwner)).toBe(false);
    expect(findUserByEmail('g@example.com')).toBeUndefined();
  });

  test('is let pass with a password, which authorize has looked at', () => {
    expect(keepGoogleUser(user, { ...account, type: 'credentials' }, undefined, isOwner)).toBe(true);
  });
});

describe('a session', () => {
  test('takes id, role and name from the row', () => {
    const row = findUserByEmail(email);
    const token = tokenOfRow({ role: 'OWNER', sub: 'google-1' }, { email: 'ADA@example.com' }, isOwner);
    expect(token).toMatchObject({ userId: row?.id, sub: row?.id, role: 'USER', name: 'Ada' });
    expect(tokenOfRow(token, undefined, isOwner)).toEqual(token);
  });

  test('is no longer that of an owner who is taken off the list', () => {
    const owner = 'owner@example.com';
    keepVerifiedUser({ email: owner, role: 'OWNER' });
    const token = tokenOfRow({}, { email: owner }, isOwner);
    expect(token.role).toBe('OWNER');
    expect(tokenOfRow(token, undefined, () => false).role).toBe('USER');
    expect(tokenOfRow({}, { email }, () => true).role).toBe('USER');
  });

  test('ends with a new password', async () => {
    const token = tokenOfRow({}, { email }, isOwner);
    await setPassword(String(token.userId), 'a new password');
    expect(() => tokenOfRow(token, undefined, isOwner)).toThrow('older than the password');
    expect(tokenOfRow({}, { email }, isOwner)).toMatchObject({ userId: token.userId });
  });

  test('of nobody ends, such as one that any password had opened', () => {
    expect(() => tokenOfRow({ userId: 'owner-1', role: 'OWNER' }, undefined, isOwner)).toThrow('belongs to nobody');
    expect(() => tokenOfRow({ userId: findUserByEmail(email)?.id }, undefined, isOwner)).toThrow('older than the password');
  });
});

test('an address is the one that the proxy wrote, not the one that the client claims', () => {
  const header = (headers: Record<string, string>) => (name: string) => headers[name];
  expect(clientAddress(header({ 'x-forwarded-for': '9.9.9.9, 1.2.3.4' }))).toBe('1.2.3.4');
  expect(clientAddress(header({ 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '9.9.9.9' }))).toBe('1.2.3.4');
  expect(clientAddress(header({ 'x-real-ip': '1.2.3.4' }))).toBe('1.2.3.4');
  expect(clientAddress(header({}))).toBe('unknown');
});
