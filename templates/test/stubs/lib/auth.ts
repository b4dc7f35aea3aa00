import type { NextAuthOptions } from 'next-auth';

/** Stands for the target's own file, which the templates import. */
export const authOptions: NextAuthOptions = { providers: [] };

export function isOwnerEmail(email: string | null | undefined): boolean {
  return email === 'owner@example.com';
}
