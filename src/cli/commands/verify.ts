import { loadGaps } from '../../registry.ts';
import type { AppBuild } from '../../report/document.ts';
import { isWaived } from '../../report/words.ts';
import type { CheckResult, GapVerification } from '../../runner/results.ts';
import { verifyGap } from '../../runner/verify.ts';
import { applyWaivers } from '../../runner/waivers.ts';
import type { Globals, Selection } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import { requireWholeTree } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { minutesOf, type ProofFlags, parseLevel, proveDeeper } from '../proving.ts';
import { requireUninterrupted, type Signals } from '../signals.ts';
import { isEverything, openTarget, selectEntries, type Target } from '../target.ts';

export interface VerifyFlags extends Selection, ProofFlags {
  /** A skip, a step for a person and an unknown gap fail too. */
  readonly strict?: boolean;
}

/** `aims-fix verify`: the gate. Exits 1 on an open gap, a failed check, or a waiver that expired or covers nothing. */
export async function verify(
  io: Io,
  globals: Globals,
  flags: VerifyFlags,
  signals: Signals,
): Promise<Outcome> {
  const level = parseLevel(flags.level);
  minutesOf(flags.minutes);
  const target = await openTarget(io, globals);
  requireWholeTree(target.root);
  const verified = await verifyAll(target, flags, signals);
  const deeper =
    level === 'static' ? undefined : await proveDeeper(io, target, verified, flags, level, signals);
  const waived = applyWaivers(
    deeper?.gaps ?? verified,
    target.config.waivers,
    io.now().toISOString().slice(0, 10),
  );
  const apps = deeper?.apps ?? [];
  const strict = flags.strict ?? false;
  const failed =
    waived.gaps.some((gap) => fails(gap, strict)) ||
    apps.some((app) => appFails(app, strict)) ||
    waived.problems.length > 0;
  return {
    document: {
      ...headOf(target),
      command: 'verify',
      all: isEverything(flags),
      level,
      apps,
      ...(deeper === undefined ? {} : { evidence: deeper.evidence }),
      gaps: waived.gaps,
      waiverProblems: waived.problems,
    },
    exitCode: failed ? 1 : 0,
  };
}

/** What reading alone says of the chosen gaps. */
async function verifyAll(
  { repo }: Target,
  flags: VerifyFlags,
  signals: Signals,
): Promise<readonly GapVerification[]> {
  const verified: GapVerification[] = [];
  for (const gap of await loadGaps(selectEntries(flags))) {
    await requireUninterrupted(signals);
    verified.push(await verifyGap(gap, repo));
  }
  return verified;
}

/** Whether a gap fails the gate. */
export function fails(gap: GapVerification, strict: boolean): boolean {
  if (gap.status === 'open' || gap.status === 'blocked') return true;
  if (strict && (gap.status === 'unknown' || gap.manual.length > 0 || gap.checks.some(isSkip))) return true;
  return !isWaived(gap) && gap.checks.some(isFail);
}

function appFails({ checks }: AppBuild, strict: boolean): boolean {
  return checks.some((check) => isFail(check) || (strict && isSkip(check)));
}

function isFail({ result }: CheckResult): boolean {
  return result.verdict === 'fail';
}

function isSkip({ result }: CheckResult): boolean {
  return result.verdict === 'skip';
}
