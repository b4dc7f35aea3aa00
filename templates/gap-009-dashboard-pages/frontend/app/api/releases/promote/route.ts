import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { z } from 'zod';
import { proxyToBackend } from '@/lib/api-proxy';
import { authOptions } from '@/lib/auth';

const environment = z.enum(['development', 'staging', 'production']);
const promotion = z.object({
  release: z.string({ required_error: 'There is no release to promote there.' }).min(1).max(100),
  from: environment,
  to: environment,
});

/** Moves a release on to the next environment: for the owner only. */
export async function POST(request: Request) {
  const session = await getServerSession(authOptions);
  if (!session?.user) return NextResponse.json({ error: 'Unauthorized' }, { status: 401 });
  const asked = promotion.safeParse(await request.json().catch(() => undefined));
  if (!asked.success) {
    const details = asked.error.issues;
    return NextResponse.json(
      { error: details[0]?.message ?? 'Bad request', code: 'invalid_input', details },
      { status: 400 },
    );
  }
  const { release, from, to } = asked.data;
  return proxyToBackend({
    path: `/releases/${encodeURIComponent(release)}/promote`,
    method: 'POST',
    body: { from, to },
    requireOwner: true,
  });
}
