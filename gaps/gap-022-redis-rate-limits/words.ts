/** Words without which no text limits requests. */
export const SAYS_LIMIT = /rate.?limit|\b429\b|too.?many|throttl/i;

/** Libraries whose names say it otherwise. As more alternatives of the pattern they would cost twice. */
const LIBRARIES = ['@arcjet/', '@vercel/firewall', '@trpc-limiter', '-slow-down', '-brute'];

/** Whether a text may hold a limiter: asked of every file of a server, and hardly one says yes. */
export function mayLimit(text: string): boolean {
  return SAYS_LIMIT.test(text) || LIBRARIES.some((name) => text.includes(name));
}
