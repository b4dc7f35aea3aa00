import { canMailLinks } from '@/lib/mail';

/**
 * Whether the operator wants new accounts: SIGN_UP=open or closed. By default, sign-up is open in development and
 * closed in production. This applies to Google accounts too; owners can always sign up.
 */
export function isSignUpWanted(): boolean {
  const isProduction = process.env.NODE_ENV === 'production';
  return (process.env.SIGN_UP || (isProduction ? 'closed' : 'open')) === 'open';
}

/** Whether anyone may sign up with a password. In production, confirmation emails have to work for that. */
export function isSignUpOpen(): boolean {
  return isSignUpWanted() && canMailLinks();
}
