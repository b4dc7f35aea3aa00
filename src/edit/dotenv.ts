import { escaped } from '../repo/escaped.ts';
import { insertion, NOTHING_TO_DO, type Spans } from './outcome.ts';
import { appendBlock, type Line, linesOf } from './text.ts';

/** A variable for an env example file. */
export interface EnvVariable {
  readonly name: string;
  readonly value: string;
  /** What it is for; one or more lines, without the `#`. */
  readonly comment?: string;
  /** The variable it belongs with: it goes after that one, if it is there. */
  readonly after?: string;
}

interface Assignment {
  readonly name: string;
  /** As written, with its quotes. */
  readonly value: string;
  readonly exported: boolean;
  /** The end of its last line. */
  readonly end: number;
}

const ASSIGNMENT = /^\s*(export\s+)?([\w.-]+)\s*=(.*)$/;

/** Whether the text assigns the variable. A commented-out assignment does not. */
export function hasVariable(text: string, name: string): boolean {
  return assignmentsOf(text).some((assignment) => assignment.name === name);
}

/** Adds a variable in the file's own style: `export`, quotes, blank lines between groups. */
export function addVariable(text: string, variable: EnvVariable): Spans {
  const assignments = assignmentsOf(text);
  if (assignments.some(({ name }) => name === variable.name)) return NOTHING_TO_DO;
  const value = quoted(variable.value, houseQuote(assignments));
  if (value === undefined) return { refused: `the value of ${variable.name} cannot be written on one line` };
  const exported = assignments.length > 0 && assignments.every((assignment) => assignment.exported);
  const comment = variable.comment?.split('\n').map((line) => `# ${line}`.trimEnd()) ?? [];
  const block = [...comment, `${exported ? 'export ' : ''}${variable.name}=${value}`].join('\n');
  const neighbour = assignments.findLast(({ name }) => name === variable.after);
  if (neighbour) return { spans: [insertion(neighbour.end, `\n${block}`)] };
  const grouped = /\S[ \t]*\n[ \t]*\n\s*\S/.test(text) && !/\n[ \t]*\n$/.test(text);
  return appendBlock(text, grouped ? `\n${block}` : block);
}

function assignmentsOf(text: string): readonly Assignment[] {
  const assignments: Assignment[] = [];
  let from = 0;
  for (const line of linesOf(text)) {
    if (line.start < from) continue;
    const [, exported, name, value = ''] = ASSIGNMENT.exec(line.text) ?? [];
    if (name === undefined) continue;
    const end = endOfValue(text, line, value.trimStart());
    assignments.push({ name, value: value.trim(), exported: exported !== undefined, end });
    from = end;
  }
  return assignments;
}

/** A quoted value may run over lines (a key in PEM form); the lines inside it assign nothing. */
function endOfValue(text: string, line: Line, value: string): number {
  const quote = /^["'`]/.exec(value)?.[0];
  if (quote === undefined) return line.end;
  const close = new RegExp(`^(?:\\\\.|[^\\\\${escaped(quote)}])*${escaped(quote)}`, 's');
  const opened = line.end - value.length + 1;
  const length = close.exec(text.slice(opened))?.[0].length;
  if (length === undefined) return line.end;
  const newline = text.indexOf('\n', opened + length - 1);
  return newline === -1 ? text.length : newline;
}

/** The quote that every value of the file wears. */
function houseQuote(assignments: readonly Assignment[]): string {
  const quotes = new Set(assignments.map(({ value }) => /^["']/.exec(value)?.[0] ?? ''));
  const [quote = ''] = quotes;
  return quotes.size === 1 ? quote : '';
}

function quoted(value: string, house: string): string | undefined {
  if (value.includes('\n')) return undefined;
  if (house === '' && !/[\s#$"'`\\]/.test(value)) return value;
  const fits = [house, '"', "'"].find(
    (quote) => quote !== '' && !value.includes(quote) && (quote === "'" || !/[$`\\]/.test(value)),
  );
  return fits === undefined ? undefined : `${fits}${value}${fits}`;
}
