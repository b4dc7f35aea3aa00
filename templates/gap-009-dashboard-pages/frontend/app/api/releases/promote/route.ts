import { z } from 'zod';
import { admit } from '@/lib/api/guard';
import { proxyToBackend } from '@/lib/api-proxy';

const environment = z.enum(['development', 'staging', 'production']);
const schema = z.object({
  release: z.string({ required_error: 'There is no release to promote there.' }).min(1).max(100),
  from: environment,
  to: environment,
});

/** Moves a release on to the next environment: for the owner only. */
export async function POST(request: Request) {
  const admitted = await admit(request, { name: 'promote', schema, role: 'OWNER' });
  if (admitted.refused) return admitted.refused;
  const { release, ...body } = admitted.input;
  const path = `/releases/${encodeURIComponent(release)}/promote`;
  return proxyToBackend({ path, method: 'POST', body, requireOwner: true });
}
