import {
  isNameAlone,
  isPasswordName,
  isRequestPart,
  isSecretName,
  isSecretParameter,
  isSecretPhrase,
} from '@/lib/error-tracking/secret-names';
import { isOdd, isSentenceWord } from '@/lib/error-tracking/sentence-words';

export const HIDDEN = '[secret]';

/** `name=`, `"name": `, `name => `. */
const ASSIGNED = /^(?:\\{0,7}["'`]\]?|\])?[ \t]{0,3}(?::=|[=-]>|→|[:=](?![=>]))[ \t]{0,4}/;
/** `Headers {`, `Map(2) {`. */
const CLASS = /^[A-Z]\w{0,40}(?:\(\d+\))? ?(?=[[{])/;
/** After the name in `['password', 'abc']` and `{ name: 'password', value: 'abc' }`. */
const LISTED = /^\\{0,7}["'`]\s{0,4},\s{0,4}(?:\\{0,7}["'`]?value\\{0,7}["'`]?\s{0,3}:\s{0,3})?(?=\\{0,7}["'`])/;
/** After a field name in a multipart body. */
const PART = /^"?\r?\n(?:[\w-]+:[^\n]{0,80}\n)?\r?\n/;
/** `token abc123`, `token is abc123`. */
const NEXT_WORD = /^ (?:is |was )?[<(]?([^\s"'`<>(),;]{6,})/;
/** `password "abc"`, `token was 'abc'`, up to the quote. */
const NEXT_QUOTED = /^ (?:(?:is|was|of) )?(?:set to |still )?[<(]?(?=\\{0,7}["'`“‘„«]\S)/;
/** `API_KEY is changeme`, for names in capitals. */
const STATED = /^ (?:is|was) (?:set to |still )?[<(]?([^\s"'`<>(),;]+)/;
const CAPITALS = /(?:^|\.)[A-Z][A-Z\d_]*$/;
/** Typographic opening quotes and their closing quotes. */
const CLOSING = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['„', '“'],
  ['«', '»'],
]);
/** A path, a URL or a position in a file, as in `at getSession file:///app/x.js:1:2`. */
const PLACE = /^[./]|:\/\/|:\d+(?::\d+)?$/;
/** A long random word within the next few words. */
const RANDOM = /^[^\n]{0,40}?[^\w-]([\w-]{20,})(?![\w-]*\.[a-z])/;
/** Placeholders for values that were hidden or not printed. */
const MARK = '\\[(?:secret|email|ip|filtered|redacted|object(?: object)?|array)\\]';
/** Values that reveal nothing. */
const HARMLESS = new RegExp(`^(?:null|undefined|true|false|NaN|none|\\*+|${MARK})[,;.)\\]}]*$`, 'i');
const SCHEME = /^(?:bearer|basic|digest|negotiate|token)$/i;
/** Headers whose value runs to the end of the line. */
const WHOLE_LINE = /(?:authorization|cookie)$/i;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A word of the text that may name a secret. */
interface Name {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The previous word, if only a space separates the two. */
  readonly before: string;
  /** Whether it is in the query or fragment of a URL. */
  readonly isParameter: boolean;
}

/**
 * Hides the values of secrets in `name=value`, `"name": "value"`, `--name value`, and the like. Goes from word to word
 * in one pass, because a regular expression that starts with a name of any length takes quadratic time.
 */
export function scrubPairs(text: string): string {
  const words = /[\w.$-]+/g;
  let clean = '';
  let from = 0;
  let before = '';
  for (let match = words.exec(text); match; match = words.exec(text)) {
    const [word] = match;
    const name = {
      word,
      start: match.index,
      end: words.lastIndex,
      before,
      isParameter: /[?&#;]/.test(text.charAt(match.index - 1)),
    };
    const isSecret = isRequestPart(word) || isSecretName(word) || isSecretPhrase(`${before} ${word}`);
    const value = isSecret || (name.isParameter && isSecretParameter(word)) ? valueOf(text, name) : undefined;
    before = text[name.end] === ' ' ? word : '';
    if (!value || value.start === value.end || HARMLESS.test(text.slice(value.start, value.end))) continue;
    clean += text.slice(from, value.start) + HIDDEN;
    from = value.end;
    words.lastIndex = value.end;
  }
  return clean + text.slice(from);
}

function valueOf(text: string, name: Name): Range | undefined {
  const rest = text.slice(name.end, name.end + 160);
  const assigned = ASSIGNED.exec(rest)?.[0];
  if (assigned !== undefined) return assignedValue(text, name, assigned);
  if (isRequestPart(name.word)) return undefined;
  const listed = LISTED.exec(rest)?.[0];
  if (listed !== undefined) return listedValue(text, name.end + listed.length);
  const part = PART.exec(rest)?.[0];
  if (part !== undefined) return until(text, name.end + part.length, /[\r\n]/);
  if (name.word.startsWith('--') && /^ [^\s-]/.test(rest))
    return enclosed(text, name.end + 1) ?? until(text, name.end + 1, /\s/);
  if (text[name.start - 1] === '<' && rest[0] === '>') return until(text, name.end + 1, /</);
  return quotedNext(text, name, rest) ?? statedValue(name, rest) ?? looseValue(name.end, rest);
}

function assignedValue(text: string, name: Name, separator: string): Range | undefined {
  const start = name.end + separator.length;
  const type = CLASS.exec(text.slice(start, start + 80))?.[0] ?? '';
  const held = enclosed(text, start + type.length);
  if (held || isRequestPart(name.word)) return held;
  if (separator.includes(':') && WHOLE_LINE.test(name.word)) return until(text, start, /[\r\n"'`]/);
  const range = until(text, start, name.isParameter ? /[\s"'`<>&#]/ : /[\s"'`<>]/);
  const value = text.slice(range.start, range.end);
  // A number after `tokens` is a language model's token count.
  if (/tokens$/i.test(name.word) && /^\d+\W*$/.test(value)) return undefined;
  if (SCHEME.test(value)) return { start, end: until(text, range.end + 1, /[\s"'`<>]/).end };
  // Prose such as "Invalid token: expected 64 characters" contains no value.
  const first = /^([a-z]{1,16}) \w/.exec(text.slice(start, start + 20))?.[1];
  const isProse = separator.endsWith(': ') && first !== undefined && isSentenceWord(first);
  return isProse && !isPasswordName(name.word) ? undefined : range;
}

/** The next item of a list, unless it is a name too. */
function listedValue(text: string, start: number): Range | undefined {
  const range = enclosed(text, start);
  return range && !isNameAlone(text.slice(range.start, range.end)) ? range : undefined;
}

/** What is enclosed in quotes or brackets; undefined if neither opens here. */
function enclosed(text: string, start: number): Range | undefined {
  const opener = /^\\{0,7}["'`]/.exec(text.slice(start, start + 8))?.[0];
  if (opener !== undefined) return quoted(text, start + opener.length, opener);
  const closing = CLOSING.get(text.charAt(start));
  // Inside a word, the same character is an apostrophe.
  if (closing !== undefined) return until(text, start + 1, new RegExp(`${closing}(?![a-z])`, 'i'));
  return /[[{]/.test(text.charAt(start)) ? bracketed(text, start) : undefined;
}

/** Ends at a quote with no more backslashes than the opening one, or at the end of a truncated text. */
function quoted(text: string, start: number, opener: string): Range {
  const depth = opener.length - 1;
  const quote = opener.charAt(depth);
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes <= depth) return { start, end: at - slashes };
  }
  return { start, end: text.length };
}

function bracketed(text: string, start: number): Range {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (/["'`]/.test(sign)) at = quoted(text, at + 1, sign).end;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth === 0) return { start, end: at + 1 };
  }
  return { start, end: text.length };
}

function until(text: string, start: number, stop: RegExp): Range {
  const length = text.slice(start).search(stop);
  return { start, end: length === -1 ? text.length : start + length };
}

/** What follows a name in quotes (`password "abc"`), unless it is a name too. */
function quotedNext(text: string, name: Name, rest: string): Range | undefined {
  const gap = NEXT_QUOTED.exec(rest)?.[0];
  const range = gap === undefined ? undefined : listedValue(text, name.end + gap.length);
  // Parsers quote the code that they read: Unexpected token 'export'.
  const isSyntax = range && /^(?:un)?expected$/i.test(name.before) && !isOdd(text.slice(range.start, range.end));
  return isSyntax ? undefined : range;
}

/** A name in capitals is a setting. Any word may be its value, unless the word describes the setting's state. */
function statedValue(name: Name, rest: string): Range | undefined {
  const stated = CAPITALS.test(name.word) ? STATED.exec(rest) : null;
  if (stated?.[1] === undefined || isSentenceWord(stated[1])) return undefined;
  return { start: name.end + stated[0].length - stated[1].length, end: name.end + stated[0].length };
}

/** What follows a name in prose (`token 9f86d081`), unless it is an ordinary word. */
function looseValue(end: number, rest: string): Range | undefined {
  const next = NEXT_WORD.exec(rest);
  if (next?.[1] !== undefined && isOdd(next[1]) && !PLACE.test(next[1]))
    return { start: end + next[0].length - next[1].length, end: end + next[0].length };
  const random = RANDOM.exec(rest);
  if (random?.[1] === undefined || !isRandom(random[1])) return undefined;
  return { start: end + random[0].length - random[1].length, end: end + random[0].length };
}

function isRandom(value: string): boolean {
  return (
    /^[\da-f-]+$/i.test(value) ||
    (/\d/.test(value) && /[a-z]/i.test(value) && (!/[-_]/.test(value) || /[A-Z]/.test(value)))
  );
}
