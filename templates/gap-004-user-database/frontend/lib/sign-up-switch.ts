import { canMailLinks } from '@/lib/mail';

/**
 * Whether the operator wants new accounts: SIGN_UP=open or closed. Without it sign-up is open in development and closed
 * in production. It decides for Google accounts too; owners get in regardless.
 */
export function isSignUpWanted(): boolean {
  const isProduction = process.env.NODE_ENV === 'production';
  return (process.env.SIGN_UP || (isProduction ? 'closed' : 'open')) === 'open';
}

/** Whether strangers may sign up with a password: in production only while a confirmation can be mailed. */
export function isSignUpOpen(): boolean {
  return isSignUpWanted() && canMailLinks();
}
