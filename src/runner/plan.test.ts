import { expect, test } from 'vitest';
import { repoGap } from '../../test/harness/verbs.ts';
import type { FixStep, Gap } from '../contract.ts';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { planGaps } from './plan.ts';

/** A gap that is closed by a file of its own. */
function fileGap(id: Gap['meta']['id'], path: string, manual: readonly FixStep[] = []): Gap {
  return repoGap({
    meta: {
      id,
      slug: 'file',
      title: `Add ${path}`,
      problem: 'There is no file.',
      looksFor: 'A file.',
      category: 'Documentation',
      priority: 'P0',
      effort: '1 min',
      fix: 'automatic',
      requires: [],
      writes: ['*'],
      messages: { absent: '{{path}} does not exist.' },
      references: ['runbook'],
    },
    detect: (repo) => ({
      findings: repo.exists(path) ? [] : [{ code: 'absent', path }],
    }),
    apply: () => ({ edits: [{ kind: 'create', path, text: '\n' }], manual }),
    isSettled: (repo, about) => repo.exists(about),
    verify: () => [],
  });
}

function stepsOf(gaps: readonly Gap[]) {
  const request = {
    gaps,
    required: [],
    optionsOf: () => ({}),
    addDependencies: async () => ({ files: new Map() }),
    waive: <T>(audit: T) => audit,
  };
  return planGaps(createRepo(memorySource({})), request).then(({ plans }) =>
    plans.map(({ manual }) => manual.map(({ title }) => title)),
  );
}

const words = { why: 'Reasons.', seenBy: 'Reading.' };

test('nobody is told to do what a later gap of the run does', async () => {
  const first = fileGap('GAP-900', 'a', [
    { title: 'Add b', ...words, about: 'b' },
    { title: 'Add c', ...words, about: 'c' },
    { title: 'Ask', ...words },
  ]);
  expect(await stepsOf([first])).toEqual([['Add b', 'Add c', 'Ask']]);
  expect(await stepsOf([first, fileGap('GAP-901', 'b')])).toEqual([['Add c', 'Ask'], []]);
});
