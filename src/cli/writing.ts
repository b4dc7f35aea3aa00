import { randomBytes } from 'node:crypto';
import { FailedError, RecoveryError } from '../errors.ts';
import { createRepo } from '../repo/repo.ts';
import { diskSource } from '../repo/source.ts';
import { writeChanges } from '../runner/apply.ts';
import { commitMessage } from '../runner/commit-message.ts';
import { openGit } from '../runner/git.ts';
import type { GapPlan } from '../runner/results.ts';
import { withLock } from '../transaction/lock.ts';
import type { Change } from '../transaction/types.ts';
import { undo } from '../transaction/undo.ts';
import type { ApplyFlags, Intent } from './intent.ts';
import type { Io } from './io.ts';
import { note } from './note.ts';
import { requireWholeTree } from './open-run.ts';
import { planTarget } from './planning.ts';
import type { Signals } from './signals.ts';
import { waiving } from './waiving.ts';

/** Writes everything in one transaction. Returns the run's id. */
export async function writeTogether(io: Io, intent: Intent, signals: Signals): Promise<string> {
  return withLock(intent.target.root, 'apply', async () => {
    requireWholeTree(intent.target.root);
    return writeRun(io, intent, intent.plans, intent.changes, signals);
  });
}

/**
 * Writes gap after gap, each in a transaction of its own and, with --commit, in a commit of its own. With
 * --keep-going a gap that fails is rolled back and the next one is tried. Returns the id of the last run.
 */
export async function writeEach(
  io: Io,
  intent: Intent,
  flags: ApplyFlags,
  signals: Signals,
): Promise<string | undefined> {
  return withLock(intent.target.root, 'apply', async () => {
    requireWholeTree(intent.target.root);
    let last: string | undefined;
    for (const { id } of intent.plans) {
      try {
        last =
          (await writeGap(
            io,
            intent,
            { ...flags, named: [], gap: [id], priority: [], all: false },
            signals,
          )) ?? last;
      } catch (error) {
        if (signals.interrupted()) throw stopped(error, last);
        if (!flags.keepGoing || error instanceof RecoveryError) throw error;
        note(io, `${id}: ${messageOf(error)}`);
      }
    }
    return last;
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The gaps before it have runs, and commits, of their own. */
function stopped(error: unknown, last: string | undefined): unknown {
  if (error instanceof RecoveryError || last === undefined) return error;
  return new FailedError(
    'interrupted; the gap at work was rolled back, and what was written for the gaps before it stands',
    `Take that back too with: aims-fix undo ${last}`,
  );
}

/** Plans one gap on the disk as it is now, writes it, commits it. Undefined when there was nothing to write. */
async function writeGap(
  io: Io,
  intent: Intent,
  flags: ApplyFlags,
  signals: Signals,
): Promise<string | undefined> {
  const { root, repoOptions } = intent.target;
  const target = { ...intent.target, repo: createRepo(diskSource(root), repoOptions) };
  const { plans, stage } = await planTarget(io, target, flags, signals);
  const changes = stage.changes();
  if (changes.length === 0) return undefined;
  const run = await writeRun(io, { ...intent, target }, plans, changes, signals);
  if (flags.commit) commitGap(root, intent, plans[0], changes, run);
  return run;
}

async function writeRun(
  io: Io,
  intent: Intent,
  plans: readonly GapPlan[],
  changes: readonly Change[],
  signals: Signals,
): Promise<string> {
  if (await signals.look()) throw new FailedError('interrupted; nothing was written');
  const started = io.now();
  const id = runId(started);
  writeChanges({
    root: intent.target.root,
    repoOptions: intent.target.repoOptions,
    changes,
    plans: plans.filter(({ diff }) => diff !== ''),
    gaps: intent.gaps,
    waive: waiving(io, intent.target),
    runId: id,
    command: 'apply',
    startedAt: started.toISOString(),
    interrupted: signals.interrupted,
  });
  await rollBackIfInterrupted(intent.target.root, id, signals);
  return id;
}

/** Signals are delivered between turns, and a commit is one turn: one that came meanwhile is seen here. */
async function rollBackIfInterrupted(root: string, id: string, signals: Signals): Promise<void> {
  if (!(await signals.look())) return;
  takeBack(root, id);
  throw new FailedError('interrupted; every file is what it was');
}

/** @throws RecoveryError when a file was changed meanwhile, by a hook for one. */
function takeBack(root: string, run: string): void {
  const [first] = undo(root, run).conflicts;
  if (first)
    throw new RecoveryError(
      `the run ${run} could not be taken back: ${first.path} ${first.reason}`,
      `Look at the file, then run: aims-fix undo ${run}`,
    );
}

/** `20261123-164512-3f9a`: sorts by time, and no two runs share it. */
function runId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${randomBytes(2).toString('hex')}`;
}

function commitGap(
  root: string,
  intent: Intent,
  plan: GapPlan | undefined,
  changes: readonly Change[],
  run: string,
): void {
  const gap = intent.gaps.find(({ meta }) => meta.id === plan?.id);
  try {
    if (gap)
      openGit(root)?.commit(
        changes.map(({ path }) => path),
        commitMessage(gap.meta, plan?.alsoChanges ?? [], run),
      );
  } catch (error) {
    takeBack(root, run);
    throw error;
  }
}
