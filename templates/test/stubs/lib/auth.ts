import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { sessionOfToken, tokenOfRow } from '@/lib/auth-session';
import { keepGoogleUser, verifyCredentials } from '@/lib/auth-users';

/** Stands for the target's own file, which the templates import, as the gap leaves it. */
export const authOptions: NextAuthOptions = {
  secret: process.env.NEXTAUTH_SECRET,
  session: { strategy: 'jwt' },
  providers: [
    Credentials({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: (given, request) => verifyCredentials(given, request),
    }),
  ],
  callbacks: {
    signIn: ({ user, account, profile }) => keepGoogleUser(user, account, profile, isOwnerEmail),
    jwt: ({ token, user }) => tokenOfRow(token, user, isOwnerEmail),
    session: ({ session, token }) => sessionOfToken(session, token),
  },
};

export function isOwnerEmail(email: string | null | undefined): boolean {
  return email === (process.env.OWNER_EMAILS ?? 'owner@example.com');
}
