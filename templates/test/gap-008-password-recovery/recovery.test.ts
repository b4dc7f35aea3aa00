// @vitest-environment node
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import * as passwordHash from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';
import { createUser, findUserByEmail, verifyPassword } from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { beginSignIn, clearAttempts } from '../../gap-004-user-database/frontend/lib/sign-in-limits.ts';
import { POST as forgot } from '../../gap-008-password-recovery/frontend/app/api/auth/forgot-password/route.ts';
import { POST as reset } from '../../gap-008-password-recovery/frontend/app/api/auth/reset-password/route.ts';
import {
  createResetToken,
  endEarlierResetTokens,
  isResetTokenGood,
  RESET_MINUTES,
  resetPassword,
} from '../../gap-008-password-recovery/frontend/lib/db/password-resets.ts';
import { useFreshDatabase } from '../gap-004-user-database/fresh-database.ts';
import { failWith, sent, tokenIn, useMail } from '../gap-004-user-database/mail-box.ts';

useFreshDatabase();
useMail();
vi.mock('resend', () => import('../gap-004-user-database/mail-box.ts'));
vi.mock('../../gap-004-user-database/frontend/lib/db/password-hash.ts', { spy: true });

const TABLE = readFileSync(new URL('../../gap-008-password-recovery/parts/password-resets.sql', import.meta.url), 'utf8');
const ADA = 'ada@example.com';
const HERE = '1.2.3.4';
const OLD = 'the old password';
let userId = '';

beforeEach(async () => {
  getDb().exec(TABLE);
  userId = (await createUser({ email: ADA, name: 'Ada', password: OLD, isEmailVerified: true }))?.id ?? '';
});

function post(handler: (request: Request) => Promise<Response>, body: unknown, headers: Record<string, string> = {}) {
  const request = new Request('http://evil.example/', {
    method: 'POST',
    headers: { 'x-real-ip': HERE, ...headers },
    body: JSON.stringify(body),
  });
  return handler(request);
}

describe('a token', () => {
  test('works once and belongs to its user', () => {
    const token = createResetToken(userId);
    expect(resetPassword(`${token}x`, 'hash')).toBeUndefined();
    expect(resetPassword(token, 'hash')).toMatchObject({ id: userId });
    expect(resetPassword(token, 'hash')).toBeUndefined();
  });

  test('is not used up by asking whether it is good', () => {
    const token = createResetToken(userId);
    expect([isResetTokenGood(token), isResetTokenGood(`${token}x`), isResetTokenGood(token)]).toEqual([true, false, true]);
  });

  test('ends with a newer one that has left by email, and with time', () => {
    const older = createResetToken(userId);
    const newer = createResetToken(userId);
    endEarlierResetTokens(userId, older);
    expect([isResetTokenGood(older), isResetTokenGood(newer)]).toEqual([true, true]);
    endEarlierResetTokens(userId, newer);
    endEarlierResetTokens(userId, older);
    expect(resetPassword(older, 'hash')).toBeUndefined();
    vi.useFakeTimers({ now: Date.now() + RESET_MINUTES * 60_000 + 1 });
    expect(isResetTokenGood(newer)).toBe(false);
    expect(resetPassword(newer, 'hash')).toBeUndefined();
    vi.useRealTimers();
  });

  test('is not in the database', () => {
    const token = createResetToken(userId);
    expect(JSON.stringify(getDb().prepare('SELECT * FROM password_resets').all())).not.toContain(token);
  });
});

describe('asking for a mail', () => {
  test('mails a link of this site, whatever the Host header says, with the token behind the #', async () => {
    expect((await post(forgot, { email: ' Ada@Example.com ' }, { host: 'evil.example' })).status).toBe(200);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: ADA, subject: 'Reset your A.I.M.S. password' });
    expect(sent[0]?.text).toMatch(/^https:\/\/aims\.example\/reset-password#token=[\w-]{43}$/m);
  });

  test('names the product, the site and whom to ask', async () => {
    vi.stubEnv('SUPPORT_EMAIL', 'help@aims.example');
    await post(forgot, { email: ADA });
    expect(sent[0]?.text).toContain('your A.I.M.S. account at aims.example');
    expect(sent[0]?.text).toContain('Write to help@aims.example.');
  });

  test('a reset on a machine of a developer without mail leaves no error in the log', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    vi.stubEnv('RESEND_API_KEY', '');
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const printed = vi.spyOn(console, 'info').mockReturnValue();
    expect((await post(reset, { token: createResetToken(userId), password: 'the new password' })).status).toBe(200);
    expect(logged).not.toHaveBeenCalled();
    expect(printed.mock.calls.join()).toContain(`Mail is not set up. ${ADA} was not told`);
  });

  test('answers alike and after the same time for nobody, and mails nothing', async () => {
    const timed = async (email: string) => {
      const start = performance.now();
      const answer = await post(forgot, { email });
      return { status: answer.status, text: await answer.text(), time: performance.now() - start };
    };
    const known = await timed(ADA);
    const nobody = await timed('nobody@example.com');
    expect([nobody.status, nobody.text]).toEqual([known.status, known.text]);
    expect(Math.min(known.time, nobody.time)).toBeGreaterThan(990);
    expect(Math.abs(known.time - nobody.time)).toBeLessThan(300);
    expect(sent).toHaveLength(1);
  });

  test('does not wait for a mail that hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.spyOn(console, 'error').mockReturnValue();
    failWith('hang');
    const answer = post(forgot, { email: ADA });
    await vi.advanceTimersByTimeAsync(1000);
    expect((await answer).status).toBe(200);
    // The mail is given up within this test, not in the log of a later one.
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
  });

  test('ends the link before it only when the email has left', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    await post(forgot, { email: ADA });
    const first = tokenIn('/reset-password');
    failWith({ name: 'rate_limit_exceeded', message: 'Too many requests' });
    await post(forgot, { email: ADA });
    expect(isResetTokenGood(first)).toBe(true);
    failWith(undefined);
    await post(forgot, { email: ADA });
    expect([isResetTokenGood(first), isResetTokenGood(tokenIn('/reset-password'))]).toEqual([false, true]);
  });

  test('uses up every link of an account with the first that sets a password', async () => {
    const [one, other] = [createResetToken(userId), createResetToken(userId)];
    expect((await post(reset, { token: one, password: 'the new password' })).status).toBe(200);
    expect(isResetTokenGood(other)).toBe(false);
  });

  const askFrom = (address: string, times: number) =>
    Promise.all(Array.from({ length: times }, () => post(forgot, { email: ADA }, { 'x-real-ip': address })));

  test('sends what the person asks for, though a stranger has asked for three', async () => {
    await askFrom('2.2.2.2', 5);
    expect(sent).toHaveLength(3);
    await post(forgot, { email: ADA });
    expect(sent).toHaveLength(4);
  });

  test('sends ten mails in an hour for one account, and more only to where its owner was before', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((index) => askFrom(`2.2.2.${index}`, 3)));
    expect(sent).toHaveLength(10);
    await post(forgot, { email: ADA });
    expect(sent).toHaveLength(10);
    clearAttempts(ADA, HERE);
    await post(forgot, { email: ADA });
    expect(sent).toHaveLength(11);
  });

  test('counts together what comes without an address, up to the ten', async () => {
    await Promise.all(Array.from({ length: 12 }, () => post(forgot, { email: ADA }, { 'x-real-ip': '' })));
    expect(sent).toHaveLength(10);
  });

  test('stops a flood from one address', async () => {
    const answers = await Promise.all(Array.from({ length: 11 }, (_, index) => post(forgot, { email: `n${index}@example.com` })));
    expect(answers.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
    expect(sent).toEqual([]);
  });

  test.each(['NEXTAUTH_URL', 'RESEND_API_KEY', 'EMAIL_FROM'])(
    'without %s says so to everybody alike and in the log, and the link before it stays good',
    async (name) => {
      const token = createResetToken(userId);
      vi.stubEnv('NODE_ENV', 'production');
      vi.stubEnv(name, '');
      const log = vi.spyOn(console, 'error').mockReturnValue();
      for (const email of [ADA, 'nobody@example.com']) {
        const answer = await post(forgot, { email });
        expect([answer.status, await answer.json()]).toEqual([
          503,
          { error: 'Emails cannot be sent right now. Try again later.', code: 'no_mail' },
        ]);
      }
      expect(log).toHaveBeenCalledTimes(2);
      expect(log.mock.calls[0]?.[1]).toBeInstanceOf(Error);
      expect(String(log.mock.calls.flat())).toMatch(new RegExp(`${name}.* is not set`));
      expect(String(log.mock.calls.flat())).not.toContain(ADA);
      expect(isResetTokenGood(token)).toBe(true);
    },
  );

  test('prints the link in development, where no mail is set up', async () => {
    vi.stubEnv('RESEND_API_KEY', '');
    const printed = vi.spyOn(console, 'info').mockReturnValue();
    await post(forgot, { email: ADA });
    expect(String(printed.mock.calls)).toContain('/reset-password#token=');
  });

  test.each([[{ email: 'ada' }], [{ email: ['ada@example.com'] }], [{}], [{ email: `${'a'.repeat(300)}@example.com` }]])(
    'refuses %j at once',
    async (body) => {
      const answer = await post(forgot, body);
      expect([answer.status, await answer.json()]).toEqual([400, { error: 'Enter a valid email address.' }]);
    },
  );
});

describe('setting a password', () => {
  test('sets it, ends the old one and tells the owner', async () => {
    const token = createResetToken(userId);
    const before = findUserByEmail(ADA)?.passwordId;
    expect((await post(reset, { token, password: 'R&D costs $5; really' })).status).toBe(200);
    const user = findUserByEmail(ADA);
    expect(await verifyPassword(user, 'R&D costs $5; really')).toBe(true);
    expect(await verifyPassword(user, OLD)).toBe(false);
    expect(user?.passwordId).not.toBe(before);
    expect(user?.name).toBe('Ada');
    expect(sent.map(({ subject }) => subject)).toEqual(['Your A.I.M.S. password was changed']);
    expect(sent[0]?.text).toContain('https://aims.example/forgot-password\n');
  });

  test('proves an address that was never confirmed, without what a stranger typed for it', async () => {
    const squatted = await createUser({ email: 'eve@example.com', name: 'Mallory', password: OLD });
    expect((await post(reset, { token: createResetToken(squatted?.id ?? ''), password: 'a new password' })).status).toBe(200);
    expect(findUserByEmail('eve@example.com')).toMatchObject({ name: null, emailVerifiedAt: expect.any(String) });
  });

  test('forgets the wrong tries, so that the new password opens the account at once', async () => {
    for (let index = 0; index < 11; index += 1) beginSignIn(ADA, HERE);
    expect(beginSignIn(ADA, HERE)).toBeUndefined();
    await post(reset, { token: createResetToken(userId), password: 'a new password' });
    expect(beginSignIn(ADA, HERE)).toBeDefined();
  });

  test('has happened, though the tries could not be forgotten', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const token = createResetToken(userId);
    getDb().exec(`CREATE TRIGGER full BEFORE DELETE ON attempts BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`);
    beginSignIn(ADA, HERE);
    expect((await post(reset, { token, password: 'a new password' })).status).toBe(200);
    expect(await verifyPassword(findUserByEmail(ADA), 'a new password')).toBe(true);
    expect(logged).toHaveBeenCalledOnce();
  });

  test('a password that is too short uses no token up', async () => {
    const token = createResetToken(userId);
    expect((await post(reset, { token, password: 'short' })).status).toBe(400);
    expect((await post(reset, { token, password: 'long enough, this one' })).status).toBe(200);
    expect((await post(reset, { token, password: 'and once more, please' })).status).toBe(400);
  });

  test('neither does one that is easy to guess', async () => {
    const token = createResetToken(userId);
    expect((await post(reset, { token, password: 'Password123!' })).status).toBe(400);
    expect((await post(reset, { token, password: 'long enough, this one' })).status).toBe(200);
  });

  test('neither does a server that is too busy to hash', async () => {
    const token = createResetToken(userId);
    vi.mocked(passwordHash.hashPassword).mockRejectedValueOnce(new passwordHash.Busy());
    expect((await post(reset, { token, password: 'a new password' })).status).toBe(503);
    expect((await post(reset, { token, password: 'a new password' })).status).toBe(200);
  });

  test('two at the same time: one wins', async () => {
    const token = createResetToken(userId);
    const answers = await Promise.all(['the first password', 'the second password'].map((password) => post(reset, { token, password })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test('hashes nothing for a link that is no good', async () => {
    vi.mocked(passwordHash.hashPassword).mockClear();
    const answer = await post(reset, { token: 'x'.repeat(43), password: 'a new password' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 'This link has expired or was already used. Ask for a new one.', code: 'bad_link' },
    ]);
    expect(passwordHash.hashPassword).not.toHaveBeenCalled();
  });

  test.each([[{ password: 'a new password' }], [{ token: '', password: 'a new password' }], [{ token: 7, password: 'a new password' }]])(
    'speaks of the link, not of characters, to %j',
    async (body) => {
      const answer = await post(reset, body);
      expect(await answer.json()).toEqual({ error: 'This link is incomplete. Ask for a new one.', code: 'bad_link' });
    },
  );

  test('is done, though the notice hangs', async () => {
    failWith('hang');
    expect((await post(reset, { token: createResetToken(userId), password: 'a new password' })).status).toBe(200);
  });
});

test('the whole way: the mailed token opens the account', async () => {
  await post(forgot, { email: ADA });
  expect((await post(reset, { token: tokenIn('/reset-password'), password: 'a new password' })).status).toBe(200);
});
