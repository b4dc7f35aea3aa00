import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/contract.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { findingsIn, fixIn } from '../../test/harness/verbs.ts';
import { WIRED } from '../gap-004-user-database/testing/sample.ts';
import gap from './index.ts';

const PAGE = 'frontend/app/(auth)/forgot-password/page.tsx';
const page = readFileSync(new URL(`../../test/fixtures/aims/${PAGE}`, import.meta.url), 'utf8');
const TEMPLATES = fileURLToPath(new URL('../../templates/gap-004-user-database/', import.meta.url));

/** The sample once it keeps users. */
const SAMPLE: Tree = {
  ...WIRED,
  ...Object.fromEntries(
    readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
      .filter((path) => /frontend\/(components|hooks|lib)\/.*\.tsx?$/.test(path))
      .map((path) => [path, readFileSync(TEMPLATES + path, 'utf8')]),
  ),
  [PAGE]: page,
};
const OPEN = ['inert-form', 'no-request-handler', 'no-reset-handler', 'no-reset-page'];

/** The same with a Vitest of the app's own. */
const TESTED: Tree = {
  ...SAMPLE,
  'frontend/package.json': (SAMPLE['frontend/package.json'] ?? '').replace(
    '"devDependencies": {',
    '"devDependencies": {\n    "vitest": "^4.1.12",',
  ),
  'frontend/vitest.config.mts': "export default { test: { include: ['__tests__/**/*.test.ts'] } };\n",
};

testGap(gap, import.meta.url, {
  'the sample keeps users and lets nobody back in': { files: SAMPLE, open: OPEN },
  'something else stands where a file would go': {
    files: { ...SAMPLE, 'frontend/lib/password-mail.ts': 'export {};\n' },
    open: OPEN,
    manual: true,
  },
  'the form has a handler of its own': {
    files: { ...SAMPLE, [PAGE]: page.replace('<form ', '<form noValidate ') },
    open: OPEN,
    manual: true,
  },
});

function fixOf(tree: Tree, isWanted: (code: string) => boolean = () => true): Fix {
  const repo = createRepo(memorySource(tree));
  const wanted = findingsIn(gap, repo).filter(({ code }) => isWanted(code));
  return fixIn(gap, repo, wanted);
}

const textOf = (fix: Fix, path: string) => {
  const edit = fix.edits.find((each) => each.path === path);
  if (edit?.kind === 'create') return edit.text;
  return edit?.kind === 'splice' ? edit.spans.map(({ text }) => text).join('\n') : undefined;
};

describe('the tests of the target', () => {
  const TEST = 'frontend/__tests__/api/reset-password.test.ts';

  test('come where Vitest runs its tests', () => {
    expect(textOf(fixOf(TESTED), TEST)).toMatch(/accepts a link only once/);
  });

  test.each([
    ['there is no Vitest', SAMPLE],
    ['its tests stand elsewhere', { ...TESTED, 'frontend/vitest.config.mts': 'export default {};\n' }],
    ['there is such a test already', { ...TESTED, [TEST]: 'export {};\n' }],
  ])('do not come where %s', (_, tree) => {
    const fix = fixOf(tree);
    expect(fix.edits.length).toBeGreaterThan(0);
    expect(textOf(fix, TEST)).toBeUndefined();
  });
});

describe('the pages', () => {
  test('the button that asks for the mail shows that it is at work', () => {
    expect(textOf(fixOf(SAMPLE), PAGE)).toMatch(/SubmitButton[\s\S]*pending="Sending…"/);
  });

  test('the page of the link opens with a path, where its sibling does', () => {
    const commented = { ...SAMPLE, [PAGE]: `// frontend/app/(auth)/forgot-password/page.tsx\n${page}` };
    const path = 'frontend/app/(auth)/reset-password/page.tsx';
    expect(textOf(fixOf(commented), path)).toMatch(
      /^\/\/ frontend\/app\/\(auth\)\/reset-password\/page\.tsx\n/,
    );
    expect(textOf(fixOf(SAMPLE), path)).toMatch(/^import/);
  });

  test('are written together with the handlers or not at all', () => {
    const [form, ...others] = OPEN;
    expect(fixOf(SAMPLE, (code) => code === form).edits).toEqual([]);
    expect(fixOf(SAMPLE, (code) => others.includes(code)).edits).toEqual([]);
  });
});
