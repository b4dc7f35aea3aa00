import { visible, visibleLine } from '../../words/visible.ts';

/** Prose of any origin on one line, without any Markdown or HTML in it. */
export function prose(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>|#~&!$]/g, '\\$&');
}

/** A code span around any text: its fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const shown = visible(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const edge = shown === '' || /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${edge}${shown}${edge}${fence}`;
}

/** A row of a table; cells are Markdown already, but a bar in a code span still ends the cell. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}

/** A table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

/** A diff in a fence that is longer than any inside. */
export function diffFence(diff: string): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(diff) + 1));
  return [`${fence}diff`, ...diff.replace(/\n$/, '').split('\n').map(visibleLine), fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
