import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commit } from '../../src/transaction/transaction.ts';
import { inject } from '../faults/inject.ts';
import { isMark } from '../faults/scenario.ts';
import { aimsFix, git, treeOf } from './cli.ts';
import { samples } from './samples.ts';

// A run that was killed when all of its files were replaced: what every command says and does before anybody has run
// `aims-fix recover`.

const sample = samples();

/** A run of the sample whose process died before the last line of its journal. */
function cutShort(): { readonly root: string; readonly before: ReturnType<typeof treeOf> } {
  const root = sample({ git: true });
  const before = treeOf(root);
  let isDead = false;
  const restore = inject(root, ({ bytes }) => {
    isDead ||= isMark(bytes, 'committed');
    return isDead ? { code: 'DEAD' } : undefined;
  });
  const run = { id: 'run-1', gaps: ['GAP-003'], command: 'apply', startedAt: '2026-01-02T03:04:05.000Z' };
  const change = { kind: 'create', path: 'notes/new.md', after: Buffer.from('new\n'), mode: 0o644 } as const;
  expect(() => commit(root, run, [change])).toThrow();
  restore();
  rmSync(join(root, '.aims-fix/lock'));
  expect(treeOf(root)).toHaveProperty(['notes/new.md']);
  return { root, before };
}

test.each([['audit'], ['history']])('%s tells of it, and answers', (command) => {
  const { root } = cutShort();
  const { code, stderr } = aimsFix(root, [command]);
  expect(code).toBe(0);
  expect(stderr).toContain('note: the run run-1 was cut short, so these files are neither old nor new');
});

test.each([
  [['plan', '--gap', 'GAP-003']],
  [['verify', '--gap', 'GAP-003']],
  [['apply', '--gap', 'GAP-003', '--dry-run']],
])('%j refuses to judge such a tree', (args) => {
  const { root } = cutShort();
  const tree = treeOf(root);
  const { code, stderr } = aimsFix(root, args);
  expect(code).toBe(4);
  expect(stderr).toContain('the run run-1 was cut short\n  Put the files back first: aims-fix recover');
  expect(treeOf(root)).toEqual(tree);
});

test('apply puts the old tree back before it plans, and says so', () => {
  const { root, before } = cutShort();
  const { code, stderr } = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']);
  expect(code).toBe(0);
  expect(stderr).toContain('note: the run run-1 was cut short; 1 of its files were put back');
  const { 'infra/docker-compose.prod.yml': edited, ...rest } = treeOf(root);
  const { 'infra/docker-compose.prod.yml': original, ...old } = before;
  expect(rest).toEqual(old);
  expect(edited).not.toBe(original);
});

test('apply goes no further when a file cannot be put back', () => {
  const { root } = cutShort();
  writeFileSync(join(root, 'notes/new.md'), 'edited since\n');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'mine');
  const { code, stderr } = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']);
  expect(code).toBe(5);
  expect(stderr).toContain('notes/new.md: was changed by someone else and left as it is');
});

test('undo takes the run back that was cut short, and no other', () => {
  const { root, before } = cutShort();
  const { code, stdout } = aimsFix(root, ['undo', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ run: 'run-1', restored: ['notes/new.md'], conflicts: [] });
  expect(treeOf(root)).toEqual(before);
});

test('a journal that lost its end stops recover until it is told to give up', () => {
  const { root } = cutShort();
  writeFileSync(join(root, '.aims-fix/runs/run-1/journal'), 'half a li');
  writeFileSync(join(root, '.aims-fix/runs/run-1/before/0'), 'the only copy');
  const refused = aimsFix(root, ['recover']);
  expect(refused.code).toBe(5);
  expect(refused.stderr).toContain('nothing was removed');
  const { code, stderr } = aimsFix(root, ['recover', '--forget']);
  expect(code).toBe(0);
  expect(stderr).toContain('note: moved to .aims-fix/kept/run-1');
});
