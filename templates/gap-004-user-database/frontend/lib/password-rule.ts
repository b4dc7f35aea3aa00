/** Length is what counts (NIST SP 800-63B); the upper end keeps hashing cheap. Any character is allowed. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;
