import type { LoggerInstance } from 'next-auth';
import { SessionEnded } from '@/lib/auth-session';

/** The warnings that NextAuth itself emits; anything else was posted to /api/auth/_log. */
const WARNINGS: readonly string[] = ['NEXTAUTH_URL', 'NO_SECRET', 'TWITTER_OAUTH_2_BETA', 'DEBUG_ENABLED'];

/** Errors whose text a visitor chose, with `?error=` in the address that a provider sends people back to. */
const visitors = new WeakSet<Error>();

/**
 * Logs NextAuth's own failures as Errors, so that error trackers report them. NextAuth passes a custom logger whatever
 * anyone posts to /api/auth/_log as well. Only what this server threw is an Error, so only Errors are logged.
 */
export const authLogger: Partial<LoggerInstance> = {
  error(code, metadata) {
    const error = metadata instanceof Error ? metadata : metadata?.error;
    if (!(error instanceof Error) || error instanceof SessionEnded || code === 'LOGGER_ERROR') return;
    if (code === 'OAUTH_CALLBACK_HANDLER_ERROR' && error !== metadata) visitors.add(error);
    if (visitors.has(error)) return console.warn(`[next-auth] ${code}`);
    // The cookie is old, damaged, or signed with another secret: the visitor signs in again, and nothing failed.
    // Check the code, because builds minify class names.
    const reason = 'code' in error ? String(error.code) : '';
    if (/^ERR_JW[TE]_/.test(reason)) console.warn(`[next-auth] ${code}: ${reason}`);
    else console.error(`[next-auth] ${code}`, error);
  },
  warn(code) {
    if (WARNINGS.includes(code)) console.warn(`[next-auth] ${code}`);
  },
};
