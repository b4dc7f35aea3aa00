import { admit } from '@/lib/api/guard';
import { CloneRequest, SuggestionQuery } from '@/lib/api/schemas/make-it-mine';
import { proxyToBackend } from '@/lib/api-proxy';

/** Stands for the target's own route, as the gap leaves it. */
export async function POST(request: Request) {
  const admitted = await admit(request, { name: 'make-it-mine', schema: CloneRequest, perMinute: 10 });
  if (admitted.refused) return admitted.refused;
  return proxyToBackend({ path: '/make-it-mine/clone', body: admitted.input });
}

export async function GET(request: Request) {
  const admitted = await admit(request, { name: 'make-it-mine', schema: SuggestionQuery });
  if (admitted.refused) return admitted.refused;
  return proxyToBackend({ path: `/make-it-mine/suggest?${new URLSearchParams(admitted.input)}` });
}
