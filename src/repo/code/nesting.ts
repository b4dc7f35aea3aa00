/**
 * The native parser descends by calls: code that is nested without end exhausts its stack and ends the process, and it
 * hands over each syntax error with the whole line. Both are bounded before anything is parsed. What is counted are
 * characters, also those in strings and comments, so this is a bound against accidents and no proof against a text that
 * was made to mislead it.
 */

/** Why a text must not be handed to the parser; undefined for nearly every text. */
export function refusalOf(text: string): string | undefined {
  if (text.length <= HARMLESS) return undefined;
  if (squaresOf(text) > MOST_SQUARES) return 'has lines that are too long to be parsed';
  const isSuspect = text.length > LONG || holdsMarks(text);
  const isNested = (isSuspect && isDeep(text)) || (text.length > LONGEST_PROSE && isEndless(text));
  return isNested ? 'is nested too deeply to be parsed' : undefined;
}

/** A text with fewer marks cannot be nested deeply enough to do harm, however they are put. */
const HARMLESS = 2500;
/** A longer one is looked at whatever it holds: sums and words go deep without a mark. */
const LONG = 30_000;
/** Characters of which each may open one more level: brackets, prefixes, arrows, branches, labels. */
const MARKS = new Set(Array.from('([{<`!~?:=@\\', (mark) => mark.charCodeAt(0)));
const IS_MARK = Uint8Array.from({ length: 128 }, (_, code) => Number(MARKS.has(code)));

/** A loop and no pattern, because it is asked of every file that is parsed. */
function holdsMarks(text: string): boolean {
  let marks = 0;
  for (let at = 0; at < text.length && marks <= HARMLESS; at += 1) {
    const code = text.charCodeAt(at);
    if (code < IS_MARK.length && IS_MARK[code] === 1) marks += 1;
  }
  return marks > HARMLESS;
}

const USUAL_LINE = 250;
/** The sum of the squares of the long lines: one of 20,000, or many that are shorter. */
const MOST_SQUARES = 400_000_000;

function squaresOf(text: string): number {
  let squares = 0;
  let start = 0;
  while (start + USUAL_LINE < text.length) {
    const end = text.lastIndexOf('\n', start + USUAL_LINE);
    if (end > start) start = end;
    else {
      const next = text.indexOf('\n', start + USUAL_LINE);
      const length = (next === -1 ? text.length : next) - start;
      squares += length ** 2;
      start += length;
    }
  }
  return squares;
}

/** Characters in a row without a sign that ends something: what follows each other are words such as `typeof`. */
const LONGEST_PROSE = 50_000;

function isEndless(text: string): boolean {
  return text.split(/[([{<`!~?:=@+*&|\\)\]}>;,.'"/-]/).some((words) => words.length > LONGEST_PROSE);
}

const SIGN = /[([{]|[)\]}]|[;,]|[<?:=@!~]|[-+*&|\\]|\b(?:else|if|for|while|do|with|const|let|var|export)\b/g;

function isDeep(text: string): boolean {
  const depth = new Depth();
  for (const [sign] of text.matchAll(SIGN)) {
    depth.add(sign);
    if (depth.isTooMuch) return true;
  }
  return false;
}

/** How many levels the code up to here may have opened, judged by its signs. */
class Depth {
  #brackets = 0;
  /** `a = b = c`, `a ? b : c`, `() => () =>`, `A<B<C`: each may be a level, until something ends the expression. */
  #chain = 0;
  /** `a + b`, `- -a`: levels that are passed more cheaply. */
  #sum = 0;
  /** `if (a) if (b)`, until a block ends. */
  #branches = 0;
  /** `else if` goes one level down each time. */
  #elses = 0;

  get isTooMuch(): boolean {
    return (
      this.#brackets > 1000 ||
      this.#chain > 2500 ||
      this.#sum > 10_000 ||
      this.#branches > 2000 ||
      this.#elses > 2000
    );
  }

  add(sign: string): void {
    if ('([{'.includes(sign)) this.#brackets += 1;
    else if (')]}'.includes(sign)) this.#brackets = Math.max(0, this.#brackets - 1);
    else if ('<?:=@!~'.includes(sign)) this.#chain += 1;
    else if ('-+*&|\\'.includes(sign)) this.#sum += 1;
    else if (BRANCH.has(sign)) this.#branches += 1;
    if (sign === 'else') this.#elses += 1;
    if (ENDS.has(sign)) this.#chain = this.#sum = 0;
    if (sign === '{' || sign === '}') this.#branches = 0;
  }
}

const BRANCH = new Set(['else', 'if', 'for', 'while', 'do', 'with']);
const ENDS = new Set([';', ',', '{', '}', 'const', 'let', 'var', 'export']);
