import type { Verdict } from '../../contract.ts';
import type { CheckResult, GapAudit, GapVerification } from '../../runner/results.ts';
import type { ApplyDocument, PlanDocument, PlannedGap, VerifyDocument } from '../document.ts';
import { changesText } from '../text/plan.ts';
import { provenWords, verificationText } from '../text/verify.ts';
import { afterWrite, statusText } from '../words.ts';
import { code, diffFence, prose } from './escape.ts';
import { blocks, findingItems, gapHeading, gapTable, next, stepItems, title, waiverItems } from './parts.ts';

/** The diff of each gap, for a pull request. */
export function planMarkdown(document: PlanDocument): readonly string[] {
  return blocks(
    title('Plan', document),
    [`${prose(changesText(document.gaps, 'would be '))}.`],
    ...document.gaps.map((gap) => changeSection(gap, gap, true)),
    next(document),
  );
}

/** What was written per gap. */
export function applyMarkdown(document: ApplyDocument): readonly string[] {
  const { gaps, dryRun, run } = document;
  const undo = run === undefined || dryRun ? '' : ` Undo it with ${code(`aims-fix undo ${run}`)}.`;
  return blocks(
    title(dryRun ? 'Dry run' : 'Changes', document),
    [`${prose(changesText(gaps, dryRun ? 'would be ' : ''))}.${undo}`],
    gapTable(
      gaps,
      gaps.map((gap) => statusText(afterWrite(gap))),
    ),
    ...gaps.filter(({ files }) => files.length > 0).map((gap) => changeSection(gap, afterWrite(gap), dryRun)),
    next(document),
  );
}

function changeSection(gap: PlannedGap, standing: GapAudit, withDiff: boolean): readonly string[] {
  const files = gap.files.map(
    ({ path, change, added, removed }) => `- ${change} ${code(path)} (+${added} −${removed})`,
  );
  const packages = gap.dependencies.map(
    ({ name, range, dir, why }) => `- add ${code(`${name}@${range}`)} in ${code(dir || '.')}: ${prose(why)}`,
  );
  const also = (gap.alsoChanges ?? []).map((each) => `- also: ${prose(each)}`);
  const status = statusText(standing) + (gap.files.length > 0 ? '' : '; nothing to edit');
  return blocks(
    [gapHeading(gap)],
    [`Status: ${prose(status)}`],
    [...files, ...packages, ...also],
    withDiff && gap.diff !== '' ? diffFence(gap.diff) : [],
    stepItems(gap.manual),
  );
}

/** Every check with what it saw. */
export function verifyMarkdown(document: VerifyDocument): readonly string[] {
  const { apps, gaps, evidence, waiverProblems } = document;
  return blocks(
    title('Verification', document),
    [`${prose(verificationText(document))}.`],
    evidence === undefined ? [] : [`[Evidence](${address(evidence)}/README.md)`],
    waiverItems(waiverProblems),
    gapTable(gaps, gaps.map(provenWords)),
    ...apps.map(({ app, checks }) => [
      `## ${prose(app || 'The app at the root')}`,
      '',
      ...checkItems(checks),
    ]),
    ...gaps.map(proofSection),
    next(document),
  );
}

/** As a link's destination. */
function address(path: string): string {
  return encodeURI(path).replace(/[()]/g, (each) => (each === '(' ? '%28' : '%29'));
}

function checkItems(checks: readonly CheckResult[]): readonly string[] {
  return checks.flatMap(({ title: name, level, result }) => [
    `- **${result.verdict}** ${prose(name)} (${level})`,
    ...resultItems(result).map((item) => `  - ${item}`),
  ]);
}

function proofSection(gap: GapVerification): readonly string[] {
  const checks = checkItems(gap.checks);
  const parts = blocks(gap.status === 'open' ? findingItems(gap) : [], checks, stepItems(gap.manual));
  return parts.length > 0 ? blocks([gapHeading(gap)], parts) : [];
}

function resultItems(result: Verdict): readonly string[] {
  const evidence = result.verdict === 'skip' ? [] : (result.evidence ?? []);
  return [
    ...(result.verdict === 'pass' ? [] : [prose(result.reason)]),
    ...(result.verdict === 'skip' && result.remedy !== undefined
      ? [`to run it: ${prose(result.remedy)}`]
      : []),
    ...evidence.map(({ subject, observed }) => `${code(subject)}: ${prose(observed)}`),
  ];
}
