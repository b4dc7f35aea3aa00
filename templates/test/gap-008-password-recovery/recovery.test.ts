// @vitest-environment node
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import { createUser, findUserByEmail, verifyPassword } from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { POST as forgot } from '../../gap-008-password-recovery/frontend/app/api/auth/forgot-password/route.ts';
import { POST as reset } from '../../gap-008-password-recovery/frontend/app/api/auth/reset-password/route.ts';
import { createResetToken, RESET_MINUTES, takeResetToken } from '../../gap-008-password-recovery/frontend/lib/db/password-resets.ts';
import { useFreshDatabase } from '../gap-004-user-database/fresh-database.ts';

useFreshDatabase();
const sent = vi.hoisted(() => [] as { to: string; subject: string; text: string }[]);
vi.mock('resend', () => ({
  Resend: class {
    emails = {
      send: async (mail: { to: string; subject: string; text: string }) => {
        sent.push(mail);
        return { error: null };
      },
    };
  },
}));

const TABLE = readFileSync(new URL('../../gap-008-password-recovery/parts/password-resets.sql', import.meta.url), 'utf8');
const ADA = 'ada@example.com';
let userId = '';

beforeEach(async () => {
  sent.length = 0;
  vi.stubEnv('NEXTAUTH_URL', 'https://aims.example');
  vi.stubEnv('RESEND_API_KEY', 're_test');
  vi.stubEnv('EMAIL_FROM', 'A.I.M.S. <no-reply@aims.example>');
  getDb().exec(TABLE);
  userId = (await createUser({ email: ADA, name: 'Ada', password: 'the old password' }))?.id ?? '';
});

function post(handler: (request: Request) => Promise<Response>, body: unknown, headers: Record<string, string> = {}) {
  const request = new Request('http://evil.example/', {
    method: 'POST',
    headers: { 'x-real-ip': '1.2.3.4', ...headers },
    body: JSON.stringify(body),
  });
  return handler(request);
}

describe('a token', () => {
  test('works once and belongs to its user', () => {
    const token = createResetToken(userId);
    expect(takeResetToken(`${token}x`)).toBeUndefined();
    expect(takeResetToken(token)).toBe(userId);
    expect(takeResetToken(token)).toBeUndefined();
  });

  test('ends with a newer one and with time', () => {
    const older = createResetToken(userId);
    const newer = createResetToken(userId);
    expect(takeResetToken(older)).toBeUndefined();
    vi.useFakeTimers({ now: Date.now() + RESET_MINUTES * 60_000 + 1 });
    expect(takeResetToken(newer)).toBeUndefined();
    vi.useRealTimers();
  });

  test('is not in the database', () => {
    const token = createResetToken(userId);
    expect(JSON.stringify(getDb().prepare('SELECT * FROM password_resets').all())).not.toContain(token);
  });
});

describe('asking for a mail', () => {
  test('mails a link of this site, whatever the Host header says', async () => {
    expect((await post(forgot, { email: ' Ada@Example.com ' }, { host: 'evil.example' })).status).toBe(200);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ to: ADA });
    expect(sent[0]?.text).toMatch(/https:\/\/aims\.example\/reset-password\?token=[\w-]{43}\b/);
  });

  test('answers alike for nobody, and mails nothing', async () => {
    const known = await post(forgot, { email: ADA });
    const nobody = await post(forgot, { email: 'nobody@example.com' });
    expect([nobody.status, await nobody.text()]).toEqual([known.status, await known.text()]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
  });

  test('sends few mails for one account, and stops a flood from one address', async () => {
    for (let index = 0; index < 5; index += 1) await post(forgot, { email: ADA }, { 'x-real-ip': `2.2.2.${index}` });
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1) statuses.push((await post(forgot, { email: `n${index}@example.com` })).status);
    expect(statuses.indexOf(429)).toBe(10);
    expect(sent).toHaveLength(3);
  });

  test('says in the log, without the address, that no mail can leave', async () => {
    vi.stubEnv('NEXTAUTH_URL', '');
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await post(forgot, { email: ADA })).status).toBe(200);
    await vi.waitFor(() => expect(log).toHaveBeenCalled());
    expect(log.mock.calls.flat().join(' ')).toContain('NEXTAUTH_URL is not set');
    expect(log.mock.calls.flat().join(' ')).not.toContain(ADA);
  });
});

describe('setting a password', () => {
  test('sets it, proves the address, and tells the owner', async () => {
    const token = createResetToken(userId);
    expect((await post(reset, { token, password: 'R&D costs $5; really' })).status).toBe(200);
    const user = findUserByEmail(ADA);
    expect(await verifyPassword(user, 'R&D costs $5; really')).toBe(true);
    expect(user?.emailVerifiedAt).not.toBeNull();
    expect(sent.map(({ subject }) => subject)).toEqual(['Your password was changed']);
  });

  test('a password that is too short uses no token up', async () => {
    const token = createResetToken(userId);
    expect((await post(reset, { token, password: 'short' })).status).toBe(400);
    expect((await post(reset, { token, password: 'long enough, this one' })).status).toBe(200);
    expect((await post(reset, { token, password: 'and once more, please' })).status).toBe(400);
  });
});
