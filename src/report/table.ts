import { visible } from '../words/visible.ts';
import type { Paint, Tone } from './colour.ts';
import { displayWidth, pad, truncate } from './width.ts';

/** A cell is text of any origin; it is made harmless, and the tone is painted on once the width is settled. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
  /** Its column is never cut: an id that has to be copied. */
  readonly whole?: true;
  /** Stands at the right end of its column: a number. */
  readonly right?: true;
  /** How many columns a heading spans; it widens none of them. */
  readonly spans?: number;
}

export interface TableStyle {
  readonly paint: Paint;
  /** Columns of the terminal; undefined for a pipe or a file, where nothing is cut. */
  readonly columns: number | undefined;
  readonly indent?: string;
}

const GUTTER = '  ';
const NARROWEST = 4;

/** Aligned rows, one line each. What does not fit is cut from the widest columns first. */
export function table(rows: readonly (readonly Cell[])[], style: TableStyle): readonly string[] {
  const indent = style.indent ?? '';
  const shown = rows.map((row) => row.map((cell) => ({ ...cell, text: visible(cell.text) })));
  const widths = settle(shown, style.columns, indent.length);
  return shown.map((row) => {
    let column = 0;
    const cells = row.map((cell) => {
      const spans = cell.spans ?? 1;
      const covered = widths.slice(column, column + spans);
      column += spans;
      const width = covered.reduce((sum, each) => sum + each, GUTTER.length * (covered.length - 1));
      return paintCell(cell, width, style.paint);
    });
    return `${indent}${cells.join(GUTTER)}`.trimEnd();
  });
}

function paintCell({ text, tone, right }: Cell, width: number, paint: Paint): string {
  const shown = truncate(text, width);
  const padding = pad(shown, width).slice(shown.length);
  const painted = tone && shown !== '' ? paint(tone, shown) : shown;
  return right ? padding + painted : painted + padding;
}

function naturalWidths(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    let column = 0;
    for (const { text, spans = 1 } of row) {
      if (spans === 1) widths[column] = Math.max(widths[column] ?? 0, displayWidth(text));
      column += spans;
    }
  }
  return widths;
}

function settle(
  rows: readonly (readonly Cell[])[],
  columns: number | undefined,
  indent: number,
): readonly number[] {
  const widths = naturalWidths(rows);
  if (columns === undefined) return widths;
  const gutters = GUTTER.length * Math.max(0, widths.length - 1);
  let excess = widths.reduce((sum, width) => sum + width, indent + gutters) - columns;
  while (excess > 0) {
    const cuttable = widths.map((width, index) => (isWhole(rows, index) ? 0 : width));
    const widest = Math.max(...cuttable);
    if (widest <= NARROWEST) break;
    widths[cuttable.lastIndexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

function isWhole(rows: readonly (readonly Cell[])[], column: number): boolean {
  return rows.some((row) => row[column]?.whole);
}
