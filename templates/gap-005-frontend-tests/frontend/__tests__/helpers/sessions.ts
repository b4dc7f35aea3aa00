import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { encode } from 'next-auth/jwt';
import { getServerSession } from 'next-auth/next';
import { authOptions, isOwnerEmail } from '@/lib/auth';
import { tokenOfRow } from '@/lib/auth-session';

const COOKIE = 'next-auth.session-token';

/** The cookie of a user who has just signed in with this address. */
export function cookieOf(email: string): Promise<string> {
  const token = tokenOfRow({}, { email }, isOwnerEmail);
  return encode({ token, secret: String(authOptions.secret) });
}

/** The session that the app sees for a cookie, and the cookie that the browser keeps ('' if it was deleted). */
export async function visit(cookie: string) {
  const request = Object.assign(new IncomingMessage(new Socket()), { cookies: { [COOKIE]: cookie } });
  const response = new ServerResponse(request);
  const session = await getServerSession(request, response, authOptions);
  const answered = String(response.getHeader('Set-Cookie') ?? `${COOKIE}=${cookie}`);
  const kept = new RegExp(`${COOKIE}=([^;,]*)`).exec(answered)?.[1] ?? '';
  return { session, cookie: kept };
}
