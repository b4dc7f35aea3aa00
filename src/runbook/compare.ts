import type { GapMeta } from '../contract.ts';
import { SourceError } from '../errors.ts';
import type { Repo } from '../repo/repo.ts';
import { findRegister, findRunbook } from './find.ts';
import { readOutline } from './outline.ts';
import { parseRegister, type Register } from './register.ts';
import { outlineOf, parseRunbook, type Runbook } from './runbook.ts';

/** What the tool knows of a gap and a document may say otherwise. */
export type KnownGap = Pick<GapMeta, 'id' | 'title' | 'priority' | 'category'>;

/**
 * Where the target's own runbook and register differ from the tool, one sentence each. A document that cannot
 * be read is a sentence too: the audit goes on without it.
 */
export async function compareWithTarget(gaps: readonly KnownGap[], repo: Repo): Promise<readonly string[]> {
  const [runbook, register] = [findRunbook(repo), findRegister(repo)];
  return [
    ...(await compareDocument(runbook, repo, async (path, text) =>
      compareRunbook(gaps, readOutline(path, text)).length === 0
        ? []
        : compareRunbook(gaps, await parseRunbook(path, outlineOf(text))),
    )),
    ...(await compareDocument(register, repo, async (path, text) =>
      compareRegister(gaps, await parseRegister(path, text)),
    )),
  ];
}

async function compareDocument(
  path: string | undefined,
  repo: Repo,
  compare: (path: string, text: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (path === undefined) return [];
  try {
    return await compare(path, repo.text(path));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return [`${error.message}; aims-fix goes by its own list.`];
  }
}

/** The differences between a runbook and the tool; `gaps` in the tool's execution order. */
export function compareRunbook(gaps: readonly KnownGap[], runbook: Runbook): readonly string[] {
  const differences = compareEntries(gaps, runbook.path, runbook.gaps);
  return [...differences, ...compareOrder(gaps, runbook)];
}

/** The differences between a gap register and the tool. */
export function compareRegister(gaps: readonly KnownGap[], register: Register): readonly string[] {
  return compareEntries(gaps, register.path, register.rows);
}

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly priority?: string;
  readonly category?: string;
  readonly line: number;
}

function compareEntries(gaps: readonly KnownGap[], path: string, entries: readonly Entry[]): string[] {
  const known = new Map(gaps.map((gap): [string, KnownGap] => [gap.id, gap]));
  const listed = new Set<string>();
  const said = entries.flatMap((entry) => {
    const at = `${path}:${entry.line}`;
    if (listed.has(entry.id)) return [`${at} lists ${entry.id} a second time; aims-fix knows it once.`];
    listed.add(entry.id);
    const gap = known.get(entry.id);
    return gap
      ? compareEntry(at, entry, gap)
      : [`${at} lists ${entry.id}, which aims-fix does not know; it is not checked.`];
  });
  const lacking = gaps.filter(({ id }) => !listed.has(id));
  return [
    ...said,
    ...lacking.map(({ id }) => `${path} does not list ${id}; aims-fix checks it all the same.`),
  ];
}

function compareEntry(at: string, entry: Entry, gap: KnownGap): string[] {
  const differences: string[] = [];
  const { title, priority, category } = entry;
  if (!isSameText(title, gap.title))
    differences.push(`${at} calls ${gap.id} "${title}"; aims-fix calls it "${gap.title}".`);
  if (priority !== undefined && !isSameText(priority, gap.priority))
    differences.push(
      `${at} gives ${gap.id} the priority ${nameOf(priority)}; aims-fix uses ${gap.priority}.`,
    );
  if (category !== undefined && !isSameText(category, gap.category))
    differences.push(`${at} puts ${gap.id} in ${nameOf(category)}; aims-fix uses ${gap.category}.`);
  return differences;
}

function nameOf(value: string): string {
  return value === '' ? '(nothing)' : value;
}

/** Documents differ in capitals, spaces and a final period without meaning anything by it. */
function isSameText(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Pd}/gu, '-')
    .replace(/\.$/, '');
}

/** One sentence for each gap that would have to move: the fewest that explain the difference. */
function compareOrder(gaps: readonly KnownGap[], { path, order }: Runbook): string[] {
  const ranked = [...new Set(order)].flatMap((id) => {
    const rank = gaps.findIndex((gap) => gap.id === id);
    return rank === -1 ? [] : [{ id, rank }];
  });
  const kept = longestRising(ranked.map(({ rank }) => rank));
  const ours = ranked.toSorted((a, b) => a.rank - b.rank);
  return ranked.flatMap(({ id, rank }, index) => {
    if (kept.has(rank)) return [];
    const position = ours.findIndex((other) => other.id === id) + 1;
    const of = `of these ${ranked.length}`;
    return [`${path} closes ${id} as number ${index + 1} ${of}; aims-fix closes it as number ${position}.`];
  });
}

/** The values of a longest rising subsequence: what stands in the same order on both sides. */
function longestRising(values: readonly number[]): ReadonlySet<number> {
  const chains: number[][] = [];
  for (const value of values) {
    const before = chains.filter((chain) => (chain.at(-1) ?? -1) < value);
    const best = before.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []);
    chains.push([...best, value]);
  }
  return new Set(chains.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []));
}
