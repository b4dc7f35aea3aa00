import type { GapAudit } from '../runner/results.ts';
import type {
  ApplyDocument,
  AuditDocument,
  HistoryDocument,
  ListDocument,
  PlanDocument,
  ReportDocument,
  UndoDocument,
  VerifyDocument,
} from './document.ts';
import { isWaived } from './words.ts';

/** The command to type next, as far as the document knows one. */
export function nextCommand(document: ReportDocument): string | undefined {
  switch (document.command) {
    case 'audit':
      return afterAudit(document);
    case 'list':
      return afterList(document);
    case 'explain':
      return `aims-fix plan ${document.gap.id}`;
    case 'plan':
      return afterPlan(document);
    case 'apply':
      return afterApply(document);
    case 'verify':
      return afterVerify(document);
    case 'undo':
      return afterUndo(document);
    case 'history':
      return afterHistory(document);
    case 'recover':
    case 'doctor':
      return 'aims-fix audit';
    case 'error':
      return undefined;
  }
}

/** A command to type next, with what it shows. */
export interface NextCommand {
  readonly command: string;
  readonly shows: string;
}

/** The ways on from an audit, the most useful first. */
export function nextCommands(document: AuditDocument): readonly NextCommand[] {
  const { gaps } = document;
  const open = gaps.filter(({ status }) => status === 'open');
  const fixable = open.find((gap) => gap.fix === 'automatic' && !waitsFor(gap, gaps));
  const byHand = open.find(({ fix }) => fix === 'manual');
  const undecided = gaps.find(({ status }) => status === 'unknown' || status === 'blocked');
  const commands = [
    fixable && { command: `aims-fix plan ${fixable.id}`, shows: 'the diff; writes nothing' },
    document.all && byHand && { command: `aims-fix audit ${byHand.id}`, shows: 'where, and what to do' },
    !document.all &&
      byHand && { command: `aims-fix audit ${selected(open, false)} --full`, shows: 'every place' },
    undecided && { command: `aims-fix explain ${undecided.id}`, shows: 'what it looks for' },
    document.all && open.length > 0 && { command: 'aims-fix audit --full', shows: 'everything' },
  ].filter((each) => each !== undefined && each !== false);
  return commands.length > 0 ? commands : [{ command: afterAudit(document), shows: 'the gate for CI' }];
}

function afterAudit({ gaps, all }: AuditDocument): string {
  const open = gaps.filter(({ status }) => status === 'open');
  const fixable = open.find((gap) => gap.fix === 'automatic' && !waitsFor(gap, gaps));
  if (fixable) return `aims-fix plan ${fixable.id}`;
  const rest = open[0] ?? gaps.find(({ status }) => status === 'blocked' || status === 'unknown');
  return rest ? `aims-fix explain ${rest.id}` : `aims-fix verify ${selected(gaps, all)}`;
}

/** Whether a gap that has to be closed first is among these and is not. */
function waitsFor(gap: GapAudit, gaps: readonly GapAudit[]): boolean {
  return gaps.some(
    ({ id, status }) => gap.requires.includes(id) && status !== 'closed' && status !== 'not-applicable',
  );
}

function afterList({ gaps }: ListDocument): string | undefined {
  return gaps[0] && `aims-fix explain ${gaps[0].id}`;
}

function afterPlan({ gaps, all }: PlanDocument): string {
  const planned = gaps.filter(({ files }) => files.length > 0);
  if (planned.length > 0) return `aims-fix apply ${selected(planned, all)}`;
  const open = gaps.filter(({ status }) => status === 'open');
  return open.length > 0 ? `aims-fix verify ${selected(open, all)}` : 'aims-fix audit';
}

function afterApply({ gaps, all, dryRun }: ApplyDocument): string {
  return `aims-fix ${dryRun ? 'apply' : 'verify'} ${selected(gaps, all)}`;
}

function afterVerify({ gaps, all, level }: VerifyDocument): string | undefined {
  const open = gaps.find(({ status }) => status === 'open');
  if (open) return `aims-fix ${open.fix === 'automatic' ? 'plan' : 'audit'} ${open.id}`;
  const failing = gaps.find(
    (gap) => !isWaived(gap) && gap.checks.some(({ result }) => result.verdict === 'fail'),
  );
  if (failing) return `aims-fix explain ${failing.id}`;
  if (gaps.some(({ checks }) => checks.some(({ result }) => result.verdict === 'skip')))
    return 'aims-fix doctor';
  const applies = gaps.some(({ status }) => status === 'closed');
  return level === 'static' && applies ? `aims-fix verify ${selected(gaps, all)} --level live` : undefined;
}

function afterUndo({ conflicts }: UndoDocument): string | undefined {
  return conflicts.length > 0 ? undefined : 'aims-fix audit';
}

function afterHistory({ runs }: HistoryDocument): string | undefined {
  const applied = runs.find(({ state }) => state === 'applied');
  return applied && `aims-fix undo ${applied.id}`;
}

function selected(gaps: readonly { readonly id: string }[], all: boolean): string {
  return all ? '--all' : gaps.map(({ id }) => id).join(' ');
}
