import { describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { Stage } from './stage.ts';

/** The bytes of a file that is created, `$` for a carriage return. */
function created(files: Readonly<Record<string, string>>, path: string, text = 'a\nb\n'): string {
  const stage = new Stage(createRepo(memorySource(files)));
  stage.add({ id: 'GAP-000', writes: ['**'] }, [{ kind: 'create', path, text }]);
  const [change] = stage.changes();
  if (change?.kind !== 'create') throw new Error('nothing was created');
  return Buffer.from(change.after).toString('utf8').replaceAll('\r', '$');
}

const CRLF = 'a$\nb$\n';
const LF = 'a\nb\n';

describe('a new file ends its lines as .gitattributes says', () => {
  test.each([
    ['* text=auto eol=crlf\r\n', 'app/error.md', CRLF],
    ['* text=auto eol=crlf\n*.md eol=lf\n', 'app/error.md', LF],
    ['*.md text eol=crlf\n', 'docs/deep/error.md', CRLF],
    ['docs/** eol=crlf\n', 'docs/deep/error.md', CRLF],
    ['/docs/*.md eol=crlf\n', 'docs/deep/error.md', LF],
    ['* eol=crlf\n*.md -text\n', 'error.md', LF],
    ['# * eol=crlf\n', 'error.md', LF],
    ['docs/**/*.md eol=crlf\n', 'docs/a/b/error.md', CRLF],
    ['docs/**/*.md eol=crlf\n', 'docs/error.md', CRLF],
    ['a/**/b/**/*.md eol=crlf\n', 'a/x/b/y/z/error.md', CRLF],
    ['a/**/b/**/*.md eol=crlf\n', 'a/x/c/y/z/error.md', LF],
    ['**/docs/e?ror.* eol=crlf\n', 'a/docs/error.md', CRLF],
    ['e*r*r.md eol=crlf\n', 'error.md', CRLF],
    ['e*x.md eol=crlf\n', 'error.md', LF],
    ['docs eol=crlf\n', 'docs/error.md', LF],
  ])('%j, %s', (attributes, path, expected) => {
    expect(created({ '.gitattributes': attributes, 'other.txt': 'x\ny\n' }, path)).toBe(expected);
  });

  test('the nearest one first', () => {
    const files = { '.gitattributes': '* eol=crlf\n', 'web/.gitattributes': '*.md eol=lf\n' };
    expect(created(files, 'web/a.md')).toBe(LF);
    expect(created(files, 'web/a.txt')).toBe(CRLF);
  });
});

describe('without a word of it, as all its neighbours do', () => {
  test.each<[string, Record<string, string>, string]>([
    ['all of them with CRLF', { 'app/a.md': 'x\r\n', 'app/b.md': 'x\r\ny\r\n' }, CRLF],
    ['one of them without', { 'app/a.md': 'x\r\n', 'app/b.md': 'x\ny\n' }, LF],
    ['those of its kind', { 'app/a.md': 'x\r\n', 'app/b.txt': 'x\ny\n' }, CRLF],
    ['those above, where there are none beside it', { 'README.md': 'x\r\n', 'lib/b.md': 'x\n' }, CRLF],
    ['of one line without an end nothing is known', { 'app/a.md': 'x', 'README.md': 'x\r\n' }, CRLF],
    ['nobody', {}, LF],
  ])('%s', (_who, files, expected) => {
    expect(created(files, 'app/new.md')).toBe(expected);
  });
});

test.each([
  ['scripts/backup.sh', 'a\nb\n'],
  ['bin/backup', '#!/bin/sh\nb\n'],
  ['infra/cron/aims-backup', 'a\nb\n'],
])('what Unix starts keeps its line ends: %s', (path, text) => {
  expect(created({ '.gitattributes': '* text=auto eol=crlf\r\n', 'x.md': 'x\r\n' }, path, text)).toBe(text);
});

test('a pattern of many stars takes no time', () => {
  const deep = `${'a/'.repeat(12)}a.md`;
  expect(created({ '.gitattributes': `${'**/'.repeat(900)}b eol=crlf\n` }, deep)).toBe(LF);
  const name = `${'a'.repeat(200)}.md`;
  const started = performance.now();
  expect(created({ '.gitattributes': `${'*a'.repeat(60)}*b eol=crlf\n` }, name)).toBe(LF);
  expect(performance.now() - started).toBeLessThan(500);
});
