// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { POST } from '../../gap-004-user-database/frontend/app/api/auth/register/route.ts';
import { GET, PATCH } from '../../gap-004-user-database/frontend/app/api/profile/route.ts';
import { createUser, findUserByEmail, keepVerifiedUser, verifyPassword } from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { useFreshDatabase } from './fresh-database.ts';

useFreshDatabase();
const session = vi.hoisted(() => ({ email: undefined as string | undefined }));
vi.mock('next-auth/next', () => ({
  getServerSession: async () => (session.email ? { user: { email: session.email } } : null),
}));

const TOKEN = 'f'.repeat(64);
const ada = { name: 'Ada', email: 'ada@example.com', password: 'a password of Ada' };
const owner = { ...ada, email: 'owner@example.com' };

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production');
  session.email = undefined;
});

function register(body: unknown, address = '1.2.3.4'): Promise<Response> {
  const headers = { 'x-real-ip': address };
  return POST(new Request('http://localhost/api/auth/register', { method: 'POST', headers, body: JSON.stringify(body) }));
}

function patch(body: unknown): Promise<Response> {
  return PATCH(new Request('http://localhost/api/profile', { method: 'PATCH', body: JSON.stringify(body) }));
}

describe('POST /api/auth/register', () => {
  test('stores a user whose password then opens the account', async () => {
    expect((await register(ada)).status).toBe(201);
    const user = findUserByEmail(ada.email);
    expect(user).toMatchObject({ name: 'Ada', role: 'USER', emailVerifiedAt: null });
    expect(await verifyPassword(user, ada.password)).toBe(true);
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
    expect((await register(ada, '5.6.7.8')).status).toBe(201);
  });
});

describe("an owner's address", () => {
  test.each([
    ['no token is set', '', TOKEN],
    ['a token is set and none given', TOKEN, undefined],
    ['another token is given', TOKEN, 'e'.repeat(64)],
    ['the token is short enough to guess', 'short', 'short'],
  ])('is refused like a taken one where %s', async (_, expected, setupToken) => {
    vi.stubEnv('OWNER_SETUP_TOKEN', expected);
    const response = await register({ ...owner, setupToken });
    expect(response.status).toBe(409);
    expect(findUserByEmail(owner.email)).toBeUndefined();
    await register(ada);
    expect(await response.text()).toBe(await (await register(ada)).text());
  });

  test('is refused as slowly as a taken one', async () => {
    await createUser({ email: ada.email });
    const time = async (body: typeof ada) => {
      const start = performance.now();
      expect((await register(body)).status).toBe(409);
      return performance.now() - start;
    };
    expect((await time(owner)) / (await time(ada))).toBeGreaterThan(0.15);
  });

  test('is the owner with the token, once', async () => {
    vi.stubEnv('OWNER_SETUP_TOKEN', TOKEN);
    expect((await register({ ...owner, setupToken: TOKEN })).status).toBe(201);
    expect(findUserByEmail(owner.email)).toMatchObject({ role: 'OWNER', emailVerifiedAt: expect.any(String) });
    expect((await register({ ...owner, password: 'a stolen password', setupToken: TOKEN })).status).toBe(409);
    expect(await verifyPassword(findUserByEmail(owner.email), owner.password)).toBe(true);
  });

  test('gets a password beside Google, and back from whoever typed it before it was on the list', async () => {
    vi.stubEnv('OWNER_SETUP_TOKEN', TOKEN);
    await createUser({ email: owner.email, password: 'a stolen password' });
    expect((await register({ ...owner, setupToken: TOKEN })).status).toBe(201);
    expect(await verifyPassword(findUserByEmail(owner.email), 'a stolen password')).toBe(false);
    expect(findUserByEmail(owner.email)?.role).toBe('OWNER');
  });

  test('that came with Google gets a password with the token', async () => {
    vi.stubEnv('OWNER_SETUP_TOKEN', TOKEN);
    keepVerifiedUser({ email: owner.email, role: 'OWNER' });
    expect((await register({ ...owner, setupToken: TOKEN })).status).toBe(201);
    expect(await verifyPassword(findUserByEmail(owner.email), owner.password)).toBe(true);
  });

  test('needs no token on a developer’s machine', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    expect((await register(owner)).status).toBe(201);
    expect(findUserByEmail(owner.email)?.role).toBe('OWNER');
  });
});

describe('/api/profile', () => {
  test('is for those who signed in', async () => {
    expect([(await GET()).status, (await patch({ name: 'x' })).status]).toEqual([401, 401]);
    session.email = 'gone@example.com';
    expect([(await GET()).status, (await patch({ name: 'x' })).status]).toEqual([401, 401]);
  });

  test('shows the own profile and nothing of the password', async () => {
    await createUser({ email: ada.email, name: 'Ada' });
    session.email = ada.email;
    expect(Object.keys(await (await GET()).json()).sort()).toEqual(
      ['avatarUrl', 'email', 'industry', 'name', 'role', 'timezone', 'workspaceName'],
    );
  });

  test('stores what is named; an empty field is none', async () => {
    await createUser({ email: ada.email, name: 'Ada' });
    session.email = ada.email;
    expect((await patch({ workspaceName: ' R&D; "Engine" ', name: '' })).status).toBe(200);
    expect(await (await GET()).json()).toMatchObject({ workspaceName: 'R&D; "Engine"', name: null, role: 'USER' });
  });

  test('changes neither role nor address nor password', async () => {
    await createUser(ada);
    session.email = ada.email;
    await patch({ role: 'OWNER', email: 'x@example.com', id: '1', password_hash: 'x', passwordHash: 'x' });
    expect(findUserByEmail(ada.email)?.role).toBe('USER');
    expect(await verifyPassword(findUserByEmail(ada.email), ada.password)).toBe(true);
  });

  test.each([{ name: 'x'.repeat(101) }, { avatarUrl: 'javascript:alert(1)' }, { timezone: 5 }, 'text'])('refuses %j', async (body) => {
    await createUser({ email: ada.email, name: 'Ada' });
    session.email = ada.email;
    expect((await patch(body)).status).toBe(400);
  });
});
