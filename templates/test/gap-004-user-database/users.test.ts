// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { confirmEmail, createConfirmation } from '../../gap-004-user-database/frontend/lib/db/email-confirmations.ts';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import { hashPassword, matchesHash } from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';
import {
  createUser,
  findUserByEmail,
  findUserById,
  keepVerifiedUser,
  markEmailVerified,
  markOwnEmailVerified,
  normalizeEmail,
  setPassword,
  setRole,
  updateProfile,
  type User,
  verifyPassword,
} from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { useFreshDatabase } from './fresh-database.ts';

useFreshDatabase();
const PASSWORD = 'R&D costs $5; really | `so`';

async function ada(): Promise<User> {
  const user = await createUser({ email: ' Ada@Example.COM ', name: 'Ada', password: PASSWORD });
  if (!user) throw new Error('not created');
  return user;
}

describe('hashes', () => {
  test('differ for the same password, carry their parameters, and match it alone', async () => {
    const [one, two] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(await matchesHash(PASSWORD, one)).toBe(true);
    expect(await matchesHash(`${PASSWORD} `, one)).toBe(false);
  });

  test('leave threads for files, which would otherwise wait behind a crowd that signs in', async () => {
    const start = performance.now();
    const crowd = Promise.all(Array.from({ length: 12 }, () => matchesHash('wrong', undefined)));
    await readFile(new URL(import.meta.url));
    const read = performance.now() - start;
    await crowd;
    expect(read).toBeLessThan((performance.now() - start) / 2);
  });

  test('of weaker parameters still match', async () => {
    const { scryptSync } = await import('node:crypto');
    const key = scryptSync('old password', Buffer.from('salt'), 32, { N: 1024, r: 8, p: 1 });
    const hash = `scrypt$1024$8$1$${Buffer.from('salt').toString('base64url')}$${key.toString('base64url')}`;
    expect(await matchesHash('old password', hash)).toBe(true);
  });

  test.each([null, undefined, '', 'plain', 'scrypt$1$2', 'bcrypt$32768$8$3$c2FsdA$a2V5'])('%s matches nothing', async (hash) => {
    expect(await matchesHash('', hash)).toBe(false);
    expect(await matchesHash('plain', hash)).toBe(false);
  });

  test('the same password typed on another keyboard is the same password', async () => {
    expect(await matchesHash('caf\u00e9 au lait', await hashPassword('cafe\u0301 au lait'))).toBe(true);
  });
});

describe('a user', () => {
  test('is found by any spelling of the address and by id, and carries no hash', async () => {
    const user = await ada();
    expect(user).toMatchObject({ email: 'ada@example.com', name: 'Ada', role: 'USER', emailVerifiedAt: null });
    expect(findUserByEmail('ADA@example.com  ')).toEqual(user);
    expect(findUserById(user.id)).toEqual(user);
    expect(JSON.stringify(user)).not.toMatch(/scrypt|hash/i);
    expect(normalizeEmail(' A@B.C ')).toBe('a@b.c');
  });

  test('is created once per address, and nobody can be stored beside the rules', async () => {
    await ada();
    expect(await createUser({ email: 'ADA@EXAMPLE.com', password: 'another one' })).toBeUndefined();
    expect(await verifyPassword(findUserByEmail('ada@example.com'), PASSWORD)).toBe(true);
    const insert = (email: string, role: string) =>
      getDb().prepare('INSERT INTO users (id, email, role) VALUES (?, ?, ?)').run(email + role, email, role);
    expect(() => insert('Upper@example.com', 'USER')).toThrow('CHECK');
    expect(() => insert('x@example.com', 'ADMIN')).toThrow('CHECK');
  });

  test('changes only what is named, and updated_at says when', async () => {
    const user = await ada();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const changed = updateProfile(user.id, { workspaceName: 'Engine', industry: null });
    expect(changed).toMatchObject({ name: 'Ada', workspaceName: 'Engine', industry: null, createdAt: user.createdAt });
    expect(Date.parse(changed?.updatedAt ?? '')).toBeGreaterThan(Date.parse(user.updatedAt));
    expect(updateProfile('nobody', { name: 'x' })).toBeUndefined();
  });
});

describe('a password', () => {
  test('opens its own account alone', async () => {
    const user = await ada();
    expect(await verifyPassword(user, PASSWORD)).toBe(true);
    expect(await verifyPassword(user, 'wrong')).toBe(false);
    expect(await verifyPassword(undefined, PASSWORD)).toBe(false);
  });

  test('that is new has another id and shuts out the old one', async () => {
    const user = await ada();
    await setPassword(user.id, 'a new password');
    expect(findUserById(user.id)?.passwordId).not.toBe(user.passwordId);
    expect(await verifyPassword(user, PASSWORD)).toBe(false);
    expect(await verifyPassword(user, 'a new password')).toBe(true);
  });

  test('has an id of its own, though the clock stands still', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const user = await ada();
    await setPassword(user.id, PASSWORD);
    vi.useRealTimers();
    expect(findUserById(user.id)?.passwordId).not.toBe(user.passwordId);
  });

  test('takes as long to refuse for an account that does not exist', async () => {
    const user = await ada();
    const time = async (who: User | undefined) => {
      const start = performance.now();
      for (let i = 0; i < 3; i += 1) await verifyPassword(who, 'wrong');
      return performance.now() - start;
    };
    await time(user);
    const [known, unknown] = [await time(user), await time(undefined)];
    expect(unknown / known).toBeGreaterThan(0.2);
    expect(unknown / known).toBeLessThan(5);
  });
});

describe('somebody whose address a provider has proven', () => {
  test('gets a row once and keeps the name they chose', () => {
    const first = keepVerifiedUser({ email: 'Ada@example.com', name: 'Ada', avatarUrl: 'https://a/b' });
    expect(first).toMatchObject({ email: 'ada@example.com', role: 'USER', avatarUrl: 'https://a/b' });
    expect(first.emailVerifiedAt).not.toBeNull();
    updateProfile(first.id, { name: 'Countess' });
    const again = keepVerifiedUser({ email: 'ada@example.com', name: 'Ada' });
    expect(again).toMatchObject({ id: first.id, name: 'Countess' });
  });

  test('takes nothing over from whoever typed the address first: no password, no name, no session, no link', async () => {
    const typed = await ada();
    const token = createConfirmation(typed.id);
    updateProfile(typed.id, { workspaceName: 'Trap', avatarUrl: 'https://evil/x' });
    const proven = keepVerifiedUser({ email: typed.email, name: 'Grace' });
    expect(proven).toMatchObject({ name: 'Grace', workspaceName: null, avatarUrl: null, passwordId: null });
    expect(findUserById(typed.id)).toBeUndefined();
    expect(await verifyPassword(proven, PASSWORD)).toBe(false);
    expect(confirmEmail(token, typed.id)).toBe('bad-link');
  });

  test('keeps a password that was set after the address was proven', async () => {
    const proven = keepVerifiedUser({ email: 'ada@example.com' });
    await setPassword(proven.id, PASSWORD);
    expect(await verifyPassword(keepVerifiedUser({ email: proven.email }), PASSWORD)).toBe(true);
  });
});

describe('an account whose address was never proven', () => {
  const later = (hours: number) => vi.useFakeTimers({ now: Date.now() + hours * 60 * 60 * 1000, toFake: ['Date'] });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is left alone for as long as its link works, and then gives way to whoever signs up', async () => {
    const first = await ada();
    later(23.9);
    expect(await createUser({ email: first.email, password: 'another one' })).toBeUndefined();
    later(0.2);
    const second = await createUser({ email: first.email, password: 'another one' });
    expect(second?.id).not.toBe(first.id);
    expect(findUserById(first.id)).toBeUndefined();
    expect(await verifyPassword(findUserByEmail(first.email), PASSWORD)).toBe(false);
  });

  test('is not kept for longer by asking for new links', async () => {
    const first = await ada();
    later(23);
    createConfirmation(first.id);
    later(2);
    expect(await createUser({ email: first.email, password: 'another one' })).toBeDefined();
  });

  test('gives way at once to somebody who has proven the address', async () => {
    const first = await ada();
    const proven = await createUser({ email: first.email, password: 'another one', isEmailVerified: true });
    expect(proven?.emailVerifiedAt).not.toBeNull();
    expect(findUserById(first.id)).toBeUndefined();
  });

  test('never pushes a proven one aside', async () => {
    const proven = keepVerifiedUser({ email: 'ada@example.com' });
    later(1000);
    expect(await createUser({ email: proven.email, password: 'x' })).toBeUndefined();
    expect(await createUser({ email: proven.email, password: 'x', isEmailVerified: true })).toBeUndefined();
    expect(findUserByEmail(proven.email)?.id).toBe(proven.id);
  });

  test('keeps what was typed when its own link is opened, and loses it when a mail resets it', async () => {
    const own = await ada();
    markOwnEmailVerified(own.id);
    expect(findUserById(own.id)).toMatchObject({ name: 'Ada', emailVerifiedAt: expect.any(String) });
    markEmailVerified(own.id);
    expect(findUserById(own.id)?.name).toBe('Ada');
    const other = await createUser({ email: 'eve@example.com', name: 'Mallory', industry: 'Crime' });
    markEmailVerified(other?.id ?? '');
    expect(findUserByEmail('eve@example.com')).toMatchObject({ name: null, industry: null, emailVerifiedAt: expect.any(String) });
  });
});

test('a role that does not change is not written', async () => {
  const user = await ada();
  setRole(user.id, 'USER');
  expect(findUserById(user.id)?.updatedAt).toBe(user.updatedAt);
  setRole(user.id, 'OWNER');
  expect(findUserById(user.id)?.role).toBe('OWNER');
});
