import type { ManualStep } from '../../contract.ts';
import type { GapAudit, ReportedFinding } from '../../runner/results.ts';
import type { WaiverProblem } from '../../runner/waivers.ts';
import type { ReportDocument } from '../document.ts';
import type { DocumentHead, HeadWithoutRepo } from '../document-head.ts';
import { nextCommand } from '../next.ts';
import { placeOf, sortFindings, statusText } from '../words.ts';
import { code, prose, table } from './escape.ts';

/** Blocks with one blank line between them; empty blocks vanish. */
export function blocks(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

/** The title of a report and what it is about. */
export function title(name: string, { tool, repo }: DocumentHead | HeadWithoutRepo): readonly string[] {
  const about = repo ? ` of ${prose(repo.name)}` : '';
  const commit = repo?.commit === undefined ? '' : `, commit ${code(repo.commit)}`;
  return [`# ${name}${about}`, '', `${prose(`${tool.name} ${tool.version}`)}${commit}`];
}

/** What to type next. */
export function next(document: ReportDocument): readonly string[] {
  const command = nextCommand(document);
  return command === undefined ? [] : [`Next: ${code(command)}`];
}

/** The gaps in execution order. */
export function gapTable(
  gaps: readonly Pick<GapAudit, 'id' | 'priority' | 'effort' | 'title'>[],
  words: readonly string[],
): readonly string[] {
  const rows = gaps.map((gap, index) => [
    prose(gap.id),
    gap.priority,
    prose(gap.title),
    prose(words[index] ?? ''),
    prose(gap.effort),
  ]);
  return table(['Gap', 'Priority', 'Title', 'Status', 'Effort'], rows);
}

export function gapHeading({ id, title: name }: Pick<GapAudit, 'id' | 'title'>): string {
  return `## ${prose(`${id}: ${name}`)}`;
}

/** Findings as a list; waived ones and notes say so. */
export function findingItems(gap: GapAudit): readonly string[] {
  const { open, waived, notes } = sortFindings(gap.findings);
  return [
    ...open.map((finding) => findingItem(finding)),
    ...waived.map((finding) => {
      const { owner = '', expires = '', reason = '' } = finding.waived ?? {};
      return `${findingItem(finding)} — waived by ${prose(owner)} until ${expires}: ${prose(reason)}`;
    }),
    ...notes.map((finding) => `${findingItem(finding)} — a note, not counted`),
  ];
}

function findingItem(finding: ReportedFinding): string {
  return `- ${code(placeOf(finding))} ${prose(finding.message)} (${code(finding.code)})`;
}

/** Steps as a numbered list. */
export function stepItems(steps: readonly ManualStep[]): readonly string[] {
  if (steps.length === 0) return [];
  const items = steps.map(
    ({ title: what, why, seenBy }, index) =>
      `${index + 1}. ${prose(what)} Why: ${prose(why)} Seen by: ${prose(seenBy)}`,
  );
  return ['For a person:', '', ...items];
}

export function waiverItems(problems: readonly WaiverProblem[]): readonly string[] {
  return problems.map(({ message }) => `- **Error:** ${prose(message)}`);
}

/** What a gap needs, as a section; nothing for a gap that needs nothing. */
export function gapSection(gap: GapAudit): readonly string[] {
  const undecided = gap.status === 'unknown' || gap.status === 'blocked';
  const parts = blocks(
    undecided ? [`Status: ${prose(statusText(gap))}`] : [],
    findingItems(gap),
    stepItems(gap.manual),
  );
  return parts.length > 0 ? blocks([gapHeading(gap)], parts) : [];
}
