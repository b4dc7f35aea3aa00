import { admit } from '@/lib/api/guard';
import { proxyToBackend } from '@/lib/api-proxy';

export const dynamic = 'force-dynamic';

export async function GET(request: Request) {
  const admitted = await admit(request, { name: 'templates' });
  return admitted.refused ?? proxyToBackend({ path: '/templates' });
}
