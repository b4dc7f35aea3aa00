import type { Finding, Gap, ManualStep } from '../../src/contract.ts';
import type { RawRepo } from '../../src/repo/repo.ts';
import { auditGap } from '../../src/runner/audit.ts';
import type { GapAudit, ReportedFinding } from '../../src/runner/results.ts';

/** One case, and what apply would tell a person in it. */
export interface SaidCase {
  readonly name: string;
  readonly repo: RawRepo;
  readonly steps: (findings: readonly Finding[]) => readonly ManualStep[];
}

/** How much of the line that a finding points at is shown. */
const SHOWN = 90;

/**
 * What a gap says of one case, as a reviewer reads it beside the diff: the verdict and its reason, each finding with
 * its place, its sentence and the code that it points at, and each step for a person, whole the first time.
 * @param steps the steps of apply for these findings
 * @param told the steps of the cases before; grows
 */
export function findingsText(gap: Gap, { name, repo, steps }: SaidCase, told: Set<string>): string {
  const { audit, findings } = auditGap(gap, repo);
  const own = findings.length > 0 ? steps(findings) : [];
  const manual = [...new Map([...audit.manual, ...own].map((step) => [JSON.stringify(step), step])).values()];
  const lines = [
    `# ${name}`,
    verdictLine(audit),
    ...audit.findings.flatMap((finding, index) => findingLines(finding, findings[index]?.at, repo)),
    ...manual.flatMap((step) => stepLines(step, told)),
  ];
  return `${lines.join('\n')}\n`;
}

function verdictLine({ status, reason }: GapAudit): string {
  return reason === undefined ? status : `${status}: ${reason}`;
}

function findingLines(
  { path, line, column, code, message, note }: ReportedFinding,
  at: number | undefined,
  repo: RawRepo,
): readonly string[] {
  const place = line === undefined ? path : `${path}:${line}:${column}`;
  const pointed = at === undefined || !repo.exists(path) ? '' : lineFrom(repo.text(path), at);
  return [
    `${note ? 'note' : 'find'} ${code} ${place}`,
    `     ${message}`,
    ...(pointed === '' ? [] : [`     > ${pointed}`]),
  ];
}

function lineFrom(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text
    .slice(at, end === -1 ? undefined : end)
    .trimEnd()
    .slice(0, SHOWN);
}

function stepLines({ title, why, seenBy }: ManualStep, told: Set<string>): readonly string[] {
  const identity = JSON.stringify([title, why, seenBy]);
  if (told.has(identity)) return [`step ${title}`];
  told.add(identity);
  return [`step ${title}`, `     why: ${why}`, `     seen by: ${seenBy}`];
}
