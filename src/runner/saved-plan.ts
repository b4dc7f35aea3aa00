import { UsageError } from '../errors.ts';
import { asRecord } from '../repo/record.ts';
import { sha256 } from '../repo/text.ts';
import type { Change } from '../transaction/types.ts';
import type { GapPlan } from './results.ts';

/** A plan on disk: exactly what `apply plan.json` writes, or refuses as stale. */
export interface SavedPlan {
  readonly schemaVersion: 1;
  readonly kind: 'aims-fix-plan';
  readonly tool: string;
  readonly gaps: readonly Pick<GapPlan, 'id' | 'manual' | 'diff'>[];
  readonly changes: readonly SavedChange[];
  /** SHA-256 over everything else, so that an edited plan is refused. */
  readonly digest: string;
}

type SavedChange =
  | { readonly kind: 'create'; readonly path: string; readonly after: string; readonly mode: number }
  | { readonly kind: 'update'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: 'delete'; readonly path: string; readonly before: string };

/** Serialises a plan. Contents are base64, so that every byte survives. */
export function savePlan(tool: string, plans: readonly GapPlan[], changes: readonly Change[]): SavedPlan {
  const body = {
    schemaVersion: 1,
    kind: 'aims-fix-plan',
    tool,
    gaps: plans.filter(({ edits }) => edits.length > 0).map(({ id, manual, diff }) => ({ id, manual, diff })),
    changes: changes.map(savedChange),
  } as const;
  return { ...body, digest: digestOf(body) };
}

function savedChange(change: Change): SavedChange {
  return change.kind === 'delete'
    ? change
    : { ...change, after: Buffer.from(change.after).toString('base64') };
}

/**
 * Reads a saved plan back.
 * @throws UsageError when it is no plan, was made by another version, or was edited.
 */
export function loadPlan(
  file: string,
  text: string,
  tool: string,
): { readonly plan: SavedPlan; readonly changes: readonly Change[] } {
  const plan = parsePlan(file, text);
  if (plan.tool !== tool)
    throw new UsageError(
      `${file} was made by aims-fix ${plan.tool}, this is ${tool}`,
      'Make the plan again.',
    );
  const { digest, ...body } = plan;
  if (digestOf(body) !== digest)
    throw new UsageError(`${file} was edited after it was saved`, 'Make the plan again.');
  return { plan, changes: plan.changes.map(loadedChange) };
}

function parsePlan(file: string, text: string): SavedPlan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON`, 'Make the plan again: aims-fix plan --out FILE.');
  }
  if (!isSavedPlan(value))
    throw new UsageError(`${file} is not a saved plan`, 'Make one: aims-fix plan --out FILE.');
  return value;
}

function isSavedPlan(value: unknown): value is SavedPlan {
  const { kind, schemaVersion, changes, gaps } = asRecord(value);
  return (
    kind === 'aims-fix-plan' &&
    schemaVersion === 1 &&
    Array.isArray(changes) &&
    changes.every(isSavedChange) &&
    Array.isArray(gaps) &&
    gaps.every(isSavedGap)
  );
}

function isSavedGap(value: unknown): boolean {
  const { id, manual, diff } = asRecord(value);
  return typeof id === 'string' && Array.isArray(manual) && typeof diff === 'string';
}

function isSavedChange(value: unknown): boolean {
  const { kind, path, before, after, mode } = asRecord(value);
  if (typeof path !== 'string') return false;
  if (kind === 'create') return typeof after === 'string' && Number.isInteger(mode);
  if (kind === 'update') return typeof before === 'string' && typeof after === 'string';
  return kind === 'delete' && typeof before === 'string';
}

function loadedChange(change: SavedChange): Change {
  return change.kind === 'delete' ? change : { ...change, after: Buffer.from(change.after, 'base64') };
}

function digestOf(body: Omit<SavedPlan, 'digest'>): string {
  return sha256(Buffer.from(JSON.stringify(body)));
}
