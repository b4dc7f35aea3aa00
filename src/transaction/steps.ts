import type { Ownership } from './fs.ts';
import type { RunFile } from './types.ts';

/** What a run does to one path. Steps are made in order and taken back in reverse. */
export type Step =
  | {
      readonly kind: 'make-folder' | 'remove-folder';
      readonly path: string;
      readonly mode: number | null;
      readonly owner: Ownership | null;
    }
  | FileStep;

export type FileStep =
  | {
      readonly kind: 'create';
      readonly path: string;
      readonly before: null;
      readonly after: string;
      readonly mode: number | null;
      readonly owner: Ownership | null;
    }
  /** Keeps the mode and the owner of the file that it finds. */
  | { readonly kind: 'update'; readonly path: string; readonly before: string; readonly after: string }
  | {
      readonly kind: 'delete';
      readonly path: string;
      readonly before: string;
      readonly after: null;
      readonly mode: number | null;
      readonly owner: Ownership | null;
    };

export function isFileStep(step: Step): step is FileStep {
  return step.kind === 'create' || step.kind === 'update' || step.kind === 'delete';
}

/** The step that takes this one back. */
export function inverse(step: Step): Step {
  switch (step.kind) {
    case 'make-folder':
      return { ...step, kind: 'remove-folder' };
    case 'remove-folder':
      return { ...step, kind: 'make-folder' };
    case 'create':
      return { ...step, kind: 'delete', before: step.after, after: null };
    case 'update':
      return { ...step, before: step.after, after: step.before };
    case 'delete':
      return { ...step, kind: 'create', before: null, after: step.before };
  }
}

export function filesOf(steps: readonly Step[]): readonly RunFile[] {
  return steps.filter(isFileStep).map(({ path, kind, before, after }) => ({ path, kind, before, after }));
}

/** Whether a value that was read from a journal is a step. Its path is judged where it is used. */
export function isStep(value: unknown): value is Step {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const [before, after] = [fields.get('before'), fields.get('after')];
  if (typeof fields.get('path') !== 'string') return false;
  switch (fields.get('kind')) {
    case 'make-folder':
    case 'remove-folder':
      return hasAttributes(fields);
    case 'create':
      return before === null && isHash(after) && hasAttributes(fields);
    case 'update':
      return isHash(before) && isHash(after);
    case 'delete':
      return isHash(before) && after === null && hasAttributes(fields);
    default:
      return false;
  }
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function hasAttributes(fields: ReadonlyMap<string, unknown>): boolean {
  const [mode, owner] = [fields.get('mode'), fields.get('owner')];
  return (
    (mode === null || Number.isSafeInteger(mode)) &&
    (owner === null || (Array.isArray(owner) && owner.length === 2 && owner.every(Number.isSafeInteger)))
  );
}
