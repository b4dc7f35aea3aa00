import { createHash, timingSafeEqual } from 'node:crypto';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import { isOwnerEmail } from '@/lib/auth';
import { clientAddress } from '@/lib/client-address';
import { isWithinLimit } from '@/lib/db/attempts';
import { hashPassword } from '@/lib/db/password-hash';
import { createUser, findUserByEmail, hasPassword, markEmailVerified, setPassword, setRole } from '@/lib/db/users';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/password-rule';

const HOUR_MS = 60 * 60 * 1000;
const SIGN_UPS_PER_HOUR = 20;

const Registration = z.object({
  name: z.string().trim().min(1, 'Tell us your name.').max(100, 'That name is too long.'),
  email: z.string().trim().max(254).email('That is no e-mail address.'),
  password: z
    .string()
    .min(PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`)
    .max(PASSWORD_MAX, `A password has at most ${PASSWORD_MAX} characters.`),
  setupToken: z.string().max(200).optional(),
});

export async function POST(request: Request) {
  const address = clientAddress((name) => request.headers.get(name));
  if (!isWithinLimit(`sign-up:${address}`, SIGN_UPS_PER_HOUR, HOUR_MS))
    return NextResponse.json({ error: 'Too many attempts. Try again in an hour.' }, { status: 429 });
  const parsed = Registration.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success)
    return NextResponse.json({ error: parsed.error.issues[0]?.message ?? 'Invalid input' }, { status: 400 });
  const { setupToken, ...account } = parsed.data;
  const isDone = isOwnerEmail(account.email)
    ? await createOwner(account, setupToken)
    : (await createUser(account)) !== undefined;
  if (!isDone) {
    const error = 'No account could be created for this address. If it is yours, sign in instead.';
    return NextResponse.json({ error }, { status: 409 });
  }
  return NextResponse.json({ ok: true }, { status: 201 });
}

/**
 * An owner's address is not given to whoever types it first: it takes the token that only the operator of the
 * server knows, once. Without the token the answer is that of an address that is taken.
 */
async function createOwner(
  account: { readonly name: string; readonly email: string; readonly password: string },
  token: string | undefined,
): Promise<boolean> {
  if (!mayBecomeOwner(token)) {
    // Only so that this answer takes as long as the others.
    await hashPassword(account.password);
    return false;
  }
  const known = findUserByEmail(account.email);
  if (!known) return (await createUser({ ...account, role: 'OWNER', isEmailVerified: true })) !== undefined;
  if (known.emailVerifiedAt && hasPassword(known.id)) return false;
  await setPassword(known.id, account.password);
  markEmailVerified(known.id);
  setRole(known.id, 'OWNER');
  return true;
}

function mayBecomeOwner(token: string | undefined): boolean {
  if (process.env.NODE_ENV !== 'production') return true;
  const expected = process.env.OWNER_SETUP_TOKEN;
  if (!expected || expected.length < 32 || token === undefined) return false;
  return timingSafeEqual(digest(token), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
