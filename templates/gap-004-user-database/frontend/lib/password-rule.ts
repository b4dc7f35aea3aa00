/**
 * What matters is length, and that the password is not a commonly used one (NIST SP 800-63B). The maximum keeps
 * hashing cheap. Any character is allowed.
 */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

/** Words that top lists of stolen passwords; people add digits and symbols to them. */
const COMMON: readonly string[] = (
  'password passwort passphrase qwerty azerty letmein welcome iloveyou changeme admin administrator superuser secret ' +
  'trustno monkey dragon master football baseball basketball superman batman starwars sunshine princess michael ' +
  'jennifer computer internet whatever shadow pokemon liverpool chelsea google facebook linkedin minecraft samsung'
).split(' ');
/** Sequences that are easy to type: keyboard rows and columns, the alphabet, digits in order. */
const RUNS: readonly string[] = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn',
].flatMap((run) => [run, run.split('').reverse().join('')]);
const FEW_CHARACTERS = 3;

/** Whether a password, despite its length, is among the first that an attacker would try. */
export function isEasyToGuess(password: string): boolean {
  const plain = password.toLowerCase();
  return (
    new Set(plain).size <= FEW_CHARACTERS ||
    RUNS.some((run) => run.includes(plain)) ||
    COMMON.includes(wordIn(plain))
  );
}

/** The word behind a variation such as `P@ssw0rd123!`. */
function wordIn(text: string): string {
  return text
    .replace(/^[^a-z]+|[^a-z]+$/g, '')
    .replace(/[@4]/g, 'a')
    .replace(/[1!]/g, 'i')
    .replace(/0/g, 'o')
    .replace(/3/g, 'e')
    .replace(/[$5]/g, 's');
}
