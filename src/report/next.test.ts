import { describe, expect, it } from 'vitest';
import type { GapAudit, GapVerification } from '../runner/results.ts';
import type { AuditDocument } from './document.ts';
import { nextCommand, nextCommands } from './next.ts';
import {
  apply,
  audit,
  doctor,
  explain,
  failure,
  finding,
  gap,
  history,
  list,
  plan,
  recover,
  undo,
  verify,
} from './testing/documents.ts';

const closed = gap({ id: 'GAP-Z', status: 'closed', findings: [] });
const following = (...gaps: readonly GapAudit[]) => nextCommand({ ...audit, gaps });

describe('after an audit', () => {
  it('plans the first open gap that edits can close', () => {
    expect(following(closed, gap({ id: 'GAP-M', fix: 'manual' }), gap({ id: 'GAP-B' }), gap())).toBe(
      'aims-fix plan GAP-B',
    );
  });
  it('leaves a gap for later that waits for another', () => {
    const waiting = gap({ id: 'GAP-W', requires: ['GAP-B'] });
    expect(following(waiting, gap({ id: 'GAP-B' }))).toBe('aims-fix plan GAP-B');
    expect(following(waiting, { ...closed, id: 'GAP-B' })).toBe('aims-fix plan GAP-W');
    expect(following(waiting, gap({ id: 'GAP-B', status: 'blocked' }))).toBe('aims-fix explain GAP-W');
  });
  it('explains what only a person can do or judge', () => {
    expect(following(closed, gap({ id: 'GAP-M', fix: 'manual' }))).toBe('aims-fix explain GAP-M');
    expect(following(closed, gap({ id: 'GAP-U', status: 'unknown' }))).toBe('aims-fix explain GAP-U');
  });
  it('verifies when nothing is open', () => {
    expect(following(closed)).toBe('aims-fix verify --all');
    expect(nextCommand({ ...audit, all: false, gaps: [closed] })).toBe('aims-fix verify GAP-Z');
  });
});

describe('the ways on from an audit', () => {
  const commandsFor = (document: AuditDocument) => nextCommands(document).map(({ command }) => command);
  const byHand = gap({ id: 'GAP-M', fix: 'manual' });

  it('lead to the diff, to what a person does, and to everything', () => {
    expect(commandsFor({ ...audit, gaps: [gap(), byHand, closed] })).toEqual([
      'aims-fix plan GAP-A',
      'aims-fix audit GAP-M',
      'aims-fix audit --full',
    ]);
  });
  it('lead from a gap that a person closes to all of its places, never to a plan of nothing', () => {
    expect(commandsFor({ ...audit, all: false, gaps: [byHand] })).toEqual(['aims-fix audit GAP-M --full']);
  });
  it('lead to the gate when nothing is open', () => {
    expect(commandsFor({ ...audit, gaps: [closed] })).toEqual(['aims-fix verify --all']);
  });
});

describe('after a verification', () => {
  const checked = (fields: Partial<GapVerification>): GapVerification => ({
    ...closed,
    checks: [],
    ...fields,
  });
  const verified = (...gaps: readonly GapVerification[]) => nextCommand({ ...verify, level: 'static', gaps });
  const check = (result: GapVerification['checks'][number]['result']) => [
    { title: 'c', level: 'static', result, milliseconds: 1 } as const,
  ];
  const failed = check({ verdict: 'fail', reason: 'r' });
  const passed = check({ verdict: 'pass', evidence: [] });
  it.each<[string | undefined, readonly GapVerification[]]>([
    ['aims-fix plan GAP-A', [checked({ checks: failed }), { ...gap(), checks: failed }]],
    ['aims-fix audit GAP-M', [{ ...gap({ id: 'GAP-M', fix: 'manual' }), checks: failed }]],
    ['aims-fix explain GAP-Z', [checked({ checks: failed })]],
    ['aims-fix doctor', [checked({ checks: check({ verdict: 'skip', reason: 'r' }) })]],
    ['aims-fix verify --all --level live', [checked({ checks: passed })]],
    [undefined, [checked({ status: 'not-applicable' })]],
    [
      'aims-fix verify --all --level live',
      [checked({ checks: failed, findings: [finding({ waived: { reason: '', owner: '', expires: '' } })] })],
    ],
  ])('types %s', (command, gaps) => {
    expect(verified(...gaps)).toBe(command);
  });
  it('has nothing to type after the deepest level', () => {
    const gaps = [checked({ checks: passed })];
    expect(nextCommand({ ...verify, level: 'live', gaps })).toBeUndefined();
  });
});

describe('after the others', () => {
  it.each([
    ['a plan', plan, 'aims-fix apply GAP-A GAP-B'],
    ['a plan of everything', { ...plan, all: true }, 'aims-fix apply --all'],
    ['a plan of nothing', { ...plan, gaps: plan.gaps.slice(2) }, 'aims-fix audit'],
    [
      'a plan of steps alone',
      { ...plan, gaps: [{ ...gap(), files: [], dependencies: [], diff: '' }] },
      'aims-fix verify GAP-A',
    ],
    ['an apply', apply, 'aims-fix verify GAP-A GAP-B GAP-C'],
    ['a dry run of everything', { ...apply, dryRun: true, all: true }, 'aims-fix apply --all'],
    ['a list', list, 'aims-fix explain GAP-A'],
    ['an explanation', explain, 'aims-fix plan GAP-A'],
    ['an undo with conflicts', undo, undefined],
    ['an undo', { ...undo, conflicts: [] }, 'aims-fix audit'],
    ['a history', history, 'aims-fix undo 20260301-120000-ab12'],
    ['a history of what is undone', { ...history, runs: history.runs.slice(1) }, undefined],
    ['a recovery', recover, 'aims-fix audit'],
    ['a look at the machine', doctor, 'aims-fix audit'],
    ['a failure', failure, undefined],
  ] as const)('%s', (_, document, command) => {
    expect(nextCommand(document)).toBe(command);
  });
});
