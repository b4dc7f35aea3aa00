import { createHmac } from 'node:crypto';
import { dirname } from 'node:path';
import { RecoveryError, RefusedError } from '../errors.ts';
import { append, createFile, list, makeFolder, read, syncFolder } from './fs.ts';
import { installationKey } from './installation-key.ts';
import { closedOf, imagesOf, journalOf, replacedFolder } from './run-folder.ts';
import { isStep, type Step } from './steps.ts';
import { sha256 } from './target.ts';
import type { RunInfo } from './types.ts';

/**
 * The journal of one transaction. Its first record says everything it will do, on the disk before the first step;
 * then comes a word per turning point. `prepared`: files may have been replaced. `committed`: all have been.
 * `rolling-back`: a run that was about to be closed is taken back after all. Which of the steps were made needs
 * no record: the hash of a file says it.
 *
 * A record is a line: a checksum, its number, its text. What was cut off or changed is seen, and then nothing is
 * removed: the earlier contents of the files may have no other copy.
 */
export interface Journal extends Header {
  readonly state: 'begun' | Mark;
}

export interface Header {
  readonly version: 2;
  readonly run: RunInfo;
  /** Runs are told apart in time by this; clocks go backwards. */
  readonly sequence: number;
  readonly steps: readonly Step[];
}

const MARKS = ['prepared', 'committed', 'rolling-back'] as const;
type Mark = (typeof MARKS)[number];

/** Opens the journal of a transaction in a new folder. */
export function begin(folder: string, header: Header): void {
  makeFolder(folder);
  makeFolder(imagesOf(folder));
  makeFolder(replacedFolder(folder));
  createFile(journalOf(folder), Buffer.from(headerRecord(header)), { mode: 0o600, owner: null });
  syncFolder(folder);
  syncFolder(dirname(folder));
}

/** Adds a turning point. None follows a record that was cut off: such a transaction is only taken back. */
export function mark(folder: string, word: Mark): void {
  append(journalOf(folder), record(MARKS.indexOf(word) + 1, word));
}

/** Notes what the whole journal is once it is committed, so that a part of it that is lost later is seen. */
export function close(folder: string): void {
  const text = `${sha256(read(journalOf(folder)) ?? Buffer.alloc(0))}\n`;
  createFile(closedOf(folder), Buffer.from(text), { mode: 0o600, owner: null });
  syncFolder(folder);
}

/** The first record, with the seal of this installation over what it says. */
export function headerRecord(header: Header): string {
  return record(0, JSON.stringify({ ...header, seal: sealOf(header) }));
}

/** One line of a journal. */
export function record(number: number, text: string): string {
  const body = `${number} ${text}`;
  return `${checksum(body)} ${body}\n`;
}

/**
 * Undefined when the transaction did not come to its first step.
 * @throws RecoveryError when a part of the journal is damaged or missing; RefusedError when it was made elsewhere.
 */
export function readJournal(folder: string): Journal | undefined {
  const bytes = read(journalOf(folder));
  const lines = (bytes?.toString() ?? '').split('\n');
  // What follows the last line end was cut off while it was written.
  const rest = lines.pop() ?? '';
  if (lines.length === 0) {
    if (list(imagesOf(folder)).length === 0 && !read(closedOf(folder))) return undefined;
    throw damaged(folder);
  }
  const [first, ...words] = lines.map((line, number) => textOf(line, number));
  const header = first === undefined ? undefined : parseHeader(folder, first);
  const state = header && stateAfter(words, rest);
  if (!header || !state || !isWhole(folder, bytes)) throw damaged(folder);
  return { ...header, state };
}

/** A word that is not the next one, or a rest that does not begin the next one, was not written by us. */
function stateAfter(words: readonly (string | undefined)[], rest: string): Journal['state'] | undefined {
  if (words.length > MARKS.length || words.some((word, index) => word !== MARKS[index])) return undefined;
  const next = MARKS[words.length];
  if (rest !== '' && !(next !== undefined && record(words.length + 1, next).startsWith(rest)))
    return undefined;
  return MARKS[words.length - 1] ?? 'begun';
}

/** Whether the journal is what it was when it was closed. A note that was cut off itself tells nothing. */
function isWhole(folder: string, bytes: Buffer | undefined): boolean {
  const closed = read(closedOf(folder))?.toString();
  return (
    closed === undefined ||
    !/^[0-9a-f]{64}\n$/.test(closed) ||
    closed.trim() === sha256(bytes ?? Buffer.alloc(0))
  );
}

function textOf(line: string, number: number): string | undefined {
  const body = line.slice(CHECKSUM_LENGTH + 1);
  const isIntact = line.startsWith(`${checksum(body)} `) && body.startsWith(`${number} `);
  return isIntact ? body.slice(`${number} `.length) : undefined;
}

const CHECKSUM_LENGTH = 32;

function checksum(body: string): string {
  return sha256(Buffer.from(body)).slice(0, CHECKSUM_LENGTH);
}

function parseHeader(folder: string, text: string): Header | undefined {
  const value = parse(text);
  if (!isHeader(value)) return undefined;
  const { seal, ...header } = value;
  if (seal !== sealOf(header)) throw foreign(folder);
  return header;
}

/** Only who holds the key of this installation can write a journal that is followed. */
function sealOf(header: Header): string {
  return createHmac('sha256', installationKey()).update(JSON.stringify(header)).digest('hex');
}

/** The journal cannot be followed: a person has to look, and every copy stays where it is. */
export function damaged(folder: string): RecoveryError {
  const images = list(imagesOf(folder)).length;
  const kept = images > 0 ? `${images} earlier contents of files lie in ${imagesOf(folder)}; ` : '';
  return new RecoveryError(
    `${journalOf(folder)} is damaged or of another version; ${kept}nothing was removed`,
    'Put the files right by hand, then run `aims-fix recover --forget`, which keeps what is there in .aims-fix/kept.',
  );
}

function foreign(folder: string): RefusedError {
  return new RefusedError(
    `${folder} was not made by this installation of aims-fix, so nothing in it is followed`,
    'Remove the folder if it came with the repository; if you made it elsewhere, recover it there.',
  );
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

function isHeader(value: unknown): value is Header & { readonly seal: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const steps = fields.get('steps');
  return (
    fields.get('version') === 2 &&
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
