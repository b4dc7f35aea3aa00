import { SourceError } from '../errors.ts';

/** One row of a gap register, as written. */
export interface RegisterRow {
  readonly id: string;
  readonly category: string;
  readonly priority: string;
  readonly title: string;
  readonly status: string;
  readonly effort: string;
  readonly line: number;
}

/** A gap register: a CSV file with one row a gap. */
export interface Register {
  readonly path: string;
  readonly rows: readonly RegisterRow[];
}

/** Columns may stand in any order and beside others. */
const COLUMNS = ['gap_id', 'category', 'priority', 'title', 'status', 'estimated_effort'] as const;

/**
 * Parses a gap register.
 * @throws SourceError with the line: a missing column, a row without an id, broken CSV.
 */
export async function parseRegister(path: string, text: string): Promise<Register> {
  const [header, ...records] = await readCsv(path, text);
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new SourceError(path, `the header lacks ${missing.join(', ')}`, { line: 1, column: 1 });
  const rows = records.map(({ cells, line }): RegisterRow => {
    const cell = (column: (typeof COLUMNS)[number]) => cells[names.indexOf(column)]?.trim() ?? '';
    if (cell('gap_id') === '') throw new SourceError(path, 'the row has no gap_id', { line, column: 1 });
    return {
      id: cell('gap_id'),
      category: cell('category'),
      priority: cell('priority'),
      title: cell('title'),
      status: cell('status'),
      effort: cell('estimated_effort'),
      line,
    };
  });
  return { path, rows };
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

async function readCsv(path: string, text: string): Promise<readonly CsvRecord[]> {
  const { parse, CsvError } = await import('csv-parse/sync');
  const records: CsvRecord[] = [];
  let line = 1;
  try {
    parse(text, {
      bom: true,
      relax_column_count_less: true,
      on_record: (cells: string[], { lines }: { readonly lines: number }) => {
        if (cells.some((cell) => cell.trim() !== '')) records.push({ cells, line });
        line = lines + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new SourceError(path, `broken CSV: ${error.message}`, { line, column: 1 });
  }
  return records;
}
