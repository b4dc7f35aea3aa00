import type { Account, Profile as ProviderProfile, User as SessionUser } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit, resetLimit } from '@/lib/db/attempts';
import {
  findUserByEmail,
  findUserById,
  keepVerifiedUser,
  normaliseEmail,
  setRole,
  verifyPassword,
} from '@/lib/db/users';
import { PASSWORD_MAX } from '@/lib/password-rule';

const WINDOW_MS = 15 * 60 * 1000;
const TRIES_PER_ACCOUNT = 10;
const TRIES_PER_ADDRESS = 50;

interface Request {
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Whether an address belongs to an owner of the platform. */
type OwnerRule = (email: string) => boolean;

/** What authorize() answers: the row whose password this is, or null, which NextAuth turns into 401. */
export async function verifyCredentials(
  given: Partial<Record<'email' | 'password', string>> | undefined,
  request: Request,
  isOwner: OwnerRule,
): Promise<SessionUser | null> {
  if (!given?.email || !given.password || given.password.length > PASSWORD_MAX) return null;
  const email = normaliseEmail(given.email);
  const address = clientAddress((name) => {
    const value = request.headers?.[name];
    return typeof value === 'string' ? value : undefined;
  });
  // By address too: nobody locks somebody else out by typing wrong passwords for them.
  const key = `sign-in:${address}:${email}`;
  const isAllowed =
    isWithinLimit(`sign-in:${address}`, TRIES_PER_ADDRESS, WINDOW_MS) &&
    isWithinLimit(key, TRIES_PER_ACCOUNT, WINDOW_MS);
  if (!isAllowed) return null;
  const user = findUserByEmail(email);
  if (!(await verifyPassword(user, given.password)) || !user) return null;
  resetLimit(key);
  setRole(user.id, user.emailVerifiedAt && isOwner(user.email) ? 'OWNER' : 'USER');
  return { id: user.id, name: user.name, email: user.email, image: user.avatarUrl };
}

/** The signIn callback: who comes from Google gets a row, if Google says that the address is theirs. */
export function keepGoogleUser(
  user: SessionUser,
  account: Account | null,
  profile: ProviderProfile | undefined,
  isOwner: OwnerRule,
): boolean {
  if (account?.type === 'credentials') return true;
  const isVerified = profile !== undefined && 'email_verified' in profile && profile.email_verified === true;
  if (account?.provider !== 'google' || !profile?.email || !isVerified) return false;
  keepVerifiedUser({
    email: profile.email,
    name: user.name,
    avatarUrl: user.image,
    role: isOwner(profile.email) ? 'OWNER' : 'USER',
  });
  return true;
}

/**
 * The jwt callback: id, role and name are those of the row, each time; who is taken off the list of owners is none
 * from then on. Throwing ends the session, NextAuth 4 has no other way: one without a row, or from before the
 * present password, ends here.
 */
export function tokenOfRow(
  token: JWT,
  signedIn: { readonly email?: string | null } | undefined,
  isOwner: OwnerRule,
): JWT {
  const user = signedIn ? findUserByEmail(signedIn.email ?? '') : findUserById(String(token.userId));
  if (!user) throw new Error('The session belongs to nobody');
  if (!signedIn && token.passwordChangedAt !== user.passwordChangedAt)
    throw new Error('The session is older than the password');
  const { id, name, email, avatarUrl, passwordChangedAt } = user;
  const role = user.role === 'OWNER' && isOwner(email) ? 'OWNER' : 'USER';
  return { ...token, sub: id, userId: id, role, name, email, picture: avatarUrl, passwordChangedAt };
}
