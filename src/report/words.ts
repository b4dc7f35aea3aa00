import type { Priority } from '../contract.ts';
import type { GapAudit, ReportedFinding, Status } from '../runner/results.ts';
import { isOpenFinding } from '../runner/waivers.ts';

/** `1 finding`, `2 findings`, `0 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `1 step for a person`. */
export function stepsForAPerson(number: number): string {
  return `${count(number, 'step')} for a person`;
}

/** `path:line:column`, as editors and terminals open it. */
export function placeOf({ path, line, column }: Pick<ReportedFinding, 'path' | 'line' | 'column'>): string {
  return [path, line, column].filter((part) => part !== undefined).join(':');
}

/** The findings of a gap, told apart: what makes it open, what a person accepted, what goes beyond. */
export function sortFindings(findings: readonly ReportedFinding[]): {
  readonly open: readonly ReportedFinding[];
  readonly waived: readonly ReportedFinding[];
  readonly notes: readonly ReportedFinding[];
} {
  return {
    open: findings.filter(isOpenFinding),
    waived: findings.filter(({ waived }) => waived),
    notes: findings.filter(({ note, waived }) => note && !waived),
  };
}

/** Whether a person accepted what is left of a gap, so that a check that fails is no news. */
export function isWaived({ status, findings }: GapAudit): boolean {
  return status === 'closed' && findings.some(({ waived, note }) => waived && !note);
}

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  open: 'open',
  closed: 'closed',
  'not-applicable': 'not applicable',
  unknown: 'unknown',
  blocked: 'blocked',
};

/** How a gap stands, in words: `open, 2 findings`, `closed`, `waived, 3 findings`, `unknown: why`. */
export function statusText(gap: GapAudit): string {
  const word = isWaived(gap) ? 'waived' : STATUS_WORDS[gap.status];
  const { open, waived } = sortFindings(gap.findings);
  if (gap.status === 'open' || gap.status === 'closed') {
    const parts = [
      word,
      ...(open.length > 0 ? [count(open.length, 'finding')] : []),
      ...(waived.length > 0
        ? [isWaived(gap) ? count(waived.length, 'finding') : `${waived.length} waived`]
        : []),
      ...(gap.manual.length > 0 ? [stepsForAPerson(gap.manual.length)] : []),
    ];
    return parts.join(', ');
  }
  return gap.reason === undefined ? word : `${word}: ${gap.reason}`;
}

/** How a gap stands after a write; the findings that it closed are history. */
export function afterWrite(gap: GapAudit & { readonly after: Status }): GapAudit {
  const isClosedNow = gap.after === 'closed' && gap.status === 'open';
  return { ...gap, status: gap.after, findings: isClosedNow ? [] : gap.findings };
}

/** The last line of an audit: `7 open, 3 closed, 1 unknown, 1 waived · 41 findings · 3 findings waived`. */
export function totalsText(gaps: readonly GapAudit[]): string {
  const statuses: readonly Status[] = ['open', 'closed', 'unknown', 'blocked', 'not-applicable'];
  const byStatus = statuses.flatMap((status) => {
    const number = gaps.filter((gap) => gap.status === status && !isWaived(gap)).length;
    return number > 0 ? [`${number} ${STATUS_WORDS[status]}`] : [];
  });
  const accepted = gaps.filter(isWaived).length;
  const { open, waived } = sortFindings(gaps.flatMap(({ findings }) => findings));
  const steps = gaps.reduce((sum, { manual }) => sum + manual.length, 0);
  return [
    [...byStatus, ...(accepted > 0 ? [`${accepted} waived`] : [])].join(', ') || 'no gaps',
    count(open.length, 'finding'),
    ...(waived.length > 0 ? [`${count(waived.length, 'finding')} waived`] : []),
    ...(steps > 0 ? [stepsForAPerson(steps)] : []),
  ].join(' · ');
}

/** Where the open gaps weigh: `open by priority: P0 2, P1 4`; undefined when none is open. */
export function openByPriority(gaps: readonly GapAudit[]): string | undefined {
  const priorities: readonly Priority[] = ['P0', 'P1', 'P2', 'P3'];
  const parts = priorities.flatMap((priority) => {
    const number = gaps.filter((gap) => gap.status === 'open' && gap.priority === priority).length;
    return number > 0 ? [`${priority} ${number}`] : [];
  });
  return parts.length > 0 ? `open by priority: ${parts.join(', ')}` : undefined;
}
