import { z } from 'zod';

/** What stands for a key that is set. It tells nothing of it, not even its length. */
const HIDDEN = '••••••••';

const ApiKey = z
  .object({
    id: z.string(),
    label: z.string().optional(),
    scope: z.string().optional(),
    configured: z.boolean(),
  })
  .transform((key) => ({ ...key, masked: key.configured ? HIDDEN : '' }));

/** The answer of GET /api/admin/api-keys. Drops every other field of what it is given: they may hold pieces of a key. */
export const ApiKeyList = z.object({ keys: z.array(ApiKey) });
