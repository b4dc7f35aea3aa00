import { admit } from '@/lib/api/guard';
import { proxyToBackend } from '@/lib/api-proxy';

/** Stands for the target's own route, as the gap leaves it. */
export async function GET(request: Request) {
  const admitted = await admit(request, { name: 'boomerangs' });
  if (admitted.refused) return admitted.refused;
  return proxyToBackend({ path: '/boomerangs' });
}
