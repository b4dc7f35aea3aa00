import { z } from 'zod';

/** Any JSON object, for a route whose fields nobody has written down yet. */
export const JsonObject = z.record(z.string(), z.unknown());
