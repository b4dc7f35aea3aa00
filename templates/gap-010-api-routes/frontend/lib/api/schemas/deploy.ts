import { z } from 'zod';

/** The body of POST /api/deploy. */
export const DeployRequest = z.object({
  plugId: z.string().trim().min(1).max(100),
  projectName: z.string().trim().min(1).max(100).optional(),
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .max(253)
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'Enter a domain, such as example.com.')
    .optional(),
  provider: z.string().trim().min(1).max(50).optional(),
});
