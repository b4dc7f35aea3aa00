// @vitest-environment node
import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { authLogger } from '../../gap-004-user-database/frontend/lib/auth-log.ts';
import { sessionOfToken, tokenOfRow } from '../../gap-004-user-database/frontend/lib/auth-session.ts';
import { keepGoogleUser, verifyCredentials } from '../../gap-004-user-database/frontend/lib/auth-users.ts';
import { hashPassword } from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';
import {
  createUser,
  findUserByEmail,
  markOwnEmailVerified,
  setPassword,
  setPasswordHash,
} from '../../gap-004-user-database/frontend/lib/db/users.ts';
import * as users from '../../gap-004-user-database/frontend/lib/db/users.ts';
import { useFreshDatabase } from './fresh-database.ts';

const { path } = useFreshDatabase();
const email = 'ada@example.com';
const password = 'a password of Ada';

/** What the edited file of the target says. */
const options: NextAuthOptions = {
  secret: 'a secret of this test',
  session: { strategy: 'jwt' },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: (credentials, request) => verifyCredentials(credentials, request),
    }),
  ],
  logger: authLogger,
  callbacks: {
    signIn: ({ user, account, profile }) => keepGoogleUser(user, account, profile, () => false),
    jwt: ({ token, user }) => tokenOfRow(token, user, () => false),
    session: ({ session, token }) => sessionOfToken(session, token),
  },
};

let hash = '';
beforeAll(async () => {
  hash = await hashPassword(password);
});
beforeEach(async () => {
  vi.stubEnv('NEXTAUTH_URL', 'http://localhost:3000');
  const user = await createUser({ email, name: 'Ada' });
  setPasswordHash(user?.id ?? '', hash);
});

type Cookies = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly body: { readonly url?: string; readonly csrfToken?: string; readonly user?: object };
  /** Those of the request, and what the answer set. */
  readonly cookies: Cookies;
}

/** Asks NextAuth without a server around it. */
async function ask(action: string, cookies: Cookies = {}, body?: object): Promise<Answer> {
  const answer: { status: number; body: Answer['body']; lines: string[] } = { status: 200, body: {}, lines: [] };
  const send = (sent: Answer['body']) => {
    answer.body = sent;
  };
  const response = {
    status(status: number) {
      answer.status = status;
      return response;
    },
    getHeader: () => answer.lines,
    setHeader(name: string, lines: string[]) {
      if (name === 'Set-Cookie') answer.lines = lines;
    },
    send,
    json: send,
  };
  const method = body ? 'POST' : 'GET';
  const headers = { 'x-forwarded-for': '192.0.2.1' };
  const request = { method, headers, cookies, body, query: { nextauth: action.split('/') } };
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, options);
  const set = answer.lines.map((line) => line.split(';')[0]?.split('=') ?? []);
  return {
    status: answer.status,
    body: answer.body,
    cookies: { ...cookies, ...Object.fromEntries(set.map(([name, value]) => [name, decodeURIComponent(value ?? '')])) },
  };
}

/** Signs in as the form does. */
async function signIn(given = password) {
  const { body, cookies } = await ask('csrf');
  const fields = { email, password: given, csrfToken: body.csrfToken, json: 'true' };
  const answer = await ask('callback/credentials', cookies, fields);
  const error = new URL(answer.body.url ?? '', 'http://localhost:3000').searchParams.get('error');
  return { cookies: answer.cookies, status: answer.status, error };
}

async function sessionOf(cookies: Cookies) {
  const { body, cookies: after } = await ask('session', cookies);
  const { expires: _, ...session } = { expires: undefined, ...body };
  return { session, cookies: after };
}

describe('NextAuth', () => {
  test('hands the form the three answers apart, and no cause', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    expect(await signIn('wrong')).toMatchObject({ status: 401, error: 'CredentialsSignin' });
    renameSync(dirname(path()), `${dirname(path())}-aside`);
    expect(await signIn()).toMatchObject({ status: 401, error: 'Unavailable' });
    renameSync(`${dirname(path())}-aside`, dirname(path()));
    await Promise.all(Array.from({ length: 10 }, () => signIn('wrong')));
    expect(await signIn()).toMatchObject({ status: 401, error: 'TooManyAttempts' });
  });

  test('shows no user before the address is confirmed, and the same cookie shows one afterwards', async () => {
    const { cookies } = await signIn();
    const before = await sessionOf(cookies);
    expect(before.session).toEqual({ unconfirmedEmail: email });
    markOwnEmailVerified(findUserByEmail(email)?.id ?? '');
    expect((await sessionOf(before.cookies)).session).toMatchObject({ user: { email, name: 'Ada', role: 'USER' } });
  });

  test('keeps the cookie while the database is away', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    markOwnEmailVerified(findUserByEmail(email)?.id ?? '');
    const { cookies } = await signIn();
    renameSync(dirname(path()), `${dirname(path())}-aside`);
    const during = await sessionOf(cookies);
    expect(during.session).toEqual({ isUnavailable: true });
    expect(during.cookies['next-auth.session-token']).toMatch(/./);
    renameSync(`${dirname(path())}-aside`, dirname(path()));
    expect((await sessionOf(during.cookies)).session).toMatchObject({ user: { email } });
  });

  test('ends a session with the password that opened it, without a word in the log', async () => {
    const logged = [vi.spyOn(console, 'error').mockReturnValue(), vi.spyOn(console, 'warn').mockReturnValue()];
    const { cookies } = await signIn();
    await setPassword(findUserByEmail(email)?.id ?? '', 'a new password');
    const after = await sessionOf(cookies);
    expect(after.session).toEqual({});
    expect(after.cookies['next-auth.session-token']).toBe('');
    for (const spy of logged) expect(spy).not.toHaveBeenCalled();
  });

  test('opens no session for an old password that a new one overtakes', async () => {
    const { verifyPassword } = users;
    vi.spyOn(users, 'verifyPassword').mockImplementationOnce(async (user, given) => {
      const isRight = await verifyPassword(user, given);
      setPasswordHash(user?.id ?? '', await hashPassword('a new password'));
      return isRight;
    });
    const { cookies, status, error } = await signIn();
    expect({ status, error }).toEqual({ status: 401, error: 'CredentialsSignin' });
    expect(cookies['next-auth.session-token']).toBeUndefined();
  });

  test('writes nothing that strangers post to its log', async () => {
    const logged = [vi.spyOn(console, 'error').mockReturnValue(), vi.spyOn(console, 'warn').mockReturnValue()];
    for (const level of ['error', 'warn', 'nonsense', '__proto__']) {
      await ask('_log', {}, { level, code: 'FORGED', message: 'a line of a stranger', stack: 'x' });
    }
    for (const spy of logged) expect(spy).not.toHaveBeenCalled();
  });
});
