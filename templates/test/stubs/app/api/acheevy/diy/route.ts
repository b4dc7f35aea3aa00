import { admit } from '@/lib/api/guard';
import { DIY_MAX_BYTES, DiyRequest } from '@/lib/api/schemas/diy';
import { proxyToBackend } from '@/lib/api-proxy';

/** Stands for the target's own route, as the gap leaves it. */
export async function POST(request: Request) {
  const admitted = await admit(request, { name: 'diy', schema: DiyRequest, perMinute: 20, maxBytes: DIY_MAX_BYTES });
  if (admitted.refused) return admitted.refused;
  return proxyToBackend({ path: '/diy/chat', body: admitted.input });
}
