import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { refuse } from '@/lib/api/answers';
import { ApiKeyList } from '@/lib/api/schemas/api-keys';
import { askUpstream, upstreamFailure, upstreamRefusal } from '@/lib/api/upstream';
import { authOptions } from '@/lib/auth';

/** Stands for the target's own route, as the gap leaves it. */
export async function GET() {
  const session = await getServerSession(authOptions);
  if (!session?.user) return refuse(401, 'Unauthorized', 'signed_out');
  if (!('role' in session.user) || session.user.role !== 'OWNER') return refuse(403, 'Forbidden', 'wrong_role');
  try {
    const response = await askUpstream('http://gateway:3001/admin/api-keys');
    if (!response.ok) return upstreamRefusal(response);
    return NextResponse.json(ApiKeyList.parse(await response.json()));
  } catch (error) {
    return upstreamFailure(error);
  }
}
