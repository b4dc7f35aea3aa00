import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { stat } from './fs.ts';
import { readImage } from './roll-back.ts';
import type { Runs, StoredRun } from './runs.ts';
import { type FileStep, inverse, isFileStep, type Step } from './steps.ts';
import { foldersAbove, look, type Target } from './target.ts';
import type { Conflict } from './types.ts';

export interface UndoPlan {
  readonly steps: readonly Step[];
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly conflicts: readonly Conflict[];
}

/** The steps of the run in reverse, each inverted, for the files that still are what the run wrote. */
export function planUndo(root: string, target: StoredRun, runs: Runs): UndoPlan {
  const contents = new Map<string, Uint8Array>();
  const conflicts: Conflict[] = [];
  const steps: Step[] = [];
  for (const [index, step] of [...target.journal.steps.entries()].reverse()) {
    if (!isFileStep(step)) {
      const found = stat(join(root, step.path));
      // What is removed is put back, should this undo be rolled back, as it is now.
      steps.push({ ...inverse(step), ...(found?.kind === 'folder' ? attributesOf(found) : {}) });
      continue;
    }
    const found = lookOrReason(root, step.path);
    const image = step.before === null ? undefined : readImage(target.folder, index, step.before);
    const reason = reasonAgainst(step, found, image, target, runs);
    if (reason !== undefined) conflicts.push({ path: step.path, reason });
    else steps.push(restoring(step, typeof found === 'string' ? null : found));
    if (image) contents.set(step.path, image);
  }
  const needed = new Set(
    steps.filter((step) => step.kind === 'create').flatMap(({ path }) => foldersAbove(path)),
  );
  return {
    steps: steps.filter((step) => step.kind !== 'make-folder' || needed.has(step.path)),
    contents,
    conflicts,
  };
}

function restoring(step: FileStep, found: Target | null): Step {
  const back = inverse(step);
  return back.kind === 'delete' && found ? { ...back, ...attributesOf(found) } : back;
}

function attributesOf({ mode, owner }: Pick<Target, 'mode' | 'owner'>) {
  return { mode, owner };
}

function lookOrReason(root: string, path: string): Target | null | string {
  try {
    return look(root, path);
  } catch (error) {
    if (error instanceof RefusedError) return error.message;
    throw error;
  }
}

function reasonAgainst(
  step: FileStep,
  found: Target | null | string,
  image: Uint8Array | undefined,
  target: StoredRun,
  { closed }: Runs,
): string | undefined {
  if (typeof found === 'string') return found;
  if ((found?.sha256 ?? null) !== step.after) {
    const later = closed.find(
      ({ record, journal }) =>
        record.state === 'committed' &&
        journal.sequence > target.journal.sequence &&
        record.files.some(({ path }) => path === step.path),
    );
    if (later) return `was changed by the later run ${later.record.id}; undo that one first`;
    return found ? 'was changed after the run' : 'was removed after the run';
  }
  return step.before !== null && !image ? 'what it held before is damaged' : undefined;
}
