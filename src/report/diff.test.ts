import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileChange, unifiedDiff } from '../words/diff.ts';
import { diffFiles } from './diff-stat.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function git(root: string, args: readonly string[], input?: string): string {
  const options = input === undefined ? {} : { input };
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', LC_ALL: 'C' };
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', env, ...options });
}

/** A git repository that holds the files as they are before the change. */
function repositoryBefore(files: readonly FileChange[]): string {
  const root = mkdtempSync(join(tmpdir(), 'aims-fix-diff-'));
  folders.push(root);
  git(root, ['init', '-q']);
  for (const { path, before, mode } of files) {
    if (before === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), before, { mode: mode ?? 0o644 });
  }
  return root;
}

/** What git says itself about the change: its diff without the index line. */
function gitDiff(files: readonly FileChange[]): string {
  const root = repositoryBefore(files);
  git(root, ['add', '-A']);
  for (const { path, after, mode } of files) {
    if (after === undefined) {
      rmSync(join(root, path));
      continue;
    }
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), after, { mode: mode ?? 0o644 });
  }
  git(root, ['add', '-N', '--ignore-removal', '.']);
  return git(root, ['diff', '--no-color', '--no-renames']).replace(/^index .*\n/gm, '');
}

function expectToApply(files: readonly FileChange[]): void {
  const diff = unifiedDiff(files);
  const root = repositoryBefore(files);
  git(root, ['apply', '--check', '--whitespace=nowarn', '-'], diff);
  git(root, ['apply', '--whitespace=nowarn', '-'], diff);
  for (const { path, after, before, mode } of files) {
    const target = join(root, path);
    if (after === undefined) expect(existsSync(target)).toBe(false);
    else expect(readFileSync(target, 'utf8')).toBe(after);
    if (before === undefined) expect(statSync(target).mode & 0o111).toBe((mode ?? 0o644) & 0o111);
  }
}

const long = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');

describe('git applies the diff and reaches the very bytes', () => {
  const cases: Readonly<Record<string, readonly FileChange[]>> = {
    'of a line that changes': [{ path: 'a.txt', before: long, after: long.replace('line 7\n', 'seven\n') }],
    'of two hunks': [
      { path: 'a.txt', before: long, after: long.replace('line 3\n', '').replace('line 25\n', 'x\ny\n') },
    ],
    'of a file that is created': [{ path: 'a/b/c.txt', before: undefined, after: 'one\ntwo\n' }],
    'of a script that is created': [{ path: 'run.sh', before: undefined, after: '#!/bin/sh\n', mode: 0o755 }],
    'of an empty file that is created': [{ path: 'empty', before: undefined, after: '' }],
    'of a file that is deleted': [{ path: 'a.txt', before: 'one\n', after: undefined }],
    'of a script that is deleted': [{ path: 'run.sh', before: 'x\n', after: undefined, mode: 0o755 }],
    'of an empty file that is deleted': [{ path: 'empty', before: '', after: undefined }],
    'of a file that becomes empty': [{ path: 'a.txt', before: 'one\n', after: '' }],
    'of a file that was empty': [{ path: 'a.txt', before: '', after: 'one\n' }],
    'of a final newline that is lost': [{ path: 'a.txt', before: 'one\ntwo\n', after: 'one\ntwo' }],
    'of a final newline that is gained': [{ path: 'a.txt', before: 'one\ntwo', after: 'one\ntwo\n' }],
    'without a final newline on either side': [{ path: 'a.txt', before: 'one\ntwo', after: 'one\n2' }],
    'without a final newline in a new file': [{ path: 'a.txt', before: undefined, after: 'one' }],
    'of CRLF lines': [{ path: 'a.txt', before: 'one\r\ntwo\r\n', after: 'one\r\n2\r\ntwo\r\n' }],
    'of line ends that change': [{ path: 'a.txt', before: 'one\r\ntwo\n', after: 'one\ntwo\r\n' }],
    'of a lone carriage return': [{ path: 'a.txt', before: 'one\rtwo\n', after: 'one\rtwo\rthree\n' }],
    'of a byte order mark': [{ path: 'a.txt', before: '\uFEFFone\ntwo\n', after: '\uFEFFone\n' }],
    'of lines that look like headers': [
      { path: 'a.txt', before: '-- a\n++ b\n@@ -1 +1 @@\n', after: '-- b\n++ a\ndiff --git a/x b/x\n' },
    ],
    'of trailing blanks and separators': [
      { path: 'a.txt', before: 'a \n\n\u2028b\f\n', after: 'a\t\n\n\u2028c\u0085\n' },
    ],
    'of several files': [
      { path: 'a.txt', before: 'one\n', after: 'two\n' },
      { path: 'same.txt', before: 'same\n', after: 'same\n' },
      { path: 'b.txt', before: undefined, after: 'b\n' },
      { path: 'c.txt', before: 'c\n', after: undefined },
    ],
    'of a file that is rewritten past measure': [
      { path: 'a.txt', before: 'old\n'.repeat(5000), after: `${'new\n'.repeat(5000)}end` },
    ],
  };
  it.each(Object.entries(cases))('%s', (_, files) => {
    expectToApply(files);
  });
  it('of a lock file in which much changes, and shows no line that stays', () => {
    const entry = (index: number, version: number) =>
      `"node_modules/p${index}": {\n  "version": "${version}.0.0",\n  "license": "MIT"\n},\n`;
    const numbers = Array.from({ length: 3000 }, (_, index) => index);
    const before = numbers.map((index) => entry(index, 1)).join('');
    const after = numbers
      .filter((index) => index % 7 !== 0)
      .map((index) => entry(index, index % 2) + (index % 5 === 0 ? entry(index + 10_000, 1) : ''))
      .join('');
    const files = [{ path: 'package-lock.json', before, after }];
    expectToApply(files);
    const lines = unifiedDiff(files).split('\n');
    const gits = gitDiff(files).split('\n');
    const count = (all: readonly string[]) => all.filter((line) => /^[-+] *"/.test(line)).length;
    expect(count(lines)).toBeLessThan(count(gits) * 1.05);
  });
  it.each([
    'ui components/a b.tsx',
    'app/(auth)/[...nextauth]/[[...slug]]/(.)photo/@modal/page.tsx',
    'grün/日本/😀.ts',
    'e\u0301.txt',
    'say "hi".txt',
    'back\\slash.txt',
    'tab\tand\nnewline.txt',
    '\x1b[31m\x7f.txt',
    ' leading and trailing ',
    '-n',
    'a b/c',
  ])('of the path %j, named as git names it', (path) => {
    const changes: readonly FileChange[] = [
      { path, before: long, after: long.replace('line 7\n', 'seven\n') },
      { path: `new ${path}x`, before: undefined, after: 'one\ntwo\n' },
    ];
    expectToApply(changes);
    const names = (diff: string) => diff.split('\n').filter((line) => /^(diff|---|\+\+\+) /.test(line));
    expect(names(unifiedDiff(changes)).sort()).toEqual(names(gitDiff(changes)).sort());
    expect(diffFiles(unifiedDiff(changes)).map((file) => file.path)).toEqual([path, `new ${path}x`]);
  });
  it('of any two texts', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'd\n'), { maxLength: 25 });
    const end = fc.constantFrom('', 'end', '\r');
    const changes = fc.array(fc.tuple(text, end, text, end), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(changes, (rows) => {
        expectToApply(
          rows.map(([before, beforeEnd, after, afterEnd], index) => ({
            path: `${index}.txt`,
            before: before.join('') + beforeEnd,
            after: after.join('') + afterEnd,
          })),
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe('unifiedDiff', () => {
  it('reads like git', () => {
    const files = [
      { path: 'b.txt', before: long, after: long.replace('line 7\n', 'seven\n').replace('line 20\n', '') },
      { path: 'c.sh', before: undefined, after: 'one\ntwo', mode: 0o755 },
      { path: 'd.txt', before: 'one\ntwo\n', after: undefined },
    ];
    expect(unifiedDiff(files)).toBe(gitDiff(files).replace(/^(@@ [^@]+ @@).*$/gm, '$1'));
  });
  it('is empty when nothing changes', () => {
    expect(unifiedDiff([{ path: 'a', before: 'x', after: 'x' }])).toBe('');
    expect(unifiedDiff([{ path: 'a', before: undefined, after: undefined }])).toBe('');
  });
  it('has no separator line and no timestamp', () => {
    expect(unifiedDiff([{ path: 'a.txt', before: 'one\n', after: 'two\n' }])).toBe(
      'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,1 +1,1 @@\n-one\n+two\n',
    );
  });
});
