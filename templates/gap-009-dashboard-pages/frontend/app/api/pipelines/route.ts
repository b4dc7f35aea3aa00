import { admit } from '@/lib/api/guard';
import { proxyToBackend } from '@/lib/api-proxy';

export const dynamic = 'force-dynamic';

export async function GET(request: Request) {
  const admitted = await admit(request, { name: 'pipelines' });
  return admitted.refused ?? proxyToBackend({ path: '/pipelines' });
}
