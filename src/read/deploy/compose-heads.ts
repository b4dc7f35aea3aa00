import { escaped } from '../../repo/escaped.ts';
import type { ShellVariable } from './shell-words.ts';

/** The words in a script that start Docker Compose. */
export interface ComposeHead {
  readonly start: number;
  /** After the last of them: where options go. */
  readonly end: number;
  /** It stands in what another program is handed (`ssh host "…"`), so that it runs elsewhere. */
  readonly isQuoted: boolean;
}

const PROGRAM = String.raw`docker[ \t]+compose|docker-compose`;
const IS_PROGRAM = /^["']?(?:sudo[ \t]+)?(?:docker[ \t]+compose|docker-compose)\b/;
const BEFORE =
  /^(?:(?:sudo(?:[ \t]+-\w+)*|exec|time|command|nohup|env|then|do|else|elif|if|while|until|!|@)[ \t]+|[A-Za-z_]\w*=\S*[ \t]+)*$/;
const ELSEWHERE = /\bssh\w*\b|\b(?:ba|z)?sh[ \t]+-\w*c\b|\bsu[ \t]|\bdocker[ \t]+exec\b/;
const HEREDOC = /<<-?[ \t]*(["']?)(\w+)(?!\w)\1[^\n]*\n([\s\S]*?)\n[ \t]*\2[ \t]*(?=\n|$)/g;

/** Finds where a script calls Compose, by its name or by a variable that holds it; what is only printed is no call. */
export function headsIn(text: string, variables: readonly ShellVariable[]): readonly ComposeHead[] {
  const heredocs = [...text.matchAll(HEREDOC)].map((match) => ({
    start: match.index + match[0].indexOf('\n'),
    end: match.index + match[0].length,
    runs:
      ELSEWHERE.test(lineBefore(text, match.index)) || /\b(?:ba)?sh\b/.test(lineBefore(text, match.index)),
  }));
  return [...text.matchAll(headPattern(variables))].flatMap((match): ComposeHead[] => {
    const start = match.index;
    const head = { start, end: start + match[0].length };
    const around = heredocs.find((each) => start > each.start && start < each.end);
    if (around && !around.runs) return [];
    const quote = openQuote(lineBefore(text, start));
    if (quote !== undefined) return ELSEWHERE.test(quote) ? [{ ...head, isQuoted: true }] : [];
    return isCommand(text, start) ? [{ ...head, isQuoted: around !== undefined }] : [];
  });
}

function headPattern(variables: readonly ShellVariable[]): RegExp {
  const holding = [...new Set(variables.map(({ name }) => name))].filter((name) =>
    variables.every((each) => each.name !== name || (!each.isList && IS_PROGRAM.test(each.raw))),
  );
  const program = String.raw`(?<![\w./$-])(?:${PROGRAM})(?![\w.-])`;
  const held = holding.map((name) => String.raw`"?\$(?:\{${escaped(name)}\}|${escaped(name)}\b)"?`);
  return new RegExp([program, ...held].join('|'), 'g');
}

/** The line so far, with the lines that a backslash carries on to it. */
function lineBefore(text: string, offset: number): string {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  while (start > 1 && text[start - 2] === '\\') start = text.lastIndexOf('\n', start - 2) + 1;
  return text.slice(start, offset);
}

/** What stands before a quote that is still open; undefined where none is, or a `$(` has been opened inside of it. */
function openQuote(line: string): string | undefined {
  let open: number | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '\\') at += 1;
    else if (open === undefined && (character === '"' || character === "'")) open = at;
    else if (open !== undefined && character === line[open]) open = undefined;
    else if (open !== undefined && line[open] === '"' && line.startsWith('$(', at)) open = undefined;
  }
  return open === undefined ? undefined : line.slice(0, open);
}

/** Whether a word here is a command, and not one of what is printed or written down. */
export function isCalled(text: string, offset: number): boolean {
  return openQuote(lineBefore(text, offset)) === undefined && isCommand(text, offset);
}

/** Whether a command may start here: at the start of a line, behind `;`, `&&`, `|`, `(`, `{`, `=(`. */
function isCommand(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return BEFORE.test((line.split(/[;&|(){}`]/).at(-1) ?? '').trimStart());
}
