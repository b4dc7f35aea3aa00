import { admit } from '@/lib/api/guard';
import { DeployRequest } from '@/lib/api/schemas/deploy';
import { proxyToBackend } from '@/lib/api-proxy';

/** Stands for the target's own route, as the gap leaves it. */
export async function POST(request: Request) {
  const admitted = await admit(request, { name: 'deploy', schema: DeployRequest, perMinute: 10 });
  if (admitted.refused) return admitted.refused;
  return proxyToBackend({ path: '/deploy', body: admitted.input });
}
