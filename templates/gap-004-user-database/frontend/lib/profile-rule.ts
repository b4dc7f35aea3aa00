import { z } from 'zod';

const LONGEST = 100;

/** A line that a person may leave empty; an empty one is no value. Refusals say which line it is: "your name". */
export function profileText(which: string) {
  return z
    .string({ required_error: `Enter ${which}.`, invalid_type_error: `Enter ${which} as text.` })
    .trim()
    .max(LONGEST, `Use at most ${LONGEST} characters for ${which}.`)
    .transform((value) => value || null);
}
