// @vitest-environment node
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { POST as forgot } from '@/app/api/auth/forgot-password/route';
import { POST as reset } from '@/app/api/auth/reset-password/route';
import { createUser, findUserByEmail, verifyPassword } from '@/lib/db/users';

// Password hashing is deliberately slow.
vi.setConfig({ testTimeout: 20_000 });
// Every response takes a second, so that its timing reveals nothing. The tests wait just long enough for an email.
vi.mock('node:timers/promises', () => ({ setTimeout: () => new Promise((resolve) => setTimeout(resolve, 100)) }));

const ADA = 'ada@example.com';
const OLD = 'the old password';
const NEW = 'R&D costs $5; really';
const HOUR_MS = 60 * 60 * 1000;
/** Resend's client uses fetch. */
const fetched = vi.fn<typeof fetch>();
let folder = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'users-'));
  vi.stubEnv('USERS_DB_PATH', join(folder, 'users.db'));
  vi.stubEnv('NEXTAUTH_URL', 'https://aims.example');
  vi.stubEnv('RESEND_API_KEY', 're_test');
  vi.stubEnv('EMAIL_FROM', 'mail@example.com');
  vi.stubGlobal('fetch', fetched);
  fetched.mockReset().mockImplementation(async () => Response.json({ id: '1' }));
  await createUser({ email: ADA, name: 'Ada', password: OLD, isEmailVerified: true });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

let visitors = 0;

/** Each request comes from its own address. */
function post(handler: (request: Request) => Promise<Response>, body: unknown) {
  visitors += 1;
  const headers = { 'x-real-ip': `192.0.2.${visitors}` };
  return handler(new Request('http://localhost/', { method: 'POST', headers, body: JSON.stringify(body) }));
}

const mails = (): { to: string; text: string }[] => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));

/** Requests an email and extracts the token from its link. */
async function mailedToken(): Promise<string> {
  await post(forgot, { email: ADA });
  return /\/reset-password#token=([\w-]+)/.exec(mails().at(-1)?.text ?? '')?.[1] ?? '';
}

const opensWith = (password: string) => verifyPassword(findUserByEmail(ADA), password);

describe('POST /api/auth/forgot-password', () => {
  test("emails a link to the account's address", async () => {
    expect(await mailedToken()).toHaveLength(43);
    expect(mails()[0]?.to).toBe(ADA);
  });

  test('responds the same to an unknown address, and sends no email', async () => {
    const known = await post(forgot, { email: ADA });
    const unknown = await post(forgot, { email: 'nobody@example.com' });
    expect([unknown.status, await unknown.text()]).toEqual([known.status, await known.text()]);
    expect(mails()).toHaveLength(1);
  });
});

describe('POST /api/auth/reset-password', () => {
  test('sets the new password, and the old one stops working', async () => {
    const token = await mailedToken();
    expect((await post(reset, { token, password: NEW })).status).toBe(200);
    expect(await opensWith(NEW)).toBe(true);
    expect(await opensWith(OLD)).toBe(false);
  });

  test('accepts a link only once', async () => {
    const token = await mailedToken();
    await post(reset, { token, password: NEW });
    expect((await post(reset, { token, password: 'that of a thief' })).status).toBe(400);
    expect(await opensWith(NEW)).toBe(true);
  });

  test('refuses a link that a newer one has replaced', async () => {
    const [older, newer] = [await mailedToken(), await mailedToken()];
    expect((await post(reset, { token: older, password: NEW })).status).toBe(400);
    expect((await post(reset, { token: newer, password: NEW })).status).toBe(200);
  });

  test('refuses a link that is older than half an hour', async () => {
    const token = await mailedToken();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS / 2 });
    expect((await post(reset, { token, password: NEW })).status).toBe(400);
    expect(await opensWith(OLD)).toBe(true);
  });

  test.each([
    ['made up', 'made-up'],
    ['empty', ''],
    ['missing', undefined],
  ])('refuses a token that is %s', async (_, token) => {
    await mailedToken();
    expect((await post(reset, { token, password: NEW })).status).toBe(400);
    expect(await opensWith(OLD)).toBe(true);
  });

  test('keeps the link when the password is too short', async () => {
    const token = await mailedToken();
    expect((await post(reset, { token, password: 'short' })).status).toBe(400);
    expect((await post(reset, { token, password: NEW })).status).toBe(200);
  });
});
