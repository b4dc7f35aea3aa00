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
  'q1w2e3r4t5y6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn',
].flatMap((run) => [run, run.split('').reverse().join('')]);
const FEW_CHARACTERS = 3;
/** How many characters people append to a sequence to make it long enough. */
const APPENDED: readonly number[] = [0, 1, 2, 3];
/** The symbols on the digit keys of a US keyboard, from 0 to 9. */
const SHIFTED = ')!@#$%^&*(';

/** Whether a password, despite its length, is among the first that an attacker would try. */
export function isEasyToGuess(password: string): boolean {
  // Anything longer is refused anyway.
  if (password.length > PASSWORD_MAX) return false;
  const text = withoutRepetition(password.toLowerCase());
  return new Set(text).size <= FEW_CHARACTERS || isRun(text) || COMMON.includes(wordIn(text));
}

/** One half of `passwordpassword`. */
function withoutRepetition(text: string): string {
  const half = text.slice(0, text.length / 2);
  return half + half === text ? half : text;
}

function isRun(text: string): boolean {
  const keys = text.replace(/[)!@#$%^&*(]/g, (symbol) => String(SHIFTED.indexOf(symbol)));
  const isPart = (part: string) => RUNS.some((run) => run.includes(part));
  return APPENDED.some((count) => [text, keys].some((each) => isPart(each.slice(0, each.length - count))));
}

/** The word behind a variation such as `P@ssw0rd123!`. Letters of other alphabets are letters. */
function wordIn(text: string): string {
  return text
    .replace(/^[\x00-`{-\x7f]+|[\x00-`{-\x7f]+$/g, '')
    .replace(/[@4]/g, 'a')
    .replace(/[1!]/g, 'i')
    .replace(/0/g, 'o')
    .replace(/3/g, 'e')
    .replace(/[$5]/g, 's');
}
