import type { Finding, Gap, ManualStep } from '../contract.ts';
import type { Detected } from './audit.ts';
import { identityOf } from './findings.ts';
import type { GapAudit } from './results.ts';
import { isOpenFinding } from './waivers.ts';

/** What apply is asked to close, and what it leaves because a person accepted something that goes with it. */
export interface Wanted {
  readonly findings: readonly Finding[];
  /** One step for each unit that stays open for its waived part. */
  readonly held: readonly ManualStep[];
}

/**
 * Leaves out every unit of which a person accepted a finding.
 * @param accepted the audit of these findings, in their order, with the waivers applied
 */
export function wantedOf(gap: Gap, { findings }: Detected, accepted: GapAudit): Wanted {
  const units = new Map<string, number[]>();
  findings.forEach((finding, index) => {
    const key = unitKey(gap, finding);
    units.set(key, [...(units.get(key) ?? []), index]);
  });
  const isWaived = (index: number) => accepted.findings[index]?.waived !== undefined;
  const kept = [...units.values()].filter((members) => members.some(isWaived));
  const left = new Set(kept.flat());
  return {
    findings: findings.filter((_finding, index) => !left.has(index)),
    held: kept.flatMap((members) => heldStep(members, accepted)),
  };
}

/** Findings that nothing tells apart are one unit too: what closes one leaves the others without their name. */
export function unitKey(gap: Gap, finding: Finding): string {
  return gap.unitOf?.(finding) ?? identityOf(gap.meta, finding);
}

/** Nothing where the whole unit is accepted. */
function heldStep(members: readonly number[], { findings }: GapAudit): readonly ManualStep[] {
  const reported = members.flatMap((index) => findings[index] ?? []);
  const waived = reported.find((finding) => finding.waived !== undefined);
  const open = reported.find(isOpenFinding);
  if (!waived || !open) return [];
  return [
    {
      title: `Decide on ${open.path}: ${open.message}`,
      why: `It can only be closed together with a finding that ${waived.waived?.owner} accepts (${waived.path}).`,
      seenBy: 'The finding is gone, or it is waived as well.',
    },
  ];
}
