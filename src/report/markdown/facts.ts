import type {
  AuditDocument,
  DoctorDocument,
  ErrorDocument,
  ExplainDocument,
  HistoryDocument,
  KeptFile,
  ListDocument,
  RecoverDocument,
  UndoDocument,
} from '../document.ts';
import { openByPriority, statusText, totalsText } from '../words.ts';
import { code, prose, table } from './escape.ts';
import { blocks, gapSection, gapTable, next, title, waiverItems } from './parts.ts';

/** The table of gaps, then what to do about each. */
export function auditMarkdown(document: AuditDocument): readonly string[] {
  const { gaps, differences, waiverProblems } = document;
  const weight = openByPriority(gaps);
  return blocks(
    title('Audit', document),
    [`${prose(totalsText(gaps))}${weight === undefined ? '' : ` (${weight})`}`],
    waiverItems(waiverProblems),
    gapTable(gaps, gaps.map(statusText)),
    ...gaps.map(gapSection),
    differences.length > 0 ? ['## Differences from the runbook of the target'] : [],
    differences.map((difference) => `- ${prose(difference)}`),
    next(document),
  );
}

/** Every gap in execution order. */
export function listMarkdown(document: ListDocument): readonly string[] {
  const rows = document.gaps.map(({ id, priority, title: name, fix, effort }) => [
    prose(id),
    priority,
    prose(name),
    fix,
    prose(effort),
  ]);
  return blocks(
    title('Gaps', document),
    table(['Gap', 'Priority', 'Title', 'Fix', 'Effort'], rows),
    next(document),
  );
}

/** What a gap is. */
export function explainMarkdown(document: ExplainDocument): readonly string[] {
  const { gap } = document;
  return blocks(
    [`# ${prose(`${gap.id}: ${gap.title}`)}`],
    [prose([gap.priority, gap.category, gap.effort, gap.fix].join(' · '))],
    [prose(gap.problem)],
    [`Looks for: ${prose(gap.looksFor)}`],
    section(
      'Finds',
      gap.codes.map(
        ({ code: name, message, note }) => `${code(name)}${note ? ' (a note)' : ''}: ${prose(message)}`,
      ),
    ),
    section('May write', gap.writes.map(code)),
    section(
      'Options',
      gap.options.map(({ name, default: value, choices, description }) =>
        [
          code(`${name} = ${value}`),
          ...(choices ? [`of ${choices.map(code).join(', ')}`] : []),
          ...(description === undefined ? [] : [prose(description)]),
        ].join(' '),
      ),
    ),
    section('Sources', gap.references.map(prose)),
    next(document),
  );
}

function section(name: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${name}`, '', ...items.map((item) => `- ${item}`)];
}

/** What the machine has for the levels of proof. */
export function doctorMarkdown(document: DoctorDocument): readonly string[] {
  const rows = document.requirements.map(({ name, found, version = '', needed, remedy = '' }) => [
    prose(name),
    found ? `found ${prose(version)}`.trim() : 'missing',
    prose(needed),
    found ? '' : prose(remedy),
  ]);
  return blocks(
    title('Doctor', document),
    table(['Name', 'State', 'Needed for', 'How to get it'], rows),
    next(document),
  );
}

/** Which files are what they were, and which were left alone. */
export function undoMarkdown(document: UndoDocument): readonly string[] {
  const { run, restored, conflicts } = document;
  return blocks(
    title('Undo', document),
    [`Run ${code(run)}`],
    fileItems(restored, conflicts),
    next(document),
  );
}

function fileItems(restored: readonly string[], kept: readonly KeptFile[]): readonly string[] {
  return [
    ...restored.map((path) => `- restored ${code(path)}`),
    ...kept.map(({ path, reason }) => `- **kept** ${code(path)}: ${prose(reason)}`),
  ];
}

/** The runs, the newest first. */
export function historyMarkdown(document: HistoryDocument): readonly string[] {
  const rows = document.runs.map(({ id, startedAt, state, gaps, files }) => [
    code(id),
    prose(startedAt),
    state,
    String(files.length),
    prose(gaps.join(', ')),
  ]);
  return blocks(
    title('History', document),
    rows.length > 0 ? table(['Run', 'Started', 'State', 'Files', 'Gaps'], rows) : ['No run yet.'],
    next(document),
  );
}

/** What a killed run left, and what was done about it. */
export function recoverMarkdown(document: RecoverDocument): readonly string[] {
  const { outcome, run, files, conflicts } = document;
  return blocks(
    title('Recovery', document),
    [`Outcome: ${outcome}${run === undefined ? '' : `, run ${code(run)}`}`],
    fileItems(files, conflicts),
    next(document),
  );
}

/** Why a command failed, and what to do next. */
export function errorMarkdown(document: ErrorDocument): readonly string[] {
  const { message, hint } = document.error;
  return blocks(title('Error', document), [prose(message)], hint === undefined ? [] : [prose(hint)]);
}
