import { dirname, join } from 'node:path';
import { RecoveryError } from '../errors.ts';
import { append, createFile, makeFolder, read, syncFolder } from './fs.ts';
import { isStep, type Step } from './steps.ts';
import type { RunInfo } from './types.ts';

/**
 * The journal of one transaction: a line of JSON that says everything it will do, on the disk before the first
 * step, then a word per turning point. `prepared`: files may have been replaced. `committed`: all have been.
 * `rolling-back`: a run that was about to be closed is taken back after all. Which of the steps were made needs
 * no line: the hash of a file says it.
 */
export interface Journal extends Header {
  readonly state: 'begun' | Mark;
}

export interface Header {
  readonly version: 1;
  readonly run: RunInfo;
  /** Runs are told apart in time by this; clocks go backwards. */
  readonly sequence: number;
  readonly steps: readonly Step[];
}

const MARKS = ['prepared', 'committed', 'rolling-back'] as const;
type Mark = (typeof MARKS)[number];

const FILE = 'journal';

/** Opens the journal of a transaction in a new folder. */
export function begin(folder: string, header: Header): void {
  makeFolder(folder);
  makeFolder(imagesOf(folder));
  createFile(journalOf(folder), Buffer.from(`${JSON.stringify(header)}\n`), { mode: 0o600, owner: null });
  syncFolder(folder);
  syncFolder(dirname(folder));
}

/** Adds a turning point. None follows a line that was cut off: such a transaction is only taken back. */
export function mark(folder: string, word: Mark): void {
  append(journalOf(folder), `${word}\n`);
}

/** Undefined when the transaction did not come to its first step. */
export function readJournal(folder: string): Journal | undefined {
  const lines = read(journalOf(folder))?.toString().split('\n') ?? [];
  // What follows the last line end was cut off while it was written.
  const [first, ...words] = lines.slice(0, -1);
  if (first === undefined) return undefined;
  const header = parse(first);
  if (!isHeader(header)) {
    throw new RecoveryError(
      `${journalOf(folder)} is not a journal that this aims-fix can read`,
      'Use the version that wrote it, or look at the files that it names and then remove its folder.',
    );
  }
  const known = words.flatMap((word) => MARKS.filter((known) => known === word));
  return { ...header, state: known.at(-1) ?? 'begun' };
}

export function journalOf(folder: string): string {
  return join(folder, FILE);
}

/** Where a transaction keeps what the files held before, by the index of the step. */
export function imagesOf(folder: string): string {
  return join(folder, 'before');
}

export function imageOf(folder: string, index: number): string {
  return join(imagesOf(folder), String(index));
}

export function isRunId(id: unknown): id is string {
  return typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The caller says which file.
    return undefined;
  }
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const steps = fields.get('steps');
  return (
    fields.get('version') === 1 &&
    Number.isSafeInteger(fields.get('sequence')) &&
    isRunInfo(fields.get('run')) &&
    Array.isArray(steps) &&
    steps.every(isStep)
  );
}

function isRunInfo(value: unknown): value is RunInfo {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const gaps = fields.get('gaps');
  return (
    isRunId(fields.get('id')) &&
    Array.isArray(gaps) &&
    gaps.every((gap) => typeof gap === 'string') &&
    ['command', 'startedAt'].every((name) => typeof fields.get(name) === 'string')
  );
}
