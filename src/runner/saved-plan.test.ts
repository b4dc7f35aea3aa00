import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { sha256 } from '../repo/text.ts';
import type { Change } from '../transaction/types.ts';
import { loadPlan, savePlan, shownPlans } from './saved-plan.ts';

const CHANGES: readonly Change[] = [
  { kind: 'create', path: 'a.ts', after: Buffer.from('a'), mode: 0o644 },
  { kind: 'update', path: 'b.ts', before: sha256(Buffer.from('b')), after: Buffer.from([0, 255]) },
  { kind: 'delete', path: 'c.ts', before: sha256(Buffer.from('c')) },
];

/** A plan with one field of its body set, and the digest that goes with it. */
function forged(field: string, value: unknown): string {
  const { digest: _, ...body } = { ...savePlan('1.0.0', [], CHANGES), [field]: value };
  return JSON.stringify({ ...body, digest: sha256(Buffer.from(JSON.stringify(body))) });
}

test('a plan comes back as it was saved', () => {
  expect(loadPlan('p.json', JSON.stringify(savePlan('1.0.0', [], CHANGES)), '1.0.0').changes).toEqual(
    CHANGES,
  );
  expect(loadPlan('p.json', forged('changes', []), '1.0.0').changes).toEqual([]);
});

test.each([
  ['changes', [null]],
  ['changes', [{ kind: 'create', path: 5, after: '', mode: 420 }]],
  ['changes', [{ kind: 'create', path: 'a', mode: 420 }]],
  ['changes', [{ kind: 'create', path: 'a', after: '', mode: '644' }]],
  ['changes', [{ kind: 'update', path: 'a', after: '' }]],
  ['changes', [{ kind: 'delete', path: 'a' }]],
  ['changes', [{ kind: 'move', path: 'a', before: '', after: '' }]],
  ['changes', [{ kind: 'create', path: 'a', after: '', mode: 0o6755 }]],
  ['changes', [{ kind: 'delete', path: 'a\0b', before: '' }]],
  ['changes', [{ kind: 'delete', path: 'a'.repeat(300), before: '' }]],
  ['gaps', [{ id: 'GAP-001', manual: [null], diff: '' }]],
  ['gaps', [7]],
  ['gaps', [{ id: 3, manual: [], diff: '' }]],
  ['gaps', [{ id: 'GAP-1', diff: '' }]],
  ['schemaVersion', 2],
])('a file whose %s are %j is no plan', (field, value) => {
  expect(() => loadPlan('p.json', forged(field, value), '1.0.0')).toThrow(UsageError);
});

describe('what a saved plan shows', () => {
  const repo = createRepo(memorySource({ 'a.ts': 'one\n', 'secret.ts': 'two\n' }));
  const change: Change = {
    kind: 'update',
    path: 'a.ts',
    before: repo.hash('a.ts'),
    after: Buffer.from('written\n'),
  };
  const planOf = (id: string, changes: readonly Change[]) => {
    const gaps = [{ id, manual: [], diff: '--- a/a.ts\n+++ b/a.ts\n-one\n+harmless\n' }];
    const text = JSON.parse(forged('gaps', gaps));
    return shownPlans(text, changes, repo, (gap) => (gap === 'GAP-001' ? ['a.ts'] : undefined));
  };

  test('is what it writes, whatever its text says', () => {
    const [shown] = planOf('GAP-001', [change]);
    expect(shown?.diff).toContain('+written');
    expect(shown?.diff).not.toContain('harmless');
  });

  test('nothing that its gaps may not write', () => {
    expect(() => planOf('GAP-001', [{ ...change, path: 'secret.ts' }])).toThrow(
      'no gap of the plan may write secret.ts',
    );
    expect(() => planOf('GAP-999', [change])).toThrow('GAP-999, which is no gap');
  });
});
