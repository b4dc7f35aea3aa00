import { describe, expect, test } from 'vitest';
import type { Detection, Edit, Fix, Repo } from '../../src/contract.ts';
import { lawsOf } from './laws.ts';
import type { LoadedCase } from './test-gap.ts';
import { type RepoVerbs, repoGap } from './verbs.ts';

/**
 * The harness judges gaps; here it is judged: one gap per law that breaks exactly that law must be reported by
 * the law of that name, and the sound gap by none.
 */

const TREE = { 'list.txt': '# fruit\napple\n' };
const GAP_CASE: LoadedCase = { name: 'a list without pear', tree: TREE, open: ['no-pear'], diffPath: '' };

const sound: RepoVerbs = {
  meta: {
    id: 'GAP-900',
    slug: 'pear',
    title: 'Add a pear',
    problem: 'The list lacks a pear.',
    looksFor: 'A list without pear.',
    category: 'Fruit',
    priority: 'P3',
    effort: '1 min',
    fix: 'automatic',
    requires: [],
    writes: ['list.txt'],
    messages: { 'no-pear': '{{path}} has no pear.' },
    references: ['runbook: fruit'],
  },
  detect: (repo): Detection => {
    const text = repo.peek('list.txt');
    if (text === undefined || /^\t?pear$/m.test(text)) return { findings: [] };
    return { findings: [{ code: 'no-pear', path: 'list.txt', at: 0 }] };
  },
  apply: (repo, findings): Fix => ({
    edits: findings.map(() => append(repo.hash('list.txt'), repo.text('list.txt').length)),
  }),
  verify: (repo) => [
    {
      title: 'the list names a pear',
      level: 'static',
      run: () =>
        repo.text('list.txt').split('\n').includes('pear')
          ? { verdict: 'pass', evidence: [] }
          : { verdict: 'fail', reason: 'no line says pear' },
    },
  ],
};

function append(base: string, at: number, text = 'pear\n'): Edit {
  return { kind: 'splice', path: 'list.txt', base, spans: [{ start: at, end: at, text }] };
}

/** The titles of the laws that a gap breaks. */
async function brokenBy(verbs: RepoVerbs, gapCase: LoadedCase = GAP_CASE): Promise<string[]> {
  const gap = repoGap(verbs);
  const laws = [
    ...lawsOf(gap).once,
    ...lawsOf(gap).perCase(gapCase),
    ...lawsOf(gap).overAll([gapCase]),
  ].filter(({ title }) => !title.includes('expected diff'));
  const broken: string[] = [];
  for (const law of laws) {
    try {
      await law.holds();
    } catch {
      broken.push(law.title);
    }
  }
  return broken;
}

function withMeta(meta: Partial<RepoVerbs['meta']>): RepoVerbs {
  return { ...sound, meta: { ...sound.meta, ...meta } };
}

describe('the harness', () => {
  test('finds nothing wrong with a sound gap', async () => {
    expect(await brokenBy(sound)).toEqual([]);
  });

  let calls = 0;
  const broken: readonly (readonly [what: string, gap: RepoVerbs, law: RegExp])[] = [
    ['has a title with a period', withMeta({ title: 'Add a pear.' }), /metadata/],
    ['names no source', withMeta({ references: [] }), /metadata/],
    ['declares nothing that it writes', withMeta({ writes: [] }), /metadata/],
    [
      'finds something in an empty repository',
      { ...sound, detect: () => sound.detect(STUB) },
      /empty repository/,
    ],
    ['finds nothing where something is', { ...sound, detect: () => ({ findings: [] }) }, /exactly/],
    ['finds the same thing twice', { ...sound, detect: (repo) => twice(sound.detect(repo)) }, /exactly/],
    [
      'says something else the second time',
      { ...sound, detect: (repo) => shifted(sound.detect(repo), calls++) },
      /same twice/,
    ],
    ['leaves a placeholder', withMeta({ messages: { 'no-pear': 'no pear in {{where}}' } }), /same twice/],
    ['writes outside what it declares', withMeta({ writes: ['other.txt'] }), /second time/],
    [
      'creates over a file',
      { ...sound, apply: () => ({ edits: [{ kind: 'create', path: 'list.txt', text: 'pear\n' }] }) },
      /second time/,
    ],
    ['makes no edit', { ...sound, apply: () => ({ edits: [] }) }, /second time/],
    [
      'changes nothing with its edit',
      { ...sound, apply: (repo) => ({ edits: [append(repo.hash('list.txt'), 0, '')] }) },
      /second time/,
    ],
    [
      'edits again what it has closed',
      {
        ...sound,
        apply: (repo) => ({ edits: [append(repo.hash('list.txt'), repo.text('list.txt').length)] }),
      },
      /second time/,
    ],
    [
      'writes code that does not parse',
      {
        ...withMeta({ writes: ['**'] }),
        apply: (repo) => ({
          edits: [
            append(repo.hash('list.txt'), repo.text('list.txt').length),
            { kind: 'create', path: 'a.ts', text: 'const = ;' },
          ],
        }),
      },
      /second time/,
    ],
    [
      'has a check that cannot fail',
      {
        ...sound,
        verify: () => [{ title: 'x', level: 'static', run: () => ({ verdict: 'pass', evidence: [] }) }],
      },
      /fails in a case/,
    ],
    [
      'has a check that cannot pass',
      {
        ...sound,
        verify: () => [{ title: 'x', level: 'static', run: () => ({ verdict: 'fail', reason: 'x' }) }],
      },
      /pass after/,
    ],
    [
      'brings its own line ends',
      {
        ...sound,
        apply: (repo) => ({
          edits: [append(repo.hash('list.txt'), repo.text('list.txt').length, 'pear\r\n')],
        }),
      },
      /second time/,
    ],
    [
      'drops a comment of the file',
      {
        ...sound,
        apply: (repo, findings) => ({
          edits: findings.map(
            (): Edit => ({
              kind: 'splice',
              path: 'list.txt',
              base: repo.hash('list.txt'),
              spans: [{ start: 0, end: 7, text: 'pear' }],
            }),
          ),
        }),
      },
      /comment/,
    ],
  ];

  test.each(broken)('reports a gap that %s', async (_what, gap, law) => {
    expect((await brokenBy(gap)).join('; ')).toMatch(law);
  });

  test('reports a manual case without a step', async () => {
    const gap: RepoVerbs = { ...withMeta({ fix: 'manual' }), apply: () => ({ edits: [] }) };
    expect(await brokenBy(gap)).toEqual([
      'closes what is wanted, and leaves the rest',
      'tells a person what to do',
    ]);
  });

  test('reports a gap that looks for findings by itself', async () => {
    const gap: RepoVerbs = {
      ...sound,
      apply: (repo) => ({
        edits: /^pear$/m.test(repo.text('list.txt'))
          ? []
          : [append(repo.hash('list.txt'), repo.text('list.txt').length)],
      }),
    };
    expect(await brokenBy(gap)).toEqual(['does nothing where nothing is wanted']);
  });

  test('reports a gap that closes more than it was asked to, unless both are one unit', async () => {
    const both: RepoVerbs = {
      ...withMeta({ messages: { 'no-pear': '{{path}} has no pear.', 'no-plum': '{{path}} has no plum.' } }),
      detect: (repo) => {
        const text = repo.peek('list.txt') ?? 'pear plum';
        const codes = ['pear', 'plum'].filter((fruit) => !text.includes(fruit)).map((fruit) => `no-${fruit}`);
        return { findings: codes.map((code) => ({ code, path: 'list.txt', at: 0 })) };
      },
      apply: (repo, findings) => ({
        edits:
          findings.length === 0
            ? []
            : [append(repo.hash('list.txt'), repo.text('list.txt').length, 'pear\nplum\n')],
      }),
    };
    const twoMissing: LoadedCase = { ...GAP_CASE, open: ['no-pear', 'no-plum'] };
    expect(await brokenBy(both, twoMissing)).toEqual(['closes what is wanted, and leaves the rest']);
    expect(await brokenBy({ ...both, unitOf: () => 'fruit' }, twoMissing)).toEqual([]);
  });

  test('reports a closed case whose check fails', async () => {
    const closed: LoadedCase = {
      name: 'closed',
      tree: { 'list.txt': '\tpear\n' },
      closed: true,
      diffPath: '',
    };
    expect(await brokenBy(sound, closed)).toEqual(['its checks pass']);
  });
});

/** A repository that claims to hold a list without pear, whatever the test hands in. */
const STUB: Repo = {
  files: ['list.txt'],
  closedFolders: [],
  links: [],
  find: () => [],
  exists: () => true,
  occupied: () => true,
  text: () => '',
  mentions: () => false,
  peek: () => '',
  scan: () => '',
  hash: () => '',
  mode: () => 0o644,
  code: () => never(),
  module: () => never(),
  yaml: () => [],
  mergedYaml: () => [],
  json: () => ({}),
  layout: { packages: [], apps: [], compose: [] },
};

function never(): never {
  throw new Error('not asked for');
}

function twice(detection: Detection): Detection {
  if (!('findings' in detection)) return detection;
  return { ...detection, findings: [...detection.findings, ...detection.findings] };
}

function shifted(detection: Detection, by: number): Detection {
  if (!('findings' in detection)) return detection;
  return { ...detection, findings: detection.findings.map((finding) => ({ ...finding, at: by % 5 })) };
}
