import { z } from 'zod';

/** A line that a person may leave empty; an empty one is no value. */
export const profileText = z
  .string()
  .trim()
  .max(100, 'Use at most 100 characters.')
  .transform((value) => value || null);
