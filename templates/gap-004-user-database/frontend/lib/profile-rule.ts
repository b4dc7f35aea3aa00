import { z } from 'zod';

const LONGEST = 100;

/** An optional line of text; an empty one is stored as null. `which` names the field in errors, e.g. "your name". */
export function profileText(which: string) {
  return z
    .string({ required_error: `Enter ${which}.`, invalid_type_error: `Enter ${which} as text.` })
    .trim()
    .max(LONGEST, `Use at most ${LONGEST} characters for ${which}.`)
    .transform((value) => value || null);
}
