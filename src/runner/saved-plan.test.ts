import { expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { sha256 } from '../repo/text.ts';
import type { Change } from '../transaction/types.ts';
import { loadPlan, savePlan } from './saved-plan.ts';

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
  ['gaps', [7]],
  ['gaps', [{ id: 3, manual: [], diff: '' }]],
  ['gaps', [{ id: 'GAP-1', diff: '' }]],
  ['schemaVersion', 2],
])('a file whose %s are %j is no plan', (field, value) => {
  expect(() => loadPlan('p.json', forged(field, value), '1.0.0')).toThrow(UsageError);
});
