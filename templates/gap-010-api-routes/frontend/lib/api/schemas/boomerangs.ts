import { z } from 'zod';

/** The query of GET /api/boomerangs, which takes no parameters. */
export const BoomerangQuery = z.object({});
