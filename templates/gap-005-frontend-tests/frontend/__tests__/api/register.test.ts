// @vitest-environment node
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { POST } from '@/app/api/auth/register/route';
import { getDb } from '@/lib/db/index';
import { findUserByEmail, verifyPassword } from '@/lib/db/users';

const TOKEN = '0123456789abcdef'.repeat(4);
const ada = { name: 'Ada', email: 'ada@example.com', password: 'a password of Ada' };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'users-'));
});
beforeEach(() => {
  vi.stubEnv('OWNER_EMAILS', 'owner@example.com');
  vi.stubEnv('USERS_DB_PATH', join(folder, 'users.db'));
  if (existsSync(join(folder, 'users.db'))) getDb().exec('DELETE FROM users');
});
afterAll(() => rmSync(folder, { recursive: true }));

let visitors = 0;

/** Each request comes from an address of its own unless it says otherwise: one address may not try for ever. */
function register(body: unknown, address?: string) {
  visitors += 1;
  const headers = { 'x-real-ip': address ?? `192.0.2.${visitors}` };
  return POST(new Request('http://localhost/api/auth/register', { method: 'POST', headers, body: JSON.stringify(body) }));
}

describe('POST /api/auth/register', () => {
  test('stores a user whose password then fits, and not the password itself', async () => {
    expect((await register(ada)).status).toBe(201);
    expect(await verifyPassword(findUserByEmail(ada.email), ada.password)).toBe(true);
    expect(await verifyPassword(findUserByEmail(ada.email), 'another password')).toBe(false);
    expect(JSON.stringify(getDb().prepare('SELECT * FROM users').all())).not.toContain(ada.password);
  });

  test('refuses an address that is taken, in whatever spelling', async () => {
    await register(ada);
    expect((await register({ ...ada, email: 'ADA@example.com', name: 'Eve' })).status).toBe(409);
    expect(findUserByEmail(ada.email)?.name).toBe('Ada');
  });

  test.each([
    ['a short password', { ...ada, password: 'short' }],
    ['something that is no address', { ...ada, email: 'ada' }],
    ['nothing', {}],
  ])('refuses %s and stores nobody', async (_, body) => {
    expect((await register(body)).status).toBe(400);
    expect(findUserByEmail(ada.email)).toBeUndefined();
  });

  test("gives an owner's address only to the one who has the operator's token, and once", async () => {
    const owner = { ...ada, email: 'owner@example.com' };
    vi.stubEnv('NODE_ENV', 'production');
    vi.stubEnv('OWNER_SETUP_TOKEN', TOKEN);
    for (const setupToken of [undefined, 'f'.repeat(64)])
      expect((await register({ ...owner, setupToken })).status).toBe(409);
    expect(findUserByEmail(owner.email)).toBeUndefined();
    expect((await register({ ...owner, setupToken: TOKEN })).status).toBe(201);
    expect(findUserByEmail(owner.email)?.role).toBe('OWNER');
    expect((await register({ ...owner, setupToken: TOKEN, password: 'that of a thief' })).status).toBe(409);
    expect(await verifyPassword(findUserByEmail(owner.email), owner.password)).toBe(true);
  });

  test('stops listening to an address that tries again and again', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => register({}, '198.51.100.1')));
    expect(answers.map(({ status }) => status)).toContain(429);
    expect((await register(ada)).status).toBe(201);
  });

  test('makes nobody an owner who asks to be one', async () => {
    await register({ ...ada, role: 'OWNER' });
    expect(findUserByEmail(ada.email)?.role).toBe('USER');
  });
});
