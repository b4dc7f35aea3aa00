import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { list, stat } from './fs.ts';
import { isRunId, type Journal, readJournal } from './journal.ts';
import { isOwnFolder, journalOf, undoFolder } from './run-folder.ts';
import { requireRealFolder, runsFolder } from './state-folder.ts';
import { filesOf } from './steps.ts';
import type { RunRecord } from './types.ts';

/** A run that was committed. */
export interface StoredRun {
  readonly folder: string;
  readonly journal: Journal;
  readonly record: RunRecord;
}

/** A transaction that was cut short. Without a journal it had not come to its first step. */
export interface OpenTransaction {
  readonly kind: 'run' | 'undo';
  /** The id of the run. */
  readonly id: string;
  readonly folder: string;
}

export interface Runs {
  /** Newest first. */
  readonly closed: readonly StoredRun[];
  readonly open: readonly OpenTransaction[];
}

/** What the journals under a root tell. */
export function readRuns(root: string): Runs {
  const closed: StoredRun[] = [];
  const open: OpenTransaction[] = [];
  for (const id of list(runsFolder(root)).filter(isRunId)) {
    const folder = join(runsFolder(root), id);
    requireRealFolder(folder);
    requireRealFolder(undoFolder(folder));
    // Without a journal, and with something that we never make, it is somebody else's folder.
    if (!stat(journalOf(folder)) && !isOwnFolder(folder)) continue;
    const journal = readJournal(folder);
    if (journal?.state !== 'committed') {
      open.push({ kind: 'run', id, folder });
      continue;
    }
    const undo = undoFolder(folder);
    const undone = stat(undo) && readJournal(undo)?.state === 'committed';
    if (undone === false) open.push({ kind: 'undo', id, folder: undo });
    closed.push({ folder, journal, record: recordOf(journal, undone ? 'undone' : 'committed') });
  }
  closed.sort((a, b) => b.journal.sequence - a.journal.sequence);
  return { closed, open };
}

export function recordOf(
  { run, steps }: Pick<Journal, 'run' | 'steps'>,
  state: RunRecord['state'],
): RunRecord {
  return { ...run, state, files: filesOf(steps) };
}

/** @throws RefusedError when a run was cut short and nobody has recovered it yet. */
export function requireNothingOpen(runs: Runs): Runs {
  const [first] = runs.open;
  if (!first) return runs;
  throw new RefusedError(
    `the ${first.kind === 'run' ? 'run' : 'undo of'} ${first.id} was cut short`,
    'Run `aims-fix recover` first.',
  );
}
