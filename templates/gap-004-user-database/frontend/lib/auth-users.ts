import type { Account, Profile as ProviderProfile, User as SessionUser } from 'next-auth';
import { z } from 'zod';
import { clientAddress } from '@/lib/client-address';
import { Busy } from '@/lib/db/password-hash';
import {
  EMAIL_MAX,
  findUserByEmail,
  findUserById,
  keepVerifiedUser,
  normalizeEmail,
  type User,
  verifyPassword,
} from '@/lib/db/users';
import { PASSWORD_MAX } from '@/lib/password-rule';
import { beginSignIn, cancelSignIn, clearAttempts } from '@/lib/sign-in-limits';
import { isSignUpWanted } from '@/lib/sign-up-switch';
import { logOutage } from '@/lib/unavailable';

/** Checks lengths before anything else, even rate limiting and Unicode normalization, touches the input. */
const Credentials = z.object({
  email: z.string().min(1).max(EMAIL_MAX),
  password: z.string().min(1).max(PASSWORD_MAX),
});

interface Request {
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Includes the id of the matched password for tokenOfRow(): a reset may come before the session is written. */
interface VerifiedUser extends SessionUser {
  readonly passwordId: User['passwordId'];
}

class TooManyAttempts extends Error {}

/**
 * The result of authorize(): the user whose password this is, or null for a wrong one. NextAuth passes an error's
 * message to the form as `error`, with status 401: TooManyAttempts, Busy, or Unavailable, never the cause.
 */
export async function verifyCredentials(given: unknown, request: Request): Promise<VerifiedUser | null> {
  const parsed = Credentials.safeParse(given);
  if (!parsed.success) return null;
  const address = clientAddress((name) => {
    const value = request.headers?.[name];
    return typeof value === 'string' ? value : undefined;
  });
  try {
    return await signIn(normalizeEmail(parsed.data.email), parsed.data.password, address);
  } catch (error) {
    if (error instanceof TooManyAttempts) throw new Error('TooManyAttempts');
    if (error instanceof Busy) throw new Error('Busy');
    logOutage(error);
    throw new Error('Unavailable');
  }
}

async function signIn(email: string, password: string, address: string | undefined): Promise<VerifiedUser | null> {
  const counted = beginSignIn(email, address);
  if (!counted) throw new TooManyAttempts();
  try {
    const user = findUserByEmail(email);
    if (!(await verifyPassword(user, password)) || !user) return null;
    const { id, name, avatarUrl, passwordId } = user;
    // Hashing is slow; a reset in the meantime makes this an old password.
    if (findUserById(id)?.passwordId !== passwordId) return null;
    cancelSignIn(counted);
    clearAttempts(email, address);
    return { id, name, email: user.email, image: avatarUrl, passwordId };
  } catch (error) {
    // This was no wrong guess, so it does not count.
    cancelSignIn(counted);
    throw error;
  }
}

/**
 * The signIn callback: stores a user who comes from Google if Google has verified their address. While sign-up is
 * closed, only owners get a new account. NextAuth passes an error's message to its error page as `error`.
 */
export function keepGoogleUser(
  user: SessionUser,
  account: Account | null,
  profile: ProviderProfile | undefined,
  isOwner: (email: string) => boolean,
): boolean {
  if (account?.type === 'credentials') return true;
  const isVerified = profile !== undefined && 'email_verified' in profile && profile.email_verified === true;
  if (account?.provider !== 'google' || !profile?.email || !isVerified) return false;
  const email = normalizeEmail(profile.email);
  if (!mayEnter(email, isOwner)) throw new Error('SignUpClosed');
  return orOutage(() => {
    keepVerifiedUser({ email, name: user.name, avatarUrl: user.image });
    return true;
  });
}

function mayEnter(email: string, isOwner: (email: string) => boolean): boolean {
  return isSignUpWanted() || isOwner(email) || orOutage(() => Boolean(findUserByEmail(email)?.emailVerifiedAt));
}

function orOutage(work: () => boolean): boolean {
  try {
    return work();
  } catch (error) {
    logOutage(error);
    throw new Error('Unavailable');
  }
}
