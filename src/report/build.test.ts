import { describe, expect, it } from 'vitest';
import { CLOSED, defineGap } from '../contract.ts';
import { RefusedError } from '../errors.ts';
import { unifiedDiff } from '../words/diff.ts';
import { errorDocument, explainGap, plannedGap } from './build.ts';
import { gap as audited, list } from './testing/documents.ts';

const meta = {
  id: 'GAP-A',
  slug: 'debug',
  title: 'Remove debug endpoints',
  problem: 'They answer.',
  looksFor: 'Routes.',
  category: 'Security',
  priority: 'P0',
  effort: '5 min',
  fix: 'automatic',
  requires: [],
  writes: ['**/route.ts'],
  messages: { 'no-guard': '{{method}} answers.', sibling: { text: 'This too.', kind: 'note' } },
  references: ['https://nextjs.org'],
} as const;
const actions = { read: () => ({}), detect: () => CLOSED, apply: () => ({ edits: [] }), verify: () => [] };

describe('plannedGap', () => {
  it('tells files by the diff and leaves the edits out', () => {
    const diff = unifiedDiff([{ path: 'a b.ts', before: undefined, after: 'a\n' }]);
    const edits = [{ kind: 'create', path: 'a b.ts', text: 'a\n' }] as const;
    expect(plannedGap({ ...audited(), edits, dependencies: [], diff })).toEqual({
      ...audited(),
      dependencies: [],
      diff,
      files: [{ path: 'a b.ts', change: 'create', added: 1, removed: 0 }],
    });
  });
});

describe('explainGap', () => {
  it('says what the metadata says', async () => {
    const options = (await explainGap(defineGap({ meta, ...actions }))).options;
    expect(options).toEqual([]);
    expect(await explainGap(defineGap({ meta, ...actions }))).toMatchObject({
      id: 'GAP-A',
      slug: 'debug',
      codes: [
        { code: 'no-guard', message: '{{method}} answers.', note: false },
        { code: 'sibling', message: 'This too.', note: true },
      ],
    });
  });
  it('lists the options with defaults and choices', async () => {
    const gap = defineGap({
      meta,
      options: (z) =>
        z.object({
          strategy: z.enum(['delete', 'gate']).default('delete').describe('What to do.'),
          limit: z.number().default(3),
        }),
      ...actions,
    });
    expect((await explainGap(gap)).options).toEqual([
      { name: 'strategy', description: 'What to do.', default: '"delete"', choices: ['delete', 'gate'] },
      { name: 'limit', default: '3' },
    ]);
  });
});

describe('errorDocument', () => {
  const { schemaVersion, tool } = list;
  it('carries a known error with its hint and exit code', () => {
    expect(errorDocument({ schemaVersion, tool }, new RefusedError('dirty', 'Commit.'))).toEqual({
      schemaVersion,
      tool,
      command: 'error',
      error: { name: 'RefusedError', message: 'dirty', hint: 'Commit.', exitCode: 4 },
    });
    expect(errorDocument({ schemaVersion, tool }, new RefusedError('dirty')).error).not.toHaveProperty(
      'hint',
    );
  });
  it.each([new TypeError('x is undefined'), 'x is undefined'])('calls anything else our bug', (thrown) => {
    expect(errorDocument({ schemaVersion, tool }, thrown).error).toMatchObject({
      name: 'InternalError',
      message: 'x is undefined',
      exitCode: 3,
    });
  });
});
