import { UsageError } from '../errors.ts';
import { asRecord } from '../repo/record.ts';
import type { RawRepo } from '../repo/repo.ts';
import { sha256 } from '../repo/text.ts';
import type { Change } from '../transaction/types.ts';
import { type FileChange, unifiedDiff } from '../words/diff.ts';
import { matcherOf } from './declared-paths.ts';
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
  return typeof id === 'string' && Array.isArray(manual) && manual.every(isStep) && typeof diff === 'string';
}

function isStep(value: unknown): boolean {
  const step = asRecord(value);
  return ['title', 'why', 'seenBy'].every((name) => typeof step[name] === 'string');
}

function isSavedChange(value: unknown): boolean {
  const { kind, path, before, after, mode } = asRecord(value);
  if (typeof path !== 'string' || !isPath(path)) return false;
  if (kind === 'create') return typeof after === 'string' && (mode === 0o644 || mode === 0o755);
  if (kind === 'update') return typeof before === 'string' && typeof after === 'string';
  return kind === 'delete' && typeof before === 'string';
}

/** A path that a file system can hold; where it may lead is the transaction's to judge. */
function isPath(path: string): boolean {
  return (
    !path.includes('\0') &&
    path.length <= 4096 &&
    path.split('/').every((part) => Buffer.byteLength(part) <= 255)
  );
}

/**
 * The gaps of a saved plan with the diffs of what its changes do to the target: what is shown is what is written,
 * whatever the file says. A changed file stands with the gap whose saved diff names it.
 * @throws UsageError for a change that none of the gaps may make.
 */
export function shownPlans(
  { gaps }: SavedPlan,
  changes: readonly Change[],
  repo: RawRepo,
  writesOf: (id: string) => readonly string[] | undefined,
): readonly Pick<GapPlan, 'id' | 'manual' | 'diff'>[] {
  const allowed = matcherOf(gaps.flatMap(({ id }) => writesOf(id) ?? []));
  const stray = changes.find(({ path }) => !allowed(path) && !MANIFEST.test(path));
  const unknown = gaps.find(({ id }) => writesOf(id) === undefined);
  if (unknown) throw new UsageError(`the plan is of ${unknown.id}, which is no gap`, 'Make the plan again.');
  if (stray) throw new UsageError(`no gap of the plan may write ${stray.path}`, 'Make the plan again.');
  return gaps.map((gap, index) => {
    const own = changes.filter((change) => ownerOf(gaps, change) === index);
    return { ...gap, diff: unifiedDiff(own.map((change) => fileChange(repo, change))) };
  });
}

/** What a package manager writes for a gap that adds packages. */
const MANIFEST =
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock)$/;

function ownerOf(gaps: SavedPlan['gaps'], { path }: Change): number {
  return Math.max(
    0,
    gaps.findIndex(({ diff }) => diff.includes(`b/${path}`)),
  );
}

function fileChange(repo: RawRepo, change: Change): FileChange {
  const { path, kind } = change;
  const before = kind === 'create' ? undefined : Buffer.from(repo.bytes(path)).toString('utf8');
  const after = kind === 'delete' ? undefined : Buffer.from(change.after).toString('utf8');
  return { path, before, after, mode: kind === 'create' ? change.mode : repo.mode(path) };
}

function loadedChange(change: SavedChange): Change {
  return change.kind === 'delete' ? change : { ...change, after: Buffer.from(change.after, 'base64') };
}

function digestOf(body: Omit<SavedPlan, 'digest'>): string {
  return sha256(Buffer.from(JSON.stringify(body)));
}
