import type { Dependency } from '../../contract.ts';
import { visible, visibleLine } from '../../words/visible.ts';
import type { Tone } from '../colour.ts';
import { diffFiles, diffStat, type FileStat } from '../diff-stat.ts';
import type { AppliedGap, ApplyDocument, PlanDocument, PlannedGap } from '../document.ts';
import type { View } from '../view.ts';
import { afterWrite, count, statusText, stepsForAPerson } from '../words.ts';
import { auditLine, gapHeader, gapLines } from './gap.ts';
import { blocks, heading, nextLine, paragraph, totalLine } from './lines.ts';
import { stepLines } from './steps.ts';

/** Per gap the diff and the steps, then what it comes to. */
export function planText(document: PlanDocument, view: View): readonly string[] {
  return blocks(
    heading(document, view),
    ...(view.quiet
      ? document.gaps.map(({ diff }) => diffLines(diff, view))
      : document.gaps.map((gap) => plannedLines(gap, view))),
    view.quiet ? [] : totalLine(changesText(document.gaps, 'would be '), view),
    nextLine(document, view),
  );
}

function plannedLines(gap: PlannedGap, view: View): readonly string[] {
  const status = gap.files.length > 0 ? statusText(gap) : `${statusText(gap)}; nothing to edit`;
  return blocks(
    [...gapHeader(gap, view), ...paragraph(status, { lead: '  ' }, view), ...fileLines(gap, view)],
    diffLines(gap.diff, view),
    dependencyLines(gap.dependencies, view),
    alsoLines(gap, view),
    stepLines(gap.manual, view),
  );
}

function fileLines({ files }: PlannedGap, { paint }: View): readonly string[] {
  return files.map(({ path, change, added, removed }) => {
    const counts = paint('dim', `+${added} −${removed}`);
    return `  ${change} ${visible(path)}  ${counts}`;
  });
}

const DIFF_TONES: readonly (readonly [start: string, tone: Tone])[] = [
  ['diff --git ', 'strong'],
  ['--- ', 'strong'],
  ['+++ ', 'strong'],
  ['@@ ', 'info'],
  ['+', 'good'],
  ['-', 'bad'],
  ['\\', 'dim'],
];

/** So many changed lines of one file are read; more are counted on a terminal. */
const READ = 300;
const LOCK_FILE = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;

/** On a terminal a lock file and a very long change are folded, unless everything is asked for. */
function diffLines(diff: string, view: View): readonly string[] {
  if (diff === '') return [];
  if (view.columns === undefined || view.full) return patchLines(diff, view);
  const stats = diffFiles(diff);
  return diff
    .split(/^(?=diff --git )/m)
    .flatMap((part, index) => foldedLine(stats[index], view) ?? patchLines(part, view));
}

function foldedLine(file: FileStat | undefined, view: View): readonly string[] | undefined {
  if (!file) return undefined;
  const isLock = LOCK_FILE.test(file.path);
  if (!isLock && file.added + file.removed <= READ) return undefined;
  const why = isLock ? 'a lock file' : 'long';
  const words = `${file.path} +${file.added} −${file.removed} (${why}, folded; --full shows it)`;
  return paragraph(words, { lead: '', tone: 'strong' }, view);
}

/** On a terminal without the file's own line ends; elsewhere with them, so that git applies what it gets. */
function patchLines(diff: string, { paint, columns }: View): readonly string[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const tone = DIFF_TONES.find(([start]) => line.startsWith(start))?.[1];
      const lineEnd = columns === undefined && line.endsWith('\r') ? '\r' : '';
      const shown = `${visibleLine(line)}${lineEnd}`;
      return tone ? paint(tone, shown) : shown;
    });
}

function dependencyLines(dependencies: readonly Dependency[], view: View): readonly string[] {
  if (dependencies.length === 0) return [];
  const lines = dependencies.flatMap(({ name, range, dev, dir, why }) => {
    const kind = dev ? ', for development' : '';
    return paragraph(`${name} ${range} in ${dir || '.'}${kind}: ${why}`, { lead: '    ' }, view);
  });
  return ['  new packages:', ...lines];
}

function alsoLines({ alsoChanges = [] }: PlannedGap, view: View): readonly string[] {
  if (alsoChanges.length === 0) return [];
  return ['  also:', ...alsoChanges.flatMap((each) => paragraph(each, { lead: '    ' }, view))];
}

/** `2 files created, 1 changed, 0 deleted · +41 −3 lines · 2 steps for a person`. */
export function changesText(gaps: readonly PlannedGap[], verb = ''): string {
  const { created, changed, deleted, added, removed } = diffStat(gaps.map(({ diff }) => diff).join(''));
  const steps = gaps.reduce((sum, { manual }) => sum + manual.length, 0);
  return [
    `${count(created, 'file')} ${verb}created, ${changed} changed, ${deleted} deleted`,
    `+${added} −${removed} lines`,
    ...(steps > 0 ? [stepsForAPerson(steps)] : []),
  ].join(' · ');
}

/** What was written per gap, and how the gaps stand now. */
export function applyText(document: ApplyDocument, view: View): readonly string[] {
  const { gaps, dryRun, run } = document;
  const undo =
    run === undefined || dryRun ? [] : paragraph(`undo it with: aims-fix undo ${run}`, { lead: '' }, view);
  return blocks(
    heading(document, view),
    gapLines(
      gaps.map((gap) => auditLine(afterWrite(gap))),
      view,
    ),
    ...(view.quiet ? [] : gaps.map((gap) => appliedLines(gap, dryRun, view))),
    [...totalLine(changesText(gaps, dryRun ? 'would be ' : ''), view), ...(view.quiet ? [] : undo)],
    nextLine(document, view),
  );
}

function appliedLines(gap: AppliedGap, dryRun: boolean, view: View): readonly string[] {
  const lines = [...fileLines(gap, view), ...(dryRun ? diffLines(gap.diff, view) : [])];
  const steps = stepLines(gap.manual, view);
  return lines.length + steps.length > 0 ? [...gapHeader(gap, view), ...lines, ...steps] : [];
}
