import type { CheckResult, GapVerification } from '../../runner/results.ts';
import { visible } from '../../words/visible.ts';
import type { AppBuild, VerifyDocument } from '../document.ts';
import type { View } from '../view.ts';
import { count, isWaived, statusText, stepsForAPerson } from '../words.ts';
import { waiverLines } from './audit.ts';
import { findingLines } from './findings.ts';
import { auditLine, type GapLine, gapHeader, gapLines } from './gap.ts';
import { blocks, heading, nextLine, paragraph, totalLine } from './lines.ts';
import { stepLines } from './steps.ts';

type Name = CheckResult['result']['verdict'];

const MARKS = {
  pass: { symbol: '✓', tone: 'good' },
  fail: { symbol: '✗', tone: 'bad' },
  skip: { symbol: '–', tone: 'warn' },
} as const;

/** One line per gap, then each check with what it saw, then what it comes to. */
export function verifyText(document: VerifyDocument, view: View): readonly string[] {
  const shown = view.quiet ? document.gaps.filter(needsAttention) : document.gaps;
  return blocks(
    heading(document, view),
    gapLines(shown.map(provenLine), view),
    ...document.apps.map((app) => appLines(app, view)),
    ...shown.map((gap) => proofLines(gap, view)),
    document.evidence === undefined ? [] : [`evidence: ${visible(document.evidence)}`],
    [...totalLine(verificationText(document), view), ...waiverLines(document.waiverProblems, view)],
    nextLine(document, view),
  );
}

function needsAttention(gap: GapVerification): boolean {
  return (
    gap.status === 'open' ||
    gap.status === 'unknown' ||
    gap.status === 'blocked' ||
    (checksWith(gap, 'fail') > 0 && !isWaived(gap))
  );
}

function checksWith({ checks }: Pick<GapVerification, 'checks'>, name: Name): number {
  return checks.filter(({ result }) => result.verdict === name).length;
}

/** A closed gap is `proven` when every check passed, one of them live; with a skip it is not. */
function provenLine(gap: GapVerification): GapLine {
  const [passed, failed, skipped] = [
    checksWith(gap, 'pass'),
    checksWith(gap, 'fail'),
    checksWith(gap, 'skip'),
  ];
  if (gap.status !== 'closed' || isWaived(gap)) return auditLine(gap);
  if (failed > 0) return { gap, mark: MARKS.fail, words: `not proven, ${count(failed, 'check')} failed` };
  const steps = gap.manual.length > 0 ? `, ${stepsForAPerson(gap.manual.length)}` : '';
  if (skipped > 0)
    return { gap, mark: MARKS.skip, words: `closed, ${count(skipped, 'check')} skipped${steps}` };
  if (passed === 0) return { gap, mark: MARKS.skip, words: `${statusText(gap)}, no check at this level` };
  return { gap, mark: MARKS.pass, words: `${depthOf(gap)}, ${count(passed, 'check')} passed${steps}` };
}

/** How deep the checks went: only what was tried in the booted application is proven. */
function depthOf({ checks }: GapVerification): string {
  const levels = new Set(checks.map(({ level }) => level));
  return levels.has('live') ? 'proven' : levels.has('build') ? 'closed, built' : 'closed, read';
}

/** How a gap stands after its checks, in words. */
export function provenWords(gap: GapVerification): string {
  return provenLine(gap).words;
}

function proofLines(gap: GapVerification, view: View): readonly string[] {
  const lines = [
    ...(gap.status === 'open' ? findingLines(gap, view) : []),
    ...gap.checks
      .filter(({ result }) => !view.quiet || result.verdict === 'fail')
      .flatMap((check) => checkLines(check, view)),
    ...stepLines(gap.manual, view),
  ];
  return lines.length > 0 ? [...gapHeader(gap, view), ...lines] : [];
}

function appLines({ app, checks }: AppBuild, view: View): readonly string[] {
  const lines = checks
    .filter(({ result }) => !view.quiet || result.verdict === 'fail')
    .flatMap((check) => checkLines(check, view));
  return lines.length > 0 ? [view.paint('strong', visible(app) || 'the app at the root'), ...lines] : [];
}

function checkLines({ title, level, result, milliseconds }: CheckResult, view: View): readonly string[] {
  const { symbol, tone } = MARKS[result.verdict];
  const time = milliseconds >= 100 ? `, ${(milliseconds / 1000).toFixed(1)} s` : '';
  const line = paragraph(`${title} (${level}${time})`, { lead: `  ${symbol} ${result.verdict}  ` }, view);
  const [first = '', ...rest] = line;
  const painted = first.replace(
    `${symbol} ${result.verdict}`,
    view.paint(tone, `${symbol} ${result.verdict}`),
  );
  return [painted, ...rest, ...resultLines(result, view)];
}

const BELOW = ' '.repeat('  ✓ pass  '.length);

function resultLines(result: CheckResult['result'], view: View): readonly string[] {
  const evidence = result.verdict === 'skip' ? [] : (result.evidence ?? []);
  return [
    ...(result.verdict === 'pass' ? [] : paragraph(result.reason, { lead: BELOW }, view)),
    ...(result.verdict === 'skip' && result.remedy !== undefined
      ? paragraph(`to run it: ${result.remedy}`, { lead: BELOW }, view)
      : []),
    ...evidence.flatMap(({ subject, observed }) =>
      paragraph(`${subject}: ${observed}`, { lead: BELOW, tone: 'dim' }, view),
    ),
  ];
}

/** `18 closed, 2 open · 40 checks passed, 1 failed, 3 skipped (a skip proves nothing)`. */
export function verificationText({ apps, gaps }: Pick<VerifyDocument, 'apps' | 'gaps'>): string {
  const total = (name: Name) => [...apps, ...gaps].reduce((sum, each) => sum + checksWith(each, name), 0);
  const standing = (statuses: readonly string[]) =>
    gaps.filter(({ status }) => statuses.includes(status)).length;
  const undecided = standing(['unknown', 'blocked']);
  const skipped = total('skip');
  return [
    [
      `${standing(['closed'])} closed, ${standing(['open'])} open`,
      ...(undecided > 0 ? [`${undecided} not decided`] : []),
    ].join(', '),
    [
      `${count(total('pass'), 'check')} passed, ${total('fail')} failed`,
      ...(skipped > 0 ? [`${skipped} skipped (a skip proves nothing)`] : []),
    ].join(', '),
  ].join(' · ');
}
