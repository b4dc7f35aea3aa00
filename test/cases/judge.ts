import { join } from 'node:path';
import { registry } from '../../gaps/registry.ts';
import type { Dependency, GapId } from '../../src/contract.ts';
import { addPackage } from '../../src/edit/json.ts';
import { applySpans } from '../../src/edit/spans.ts';
import { loadGaps } from '../../src/registry.ts';
import { createRepo, type RawRepo, type RepoOptions } from '../../src/repo/repo.ts';
import { diskSource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';
import { parseOptions } from '../../src/runner/options.ts';
import { planGaps } from '../../src/runner/plan.ts';
import type { GapAudit, GapPlan } from '../../src/runner/results.ts';

const gaps = await loadGaps(registry);

/** What an audit says of a gap in a case: its status, then a line for each finding and note. */
export function said(name: string, id: GapId, options: RepoOptions = {}): readonly string[] {
  const { status, findings } = auditIn(repoOf(name, options), id);
  return [
    status,
    ...findings.map(({ note, code, path, line }) =>
      [note ? 'note' : 'find', code, line === undefined ? path : `${path}:${line}`].join(' '),
    ),
  ];
}

/** What planning one gap does in a case. */
export interface Applied {
  readonly plan: GapPlan;
  /** What the gap says afterwards. */
  readonly left: GapAudit;
  /** The paths that are created, changed or deleted, with what happens to them. */
  readonly changes: readonly string[];
  /** The steps for a person. */
  readonly steps: string;
  /** A file as it is afterwards; undefined where there is none. */
  text(path: string): string | undefined;
  /** The same as it is written, with its own line ends. */
  bytes(path: string): string;
}

/** Plans one gap alone, as `apply --gap` does before it writes. */
export async function applied(name: string, id: GapId, options: RepoOptions = {}): Promise<Applied> {
  const gap = gapOf(id);
  const parsed = await parseOptions(gaps, [id], {}, {});
  const before = repoOf(name, options);
  const { plans, stage } = await planGaps(before, {
    gaps: [gap],
    required: gaps.filter(({ meta }) => gap.meta.requires.includes(meta.id)),
    optionsOf: () => parsed.get(id) ?? {},
    addDependencies: async (repo, packages) => ({ files: manifests(repo, packages) }),
    waive: (audit) => audit,
  });
  const [plan] = plans;
  if (!plan) throw new Error(`no plan of ${id}`);
  return {
    plan,
    left: auditIn(stage.repo, id),
    changes: stage.changes().map(({ kind, path }) => `${kind} ${path}`),
    steps: plan.manual.map(({ title, why }) => `${title}. ${why}`).join('\n'),
    bytes: (path) => Buffer.from(stage.repo.bytes(path)).toString('utf8'),
    text: (path) => (stage.repo.exists(path) ? stage.repo.text(path) : undefined),
  };
}

function repoOf(name: string, options: RepoOptions): RawRepo {
  return createRepo(diskSource(join('test/fixtures/cases', name)), options);
}

function gapOf(id: GapId) {
  const gap = gaps.find(({ meta }) => meta.id === id);
  if (!gap) throw new Error(`no gap ${id}`);
  return gap;
}

function auditIn(repo: RawRepo, id: GapId): GapAudit {
  return auditGap(gapOf(id), repo).audit;
}

/** The package.json files with these packages; lock files are left to the tests of the registry. */
function manifests(repo: RawRepo, packages: readonly Dependency[]): ReadonlyMap<string, Uint8Array> {
  const texts = new Map<string, string>();
  for (const { dir, name, range, dev } of packages) {
    const path = join(dir, 'package.json');
    const text = texts.get(path) ?? repo.text(path);
    const section = dev ? 'devDependencies' : 'dependencies';
    const outcome = addPackage(path, text, section, { name, range, replace: true });
    if ('refused' in outcome) throw new Error(outcome.refused);
    texts.set(path, applySpans(path, text, outcome.spans));
  }
  return new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
}
