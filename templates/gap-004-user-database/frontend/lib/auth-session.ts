import type { DefaultSession, Session } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import { findUserByEmail, findUserById, type Role, setRole, type User } from '@/lib/db/users';
import { oncePerRequest } from '@/lib/once-per-request';
import { logOutage } from '@/lib/unavailable';

declare module 'next-auth' {
  interface Session {
    /** The address of somebody who signed in and has not confirmed it; there is no `user` then. */
    unconfirmedEmail?: string;
    /** The users' database does not answer; there is no `user` then. */
    isUnavailable?: boolean;
  }
}

/** A session that is over: the account is gone or has another password. Nothing failed, so nothing is logged. */
export class SessionEnded extends Error {}

/** Who signs in; with the id of the password where one was asked for. */
interface SignedIn {
  readonly email?: string | null;
  readonly passwordId?: string | null;
}

/** Whether an address belongs to an owner of the platform. */
type OwnerRule = (email: string) => boolean;

/**
 * The jwt callback: the token says what the row says, with every request. Throwing ends the session, NextAuth 4 has
 * no other way, and deletes the cookie; so a database that fails must not throw here. A token that was copied before
 * somebody signed out stays good for its 30 days, as every stateless one: a new password ends it.
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
  // Nobody who comes from Google was asked for a password.
  return signedIn.passwordId !== undefined && signedIn.passwordId !== passwordId;
}

interface AppSession extends DefaultSession {
  user?: DefaultSession['user'] & { id: string; role: Role };
  unconfirmedEmail?: string;
  isUnavailable?: boolean;
}

/**
 * The session callback. There is a `user` only for somebody whose address is proven, while the database answers:
 * every check of the app that asks for one refuses the others by itself.
 */
export function sessionOfToken({ expires }: Pick<Session, 'expires'>, token: JWT): AppSession {
  if (token.isUnavailable) return { expires, isUnavailable: true };
  if (token.isEmailVerified !== true) return { expires, unconfirmedEmail: token.email ?? undefined };
  const { name, email, picture } = token;
  const role = token.role === 'OWNER' ? 'OWNER' : 'USER';
  return { expires, user: { id: String(token.userId), role, name, email, image: picture } };
}

type Found = User | 'nobody' | 'unavailable';

/** A session is read more than once in a request, and has to be the same each time. */
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
 * The one place that decides about roles: an owner is on the list of owners and has proven the address. The column
 * follows, for whoever reads the table; nobody becomes an owner by it, and a full disk keeps nobody from being one.
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
