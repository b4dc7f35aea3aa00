import type { ErrorDocument, HistoryDocument, RecoverDocument, UndoDocument } from '../document.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { visible } from '../visible.ts';
import { count } from '../words.ts';
import { blocks, heading, nextLine, paragraph, totalLine } from './lines.ts';

/** Which files are what they were, and which were left alone. */
export function undoText(document: UndoDocument, view: View): readonly string[] {
  const { run, restored, conflicts } = document;
  const kept = conflicts.flatMap(({ path, reason }) =>
    paragraph(`${path}: ${reason}`, { lead: '! kept  ', tone: 'warn' }, view),
  );
  const total = `run ${run} undone: ${count(restored.length, 'file')} restored`;
  const conflict = conflicts.length > 0 ? `, ${count(conflicts.length, 'conflict')}` : '';
  return blocks(
    heading(document, view),
    view.quiet ? kept : [...restored.map((path) => `✓ restored  ${visible(path)}`), ...kept],
    totalLine(total + conflict, view),
    nextLine(document, view),
  );
}

/** The runs, the newest first. */
export function historyText(document: HistoryDocument, view: View): readonly string[] {
  const rows = document.runs.map(({ id, startedAt, state, gaps, files }) => [
    { text: visible(id), tone: 'strong' as const, whole: true as const },
    { text: startedAt.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC') },
    { text: state },
    { text: count(files.length, 'file') },
    { text: gaps.join(', ') },
  ]);
  const lines = rows.length > 0 ? table(rows, view) : ['no run yet'];
  return blocks(heading(document, view), lines, nextLine(document, view));
}

/** What an interrupted run left, and what was done about it. */
export function recoverText(document: RecoverDocument, view: View): readonly string[] {
  const { outcome, run = '', files } = document;
  const words = {
    'nothing-to-do': 'nothing to recover: no run was interrupted',
    'rolled-back': `run ${run} was interrupted; ${count(files.length, 'file')} put back`,
    completed: `run ${run} was interrupted at its end; ${count(files.length, 'file')} completed`,
  }[outcome];
  return blocks(
    heading(document, view),
    view.quiet ? [] : files.map((path) => `  ${visible(path)}`),
    totalLine(words, view),
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
