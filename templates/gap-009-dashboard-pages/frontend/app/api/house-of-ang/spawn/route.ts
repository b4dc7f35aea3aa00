import { z } from 'zod';
import { admit } from '@/lib/api/guard';
import { proxyToBackend } from '@/lib/api-proxy';

const schema = z.object({
  name: z.string().trim().min(1, 'Give the agent a name.').max(100),
  title: z.string().trim().min(1, 'Say what the agent specializes in.').max(200),
  role: z.string().trim().min(1, 'Say when the agent is to be called.').max(500),
});

/** Adds an agent that carries out tasks, for everybody: for the owner only. */
export async function POST(request: Request) {
  const admitted = await admit(request, { name: 'spawn', schema, role: 'OWNER' });
  if (admitted.refused) return admitted.refused;
  const body = { ...admitted.input, type: 'EXECUTION' };
  return proxyToBackend({ path: '/house-of-ang/spawn', method: 'POST', body, requireOwner: true });
}
