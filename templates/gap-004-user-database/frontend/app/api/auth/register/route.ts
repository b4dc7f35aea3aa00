import { NextResponse } from 'next/server';
import { z } from 'zod';
import { isOwnerEmail } from '@/lib/auth';
import { clientAddress } from '@/lib/client-address';
import { sendConfirmation } from '@/lib/confirmation-mail';
import { isWithinLimit } from '@/lib/db/attempts';
import { hashPassword } from '@/lib/db/password-hash';
import { createUser, EMAIL_MAX, type User } from '@/lib/db/users';
import { readJson } from '@/lib/json-body';
import { mayBecomeOwner } from '@/lib/owner-setup';
import { isEasyToGuess, PASSWORD_MAX, PASSWORD_MIN } from '@/lib/password-rule';
import { profileText } from '@/lib/profile-rule';
import { isSignUpOpen } from '@/lib/sign-up-switch';
import { orUnavailable } from '@/lib/unavailable';

const HOUR_MS = 60 * 60 * 1000;
const SIGN_UPS_PER_HOUR = 20;

const NO_NAME = 'Enter your name.';
const BAD_EMAIL = 'Enter a valid email address.';
const NO_PASSWORD = 'Enter a password.';
const NO_OBJECT = 'Send a JSON object.';

const Registration = z.object(
  {
    name: z
      .string({ required_error: NO_NAME, invalid_type_error: NO_NAME })
      .trim()
      .min(1, NO_NAME)
      .max(100, 'Use at most 100 characters for your name.'),
    email: z
      .string({ required_error: BAD_EMAIL, invalid_type_error: BAD_EMAIL })
      .trim()
      .max(EMAIL_MAX, BAD_EMAIL)
      .email(BAD_EMAIL),
    password: z
      .string({ required_error: NO_PASSWORD, invalid_type_error: NO_PASSWORD })
      .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters for the password.`)
      .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters for the password.`)
      .refine((password) => !isEasyToGuess(password), 'This password is easy to guess. Choose another one.'),
    workspaceName: profileText('the workspace name').optional(),
    industry: profileText('the industry').optional(),
    timezone: profileText('the time zone').optional(),
    setupToken: z.string().max(200, 'This setup link is not valid.').optional(),
  },
  { required_error: NO_OBJECT, invalid_type_error: NO_OBJECT },
);

type Registration = z.infer<typeof Registration>;

/**
 * Creates an account whose address still has to be confirmed. The statuses 201 and 409 reveal whether an address has
 * an account, as in any sign-up that explains failures. That is accepted; each visitor gets twenty attempts an hour.
 */
export function POST(request: Request) {
  return orUnavailable(async () => {
    const address = clientAddress((name) => request.headers.get(name));
    if (!isWithinLimit(`sign-up:${address}`, SIGN_UPS_PER_HOUR * (address ? 1 : 50), HOUR_MS))
      return refuse(429, 'Too many attempts. Try again in an hour.', { code: 'too_many_attempts' });
    const parsed = Registration.safeParse(await readJson(request));
    if (parsed.success) return register(parsed.data);
    const [issue] = parsed.error.issues;
    return refuse(400, issue?.message ?? 'Invalid input.', { field: issue?.path[0] });
  });
}

async function register({ setupToken, ...account }: Registration): Promise<NextResponse> {
  const isOwner = isOwnerEmail(account.email);
  if (isOwner && mayBecomeOwner(setupToken)) {
    const owner = await createUser({ ...account, role: 'OWNER', isEmailVerified: true });
    return owner ? NextResponse.json({ confirmationSent: false }, { status: 201 }) : taken();
  }
  if (setupToken !== undefined)
    return refuse(403, 'This setup link is not for this email address.', { code: 'bad_setup_token' });
  if (!isSignUpOpen()) return refuse(403, 'Sign-up is closed.', { code: 'sign_up_closed' });
  // An owner's address must not go to whoever types it first. Refuse it like a taken one, and just as slowly.
  const user = isOwner ? await nobody(account.password) : await createUser(account);
  if (!user) return taken();
  const confirmationSent = await sendConfirmation(user).then(
    () => true,
    () => false,
  );
  return NextResponse.json({ confirmationSent }, { status: 201 });
}

async function nobody(password: string): Promise<User | undefined> {
  await hashPassword(password);
  return undefined;
}

function taken(): NextResponse {
  const error = 'No account can be created for this address. If it is yours, sign in or reset your password.';
  return refuse(409, error, { code: 'taken' });
}

function refuse(status: number, error: string, more: { code?: string; field?: string | number }): NextResponse {
  return NextResponse.json({ error, ...more }, { status });
}
