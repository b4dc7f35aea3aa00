// @vitest-environment node
import { mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepGoogleUser, verifyCredentials } from '../../gap-004-user-database/frontend/lib/auth-users.ts';
import { clientAddress } from '../../gap-004-user-database/frontend/lib/client-address.ts';
import { getDb } from '../../gap-004-user-database/frontend/lib/db/index.ts';
import { Busy, hashPassword } from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';
import { createUser, findUserByEmail, keepVerifiedUser } from '../../gap-004-user-database/frontend/lib/db/users.ts';
import * as users from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { beginSignIn, clearAttempts } from '../../gap-004-user-database/frontend/lib/sign-in-limits.ts';
import { signInMessage } from '../../gap-004-user-database/frontend/lib/sign-in-messages.ts';
import { logOutage } from '../../gap-004-user-database/frontend/lib/unavailable.ts';
import { closeDatabase, useFreshDatabase } from './fresh-database.ts';
import { sent, useMail } from './mail-box.ts';

vi.mock('resend', () => import('./mail-box.ts'));
const { path } = useFreshDatabase();
const email = 'ada@example.com';
const password = 'a password of Ada';
const from = (address: string) => ({ headers: { 'x-real-ip': address } });
const isOwner = (address: string) => address === 'owner@example.com';
const signIn = (address: string, given = password) => verifyCredentials({ email, password: given }, from(address));

/** Hashed once: that is slow on purpose. */
let hash = '';
beforeAll(async () => {
  hash = await hashPassword(password);
});
beforeEach(async () => {
  const user = await createUser({ email, name: 'Ada', isEmailVerified: true });
  getDb()
    .prepare('UPDATE users SET password_hash = ?, password_id = ? WHERE id = ?')
    .run(hash, 'first', user?.id);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A wrong password without the wait. */
function guessFast() {
  vi.spyOn(users, 'verifyPassword').mockResolvedValue(false);
}

describe('authorize', () => {
  test('answers with the row for its password, whatever the spelling of the address', async () => {
    const user = await verifyCredentials({ email: 'ADA@example.com', password }, from('192.0.2.1'));
    expect(user).toMatchObject({ id: findUserByEmail(email)?.id, email, name: 'Ada' });
  });

  test.each([
    ['a wrong password', { email, password: 'wrong' }],
    ['an unknown address', { email: 'x@example.com', password }],
    ["an owner's address without a row", { email: 'owner@example.com', password }],
    ['no password', { email }],
    ['nothing', undefined],
  ])('answers null for %s', async (_, given) => {
    expect(await verifyCredentials(given, from('192.0.2.1'))).toBeNull();
  });

  test.each([
    ['an address of 1.8 MB', { email: '\ufdfa'.repeat(600_000), password }],
    ['a password of 1.8 MB', { email, password: '\ufdfa'.repeat(600_000) }],
    ['a list for an address', { email: ['x'], password }],
    ['an object for a password', { email, password: { length: 5 } }],
    ['text', 'email=ada'],
  ])('looks no further at %s', async (_, given) => {
    const start = performance.now();
    expect(await verifyCredentials(given, from('192.0.2.1'))).toBeNull();
    expect(performance.now() - start).toBeLessThan(50);
    expect(getDb().prepare('SELECT count(*) FROM attempts').pluck().get()).toBe(0);
  });
});

describe('the limits', () => {
  test('stop one who guesses, with words of their own, and nobody else', async () => {
    const guesses = Array.from({ length: 12 }, () => signIn('198.51.100.6', 'wrong'));
    const answers = await Promise.allSettled(guesses);
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    await expect(signIn('198.51.100.6')).rejects.toThrow(/^TooManyAttempts$/);
    expect(await signIn('192.0.2.1')).not.toBeNull();
  });

  test('count failures alone: right passwords from one office are no tries', async () => {
    vi.spyOn(users, 'verifyPassword').mockResolvedValue(true);
    for (let i = 0; i < 60; i += 1) expect(await signIn('192.0.2.1')).not.toBeNull();
  });

  test('forget the failures after a right password, and after a reset', async () => {
    guessFast();
    for (let i = 0; i < 9; i += 1) await signIn('192.0.2.1');
    vi.restoreAllMocks();
    expect(await signIn('192.0.2.1')).not.toBeNull();
    guessFast();
    for (let i = 0; i < 10; i += 1) await signIn('192.0.2.1');
    await expect(signIn('192.0.2.1')).rejects.toThrow('TooManyAttempts');
    clearAttempts(email, '192.0.2.1');
    vi.restoreAllMocks();
    expect(await signIn('192.0.2.1')).not.toBeNull();
  });

  test('bound one address over all accounts, and an IPv6 network as one address', async () => {
    guessFast();
    const guess = (index: number) =>
      verifyCredentials({ email: `x${index}@example.com`, password }, from(`2001:db8:0:1::${index.toString(16)}`));
    for (let i = 0; i < 50; i += 1) expect(await guess(i)).toBeNull();
    await expect(guess(51)).rejects.toThrow('TooManyAttempts');
  });

  describe('over all addresses', () => {
    useMail();
    const guessFromEverywhere = async (count: number) => {
      guessFast();
      for (let i = 0; i < count; i += 1) await signIn(`198.51.${100 + (i % 100)}.${i}`).catch(() => undefined);
      vi.restoreAllMocks();
    };

    test('stop a botnet, tell the owner once, and leave the places alone where the owner was before', async () => {
      expect(await signIn('192.0.2.1')).not.toBeNull();
      await guessFromEverywhere(110);
      await expect(signIn('203.0.113.9')).rejects.toThrow('TooManyAttempts');
      expect(await signIn('192.0.2.1')).not.toBeNull();
      expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
        [email, 'Someone is trying to sign in to your A.I.M.S. account'],
      ]);
    });

    test('let the owner in from a new place after a reset', async () => {
      await guessFromEverywhere(101);
      clearAttempts(email, '203.0.113.9');
      expect(await signIn('203.0.113.9')).not.toBeNull();
    });

    test('are forgotten with a reset whose place nobody knows', async () => {
      await guessFromEverywhere(101);
      clearAttempts(email, undefined);
      expect(await signIn('203.0.113.9')).not.toBeNull();
    });

    test('count no try less for what was taken back at a place that they leave alone', async () => {
      clearAttempts(email, '192.0.2.1');
      for (let i = 0; i < 100; i += 1) beginSignIn(email, `198.51.100.${i}`);
      vi.spyOn(users, 'verifyPassword').mockRejectedValue(new Busy('full'));
      await expect(signIn('192.0.2.1')).rejects.toThrow(/^Busy$/);
      expect(beginSignIn(email, '203.0.113.9')).toBeUndefined();
    });

    test('tell nobody about an account that does not exist or was never confirmed', async () => {
      getDb().exec('UPDATE users SET email_verified_at = NULL');
      await guessFromEverywhere(110);
      expect(sent).toEqual([]);
    });
  });
});

describe('what is no wrong password', () => {
  test('is not counted and says so: too many who sign in', async () => {
    vi.spyOn(users, 'verifyPassword').mockRejectedValue(new Busy('full'));
    for (let i = 0; i < 12; i += 1) await expect(signIn('192.0.2.1')).rejects.toThrow(/^Busy$/);
    vi.restoreAllMocks();
    expect(await signIn('192.0.2.1')).not.toBeNull();
  });

  test('says that the database is away, and its cause to the log alone', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    closeDatabase();
    rmSync(path());
    mkdirSync(path());
    await expect(signIn('192.0.2.1')).rejects.toThrow(/^Unavailable$/);
    await expect(signIn('192.0.2.1')).rejects.toThrow(/^Unavailable$/);
    expect(logged.mock.calls).toEqual([[expect.any(String), expect.objectContaining({ code: 'EISDIR' })]]);
    expect(logged.mock.calls[0]?.[1]).toBeInstanceOf(Error);
    const google = { provider: 'google', type: 'oauth', providerAccountId: '1' } as const;
    const profile = { email, email_verified: true };
    expect(() => keepGoogleUser({ id: '1' }, google, profile, isOwner)).toThrow(/^Unavailable$/);
    vi.useRealTimers();
    rmSync(path(), { recursive: true });
  });
});

describe('the log of an outage', () => {
  test('has each kind of failure once a minute, and forgets kinds before they are many', () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    vi.useFakeTimers({ now: Date.now() + 7_200_000, toFake: ['Date'] });
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    for (const error of [full, full, new Error('no such table: users'), new Error('no such table: users'), 'text'])
      logOutage(error);
    expect(logged).toHaveBeenCalledTimes(3);
    vi.advanceTimersByTime(60_000);
    logOutage(full);
    expect(logged).toHaveBeenCalledTimes(4);
    for (let kind = 0; kind < 1000; kind += 1) logOutage(new Error(`kind ${kind}`));
    expect(logged.mock.calls.length).toBeLessThan(100);
    vi.useRealTimers();
  });
});

describe('who comes from a provider', () => {
  const account = { provider: 'google', type: 'oauth', providerAccountId: '1' } as const;
  const user = { id: '1', name: 'Grace', image: 'https://example.com/g.png' };
  const proven = (address: string) => ({ email: address, email_verified: true });

  test('gets a row if Google says that the address is theirs', () => {
    expect(keepGoogleUser(user, account, proven('Grace@example.com'), isOwner)).toBe(true);
    expect(findUserByEmail('grace@example.com')).toMatchObject({
      name: 'Grace',
      avatarUrl: user.image,
      emailVerifiedAt: expect.any(String),
    });
  });

  test.each([
    ['an address that is not proven', account, { email: 'g@example.com', email_verified: false }],
    ['an address of which nothing is said', account, { email: 'g@example.com' }],
    ['a word instead of yes', account, { email: 'g@example.com', email_verified: 'true' }],
    ['no address', account, { sub: '1', email_verified: true }],
    ['another provider', { ...account, provider: 'acme' }, { email: 'g@example.com', email_verified: true }],
  ])('is turned away with %s', (_, from, profile) => {
    expect(keepGoogleUser(user, from, profile, isOwner)).toBe(false);
    expect(findUserByEmail('g@example.com')).toBeUndefined();
  });

  test('is let pass with a password, which authorize has looked at', () => {
    expect(keepGoogleUser(user, { ...account, type: 'credentials' }, undefined, isOwner)).toBe(true);
  });

  describe('while sign-up is closed', () => {
    const arrive = (address: string) => keepGoogleUser(user, account, proven(address), isOwner);
    beforeEach(() => {
      vi.stubEnv('NODE_ENV', 'production');
      vi.stubEnv('SIGN_UP', '');
    });

    test('gets no account, and the code of the words that say why', async () => {
      await createUser({ email: 'typed@example.com', password });
      for (const address of ['grace@example.com', 'typed@example.com'])
        expect(() => arrive(address)).toThrow(/^SignUpClosed$/);
      expect(findUserByEmail('grace@example.com')).toBeUndefined();
      expect(findUserByEmail('typed@example.com')?.emailVerifiedAt).toBeNull();
      expect(signInMessage('SignUpClosed')).toBe('New accounts are not available right now.');
    });

    test('gets in with an account, and as an owner', () => {
      expect(arrive(email.toUpperCase())).toBe(true);
      expect(arrive('Owner@example.com')).toBe(true);
    });

    test('gets an account once the switch is open, though no mail can be sent', () => {
      vi.stubEnv('SIGN_UP', 'open');
      vi.stubEnv('RESEND_API_KEY', '');
      expect(arrive('grace@example.com')).toBe(true);
    });
  });

  test('does not lose a name', () => {
    const kept = keepVerifiedUser({ email, name: 'Other' });
    expect(kept.name).toBe('Ada');
  });
});

describe('an address', () => {
  const header = (headers: Record<string, string>) => (name: string) => headers[name];

  /** The address of a bridge or of a proxy, which stands for everybody behind it. */
  const nobody = (address: string): [string, undefined] => [address, undefined];

  test('is the one that the proxy wrote, not the one that the client claims', () => {
    expect(clientAddress(header({ 'x-forwarded-for': '9.9.9.9, 1.2.3.4' }))).toBe('1.2.3.4');
    expect(clientAddress(header({ 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '9.9.9.9' }))).toBe('1.2.3.4');
    expect(clientAddress(header({ 'x-real-ip': '1.2.3.4' }))).toBe('1.2.3.4');
    expect(clientAddress(header({}))).toBeUndefined();
  });

  test.each([
    ['1.2.3.4:5678', '1.2.3.4'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['172.15.0.1', '172.15.0.1'],
    ['172.32.0.1', '172.32.0.1'],
    ['100.63.255.255', '100.63.255.255'],
    ['100.128.0.1', '100.128.0.1'],
    ['fe00::1', 'fe00:0:0:0::/64'],
    ...['10.0.0.1', '172.16.0.1', '172.31.255.1:80', '192.168.1.1', '127.0.0.1', '169.254.1.1', '0.0.0.0', '100.64.0.1', '100.127.255.255'].map(nobody),
    ...['::ffff:172.18.0.1', '::', '::1', '[::1]:80', 'fc00::1', 'fdab:1::1', 'fe80::1%eth0', 'FEBF::1'].map(nobody),
    ['unknown', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s counts as %s', (given, counted) => {
    expect(clientAddress(header({ 'x-forwarded-for': given }))).toBe(counted);
  });
});
