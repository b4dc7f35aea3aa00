import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../words/diff.ts';
import { diffFiles, diffStat } from './diff-stat.ts';

const long = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');

describe('diffStat', () => {
  it('counts files and lines', () => {
    const diff = unifiedDiff([
      { path: 'a.txt', before: long, after: `0\n${long.replace('line 25\n', 'x\ny\n')}` },
      { path: 'b.txt', before: undefined, after: 'b\nb' },
      { path: 'c.txt', before: 'c\n', after: undefined },
      { path: 'd.txt', before: undefined, after: '' },
    ]);
    expect(diffStat(diff)).toEqual({ created: 2, changed: 1, deleted: 1, added: 5, removed: 2 });
  });
  it('does not take content for a header', () => {
    const before = 'diff --git a/x b/x\nnew file mode 100644\n';
    const diff = unifiedDiff([
      { path: 'a.txt', before, after: '-- a\n++ b\ndeleted file mode 100644\n@@ -1,9 +1,9 @@\n' },
    ]);
    expect(diffStat(diff)).toEqual({ created: 0, changed: 1, deleted: 0, added: 4, removed: 2 });
  });
  it('reads the ranges that git shortens', () => {
    const stat = diffStat('diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@ class X\n-a\n+b\n');
    expect(stat).toEqual({ created: 0, changed: 1, deleted: 0, added: 1, removed: 1 });
  });
  it('counts nothing in nothing', () => {
    expect(diffStat('')).toEqual({ created: 0, changed: 0, deleted: 0, added: 0, removed: 0 });
  });
  it('counts a file once that several diffs in sequence touch', () => {
    const step = (path: string, before: string | undefined, after: string | undefined) =>
      unifiedDiff([{ path, before, after }]);
    const diff = [
      step('new.txt', undefined, 'a\n'),
      step('new.txt', 'a\n', 'b\n'),
      step('passing.txt', undefined, 'a\n'),
      step('passing.txt', 'a\n', undefined),
      step('again.txt', 'a\n', undefined),
      step('again.txt', undefined, 'b\n'),
      step('gone.txt', 'a\n', 'b\n'),
      step('gone.txt', 'b\n', undefined),
      step('twice.txt', 'a\n', 'b\n'),
      step('twice.txt', 'b\n', 'c\n'),
    ].join('');
    expect(diffStat(diff)).toMatchObject({ created: 1, changed: 2, deleted: 1 });
  });
});

describe('diffFiles', () => {
  it('tells what happens to each file, in order', () => {
    const diff = unifiedDiff([
      { path: 'b b/b b', before: 'b\n', after: 'c\nd\n' },
      { path: 'a.txt', before: undefined, after: 'a\n' },
      { path: 'ü "1".txt', before: 'c\n', after: undefined },
    ]);
    expect(diffFiles(diff)).toEqual([
      { path: 'b b/b b', change: 'change', added: 2, removed: 1 },
      { path: 'a.txt', change: 'create', added: 1, removed: 0 },
      { path: 'ü "1".txt', change: 'delete', added: 0, removed: 1 },
    ]);
  });
});
