/**
 * The lexical grammar of JavaScript as far as a scanner needs it to know what is code: where strings, comments, regular
 * expressions and type arguments end, and where an expression may start.
 */

const IDENTIFIER = /[\w$]/;

const CODE = '[^{}"\'`/<]*';
const STRING = String.raw`"[^"\\\n]*(?:\\[\s\S][^"\\\n]*){0,99}(?:"|\n|$)|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*){0,99}(?:'|\n|$)`;
const COMMENT = String.raw`//[^\n]*(?:\n|$)|/\*[^*]*\*+(?:[^/*][^*]*\*+){0,99}/`;
/**
 * Code with whole strings and comments, up to what may end or open something. An unclosed string ends with its line.
 * The stack of a match is finite, so that no part is repeated without end: a match may also stop before a string or a
 * comment.
 */
export const CODE_MARK = new RegExp(`${CODE}(?:(?:${STRING}|${COMMENT})${CODE}){0,99}[{}\`/<"']`, 'y');

const REST_OF_DOUBLE = /[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"?/y;
const REST_OF_SINGLE = /[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'?/y;

/** The offset after a quoted string that starts at `at`. An unclosed one ends with its line. */
export function afterString(text: string, at: number): number {
  const rest = text[at] === '"' ? REST_OF_DOUBLE : REST_OF_SINGLE;
  rest.lastIndex = at + 1;
  rest.test(text);
  return rest.lastIndex;
}

/** The offset after a comment that starts at `at`; `at` itself where none does. */
export function afterComment(text: string, at: number): number {
  if (text[at] !== '/') return at;
  if (text[at + 1] === '/') {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  if (text[at + 1] !== '*') return at;
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}

/** The offset after a regular expression that starts at `at`, flags included; `at` where the line ends first. */
export function afterRegExp(text: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < text.length; i += 1) {
    const c = text[i];
    if (c === '\n') return at;
    if (c === '\\') i += 1;
    else if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    else if (c === '/' && !inClass) {
      let end = i + 1;
      while (end < text.length && IDENTIFIER.test(text[end] ?? '')) end += 1;
      return end;
    }
  }
  return at;
}

/** Words after which an expression starts, so that `<` opens an element and `/` a regular expression. */
const BEFORE_EXPRESSION = new Set([
  'return',
  'default',
  'case',
  'yield',
  'await',
  'else',
  'do',
  'typeof',
  'void',
  'in',
  'of',
  'throw',
  'new',
  'delete',
]);

/**
 * Whether an expression may start at `at`, judged by what stands before it: not after a value (a name, a number,
 * a closing bracket), but after an operator, an opening bracket or a word such as `return`.
 */
export function startsExpression(text: string, at: number): boolean {
  const before = lastCodeBefore(text, at);
  const c = text[before];
  if (c === undefined) return true;
  if (IDENTIFIER.test(c)) return BEFORE_EXPRESSION.has(wordEndingAt(text, before));
  return !(c === ')' || c === ']' || c === '"' || c === "'" || c === '`' || c === '.');
}

/** The offset of the last character before `at` that is neither a blank nor in a comment; -1 where there is none. */
function lastCodeBefore(text: string, at: number): number {
  let before = at - 1;
  while (before >= 0) {
    const c = text[before] ?? '';
    if (c === '\n') before = lineCommentBefore(text, before) - 1;
    else if (c === ' ' || c === '\t' || c === '\r') before -= 1;
    else if (c === '/' && text[before - 1] === '*') before = text.lastIndexOf('/*', before - 2) - 1;
    else break;
  }
  return before;
}

/** Code of one line up to a comment that ends it: strings and short comments are skipped as a whole. */
const LINE_COMMENT =
  /^(?:[^"'`/\n]|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\\n])*`|\/\*.{0,200}?\*\/|\/(?![/*])){0,400}?\/\//;
const LONGEST_LINE = 400;

/** The offset of the comment that ends a line, or that of its line feed. */
function lineCommentBefore(text: string, newline: number): number {
  const start = text.lastIndexOf('\n', newline - 1) + 1;
  const line = text.slice(start, newline);
  if (!line.includes('//') || line.length > LONGEST_LINE) return newline;
  const code = LINE_COMMENT.exec(line);
  return code ? start + code[0].length - 2 : newline;
}

function wordEndingAt(text: string, end: number): string {
  let start = end;
  while (start > 0 && IDENTIFIER.test(text[start - 1] ?? '')) start -= 1;
  return text[start - 1] === '.' ? '' : text.slice(start, end + 1);
}

/** Blanks and comments, which may stand between attributes. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const c = text[at];
    if (c === ' ' || c === '\n' || c === '\t' || c === '\r') at += 1;
    else {
      const next = afterComment(text, at);
      if (next === at) return at;
      at = next;
    }
  }
  return at;
}

const LONGEST_ANGLES = 1000;

/** The offset after `<…>` type arguments; the end of the text where they do not close soon, and are none. */
export function afterAngles(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + LONGEST_ANGLES); at += 1) {
    if (text[at] === '<') depth += 1;
    if (text[at] === '>' && text[at - 1] !== '=') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
