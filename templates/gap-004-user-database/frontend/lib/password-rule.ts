/**
 * Length is what counts, and that the password is none of those that are tried first (NIST SP 800-63B). The upper end
 * keeps hashing cheap. Any character is allowed.
 */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

/** Words that lists of stolen passwords begin with; people add digits and signs to them. */
const COMMON: readonly string[] = (
  'password passwort passphrase qwerty azerty letmein welcome iloveyou changeme admin administrator superuser secret ' +
  'trustno monkey dragon master football baseball basketball superman batman starwars sunshine princess michael ' +
  'jennifer computer internet whatever shadow pokemon liverpool chelsea google facebook linkedin minecraft samsung'
).split(' ');
/** What fingers find by themselves: rows and columns of a keyboard, the alphabet, counting. */
const RUNS: readonly string[] = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn',
].flatMap((run) => [run, run.split('').reverse().join('')]);
const FEW_CHARACTERS = 3;

/** Whether a password is long enough and still among the first that somebody would try. */
export function isEasyToGuess(password: string): boolean {
  const plain = password.toLowerCase();
  return (
    new Set(plain).size <= FEW_CHARACTERS ||
    RUNS.some((run) => run.includes(plain)) ||
    COMMON.includes(wordIn(plain))
  );
}

/** The word of `P@ssw0rd123!`. */
function wordIn(text: string): string {
  return text
    .replace(/^[^a-z]+|[^a-z]+$/g, '')
    .replace(/[@4]/g, 'a')
    .replace(/[1!]/g, 'i')
    .replace(/0/g, 'o')
    .replace(/3/g, 'e')
    .replace(/[$5]/g, 's');
}
