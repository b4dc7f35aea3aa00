/** A word of a shell command: its text as written, and where it stands. */
export interface ShellWord {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

const ENDS = /[\s;|&()<>]/;

/** The words of a simple command from an offset up to what ends it; a backslash carries it on to the next line. */
export function wordsFrom(text: string, from: number): readonly ShellWord[] {
  const words: ShellWord[] = [];
  for (let at = skipBlanks(text, from); at < text.length; at = skipBlanks(text, at)) {
    const end = endOfWord(text, at);
    if (end === at) break;
    words.push({ raw: text.slice(at, end), start: at, end });
    at = end;
  }
  return words;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || (text[at] === '\\' && text[at + 1] === '\n'))
    at += text[at] === '\\' ? 2 : 1;
  return at;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\\' && text[at + 1] !== '\n') at += 2;
    else if (character === '"' || character === "'") at = endOfQuote(text, at);
    else if (text.startsWith('$(', at)) at = endOfSubstitution(text, at);
    else if (text.startsWith('${', at)) at = endOfExpansion(text, at);
    else if (ENDS.test(character) || character === '\\') return at;
    else at += 1;
  }
  return text.length;
}

function endOfQuote(text: string, from: number): number {
  const quote = text[from] ?? '';
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === quote) return at + 1;
    if (quote === '"' && text[at] === '\\') at += 1;
  }
  return text.length;
}

function endOfSubstitution(text: string, from: number): number {
  let open = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '(') open += 1;
    if (text[at] === ')') open -= 1;
    if (open === 0) return at + 1;
  }
  return text.length;
}

function endOfExpansion(text: string, from: number): number {
  const end = text.indexOf('}', from);
  return end === -1 ? text.length : end + 1;
}

/** A variable of a script: the words that it is set to, and how. */
export interface ShellVariable {
  readonly name: string;
  /** As written behind the `=`; of a list, what stands between its brackets. */
  readonly raw: string;
  readonly start: number;
  readonly isList: boolean;
  readonly isExported: boolean;
}

const SETS =
  /(^|[;&|{(]|\b(?:then|do|else)\b)[ \t]*(export[ \t]+|readonly[ \t]+|declare[ \t]+(?:-\w+[ \t]+){0,9}|local[ \t]+)?([A-Za-z_]\w*)=/gm;

/** The variables that a script sets on lines of their own, in their order. */
export function variablesOf(text: string): readonly ShellVariable[] {
  return [...text.matchAll(SETS)].flatMap((match): ShellVariable[] => {
    const [whole, , keyword = '', name = ''] = match;
    const start = match.index + whole.length;
    const isList = text[start] === '(';
    const end = isList ? text.indexOf(')', start) : endOfWord(text, start);
    if (end === -1) return [];
    const raw = text.slice(isList ? start + 1 : start, end);
    // `A=b command` hands A to that command alone.
    const rest = isList ? '' : /^[ \t]*([^\n;&|#)}]*)/.exec(text.slice(end, end + 200))?.[1];
    const isAlone = rest === undefined || !/^[\w"'$./]/.test(rest) || /^[A-Za-z_]\w*=/.test(rest);
    return isAlone ? [{ name, raw, start, isList, isExported: /^export|-\w*x/.test(keyword) }] : [];
  });
}
