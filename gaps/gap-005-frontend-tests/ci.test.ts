import { describe, expect, test } from 'vitest';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { ciFix } from './apply/ci.ts';

const APP: Tree = {
  'frontend/package.json': '{ "name": "web", "dependencies": { "next": "14.0.4" } }',
  'frontend/app/page.tsx': 'export default function Page() { return null; }\n',
};

/** The CI file after the fix, and the steps for a person. */
function fixed(path: string, text: string) {
  const repo = createRepo(memorySource({ ...APP, [path]: text }));
  const [app] = repo.layout.apps;
  if (!app) throw new Error('no app');
  const { edits, manual = [] } = ciFix(repo, app);
  const [edit] = edits;
  const after = edit?.kind === 'splice' ? applySpans(path, text, edit.spans) : undefined;
  return { after, steps: manual.map(({ title }) => title) };
}

const STEP = (path: string) => `Run npm run test:coverage in frontend before the build, in ${path}`;

describe('Cloud Build', () => {
  const build = (rest: string, image = 'node:20-alpine') => `steps:
  - id: frontend-build
    name: ${image}
    dir: frontend
    entrypoint: npm
    args: ['run', 'build']
${rest}`;

  test('gets a step before the build, and what waits for the build waits for it', () => {
    const { after, steps } = fixed(
      'cloudbuild.yaml',
      build("  - id: image\n    waitFor: ['frontend-build']\n"),
    );
    expect(steps).toEqual([]);
    expect(after).toBe(`steps:
  - id: frontend-test
    name: node:20-alpine
    dir: frontend
    entrypoint: npm
    args: ['run', 'test:coverage']

  - id: frontend-build
    name: node:20-alpine
    dir: frontend
    entrypoint: npm
    args: ['run', 'build']
  - id: image
    waitFor: ['frontend-build', 'frontend-test']
`);
  });

  test.each([
    [
      'a block',
      'waitFor:\n      - backend\n      - frontend-build\n',
      '      - frontend-build\n      - frontend-test\n',
    ],
    [
      'a block that ends the file',
      'waitFor:\n      - "frontend-build"',
      '\n      - "frontend-build"\n      - "frontend-test"',
    ],
    [
      'a list over several lines',
      "waitFor: [\n      'frontend-build',\n    ]\n",
      "      'frontend-build', 'frontend-test',\n",
    ],
  ])('is waited for in %s', (_, waitFor, expected) => {
    expect(fixed('cloudbuild.yaml', build(`  - id: image\n    ${waitFor}`)).after).toContain(expected);
  });

  test.each([
    [
      '# ── Step 2: Frontend — Install, Lint, Build ──',
      '# ── Step 2: Frontend — Install, Lint, Test, Build ──',
    ],
    ['#   2. Install + lint + build frontend', '#   2. Install + lint + test + build frontend'],
    ['# frontend: install, build, test', '# frontend: install, build, test'],
    ['# Build the frontend', '# Build the frontend'],
    ['# Backend: install, build', '# Backend: install, build'],
  ])('has a heading that says so: %s', (before, after) => {
    expect(fixed('cloudbuild.yaml', `${before}\n${build('')}`).after?.split('\n')[0]).toBe(after);
  });

  test.each([
    ['arguments in a block', build('').replace("['run', 'build']", '\n      - run\n      - build')],
    ['an old Node', build('', 'node:18-alpine')],
    ['another folder', build('').replace('dir: frontend', 'dir: admin')],
    ['an id that says nothing', build('').replace('frontend-build', 'two')],
  ])('with %s is left to a person', (_, text) => {
    expect(fixed('cloudbuild.yaml', text)).toEqual({ after: undefined, steps: [STEP('cloudbuild.yaml')] });
  });
});

describe('a GitHub workflow', () => {
  const PATH = '.github/workflows/ci.yml';
  const job = (steps: string) => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
${steps}`;

  test('gets a step before the build, without what only a build needs', () => {
    const build = `      - name: Build the frontend
        working-directory: ./frontend
        env:
          NEXT_TELEMETRY_DISABLED: '1'
        run: npm run build
`;
    const { after, steps } = fixed(PATH, job(build));
    expect(steps).toEqual([]);
    expect(after).toBe(
      job(`      - name: Test the frontend
        working-directory: ./frontend
        run: npm run test:coverage
${build}`),
    );
  });

  test('gets a line in a step of several, in the folder of the job', () => {
    const text = job('      - run: |\n          npm ci\n          npm run build\n').replace(
      '    steps:',
      '    defaults:\n      run:\n        working-directory: frontend\n    steps:',
    );
    expect(fixed(PATH, text).after).toBe(
      text.replace('          npm run build', '          npm run test:coverage\n          npm run build'),
    );
  });

  test.each(['pnpm build', 'yarn build', 'pnpm run build'])('runs it as it runs %s', (command) => {
    const { after } = fixed(PATH, job(`      - run: ${command}\n        working-directory: frontend\n`));
    expect(after).toContain(`- run: ${command.replace(/build$/, 'test:coverage')}\n`);
  });

  const plain = '      - run: npm run build\n        working-directory: frontend\n';
  test.each([
    [
      'an old Node',
      `      - uses: actions/setup-node@v4\n        with:\n          node-version: 18.x\n${plain}`,
    ],
    ['a matrix with an old Node', `      - with:\n          node-version: [18, 20]\n${plain}`],
    ['a condition', `${plain}        if: github.ref == 'refs/heads/main'\n`],
    ['a build of something else', '      - run: npm run build\n        working-directory: admin\n'],
    ['a build in another folder of the shell', '      - run: cd frontend && npm run build\n'],
  ])('with %s is left to a person', (_, steps) => {
    expect(fixed(PATH, job(steps))).toEqual({ after: undefined, steps: [STEP(PATH)] });
  });

  test('that does not parse is left to a person', () => {
    expect(fixed(PATH, 'jobs: [\n')).toEqual({ after: undefined, steps: [STEP(PATH)] });
  });
});

test('what the tool does not know is left to a person', () => {
  expect(fixed('Jenkinsfile', "sh 'npm run build'\n")).toEqual({
    after: undefined,
    steps: [STEP('Jenkinsfile')],
  });
});
