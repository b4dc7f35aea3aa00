// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import { hashPassword, matchesHash } from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';
import {
  createUser,
  findUserByEmail,
  findUserById,
  keepVerifiedUser,
  normaliseEmail,
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
    expect(normaliseEmail(' A@B.C ')).toBe('a@b.c');
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

  test('that is new moves password_changed_at and shuts out the old one', async () => {
    const user = await ada();
    await setPassword(user.id, 'a new password');
    expect(findUserById(user.id)?.passwordChangedAt).not.toBe(user.passwordChangedAt);
    expect(await verifyPassword(user, PASSWORD)).toBe(false);
    expect(await verifyPassword(user, 'a new password')).toBe(true);
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
  test('gets a row once, keeps the name they chose, and follows the list of owners', () => {
    const first = keepVerifiedUser({ email: 'Ada@example.com', name: 'Ada', avatarUrl: 'https://a/b', role: 'OWNER' });
    expect(first).toMatchObject({ email: 'ada@example.com', role: 'OWNER', avatarUrl: 'https://a/b' });
    expect(first.emailVerifiedAt).not.toBeNull();
    updateProfile(first.id, { name: 'Countess' });
    const again = keepVerifiedUser({ email: 'ada@example.com', name: 'Ada', role: 'USER' });
    expect(again).toMatchObject({ id: first.id, name: 'Countess', role: 'USER' });
  });

  test('does not share the account with whoever typed the address first', async () => {
    const typed = await ada();
    const proven = keepVerifiedUser({ email: typed.email, role: 'USER' });
    expect(proven.id).toBe(typed.id);
    expect(proven.passwordChangedAt).not.toBe(typed.passwordChangedAt);
    expect(await verifyPassword(proven, PASSWORD)).toBe(false);
  });

  test('keeps a password that was set after the address was proven', async () => {
    const proven = keepVerifiedUser({ email: 'ada@example.com', role: 'USER' });
    await setPassword(proven.id, PASSWORD);
    expect(await verifyPassword(keepVerifiedUser({ email: proven.email, role: 'USER' }), PASSWORD)).toBe(true);
  });
});

test('a role that does not change is not written', async () => {
  const user = await ada();
  setRole(user.id, 'USER');
  expect(findUserById(user.id)?.updatedAt).toBe(user.updatedAt);
  setRole(user.id, 'OWNER');
  expect(findUserById(user.id)?.role).toBe('OWNER');
});
