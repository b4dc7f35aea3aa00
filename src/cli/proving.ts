import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { GapId, Level } from '../contract.ts';
import { UsageError } from '../errors.ts';
import type { EvidenceFolder } from '../proof/evidence.ts';
import type { Proof } from '../proof/run.ts';
import { loadGaps } from '../registry.ts';
import type { AppBuild } from '../report/document.ts';
import type { GapVerification } from '../runner/results.ts';
import { deeperChecks } from '../runner/verify.ts';
import { ensureStateFolder, requireRealFolder, stateFolder } from '../transaction/state-folder.ts';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';
import type { Signals } from './signals.ts';
import { repoFacts, type Target } from './target.ts';

export interface ProofFlags {
  /** static, build or live. */
  readonly level?: string;
  /** A folder that gets the evidence beside the one in .aims-fix/. */
  readonly evidence?: string;
  /** The commit whose type errors are not new; default HEAD. */
  readonly base?: string;
  /** Minutes that a level may take; default 20. */
  readonly minutes?: string;
}

/** What the deeper levels add to a verification. */
export interface Proven {
  readonly gaps: readonly GapVerification[];
  readonly apps: readonly AppBuild[];
  /** The folder of the evidence, relative to the root. */
  readonly evidence: string;
}

const LEVELS: readonly Level[] = ['static', 'build', 'live'];
const DEFAULT_MINUTES = 20;

/** @throws UsageError for a level that is none. */
export function parseLevel(level: string | undefined): Level {
  const known = LEVELS.find((each) => each === (level ?? 'static'));
  if (known) return known;
  throw new UsageError(`unknown level ${level}`, `Levels: ${LEVELS.join(', ')}.`);
}

/** Builds, boots and tries; writes the evidence. */
export async function proveDeeper(
  io: Io,
  target: Target,
  gaps: readonly GapVerification[],
  flags: ProofFlags,
  level: 'build' | 'live',
  signals: Signals,
): Promise<Proven> {
  const minutes = minutesOf(flags.minutes);
  const { prove } = await import('../proof/prove.ts');
  const { hideIn } = await import('../proof/evidence.ts');
  const toProve = await Promise.all(
    gaps.map(async (gap) => ({ id: gap.id, checks: await checksOf(target, gap, level) })),
  );
  const proof = await prove({
    root: target.root,
    repo: target.repo,
    gaps: toProve,
    level,
    base: flags.base ?? 'HEAD',
    cache: cacheFolder(io),
    minutes,
    env: io.env,
    signal: signals.signal,
    progress: createProgress(io),
  });
  const proven = gaps.map((gap) => ({
    ...gap,
    checks: [
      ...gap.checks,
      ...(proof.gaps.get(gap.id) ?? []).map(({ result }) => hideIn(result, proof.hidden)),
    ],
  }));
  const evidence = await keepEvidence(io, target, proven, proof, level, flags.evidence);
  const apps = proof.apps.map(({ app, checks }) => ({
    app,
    checks: checks.map(({ result }) => hideIn(result, proof.hidden)),
  }));
  return { gaps: proven, apps, evidence };
}

async function checksOf({ repo }: Target, { id, status }: GapVerification, level: 'build' | 'live') {
  const entry = (await import('../../gaps/registry.ts')).registry.filter(({ summary }) => summary.id === id);
  const [gap] = await loadGaps(entry);
  return gap ? deeperChecks(gap, repo, status, level) : [];
}

/** @throws UsageError for what is no number of minutes. */
export function minutesOf(given: string | undefined): number {
  const minutes = Number(given ?? DEFAULT_MINUTES);
  if (Number.isFinite(minutes) && minutes > 0) return minutes;
  throw new UsageError(`--minutes ${given} is no number of minutes`, 'For example: --minutes 30');
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: a cache may be deleted at any time. */
function cacheFolder({ env }: Io): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'aims-fix');
}

async function keepEvidence(
  io: Io,
  target: Target,
  gaps: readonly GapVerification[],
  proof: Proof,
  level: Level,
  wanted: string | undefined,
): Promise<string> {
  const { writeEvidence } = await import('../proof/evidence.ts');
  const facts = repoFacts(target);
  const now = io.now().toISOString();
  const run = {
    facts: [
      ['Repository', facts.name],
      ['Commit', facts.commit ?? 'none'],
      ['Level', level],
      ['Time', now],
    ] as const,
    folders: foldersOf(gaps, proof),
    hidden: proof.hidden,
  };
  ensureStateFolder(target.root);
  requireRealFolder(join(stateFolder(target.root), 'evidence'));
  const dir = join(stateFolder(target.root), 'evidence', now.replace(/[-:]|\.\d+/g, ''));
  await writeEvidence(dir, run);
  if (wanted !== undefined) await writeEvidence(resolve(io.cwd, wanted), run);
  return shown(target.root, wanted === undefined ? dir : resolve(io.cwd, wanted));
}

function foldersOf(gaps: readonly GapVerification[], proof: Proof): readonly EvidenceFolder[] {
  return [
    ...proof.apps.map(({ app, checks }) => ({
      name: `build-${app.replaceAll('/', '-') || 'root'}`,
      title: `${app || 'the root'} installs and builds`,
      checks,
    })),
    ...gaps.map(({ id, title, checks }) => ({
      name: id,
      title,
      checks: evidenceOf(id, checks, proof),
    })),
  ];
}

/** The static checks have no transcript beyond their own evidence. */
function evidenceOf(id: GapId, checks: GapVerification['checks'], proof: Proof): EvidenceFolder['checks'] {
  const transcript = { entries: [], pictures: [], note: () => undefined, picture: async () => undefined };
  const still = checks.filter(({ level }) => level === 'static').map((result) => ({ result, transcript }));
  return [...still, ...(proof.gaps.get(id) ?? [])];
}

/** Relative to the root, as long as it is under it. */
function shown(root: string, dir: string): string {
  const path = relative(root, dir).replaceAll('\\', '/');
  return path.startsWith('..') || isAbsolute(path) ? dir : path;
}
