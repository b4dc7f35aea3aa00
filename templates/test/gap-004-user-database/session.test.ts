// @vitest-environment node
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Session } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { authLogger } from '../../gap-004-user-database/frontend/lib/auth-log.ts';
import { SessionEnded, sessionOfToken, tokenOfRow } from '../../gap-004-user-database/frontend/lib/auth-session.ts';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import {
  createUser,
  findUserByEmail,
  keepVerifiedUser,
  setPassword,
  setRole,
  updateProfile,
} from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { refusal } from '../../gap-004-user-database/frontend/lib/session-refusal.ts';
import { useFreshDatabase } from './fresh-database.ts';

const request = vi.hoisted(() => ({ now: undefined as object | undefined }));
vi.mock('next/headers', () => ({
  headers() {
    if (!request.now) throw new Error('`headers` was called outside a request scope');
    return request.now;
  },
}));

const { path } = useFreshDatabase();
const email = 'ada@example.com';
const owner = 'owner@example.com';
const isOwner = (address: string): boolean => address === owner;
const signIn = (who = email) => tokenOfRow({ role: 'OWNER', sub: 'google-1' }, { email: who }, isOwner);
const again = (token: JWT, rule = isOwner) => tokenOfRow(token, undefined, rule);
const sessionOf = (token: JWT): Session => sessionOfToken({ expires: 'later' }, token) as Session;

beforeEach(async () => {
  await createUser({ email, name: 'Ada', isEmailVerified: true });
});

describe('a session', () => {
  test('takes id, role, name and picture from the row, as they are now', () => {
    const row = findUserByEmail(email);
    const token = signIn();
    expect(token).toMatchObject({ userId: row?.id, sub: row?.id, role: 'USER', name: 'Ada' });
    expect(again(token)).toEqual(token);
    updateProfile(row?.id ?? '', { name: 'Countess', avatarUrl: 'https://example.com/a.png' });
    expect(sessionOf(again(token))).toEqual({
      expires: 'later',
      user: { id: row?.id, role: 'USER', name: 'Countess', email, image: 'https://example.com/a.png' },
    });
  });

  test('ends with a new password', async () => {
    const token = signIn();
    await setPassword(String(token.userId), 'a new password');
    expect(() => again(token)).toThrow(SessionEnded);
    expect(signIn()).toMatchObject({ userId: token.userId });
  });

  test('does not begin with a password that is not the one of the row any more', async () => {
    await setPassword(findUserByEmail(email)?.id ?? '', 'the old password');
    const verified = { email, passwordId: findUserByEmail(email)?.passwordId };
    expect(tokenOfRow({}, verified, isOwner)).toMatchObject({ email });
    await setPassword(findUserByEmail(email)?.id ?? '', 'a new password');
    expect(() => tokenOfRow({}, verified, isOwner)).toThrow(SessionEnded);
    expect(() => tokenOfRow({}, { email, passwordId: null }, isOwner)).toThrow(SessionEnded);
  });

  test('of nobody ends, such as one that any password had opened', () => {
    expect(() => again({ userId: 'owner-1', role: 'OWNER' })).toThrow(SessionEnded);
    expect(() => again({})).toThrow(SessionEnded);
    expect(() => again({ userId: findUserByEmail(email)?.id })).toThrow(SessionEnded);
  });
});

describe('the role', () => {
  test('is OWNER for a proven address on the list, from the next request on and for no longer', () => {
    keepVerifiedUser({ email: owner });
    const token = signIn(owner);
    expect(token.role).toBe('OWNER');
    expect(findUserByEmail(owner)?.role).toBe('OWNER');
    expect(again(token, () => false).role).toBe('USER');
    expect(findUserByEmail(owner)?.role).toBe('USER');
  });

  test('is USER for everybody else, whatever the table or the token says', () => {
    setRole(findUserByEmail(email)?.id ?? '', 'OWNER');
    expect(signIn().role).toBe('USER');
    expect(again({ ...signIn(), role: 'OWNER' }).role).toBe('USER');
  });

  test('is OWNER though the column cannot follow, as on a full disk', () => {
    keepVerifiedUser({ email: owner });
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    getDb().exec(`CREATE TRIGGER full BEFORE UPDATE ON users BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`);
    expect(signIn(owner).role).toBe('OWNER');
    expect(logged).toHaveBeenCalledOnce();
  });

  test('is USER for an address on the list that nobody has proven', async () => {
    await createUser({ email: owner, role: 'OWNER' });
    expect(signIn(owner).role).toBe('USER');
  });
});

describe('somebody whose address is not proven', () => {
  test('has no user in the session, and the address beside it, until it is', async () => {
    const user = await createUser({ email: 'eve@example.com', name: 'Eve' });
    const token = signIn('eve@example.com');
    expect(sessionOf(token)).toEqual({ expires: 'later', unconfirmedEmail: 'eve@example.com' });
    expect(sessionOf({ ...token, isEmailVerified: 'yes' }).user).toBeUndefined();
    const { markOwnEmailVerified } = await import('../../gap-004-user-database/frontend/lib/db/users.ts');
    markOwnEmailVerified(user?.id ?? '');
    expect(sessionOf(again(token))).toMatchObject({ user: { id: user?.id, email: 'eve@example.com' } });
  });

  test('is refused with words, and so is everybody while the database is away', async () => {
    const told = async (session: Session | null) => {
      const response = refusal(session);
      return [response?.status, (await response?.json())?.code];
    };
    expect(await told({ expires: '', unconfirmedEmail: email })).toEqual([403, 'email_unconfirmed']);
    expect(await told({ expires: '', isUnavailable: true })).toEqual([503, 'unavailable']);
    expect(await told(null)).toEqual([401, 'signed_out']);
    expect(refusal(sessionOf(signIn()))).toBeUndefined();
  });
});

describe('a database that does not answer', () => {
  const aside = () => `${dirname(path())}-aside`;
  /** The folder taken away, with or without something in its place. */
  const takeAway = () => renameSync(dirname(path()), aside());

  test.each(['nothing', 'a folder'])('with %s in its place ends no session, and lets nobody act', (instead) => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    vi.useFakeTimers({ now: Date.now() + (instead === 'nothing' ? 1 : 2) * 3_600_000, toFake: ['Date'] });
    const token = signIn();
    takeAway();
    if (instead === 'a folder') mkdirSync(path(), { recursive: true });
    const during = again(token);
    expect(sessionOf(during)).toEqual({ expires: 'later', isUnavailable: true });
    expect(again(during)).toEqual(during);
    expect(() => signIn()).toThrow(/^Unavailable$/);
    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.calls[0]?.[1]).toBeInstanceOf(Error);
    rmSync(dirname(path()), { recursive: true, force: true });
    renameSync(aside(), dirname(path()));
    const after = again(during);
    expect(after).toEqual(token);
    expect(sessionOf(after).user).toMatchObject({ email });
    vi.useRealTimers();
  });
});

describe('one request', () => {
  const aside = () => `${dirname(path())}-aside`;
  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue();
    request.now = {};
  });
  afterEach(() => {
    request.now = undefined;
  });

  test('gets one answer, however often it asks: no guest for a part of it, and no user', () => {
    const token = signIn();
    renameSync(dirname(path()), aside());
    expect(again(token).isUnavailable).toBe(true);
    renameSync(aside(), dirname(path()));
    expect(again(token).isUnavailable).toBe(true);
    request.now = {};
    expect(again(token)).toEqual(token);
    renameSync(dirname(path()), aside());
    expect(again(token)).toEqual(token);
    renameSync(aside(), dirname(path()));
  });
});

describe('the log', () => {
  const { error, warn } = authLogger;

  test('gets what NextAuth throws, as an Error', () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const cause = new Error('no such host');
    error?.('OAUTH_CALLBACK_ERROR', { error: cause, providerId: 'google' });
    error?.('CLIENT_FETCH_ERROR', cause);
    expect(logged.mock.calls).toEqual([
      ['[next-auth] OAUTH_CALLBACK_ERROR', cause],
      ['[next-auth] CLIENT_FETCH_ERROR', cause],
    ]);
  });

  test.each([null, undefined, 7])('is not broken by %s, which a stranger posts for the metadata', (posted) => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    expect(() => Reflect.apply(error ?? vi.fn(), authLogger, ['FORGED', posted])).not.toThrow();
    expect(logged).not.toHaveBeenCalled();
  });

  test('gets no error whose text a visitor wrote into the address of the callback', () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const chosen = new Error('any word');
    error?.('OAUTH_CALLBACK_HANDLER_ERROR', { error: chosen, providerId: 'google' });
    error?.('OAUTH_CALLBACK_ERROR', chosen);
    expect(logged).not.toHaveBeenCalled();
    expect(warned).toHaveBeenCalledWith('[next-auth] OAUTH_CALLBACK_HANDLER_ERROR');
    error?.('OAUTH_CALLBACK_HANDLER_ERROR', new Error('the database is away'));
    expect(logged).toHaveBeenCalledOnce();
  });

  test('gets nothing of what strangers post to /api/auth/_log, and no session that is over', () => {
    const spies = [vi.spyOn(console, 'error').mockReturnValue(), vi.spyOn(console, 'warn').mockReturnValue()];
    const posted: Record<string, unknown> = { message: 'forged\nline', error: 'text', client: 'true' };
    Reflect.apply(error ?? vi.fn(), authLogger, ['FORGED', posted]);
    Reflect.apply(warn ?? vi.fn(), authLogger, ['FORGED\nline', posted]);
    error?.('LOGGER_ERROR', new TypeError('logger[level] is not a function'));
    error?.('JWT_SESSION_ERROR', new SessionEnded('The password has changed'));
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    warn?.('NEXTAUTH_URL');
    expect(spies[1]).toHaveBeenCalledExactlyOnceWith('[next-auth] NEXTAUTH_URL');
  });

  test('says in one line that a cookie does not decrypt', () => {
    const spies = [vi.spyOn(console, 'error').mockReturnValue(), vi.spyOn(console, 'warn').mockReturnValue()];
    error?.('JWT_SESSION_ERROR', Object.assign(new Error('decryption operation failed'), { name: 'l', code: 'ERR_JWE_DECRYPTION_FAILED' }));
    expect(spies[0]).not.toHaveBeenCalled();
    expect(spies[1]).toHaveBeenCalledExactlyOnceWith('[next-auth] JWT_SESSION_ERROR: ERR_JWE_DECRYPTION_FAILED');
  });
});
