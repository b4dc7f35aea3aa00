import type { GapAudit, ReportedFinding } from '../../runner/results.ts';
import type { ReportDocument } from '../document.ts';
import { sortFindings } from '../words.ts';

/** GitHub shows so many annotations of each kind for a step, and drops the rest. */
const SHOWN = 10;

const KINDS = { P0: 'error', P1: 'error', P2: 'warning', P3: 'notice' } as const;

type Kind = (typeof KINDS)[keyof typeof KINDS];

interface Annotation {
  readonly kind: Kind;
  readonly gap: GapAudit;
  readonly finding: ReportedFinding;
}

/**
 * Findings as annotations of a workflow's step, the most urgent first; what is beyond GitHub's limit is counted.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithub(document: ReportDocument): string {
  if (document.command === 'error') return `::error::${data(document.error.message)}\n`;
  if (document.command !== 'audit' && document.command !== 'verify') return '';
  const all = byPriority(document.gaps).flatMap((gap) =>
    sortFindings(gap.findings).open.map(
      (finding): Annotation => ({ kind: KINDS[gap.priority], gap, finding }),
    ),
  );
  const kinds: readonly Kind[] = ['error', 'warning', 'notice'];
  const lines = kinds.flatMap((kind) => linesOf(all.filter((each) => each.kind === kind)));
  return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}

function linesOf(all: readonly Annotation[]): readonly string[] {
  const [first] = all;
  if (!first) return [];
  const fits = all.length <= SHOWN;
  const shown = all.slice(0, fits ? SHOWN : SHOWN - 1);
  const more = all.length - shown.length;
  return [
    ...shown.map(({ kind, gap, finding }) => `::${kind} ${placeOf(gap, finding)}::${data(finding.message)}`),
    ...(fits ? [] : [`::${first.kind} title=aims-fix::${more} more findings: see the summary of this job`]),
  ];
}

function placeOf({ id, title }: GapAudit, { path, line, column }: ReportedFinding): string {
  return Object.entries({ file: path, line, col: column, title: `${id} ${title}` })
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${property(String(value))}`]))
    .join(',');
}

function byPriority(gaps: readonly GapAudit[]): readonly GapAudit[] {
  return [...gaps].sort((a, b) => (a.priority < b.priority ? -1 : Number(a.priority > b.priority)));
}

/** The runner reads a command up to the end of its line. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
