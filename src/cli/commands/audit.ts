import { registry } from '../../../gaps/registry.ts';
import type { Priority } from '../../contract.ts';
import { UsageError } from '../../errors.ts';
import { loadGaps } from '../../registry.ts';
import { compareWithTarget } from '../../runbook/compare.ts';
import { auditGap } from '../../runner/audit.ts';
import type { GapAudit } from '../../runner/results.ts';
import { applyWaivers } from '../../runner/waivers.ts';
import type { Globals, Selection } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import { tellOfOpenRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { isEverything, openTarget, selectEntries } from '../target.ts';

export interface AuditFlags extends Selection {
  readonly failOn?: string;
}

const FAIL_ON = ['P0', 'P1', 'P2', 'P3', 'any'] as const;

/** `aims-fix audit`: what is open, and where. Informs, and exits 0 unless --fail-on says otherwise. */
export async function audit(io: Io, globals: Globals, flags: AuditFlags): Promise<Outcome> {
  const failOn = parseFailOn(flags.failOn);
  const target = await openTarget(io, globals);
  tellOfOpenRun(io, target.root);
  const gaps = await loadGaps(selectEntries(flags));
  const audits = gaps.map((gap) => auditGap(gap, target.repo).audit);
  const waived = applyWaivers(audits, target.config.waivers, io.now().toISOString().slice(0, 10));
  // A runbook speaks of all gaps, so it is compared when all are asked for.
  const differences = isEverything(flags)
    ? await compareWithTarget(
        registry.map(({ summary }) => summary),
        target.repo,
      )
    : [];
  return {
    document: {
      ...headOf(target),
      command: 'audit',
      all: isEverything(flags),
      gaps: waived.gaps,
      differences,
      waiverProblems: waived.problems,
    },
    exitCode: failOn !== undefined && waived.gaps.some((gap) => counts(gap, failOn)) ? 1 : 0,
  };
}

function parseFailOn(value: string | undefined): (typeof FAIL_ON)[number] | undefined {
  if (value === undefined) return undefined;
  const known = FAIL_ON.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  if (!known) throw new UsageError(`--fail-on ${value} is no priority`, `One of ${FAIL_ON.join(', ')}.`);
  return known;
}

/** An open gap of this priority or a more urgent one; a blocked gap was not judged, so it counts as open. */
function counts({ status, priority }: GapAudit, failOn: Priority | 'any'): boolean {
  if (status !== 'open' && status !== 'blocked') return false;
  return failOn === 'any' || priority <= failOn;
}
