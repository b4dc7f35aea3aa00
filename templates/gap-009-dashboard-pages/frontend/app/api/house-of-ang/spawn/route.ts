import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { z } from 'zod';
import { proxyToBackend } from '@/lib/api-proxy';
import { authOptions } from '@/lib/auth';

const agent = z.object({
  name: z.string().trim().min(1, 'Give the agent a name.').max(100),
  title: z.string().trim().min(1, 'Say what the agent specializes in.').max(200),
  role: z.string().trim().min(1, 'Say when the agent is to be called.').max(500),
});

/** Adds an agent that carries out tasks, for everybody: for the owner only. */
export async function POST(request: Request) {
  const session = await getServerSession(authOptions);
  if (!session?.user) return NextResponse.json({ error: 'Unauthorized' }, { status: 401 });
  const asked = agent.safeParse(await request.json().catch(() => undefined));
  if (!asked.success) {
    const details = asked.error.issues;
    return NextResponse.json(
      { error: details[0]?.message ?? 'Bad request', code: 'invalid_input', details },
      { status: 400 },
    );
  }
  return proxyToBackend({
    path: '/house-of-ang/spawn',
    method: 'POST',
    body: { ...asked.data, type: 'EXECUTION' },
    requireOwner: true,
  });
}
