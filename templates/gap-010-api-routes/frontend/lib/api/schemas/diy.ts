import { z } from 'zod';

/** The body of POST /api/acheevy/diy. A photo is a data URL of at most 10 MB. */
export const DiyRequest = z.object({
  sessionId: z.string().max(128).optional(),
  projectId: z.string().max(128).optional(),
  message: z.string().trim().min(1).max(32_000),
  imageBase64: z.string().max(14_000_000).nullish(),
  mode: z.string().max(32).optional(),
});

/** The largest body of POST /api/acheevy/diy: a photo and a message. */
export const DIY_MAX_BYTES = 15 * 1024 * 1024;
