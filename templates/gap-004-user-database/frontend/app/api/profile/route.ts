import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { z } from 'zod';
import { authOptions } from '@/lib/auth';
import { findUserByEmail, updateProfile, type User } from '@/lib/db/users';
import { readJson } from '@/lib/json-body';
import { profileText } from '@/lib/profile-rule';
import { refusal } from '@/lib/session-refusal';
import { orUnavailable } from '@/lib/unavailable';

export const dynamic = 'force-dynamic';

const NO_OBJECT = 'Send a JSON object.';

/** Fields that are not listed here, such as role and email, cannot be changed. */
const Changes = z
  .object(
    {
      name: profileText('your name'),
      workspaceName: profileText('the workspace name'),
      industry: profileText('the industry'),
      timezone: profileText('the time zone'),
      avatarUrl: z
        .string({ invalid_type_error: 'Enter the address of your picture as text.' })
        .trim()
        .max(500, 'Use at most 500 characters for the address of your picture.')
        .refine((value) => value === '' || value.startsWith('https://'), 'Use an https:// address for your picture.')
        .transform((value) => value || null),
    },
    { required_error: NO_OBJECT, invalid_type_error: NO_OBJECT },
  )
  .partial();

export function GET() {
  return forUser((user) => answer(200, publicProfile(user)));
}

export function PATCH(request: Request) {
  return forUser(async (user) => {
    const parsed = Changes.safeParse(await readJson(request));
    if (parsed.success) return answer(200, publicProfile(updateProfile(user.id, parsed.data) ?? user));
    const [issue] = parsed.error.issues;
    return answer(400, { error: issue?.message ?? 'Invalid input.', field: issue?.path[0] });
  });
}

/** Responds with the signed-in user's row, and refuses everyone else. */
function forUser(respond: (user: User) => NextResponse | Promise<NextResponse>): Promise<NextResponse> {
  return orUnavailable(async () => {
    const session = await getServerSession(authOptions);
    const user = session?.user?.email ? findUserByEmail(session.user.email) : undefined;
    return user ? respond(user) : refusal(session) ?? answer(401, { error: 'Sign in first.', code: 'signed_out' });
  });
}

function publicProfile({ email, role, name, avatarUrl, workspaceName, industry, timezone }: User) {
  return { email, role, name, avatarUrl, workspaceName, industry, timezone };
}

/** The response is private: neither a proxy nor the browser of a shared computer may cache it. */
function answer(status: number, body: object): NextResponse {
  return NextResponse.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
}
