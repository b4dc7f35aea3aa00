import type { DefaultSession, Session } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import { findUserByEmail, findUserById, type Role, setRole, type User } from '@/lib/db/users';
import { oncePerRequest } from '@/lib/once-per-request';
import { logOutage } from '@/lib/unavailable';

declare module 'next-auth' {
  interface Session {
    /** The address of someone who signed in without having confirmed it. There is no `user` then. */
    unconfirmedEmail?: string;
    /** The users database is unavailable. There is no `user` then. */
    isUnavailable?: boolean;
  }
}

/** The session is over because the account is gone or its password changed. That is no failure, so it is not logged. */
export class SessionEnded extends Error {}

/** Who is signing in, with the id of the password if one was required. */
interface SignedIn {
  readonly email?: string | null;
  readonly passwordId?: string | null;
}

/** Returns whether an address belongs to an owner of the platform. */
type OwnerRule = (email: string) => boolean;

/**
 * The jwt callback: refreshes the token from the user's row on every request. Throwing is NextAuth 4's only way to end
 * a session, and it deletes the cookie, so a failing database must not throw here. Like any stateless token, one that
 * was copied before sign-out stays valid for its 30 days; a new password invalidates it.
 */
export function tokenOfRow(token: JWT, signedIn: SignedIn | undefined, isOwner: OwnerRule): JWT {
  const found = lookUp(token, signedIn, isOwner);
  if (found === 'unavailable') {
    if (signedIn) throw new Error('Unavailable');
    return { ...token, isUnavailable: true };
  }
  if (found === 'nobody') throw new SessionEnded('The account is gone');
  const { id, name, email, avatarUrl, passwordId } = found;
  if (isOfOldPassword(token, signedIn, found)) throw new SessionEnded('The password has changed');
  return {
    ...token,
    sub: id,
    userId: id,
    role: found.role,
    name,
    email,
    picture: avatarUrl,
    passwordId,
    isEmailVerified: found.emailVerifiedAt !== null,
    isUnavailable: undefined,
  };
}

function isOfOldPassword(token: JWT, signedIn: SignedIn | undefined, { passwordId }: User): boolean {
  if (!signedIn) return token.passwordId !== passwordId;
  // Google sign-ins involve no password.
  return signedIn.passwordId !== undefined && signedIn.passwordId !== passwordId;
}

interface AppSession extends DefaultSession {
  user?: DefaultSession['user'] & { id: string; role: Role };
  unconfirmedEmail?: string;
  isUnavailable?: boolean;
}

/**
 * The session callback. Sets `user` only if the address is confirmed and the database is available, so every existing
 * check for a user refuses all other sessions.
 */
export function sessionOfToken({ expires }: Pick<Session, 'expires'>, token: JWT): AppSession {
  if (token.isUnavailable) return { expires, isUnavailable: true };
  if (token.isEmailVerified !== true) return { expires, unconfirmedEmail: token.email ?? undefined };
  const { name, email, picture } = token;
  const role = token.role === 'OWNER' ? 'OWNER' : 'USER';
  return { expires, user: { id: String(token.userId), role, name, email, image: picture } };
}

type Found = User | 'nobody' | 'unavailable';

/** A request may read the session more than once and must get the same result each time. */
const rowOf = oncePerRequest((id) => orOutage(() => findUserById(id)));

function lookUp(token: JWT, signedIn: SignedIn | undefined, isOwner: OwnerRule): Found {
  const found = signedIn
    ? orOutage(() => findUserByEmail(signedIn.email ?? ''))
    : rowOf(String(token.userId));
  return typeof found === 'string' ? found : withRole(found, isOwner);
}

function orOutage(find: () => User | undefined): Found {
  try {
    return find() ?? 'nobody';
  } catch (error) {
    logOutage(error);
    return 'unavailable';
  }
}

/**
 * The only place that decides roles: an owner is on the list of owners and has confirmed the address. The column just
 * mirrors this for people who read the table. It grants nothing, and failing to write it (full disk) revokes nothing.
 */
function withRole(user: User, isOwner: OwnerRule): User {
  const role = user.emailVerifiedAt !== null && isOwner(user.email) ? 'OWNER' : 'USER';
  if (role === user.role) return user;
  try {
    setRole(user.id, role);
  } catch (error) {
    logOutage(error);
  }
  return { ...user, role };
}
