import type { LoggerInstance } from 'next-auth';
import { SessionEnded } from '@/lib/auth-session';

/** What NextAuth itself warns of; anything else was posted to /api/auth/_log. */
const WARNINGS: readonly string[] = ['NEXTAUTH_URL', 'NO_SECRET', 'TWITTER_OAUTH_2_BETA', 'DEBUG_ENABLED'];

/** Errors whose text a visitor chose, with `?error=` in the address that a provider sends people back to. */
const visitors = new WeakSet<Error>();

/**
 * NextAuth's own failures as Errors, which error trackers take. With a logger NextAuth also writes what anybody posts
 * to /api/auth/_log: only what was thrown on this server is an Error, and only that is written.
 */
export const authLogger: Partial<LoggerInstance> = {
  error(code, metadata) {
    const error = metadata instanceof Error ? metadata : metadata?.error;
    if (!(error instanceof Error) || error instanceof SessionEnded || code === 'LOGGER_ERROR') return;
    if (code === 'OAUTH_CALLBACK_HANDLER_ERROR' && error !== metadata) visitors.add(error);
    if (visitors.has(error)) return;
    // A cookie that is old, damaged or signed with another secret: the visitor signs in again, nothing failed.
    // By its code: a build shortens the names of classes.
    const reason = 'code' in error ? String(error.code) : '';
    if (/^ERR_JW[TE]_/.test(reason)) console.warn(`[next-auth] ${code}: ${reason}`);
    else console.error(`[next-auth] ${code}`, error);
  },
  warn(code) {
    if (WARNINGS.includes(code)) console.warn(`[next-auth] ${code}`);
  },
};
