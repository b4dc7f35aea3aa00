import { expect, test } from 'vitest';
import { type RepoVerbs, repoGap } from '../../test/harness/verbs.ts';
import { CLOSED, type Gap, notApplicable, type Repo } from '../contract.ts';
import { oncePer } from '../repo/once.ts';
import { createRepo } from '../repo/repo.ts';
import { memorySource, type Source } from '../repo/source.ts';
import { auditGap } from './audit.ts';

/** A gap that looks for a word in every file, by what it remembers of the repository. */
const looking = oncePer((repo: Repo) => repo.files.some((path) => repo.mentions(path, 'word')));

function gapThat(detect: RepoVerbs['detect']): Gap {
  return repoGap({
    meta: {
      id: 'GAP-900',
      slug: 'word',
      title: 'Find the word',
      problem: 'There is a word.',
      looksFor: 'The word.',
      category: 'Words',
      priority: 'P3',
      effort: '1 min',
      fix: 'manual',
      requires: [],
      writes: [],
      messages: { word: 'Here is the word.' },
      references: ['runbook'],
    },
    detect,
    apply: () => ({ edits: [] }),
    verify: () => [],
  });
}

const gap = gapThat((repo) => (looking(repo) ? { findings: [{ code: 'word', path: 'a.ts' }] } : CLOSED));

test.each([
  ['is not UTF-8', Buffer.from([0x2f, 0x2f, 0xe9])],
  ['holds a NUL', Buffer.from('const a = 1;\0')],
])('a file of code that %s keeps a gap from being called closed', (_, bytes) => {
  const repo = createRepo(memorySource({ 'a.ts': 'nothing', 'b.tsx': bytes }));
  for (const _again of ['first', 'remembered']) {
    const { audit } = auditGap(gap, repo);
    expect(audit.status).toBe('unknown');
    expect(audit.reason).toContain('b.tsx is no UTF-8 text');
  }
});

test('nor not applicable', () => {
  const repo = createRepo(memorySource({ 'b.tsx': Buffer.from([0xe9]) }));
  const absent = gapThat((target) => (looking(target) ? CLOSED : notApplicable('no word')));
  expect(auditGap(absent, repo).audit.status).toBe('unknown');
});

test('what is found is found all the same', () => {
  const repo = createRepo(memorySource({ 'a.ts': 'a word', 'b.tsx': Buffer.from([0xe9]) }));
  expect(auditGap(gap, repo).audit.status).toBe('open');
});

test('a picture, a binary and what tests bring along tell nothing', () => {
  const files = {
    'a.png': Buffer.from([0xe9]),
    'b.bin': Buffer.from([0]),
    'test/fixtures/c.ts': Buffer.from([0xe9]),
  };
  expect(auditGap(gap, createRepo(memorySource(files))).audit.status).toBe('closed');
});

test('a folder that may not be read keeps every gap from being called closed', () => {
  const source: Source = { ...memorySource({ 'a.ts': 'nothing' }), closedFolders: () => ['app/api/test'] };
  const { audit } = auditGap(gap, createRepo(source));
  expect([audit.status, audit.reason]).toEqual([
    'unknown',
    'the folder app/api/test may not be read; let this user read it, or run as one who may',
  ]);
});

test('a gap on which aims-fix fails is that gap, with the stack', () => {
  const broken = gapThat(() => {
    throw new TypeError('no such thing');
  });
  const { audit } = auditGap(broken, createRepo(memorySource({})));
  expect(audit).toMatchObject({ status: 'blocked', reason: 'aims-fix failed on this gap: no such thing' });
  expect(audit.failure).toContain('audit.test.ts');
});
