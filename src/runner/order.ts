import type { GapId, GapMeta, Priority } from '../contract.ts';
import { UsageError } from '../errors.ts';
import { didYouMean, suggest } from '../words/suggest.ts';

/** What the order and the selection ask of a gap. */
export type Ordered = Pick<GapMeta, 'id' | 'slug' | 'priority' | 'requires'>;

/** A preferred order: these first, and each of these after others that it does not require. */
export interface OrderRules {
  readonly first: readonly GapId[];
  readonly after: Readonly<Partial<Record<GapId, readonly GapId[]>>>;
}

/**
 * The execution order: the listed gaps first, then the rest by priority and id, each as early as what it
 * requires and comes after lets it.
 * @throws UsageError on an unknown requirement or a cycle: of our gaps a bug, of an external one the user's.
 */
export function executionOrder<G extends Ordered>(
  gaps: readonly G[],
  rules: OrderRules = { first: [], after: {} },
): readonly G[] {
  const known = new Set(gaps.map(({ id }) => id));
  for (const { id, requires } of gaps) {
    const unknown = requires.find((required) => !known.has(required));
    if (unknown !== undefined) throw new UsageError(`${id} requires ${unknown}, which does not exist`);
  }
  const waiting = [...gaps].sort((a, b) => compare(a, b, rules.first));
  const ordered: G[] = [];
  const done = new Set<GapId>();
  while (waiting.length > 0) {
    const ready = waiting.findIndex((gap) =>
      predecessors(gap, rules).every((id) => done.has(id) || !known.has(id)),
    );
    const [next] = ready === -1 ? [] : waiting.splice(ready, 1);
    if (!next)
      throw new UsageError(`these gaps require each other: ${waiting.map(({ id }) => id).join(', ')}`);
    ordered.push(next);
    done.add(next.id);
  }
  return ordered;
}

function predecessors({ id, requires }: Ordered, { after }: OrderRules): readonly GapId[] {
  return [...requires, ...(after[id] ?? [])];
}

function compare(a: Ordered, b: Ordered, first: readonly GapId[]): number {
  return rank(a, first) - rank(b, first) || byText(a.priority, b.priority) || byText(a.id, b.id);
}

function rank({ id }: Ordered, first: readonly GapId[]): number {
  return first.includes(id) ? first.indexOf(id) : first.length;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export interface GapChoice {
  /** `GAP-NNN`, `gap-n`, `n`, or the slug. */
  readonly gaps: readonly string[];
  /** Every gap of these priorities, beside the ones that are named. */
  readonly priorities: readonly string[];
  readonly all: boolean;
  /** Adds what the chosen gaps require. */
  readonly withRequirements: boolean;
}

export interface GapSelection<G> {
  /** In the order of the list they were chosen from. Nothing named means everything. */
  readonly selected: readonly G[];
  /** What a selected gap requires and was not selected; whether it is closed already is not known here. */
  readonly missingRequirements: readonly { readonly gap: GapId; readonly requires: readonly GapId[] }[];
}

/**
 * Chooses gaps by id, slug and priority.
 * @throws UsageError on an unknown id or priority, with what was likely meant.
 */
export function selectGaps<G extends Ordered>(gaps: readonly G[], choice: GapChoice): GapSelection<G> {
  const named = new Set(choice.gaps.map((name) => resolveGap(gaps, name)));
  const priorities = new Set(choice.priorities.map(resolvePriority));
  const everything = choice.all || (named.size === 0 && priorities.size === 0);
  const chosen = gaps.filter(({ id, priority }) => everything || named.has(id) || priorities.has(priority));
  const ids = new Set(chosen.map(({ id }) => id));
  if (choice.withRequirements) for (const id of requiredBy(gaps, ids)) ids.add(id);
  const selected = gaps.filter(({ id }) => ids.has(id));
  const missingRequirements = selected.flatMap(({ id, requires }) => {
    const missing = requires.filter((required) => !ids.has(required));
    return missing.length > 0 ? [{ gap: id, requires: missing }] : [];
  });
  return { selected, missingRequirements };
}

function requiredBy(gaps: readonly Ordered[], ids: ReadonlySet<GapId>): ReadonlySet<GapId> {
  const found = new Set<GapId>();
  const queue = [...ids];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const required of gaps.find((gap) => gap.id === id)?.requires ?? []) {
      if (found.has(required)) continue;
      found.add(required);
      queue.push(required);
    }
  }
  return found;
}

/**
 * The id of a gap that was named in one of its ways.
 * @throws UsageError when there is none, with what was likely meant.
 */
export function resolveGap(gaps: readonly Ordered[], name: string): GapId {
  const typed = name.trim().toLowerCase();
  const [, number] = /^(?:gap)?[-_ ]?(\d{1,3})$/.exec(typed) ?? [];
  const id = number === undefined ? typed : `gap-${number.padStart(3, '0')}`;
  const gap = gaps.find((one) => [one.id.toLowerCase(), one.slug].includes(id));
  if (gap) return gap.id;
  if (number !== undefined)
    throw new UsageError(
      `there is no gap ${name}`,
      didYouMean(
        id,
        gaps.map((one) => one.id),
      ),
    );
  const near = typed.length < SHORTEST ? [] : gaps.filter(({ slug }) => slug.includes(typed));
  if (near.length === 1 && near[0]) return near[0].id;
  const meant = suggest(
    name,
    gaps.map((one) => one.id),
  );
  const slugs = (near.length > 0 ? near : gaps).map(({ slug }) => slug);
  throw new UsageError(
    `there is no gap ${name}`,
    meant === undefined ? didYouMean(name, slugs) : `Did you mean "${meant}"?`,
  );
}

/** A part of a name that is shorter says too little. */
const SHORTEST = 4;

const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const satisfies readonly Priority[];

function resolvePriority(name: string): Priority {
  const priority = PRIORITIES.find((one) => one === name.trim().toUpperCase());
  if (priority) return priority;
  throw new UsageError(`there is no priority ${name}`, `One of ${PRIORITIES.join(', ')}.`);
}
