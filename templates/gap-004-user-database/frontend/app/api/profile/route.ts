import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { z } from 'zod';
import { authOptions } from '@/lib/auth';
import { findUserByEmail, updateProfile, type User } from '@/lib/db/users';

export const dynamic = 'force-dynamic';

/** An empty field is no value. */
const text = z
  .string()
  .trim()
  .max(100, 'At most 100 characters.')
  .transform((value) => value || null);

/** What is not named here cannot be changed: neither role nor address. */
const Changes = z
  .object({
    name: text,
    workspaceName: text,
    industry: text,
    timezone: text,
    avatarUrl: z
      .string()
      .trim()
      .max(500)
      .refine((value) => value === '' || value.startsWith('https://'), 'An avatar is an https:// address.')
      .transform((value) => value || null),
  })
  .partial();

export async function GET() {
  const user = await currentUser();
  return user ? NextResponse.json(publicProfile(user)) : unauthorised();
}

export async function PATCH(request: Request) {
  const user = await currentUser();
  if (!user) return unauthorised();
  const parsed = Changes.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success)
    return NextResponse.json({ error: parsed.error.issues[0]?.message ?? 'Invalid input' }, { status: 400 });
  const updated = updateProfile(user.id, parsed.data);
  return updated ? NextResponse.json(publicProfile(updated)) : unauthorised();
}

async function currentUser(): Promise<User | undefined> {
  const session = await getServerSession(authOptions);
  return session?.user?.email ? findUserByEmail(session.user.email) : undefined;
}

function publicProfile({ email, role, name, avatarUrl, workspaceName, industry, timezone }: User) {
  return { email, role, name, avatarUrl, workspaceName, industry, timezone };
}

function unauthorised() {
  return NextResponse.json({ error: 'Sign in first.' }, { status: 401 });
}
