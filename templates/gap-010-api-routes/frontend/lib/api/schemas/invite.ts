import { z } from 'zod';
import { PASSWORD_MAX, PASSWORD_MIN, isEasyToGuess } from '@/lib/password-rule';

/** RFC 5321 allows no longer addresses. */
const EMAIL_MAX = 254;
const BAD_EMAIL = 'Enter a valid email address.';
const NO_NAME = 'Enter your name.';
const BAD_LINK = 'This link is incomplete.';
const NO_PASSWORD = 'Enter a password.';

/** The body of POST and DELETE /api/invite. */
export const Invitation = z.object({
  email: z
    .string({ required_error: BAD_EMAIL, invalid_type_error: BAD_EMAIL })
    .trim()
    .max(EMAIL_MAX, BAD_EMAIL)
    .email(BAD_EMAIL),
});

/** The body of POST /api/invite/accept. */
export const Acceptance = z.object({
  token: z.string({ required_error: BAD_LINK, invalid_type_error: BAD_LINK }).min(1, BAD_LINK).max(200, BAD_LINK),
  name: z
    .string({ required_error: NO_NAME, invalid_type_error: NO_NAME })
    .trim()
    .min(1, NO_NAME)
    .max(100, 'Use at most 100 characters for your name.'),
  password: z
    .string({ required_error: NO_PASSWORD, invalid_type_error: NO_PASSWORD })
    .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters for the password.`)
    .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters for the password.`)
    .refine((password) => !isEasyToGuess(password), 'This password is easy to guess. Choose another one.'),
});
