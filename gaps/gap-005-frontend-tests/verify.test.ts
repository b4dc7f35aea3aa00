import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BuildCheck, Repo } from '../../src/contract.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import type { Ran, Scratch } from '../../src/world.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { read } from './read.ts';
import { brokenRules } from './verify/broken-rules.ts';
import { verify } from './verify.ts';

const TEMPLATES = new URL('../../templates/', import.meta.url);
const PASSED = { exitCode: 0, stdout: '      Tests  12 passed (12)\n', stderr: '' };
const FAILED = { exitCode: 1, stdout: '      Tests  1 failed | 3 passed (12)\n', stderr: '' };
const NOT_COMPILED = {
  exitCode: 1,
  stdout: ' Test Files  1 failed (1)\n      Tests  no tests\n',
  stderr: '',
};

/** An app that keeps users and tracks errors, as the other gaps leave it. */
function appOf(folders: readonly string[], more: Tree = {}) {
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(folder, TEMPLATES), { recursive: true, encoding: 'utf8' })
      .filter((path) => /^frontend\/.*\.tsx?$/.test(path))
      .map((path) => [path, readFileSync(new URL(`${folder}/${path}`, TEMPLATES), 'utf8')] as const),
  );
  const repo = createRepo(
    memorySource({
      ...Object.fromEntries(files),
      'frontend/package.json': JSON.stringify({
        dependencies: { next: '14.0.4' },
        devDependencies: { vitest: '^4' },
      }),
      'frontend/app/page.tsx': 'export default function Page() { return null; }\n',
      ...more,
    }),
  );
  const [app] = repo.layout.apps;
  if (!app) throw new Error('no app');
  return { repo, app };
}

function checksIn(repo: Repo) {
  const state = read(repo);
  if ('kind' in state) throw new Error(state.reason);
  return verify(state);
}

/** The check of this title, with tests that answer one after the other. */
async function verdictOf(title: string, runs: readonly Ran[]) {
  const { repo } = appOf(['gap-004-user-database', 'gap-007-error-tracking']);
  const texts = new Map<string, string>();
  const asked: string[] = [];
  const left = [...runs];
  const scratch: Scratch = {
    dir: '/scratch',
    run: async (_program, args) => {
      asked.push(args.filter((arg) => arg.endsWith('.ts')).join(' '));
      return left.shift() ?? FAILED;
    },
    read: async (path) => texts.get(path) ?? repo.text(path),
    write: async (path, text) => void texts.set(path, text),
    remove: async () => undefined,
    sleep: async () => undefined,
  };
  const check = checksIn(repo).find((each): each is BuildCheck => each.title.includes(title));
  if (!check) throw new Error(`no check about ${title}`);
  const verdict = await check.run(scratch);
  const changed = [...texts].filter(([path, text]) => text !== repo.text(path)).map(([path]) => path);
  return { verdict, asked, changed };
}

describe('broken rules', () => {
  const all = ['gap-004-user-database', 'gap-007-error-tracking', 'gap-008-password-recovery'];

  test('are found in what the other gaps write, each of them', () => {
    const { repo, app } = appOf(all);
    const { mutants, absent } = brokenRules(repo, app);
    expect(absent).toEqual([]);
    for (const { how, files } of mutants)
      for (const { path, mutate } of files) expect(mutate(repo.text(path)), how).not.toBe(repo.text(path));
  });

  test('are not those of other code that reads alike', () => {
    const { repo, app } = appOf(all, {
      'frontend/app/api/a/route.ts': `const Filter = z.object({})
  .partial();
if (owner !== userId) throw new Error();
const role = token.role === 'OWNER' ? 'OWNER' : 'USER';
if (!(await verifyPassword(user, given.password))) return 'unavailable';
export const options = { beforeSend: keep };
`,
    });
    const { mutants } = brokenRules(repo, app);
    const paths = mutants.flatMap(({ files }) => files.map(({ path }) => path));
    expect(paths).not.toContain('frontend/app/api/a/route.ts');
  });

  test('are not looked for in tests, and are absent where nothing is kept', () => {
    const { repo, app } = appOf([], {
      'frontend/__tests__/a.test.ts':
        'if (!(await verifyPassword(user, given.password))) throw new Error();\n',
    });
    const { mutants, absent } = brokenRules(repo, app);
    expect(mutants).toEqual([]);
    expect(absent).toContain('accepts any password');
    expect(checksIn(repo).map(({ title }) => title)).not.toContainEqual(expect.stringContaining('rule'));
  });
});

describe('the check of the rules', () => {
  test('passes when a test fails of each, says what is not there, and puts everything back', async () => {
    const { verdict, asked, changed } = await verdictOf('rule', [PASSED]);
    expect(verdict).toMatchObject({ verdict: 'pass' });
    const evidence = 'evidence' in verdict ? verdict.evidence : [];
    expect(evidence).toContainEqual({ subject: 'accepts any password', observed: 'a test fails' });
    expect(evidence).toContainEqual({
      subject: 'accepts any token of password_resets',
      observed: 'not applicable: no such code here',
    });
    expect(asked[1]).toBe('lib/auth-users.ts');
    expect(changed).toEqual([]);
  });

  test.each([
    ['every test passes', PASSED],
    ['the file cannot be compiled', NOT_COMPILED],
  ])('fails when a rule is broken and %s', async (_, ran) => {
    const { verdict, changed } = await verdictOf('rule', [PASSED, FAILED, ran]);
    expect(verdict).toMatchObject({
      verdict: 'fail',
      reason: 'lets people guess forever, and no test fails',
    });
    expect(changed).toEqual([]);
  });

  test('fails when the tests fail before anything is broken', async () => {
    const { verdict, asked } = await verdictOf('rule', [FAILED]);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('before anything') });
    expect(asked).toHaveLength(1);
  });
});
