// @vitest-environment node
import type { Session } from 'next-auth';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GET, PATCH } from '@/app/api/profile/route';
import { getDb } from '@/lib/db/index';
import { findUserByEmail } from '@/lib/db/users';
import { addUser, freshUsersDatabase } from '../helpers/users-database';

const visitor = vi.hoisted((): { session: Partial<Session> | null } => ({ session: null }));
vi.mock('next-auth/next', () => ({ getServerSession: async () => visitor.session }));
vi.mock('node:crypto', async () => (await import('../helpers/fast-crypto')).fastCrypto());

freshUsersDatabase();
const email = 'ada@example.com';

beforeEach(async () => {
  await addUser(email);
  visitor.session = { user: { email } };
});

const patch = (body: object) =>
  PATCH(new Request('http://localhost/api/profile', { method: 'PATCH', body: JSON.stringify(body) }));

describe('/api/profile', () => {
  test('shows users their own profile, and keeps it out of caches', async () => {
    const answer = await GET();
    expect(await answer.json()).toMatchObject({ email, name: 'Ada', role: 'USER' });
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  test('does not show the password hash', async () => {
    const hash = getDb().prepare('SELECT password_hash FROM users').pluck().get();
    expect(await (await GET()).text()).not.toContain(hash);
  });

  test('changes only the given fields', async () => {
    await patch({ industry: 'Mathematics' });
    const answer = await patch({ name: 'Ada Lovelace' });
    expect(answer.status).toBe(200);
    expect(findUserByEmail(email)).toMatchObject({ name: 'Ada Lovelace', industry: 'Mathematics' });
  });

  test.each([
    ['role', { role: 'OWNER' }],
    ['address', { email: 'eve@example.com' }],
    ['password', { password_hash: '', passwordHash: '' }],
    ['confirmation', { emailVerifiedAt: null, email_verified_at: null }],
  ])('does not change the %s', async (_, change) => {
    const row = () => getDb().prepare('SELECT id, role, email, password_hash, email_verified_at FROM users').get();
    const before = row();
    await patch({ name: 'Ada Lovelace', ...change });
    expect(row()).toEqual(before);
  });

  test("leaves other people's profiles alone", async () => {
    const other = await addUser('grace@example.com');
    await patch({ id: other.id, userId: other.id, email: other.email, name: 'Eve' });
    expect(findUserByEmail(other.email)?.name).toBe('Ada');
  });

  test.each([
    ['a name that is too long', { name: 'x'.repeat(101) }],
    ['an avatar without an https URL', { avatarUrl: 'javascript:alert(1)' }],
  ])('refuses %s', async (_, change) => {
    expect((await patch(change)).status).toBe(400);
    expect(findUserByEmail(email)).toMatchObject({ name: 'Ada', avatarUrl: null });
  });

  test.each([
    ['no one is signed in', 401, null],
    ['the account is gone', 401, { user: { email: 'gone@example.com' } }],
    ['the address is not confirmed', 403, { unconfirmedEmail: email }],
    ['accounts are unavailable', 503, { isUnavailable: true }],
  ])('refuses when %s', async (_, status, session) => {
    visitor.session = session;
    expect((await GET()).status).toBe(status);
    expect((await patch({ name: 'Eve' })).status).toBe(status);
    expect(findUserByEmail(email)?.name).toBe('Ada');
  });
});
