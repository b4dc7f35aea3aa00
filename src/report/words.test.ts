import { describe, expect, it } from 'vitest';
import type { GapAudit } from '../runner/results.ts';
import { audit, finding, gap, step } from './testing/documents.ts';
import { openByPriority, placeOf, statusText, totalsText } from './words.ts';

const waived = { reason: 'r', owner: 'o', expires: '2026-12-31' };

describe('statusText', () => {
  it.each<[string, Partial<GapAudit>]>([
    ['open, 2 findings', { findings: [finding(), finding(), finding({ note: true })] }],
    ['open, 1 finding, 1 waived', { findings: [finding(), finding({ waived })] }],
    ['open, 1 finding, 2 steps for a person', { manual: [step, step] }],
    ['closed', { status: 'closed', findings: [finding({ note: true })] }],
    ['closed, 1 step for a person', { status: 'closed', findings: [], manual: [step] }],
    ['waived, 2 findings', { status: 'closed', findings: [finding({ waived }), finding({ waived })] }],
    ['not applicable: no app', { status: 'not-applicable', findings: [], reason: 'no app' }],
    ['unknown', { status: 'unknown', findings: [] }],
    ['blocked: broken', { status: 'blocked', findings: [], reason: 'broken', manual: [step] }],
  ])('says %s', (words, fields) => {
    expect(statusText(gap(fields))).toBe(words);
  });
});

describe('totalsText', () => {
  it('counts by status and leaves out what there is none of', () => {
    expect(totalsText(audit.gaps)).toBe(
      '2 open, 2 closed, 1 unknown, 1 blocked, 1 not applicable · 2 findings · 1 finding waived · 3 steps for a person',
    );
    expect(totalsText([gap({ status: 'closed', findings: [] })])).toBe('1 closed · 0 findings');
    expect(totalsText([])).toBe('no gaps · 0 findings');
  });
});

describe('openByPriority', () => {
  it('weighs the open gaps', () => {
    const gaps = [gap(), gap(), gap({ priority: 'P2' }), gap({ priority: 'P1', status: 'closed' })];
    expect(openByPriority(gaps)).toBe('open by priority: P0 2, P2 1');
    expect(openByPriority([])).toBeUndefined();
  });
});

describe('placeOf', () => {
  it('is what editors open', () => {
    expect(placeOf({ path: 'a.ts', line: 3, column: 7 })).toBe('a.ts:3:7');
    expect(placeOf({ path: 'a.ts' })).toBe('a.ts');
  });
});
