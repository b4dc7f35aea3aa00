import { NextResponse } from 'next/server';
import type { z } from 'zod';
import { refuse } from '@/lib/api/answers';
import { isSameOrigin } from '@/lib/api/same-origin';
import { Acceptance } from '@/lib/api/schemas/invite';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit } from '@/lib/db/attempts';
import { returnInvitation, takeInvitation } from '@/lib/db/invitations';
import { createUser } from '@/lib/db/users';
import { readJson } from '@/lib/json-body';
import { orUnavailable } from '@/lib/unavailable';

const HOUR_MS = 60 * 60 * 1000;
const TRIES_PER_HOUR = 20;

/**
 * Creates the account that an invitation is for. The link came by email, which proves the address, so this needs no
 * session, and the account replaces an unconfirmed one that somebody else may have made.
 */
export function POST(request: Request) {
  return orUnavailable(async () => {
    if (!isSameOrigin(request)) return refuse(403, 'This request comes from another site.', 'other_origin');
    const address = clientAddress((name) => request.headers.get(name));
    if (!isWithinLimit(`accept-invitation:${address}`, TRIES_PER_HOUR * (address ? 1 : 50), HOUR_MS))
      return refuse(429, 'Too many attempts. Try again in an hour.', 'too_many_attempts', { retryAfter: 3600 });
    const parsed = Acceptance.safeParse(await readJson(request));
    if (parsed.success) return accept(parsed.data);
    const details = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    const isLink = details.some(({ path }) => path === 'token');
    return refuse(400, details[0]?.message ?? 'Invalid input.', isLink ? 'bad_link' : 'invalid_input', { details });
  });
}

async function accept({ token, name, password }: z.infer<typeof Acceptance>): Promise<NextResponse> {
  const email = takeInvitation(token);
  if (email === undefined)
    return refuse(400, 'This invitation has expired or was already used. Ask for a new one.', 'bad_link');
  try {
    const user = await createUser({ email, name, password, isEmailVerified: true });
    if (!user) return refuse(409, 'This address has an account already. Sign in instead.', 'has_account');
    return NextResponse.json({ email }, { status: 201, headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    returnInvitation(token);
    throw error;
  }
}
