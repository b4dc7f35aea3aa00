import { visible } from '../../words/visible.ts';
import type { ErrorDocument, HistoryDocument, KeptFile, RecoverDocument, UndoDocument } from '../document.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { count } from '../words.ts';
import { blocks, heading, nextLine, paragraph, totalLine } from './lines.ts';

/** Which files are what they were, and which were left alone. */
export function undoText(document: UndoDocument, view: View): readonly string[] {
  const { run, restored, conflicts } = document;
  const kept = conflicts.length > 0 ? `, ${conflicts.length} kept` : '';
  return blocks(
    heading(document, view),
    [...restoredLines(restored, view), ...keptLines(conflicts, view)],
    totalLine(
      restored.length === 0 && conflicts.length > 0
        ? `run ${run} is not undone: ${count(conflicts.length, 'file')} kept, nothing restored`
        : `run ${run} undone: ${count(restored.length, 'file')} restored${kept}`,
      view,
    ),
    nextLine(document, view),
  );
}

function restoredLines(paths: readonly string[], view: View): readonly string[] {
  return view.quiet ? [] : paths.map((path) => `✓ restored  ${visible(path)}`);
}

function keptLines(files: readonly KeptFile[], view: View): readonly string[] {
  return files.flatMap(({ path, reason }) =>
    paragraph(`${path}: ${reason}`, { lead: '! kept      ', tone: 'warn' }, view),
  );
}

/** The runs, the newest first. */
export function historyText(document: HistoryDocument, view: View): readonly string[] {
  const rows = document.runs.map(({ id, startedAt, state, gaps, files }) => [
    { text: id, tone: 'strong' as const, whole: true as const },
    { text: startedAt.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC') },
    { text: state },
    { text: count(files.length, 'file') },
    { text: gaps.join(', ') },
  ]);
  const lines = rows.length > 0 ? table(rows, view) : ['no run yet'];
  return blocks(heading(document, view), lines, nextLine(document, view));
}

/** What a killed run left, and what was done about it. */
export function recoverText(document: RecoverDocument, view: View): readonly string[] {
  const { outcome, run = '', files, conflicts } = document;
  const words = {
    'nothing-to-do': 'nothing to recover: no run was cut short',
    'rolled-back': `run ${run} was cut short and is taken back`,
    'undo-rolled-back': `the undo of run ${run} was cut short and is taken back; the run stands`,
  }[outcome];
  const kept = conflicts.length > 0 ? `; ${count(conflicts.length, 'file')} to look at` : '';
  return blocks(
    heading(document, view),
    [...restoredLines(files, view), ...keptLines(conflicts, view)],
    totalLine(words + kept, view),
    nextLine(document, view),
  );
}

/** Why a command failed, and what to do next. */
export function errorText({ error }: ErrorDocument, view: View): readonly string[] {
  const [first = '', ...rest] = error.message.split('\n');
  return [
    ...paragraph(`error: ${first}`, { lead: '', tone: 'bad' }, view),
    ...rest.flatMap((line) => paragraph(line, { lead: '  ' }, view)),
    ...(error.hint === undefined ? [] : paragraph(error.hint, { lead: '' }, view)),
  ];
}
