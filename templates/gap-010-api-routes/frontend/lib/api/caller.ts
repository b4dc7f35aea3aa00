import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { z } from 'zod';
import { refuse } from '@/lib/api/answers';
import { authOptions } from '@/lib/auth';
import { refusal } from '@/lib/session-refusal';

const Caller = z.object({ id: z.string(), email: z.string(), name: z.string().nullish(), role: z.string() });

/** Who is signed in. */
export type Caller = z.infer<typeof Caller>;

/** The person whose session comes with the current request, or the response to everyone else. */
export async function findCaller(): Promise<Caller | NextResponse> {
  const session = await getServerSession(authOptions);
  const caller = Caller.safeParse(session?.user);
  return caller.success ? caller.data : refusal(session) ?? refuse(401, 'Sign in first.', 'signed_out');
}
