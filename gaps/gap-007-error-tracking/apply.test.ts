import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/contract.ts';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { checksIn, findingsIn, fixIn } from '../../test/harness/verbs.ts';
import gap from './index.ts';

const AIMS = new URL('../../test/fixtures/aims/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, AIMS), 'utf8');
/** What this gap reads and writes of the sample. */
const BARE: Tree = Object.fromEntries(
  [
    'deploy.sh',
    'cloudbuild.yaml',
    'infra/docker-compose.prod.yml',
    'infra/.env.production.example',
    'frontend/.dockerignore',
    'frontend/.env.example',
    'frontend/Dockerfile',
    'frontend/package.json',
    'frontend/tsconfig.json',
    'frontend/next.config.mjs',
    'frontend/middleware.ts',
    'frontend/lib/utils.ts',
    'frontend/app/layout.tsx',
    'frontend/app/page.tsx',
    'frontend/app/dashboard/page.tsx',
  ].map((path) => [path, read(path)]),
);
/** The package is there already: what a plan adds to package.json is the runner's. */
const SAMPLE: Tree = {
  ...BARE,
  'frontend/package.json': read('frontend/package.json').replace(
    '"clsx"',
    '"@sentry/nextjs": "^10.78.0",\n    "clsx"',
  ),
};
const OPEN = ['never-initialised'];
const CONFIG = 'frontend/next.config.mjs';
const template = (path: string) =>
  readFileSync(new URL(`../../templates/gap-002-error-boundaries/frontend/${path}`, import.meta.url), 'utf8');
const manifest = (next: string) =>
  JSON.stringify(
    { name: 'web', dependencies: { '@sentry/nextjs': '^10.80.1', next, react: '^19' } },
    null,
    2,
  );

/** A small app of another kind. */
function app(files: Tree, next = '14.2.5'): Tree {
  return {
    'package.json': `${manifest(next)}\n`,
    'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n',
    'next.config.mjs': 'export default {};\n',
    'app/layout.tsx': 'export default function Layout({ children }) {\n  return children;\n}\n',
    'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
    ...files,
  };
}

/** What answers for a backend, and keeps to itself that it is down. */
const PROXY = `export async function ask(path: string) {
  try {
    const answer = await fetch(process.env.BACKEND_URL + path);
    return Response.json(await answer.json());
  } catch {
    return Response.json({ error: 'The backend is out of reach' }, { status: 502 });
  }
}
`;

testGap(gap, import.meta.url, {
  'the sample declares Sentry and starts nothing': { files: SAMPLE, open: OPEN },
  'the boundaries of the sample are there': {
    files: {
      ...SAMPLE,
      'frontend/app/error.tsx': template('app/error.tsx'),
      'frontend/app/dashboard/error.tsx': template('app/dashboard/error.tsx'),
      'frontend/app/global-error.tsx': template('app/global-error.tsx'),
    },
    open: OPEN,
  },
  'a later Next.js under src, double quotes, wrapped already': {
    files: {
      'package.json': `${manifest('^15.4.1')}\n`,
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "paths": { "~/*": ["./src/*"] } } }\n',
      'next.config.ts':
        'import type { NextConfig } from "next";\nimport createMDX from "@next/mdx";\n\nconst nextConfig: NextConfig = {\n  poweredByHeader: false,\n};\n\nexport default createMDX()(nextConfig);\n',
      'src/app/layout.tsx':
        'import { font } from "~/font";\n\nexport default function Layout({ children }) {\n  return <html lang="en" className={font}><body>{children}</body></html>;\n}\n',
      'src/app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'src/app/error.tsx':
        '"use client";\n\nimport { useEffect } from "react";\n\nexport default function Failed(props: { error: Error }) {\n  useEffect(() => {}, []);\n  return null;\n}\n',
      'src/font.ts': 'export const font = "sans";\n',
    },
    open: OPEN,
  },
  'an older Next.js under src, in CommonJS, with a policy of one text': {
    files: {
      'package.json': `${manifest('~13.5.6')}\n`,
      'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n',
      'next.config.js':
        "const withBundleAnalyzer = require('@next/bundle-analyzer')();\n\nmodule.exports = withBundleAnalyzer({\n  reactStrictMode: true,\n  experimental: { serverActions: true }\n});\n",
      'src/middleware.ts':
        "import { policy } from './security/policy';\n\nexport function middleware() {\n  return new Response(null, { headers: { 'Content-Security-Policy': policy } });\n}\n",
      'src/security/policy.ts':
        "const host = 'https://api.example.com';\n\nexport const policy = `default-src 'self'; connect-src 'self' https://example.com; img-src ${host}`;\n",
      'src/security/old.ts': 'export const old = "connect-src \'self\'";\n',
      'src/app/layout.tsx': 'export default function Layout({ children }) {\n  return children;\n}\n',
      'src/app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'src/app/global-error.tsx':
        "'use client';\n\nconst Failed = ({ reset, error: failure }) => {\n  return <html><body>{failure.message}</body></html>;\n};\n\nexport default Failed;\n",
    },
    open: OPEN,
  },
  'a configuration that is chosen when it runs': {
    files: app({
      'next.config.mjs':
        'const config = {};\n\nexport default async (phase) => {\n  return phase === "x" ? {} : config;\n};\n',
    }),
    open: OPEN,
  },
  'a configuration that is a named function': {
    files: app({ 'next.config.mjs': 'export default function config() {\n  return {};\n}\n' }),
    open: OPEN,
    manual: true,
  },
  'a configuration that is exported twice': {
    files: app({
      'next.config.mjs': '',
      'next.config.js':
        "module.exports = {};\nif (process.env.ANALYZE) {\n  module.exports = require('./with-analyzer');\n}\n",
    }),
    open: OPEN,
    manual: true,
  },
  'a CommonJS configuration without semicolons, and a require inside of it': {
    files: app(
      {
        'next.config.mjs': '',
        'next.config.js':
          "// @ts-check\n'use strict'\n\nconst path = require('path')\n\n/** @type {import('next').NextConfig} */\nconst nextConfig = {\n  outputFileTracingRoot: path.join(__dirname, '..'),\n  webpack: (config) => {\n    const webpack = require('webpack')\n    config.plugins.push(new webpack.IgnorePlugin({ resourceRegExp: /^pg-native$/ }))\n    return config\n  },\n}\n\nmodule.exports = nextConfig\n",
      },
      '15.4.0',
    ),
    open: OPEN,
  },
  'a static export, which has no server': {
    files: app({ 'next.config.mjs': "export default {\n  output: 'export',\n};\n" }, '15.4.0'),
    open: OPEN,
  },
  'the routes that ask a backend share one function': {
    files: app({
      'lib/backend.ts': PROXY,
      'app/api/plans/route.ts':
        "import { ask } from '../../../lib/backend';\n\nexport const GET = () => ask('/plans');\n",
      'app/api/jobs/route.ts':
        "import { ask } from '../../../lib/backend';\n\nexport const GET = () => ask('/jobs');\n",
    }),
    open: OPEN,
  },
  'no configuration': {
    files: Object.fromEntries(Object.entries(app({})).filter(([path]) => path !== 'next.config.mjs')),
    open: OPEN,
    manual: true,
  },
  'instrumentation of another kind is there': {
    files: app({ 'instrumentation.ts': 'export function register() {}\n' }),
    open: OPEN,
    manual: true,
  },
  'Sentry of another major': {
    files: app({ 'package.json': manifest('14.2.5').replace('^10.80.1', '^8.2.0') }),
    open: OPEN,
    manual: true,
  },
  'an app in JavaScript': {
    files: Object.fromEntries(Object.entries(app({})).filter(([path]) => path !== 'tsconfig.json')),
    open: OPEN,
    manual: true,
  },
});

function fixOf(tree: Tree): Fix {
  const repo = createRepo(memorySource(tree));
  return fixIn(gap, repo);
}

/** A file as the fix would leave it. */
function fixed(tree: Tree, path: string): string | undefined {
  const edit = fixOf(tree).edits.find((each) => each.path === path);
  if (edit?.kind === 'splice') return applySpans(path, tree[path] ?? '', edit.spans);
  return edit?.kind === 'create' ? edit.text : undefined;
}

const steps = ({ manual = [] }: Fix) => manual.map(({ title }) => title).join('\n');

test('an app without a tracker gets the same, and the package', () => {
  const bare = fixOf(BARE);
  const paths = (fix: Fix) => fix.edits.map(({ path }) => path);
  expect(paths(bare)).toEqual(paths(fixOf(SAMPLE)));
  expect(bare.dependencies).toMatchObject([{ dir: 'frontend', name: '@sentry/nextjs', range: '^10.78.0' }]);
  expect(fixOf(SAMPLE).dependencies).toEqual([]);
});

describe('next.config', () => {
  test.each([
    ['export default {\n  a: 1\n};\n', 'a: 1,\n  experimental: { instrumentationHook: true },\n'],
    ['export default { a: 1 };\n', '{ a: 1, experimental: { instrumentationHook: true } }'],
    [
      'const c = {\n  a: 1, // why\n};\nexport default c;\n',
      'a: 1, // why\n  experimental: { instrumentationHook: true },\n',
    ],
    [
      'const c = { experimental: { a: 1 } };\nexport default c;\n',
      'experimental: { a: 1, instrumentationHook: true }',
    ],
  ])('%j gets the flag that loads instrumentation', (text, expected) => {
    expect(fixed(app({ 'next.config.mjs': text }), 'next.config.mjs')).toContain(expected);
  });

  test.each([
    'const c = { ...base, a: 1 };\nexport default c;\n',
    'export default { experimental };\n',
    'export default { experimental: { instrumentationHook: true } };\n',
  ])('%j is wrapped, and the rest of it left alone', (text) => {
    const changed = fixed(app({ 'next.config.mjs': text }), 'next.config.mjs') ?? '';
    expect(changed).toContain('withSentryConfig(');
    expect(changed.match(/instrumentationHook/g)?.length).toBe(text.match(/instrumentationHook/g)?.length);
  });

  test('from Next.js 15 on needs no flag', () => {
    expect(fixed(app({}, '15.0.0'), 'next.config.mjs')).not.toContain('instrumentationHook');
  });

  test('is imported below what speaks to a tool about the file', () => {
    const text = '// @ts-check\n/** @type {import("next").NextConfig} */\nmodule.exports = {};\n';
    const tree = app({ 'next.config.js': text, 'next.config.mjs': '' });
    const { 'next.config.mjs': _, ...files } = tree;
    expect(fixed(files, 'next.config.js')).toMatch(/^\/\/ @ts-check\nconst { withSentryConfig } = require\(/);
  });
});

describe('the policy', () => {
  const middleware = (policy: string) =>
    app({ 'middleware.ts': `const csp = ${policy};\n\nexport function middleware() {\n  return csp;\n}\n` });

  test.each([
    [`"connect-src 'self'; img-src *"`, "`connect-src 'self'${REPORT_SOURCE}; img-src *`"],
    [`{ connectSrc: "'self' wss:" }`, "{ connectSrc: `'self' wss:${REPORT_SOURCE}` }"],
    [
      "`\n  default-src 'self';\n  connect-src 'self'\n`",
      "`\n  default-src 'self';\n  connect-src 'self'${REPORT_SOURCE}\n`",
    ],
  ])('%s lets reports out to the host of the DSN', (policy, expected) => {
    const changed = fixed(middleware(policy), 'middleware.ts');
    expect(changed).toContain(expected);
    expect(changed).not.toContain('import');
  });

  const written = (dsn: string | undefined) => {
    const changed = fixed(middleware(`"connect-src 'self'"`), 'middleware.ts') ?? '';
    const code = changed.slice(0, changed.indexOf('export function'));
    return new Function('process', `${code}\nreturn csp;`)({ env: { NEXT_PUBLIC_SENTRY_DSN: dsn } });
  };
  test.each([
    [undefined, "connect-src 'self'"],
    ['', "connect-src 'self'"],
    ['no address', "connect-src 'self'"],
    ['https://k@o1.test; script-src *//1', "connect-src 'self'"],
    ['https://abc@o1.ingest.us.sentry.io/42', "connect-src 'self' https://o1.ingest.us.sentry.io"],
    ['http://abc@127.0.0.1:4999/1', "connect-src 'self' http://127.0.0.1:4999"],
  ])('with the DSN %j says %j', (dsn, expected) => {
    expect(written(dsn)).toBe(expected);
  });

  test('of one picture is none of the pages', () => {
    const text =
      "export const GET = () =>\n  new Response('<svg />', { headers: { 'Content-Type': 'image/svg+xml', 'Content-Security-Policy': \"connect-src 'none'\" } });\n";
    const picture = app({ 'app/api/badge/route.ts': text });
    expect(steps(fixOf(picture))).not.toMatch(/connect-src/);
    const page = app({ 'app/api/badge/route.ts': text.replace('image/svg+xml', 'text/html') });
    expect(steps(fixOf(page))).toMatch(/In app\/api\/badge\/route\.ts, add the host/);
  });

  test('that is put together at run time is left to a person', () => {
    const tree = middleware("`connect-src 'self' ${more}`");
    expect(fixed(tree, 'middleware.ts')).toBeUndefined();
    expect(steps(fixOf(tree))).toMatch(/See that the policy which middleware\.ts puts together lets/);
  });

  test.each([`"connect-src *"`, `"connect-src 'self' https:"`, '`connect-src https: ${more}`'])(
    '%s is left alone',
    (policy) => {
      expect(fixed(middleware(policy), 'middleware.ts')).toBeUndefined();
      expect(steps(fixOf(middleware(policy)))).not.toMatch(/connect-src/);
    },
  );

  test('without a connect-src falls back to default-src, and is left to a person', () => {
    const text =
      "const headers = { 'Content-Security-Policy': \"default-src 'self'; img-src *\" };\nexport function middleware() {\n  return headers;\n}\n";
    const tree = app({ 'middleware.ts': text });
    expect(fixed(tree, 'middleware.ts')).toBeUndefined();
    expect(steps(fixOf(tree))).toMatch(/^In middleware\.ts, add the host of the DSN/m);
    const reporting = app({ 'middleware.ts': text.replace('Policy', 'Policy-Report-Only') });
    expect(steps(fixOf(reporting))).not.toMatch(/connect-src/);
    const open = app({ 'middleware.ts': text.replace("'self'", 'https:') });
    expect(steps(fixOf(open))).not.toMatch(/connect-src/);
  });

  test('in code that nobody runs keeps nobody from anything', () => {
    const tree = app({
      'lib/security/policy.ts': 'export const policy = "connect-src \'self\'";\n',
      'lib/security/middleware.ts': "export { policy } from './policy';\n",
    });
    expect(fixed(tree, 'lib/security/policy.ts')).toBeUndefined();
    expect(steps(fixOf(tree))).not.toMatch(/connect-src/);
  });

  test.each([`"connect-src 'none'"`, `{ connectSrc: ["'self'"] }`, `"connect-src 'self' \\u0020"`])(
    '%s is left to a person',
    (policy) => {
      expect(fixed(middleware(policy), 'middleware.ts')).toBeUndefined();
      expect(steps(fixOf(middleware(policy)))).toMatch(/^In middleware\.ts, add the host of the DSN/m);
    },
  );

  test('of a proxy or of next.config is left to a person', () => {
    const text = 'add_header Content-Security-Policy "connect-src \'self\'";\n';
    expect(steps(fixOf(app({ 'infra/nginx/nginx.conf': text })))).toMatch(/In infra\/nginx\/nginx\.conf/);
    const config = `export default { headers: () => [{ value: "connect-src 'self'" }] };\n`;
    const tree = app({ 'next.config.mjs': config });
    expect(steps(fixOf(tree))).toMatch(/In next\.config\.mjs, add the host/);
    expect(fixed(tree, 'next.config.mjs')).toContain('withSentryConfig(');
  });

  test('is not asked where reports leave through the app itself', () => {
    const tree = {
      ...middleware(`"connect-src 'self'"`),
      'lib/x.ts': 'export const o = { tunnel: "/m" };\n',
    };
    expect(fixed(tree, 'middleware.ts')).toBeUndefined();
  });
});

describe('the build', () => {
  const image = 'frontend/Dockerfile';
  const compose = 'infra/docker-compose.prod.yml';
  const withText = (path: string, change: (text: string) => string): Tree => {
    const text = change(SAMPLE[path] ?? '');
    if (text === SAMPLE[path]) throw new Error(`nothing changed in ${path}`);
    return { ...SAMPLE, [path]: text };
  };

  test('takes its argument above the comment of the line that builds', () => {
    const tree = withText(image, (text) => text.replace('RUN npm run build', '# Builds\nRUN npm run build'));
    expect(fixed(tree, image)).toMatch(
      /ENV NEXT_PUBLIC_SENTRY_DSN=\$NEXT_PUBLIC_SENTRY_DSN\n\n# Builds\nRUN/,
    );
  });

  test('of an image in several steps is left to a person', () => {
    const tree = withText(image, (text) =>
      text.replace('RUN npm run build', 'RUN npm run build\nRUN npx next build'),
    );
    expect(fixed(tree, image)).toBeUndefined();
    expect(steps(fixOf(tree))).toMatch(/In frontend\/Dockerfile, before the line that builds/);
  });

  test('is given the argument in the form of those that are there', () => {
    const build = '      dockerfile: Dockerfile\n    expose:\n      - "3000"';
    const list = withText(compose, (text) =>
      text.replace(build, build.replace('    expose', '      args:\n        - A=b\n    expose')),
    );
    expect(fixed(list, compose)).toContain(
      '        - A=b\n        - NEXT_PUBLIC_SENTRY_DSN=${NEXT_PUBLIC_SENTRY_DSN:-}\n',
    );
    const map = withText(compose, (text) =>
      text.replace(build, build.replace('    expose', '      args:\n        A: b\n    expose')),
    );
    expect(fixed(map, compose)).toContain(
      '        A: b\n        NEXT_PUBLIC_SENTRY_DSN: ${NEXT_PUBLIC_SENTRY_DSN:-}\n',
    );
    const short = { ...SAMPLE, [compose]: 'services:\n  frontend:\n    build: ../frontend\n' };
    expect(steps(fixOf(short))).toMatch(/give the build of the service frontend the argument/);
  });

  test('is named where its env file reaches the build, and in no file of another app', () => {
    const stack = 'infra/.env.production.example';
    const named = withText('deploy.sh', (text) => text.replace(' -f ', ' --env-file "$settings" -f '));
    expect(fixed(SAMPLE, stack)).not.toMatch(/NEXT_PUBLIC_SENTRY_DSN/);
    expect(fixed(named, stack)).toMatch(/^NEXT_PUBLIC_SENTRY_DSN=$/m);
    const other = { 'shop/package.json': '{ "name": "shop" }', 'shop/.env.example': 'NEXTAUTH_URL=\n' };
    expect(fixed({ ...SAMPLE, ...other }, 'shop/.env.example')).toBeUndefined();
  });

  test('a pipeline that builds the image by hand is named in the step', () => {
    expect(
      steps(fixOf({ ...SAMPLE, 'backend/cloudbuild.yaml': SAMPLE['cloudbuild.yaml'] ?? '' })),
    ).not.toMatch(/backend\/cloudbuild/);
    expect(steps(fixOf(SAMPLE))).toMatch(/in cloudbuild\.yaml add --build-arg NEXT_PUBLIC_SENTRY_DSN/);
    expect(steps(fixOf({ ...SAMPLE, 'cloudbuild.yaml': 'steps: []\n' }))).not.toMatch(/--build-arg/);
  });

  test('a build in the image that is not given the DSN fails the proof', async () => {
    const files = Object.fromEntries(
      fixOf(SAMPLE).edits.map(({ path }) => [path, fixed(SAMPLE, path) ?? '']),
    );
    const verdictOf = async (tree: Tree) => {
      const checks = checksIn(gap, createRepo(memorySource(tree)));
      const check = checks.find(({ title }) => title.startsWith('The build in the image'));
      return check?.level === 'static' ? (await check.run()).verdict : undefined;
    };
    expect(await verdictOf({ ...SAMPLE, ...files })).toBe('pass');
    expect(await verdictOf({ ...SAMPLE, ...files, [image]: SAMPLE[image] ?? '' })).toBe('fail');
  });
});

describe('what routes share', () => {
  const routes = (proxy: string): Tree =>
    app({
      'lib/backend.ts': proxy,
      ...Object.fromEntries(
        ['a', 'b'].map((name) => [
          `app/api/${name}/route.ts`,
          "import { ask } from '../../../lib/backend';\nexport const GET = () => ask('/');\n",
        ]),
      ),
    });
  const log = "console.error('A request to the backend failed', ";

  test.each([
    [PROXY, `} catch (error) {\n    ${log}error);\n`],
    [PROXY.replace('catch {', 'catch (cause) {'), `} catch (cause) {\n    ${log}cause);\n`],
    [PROXY.replace('catch {', 'catch (e: unknown) {'), `} catch (e: unknown) {\n    ${log}e);\n`],
  ])('%s logs what it catches', (proxy, expected) => {
    expect(fixed(routes(proxy), 'lib/backend.ts')).toContain(expected);
  });

  test.each([
    PROXY.replace('catch {', 'catch (error) {\n    console.error(error);'),
    PROXY.replace('catch {', 'catch (error) {\n    logger.warn(error);'),
    PROXY.replace('catch {', 'catch (error) {\n    throw error;'),
    'export const ask = (path: string) => fetch(path);\n',
    PROXY.replace('process.env.BACKEND_URL', "'https://weather.example.com'"),
  ])('%s is left alone', (proxy) => {
    expect(fixed(routes(proxy), 'lib/backend.ts')).toBeUndefined();
  });

  test('is left alone where one route has it, and to a person where the shape is another', () => {
    const { 'app/api/b/route.ts': _, ...one } = routes(PROXY);
    expect(fixed(one, 'lib/backend.ts')).toBeUndefined();
    const odd = routes(PROXY.replace('catch {', 'catch ({ message }) {'));
    expect(fixed(odd, 'lib/backend.ts')).toBeUndefined();
    expect(steps(fixOf(odd))).toMatch(/In lib\/backend\.ts, log what is caught as an error/);
    const renamed = Object.fromEntries(
      Object.entries(routes(PROXY)).map(([path, text]) => [
        path.replace('backend', 'api'),
        text.replace('lib/backend', 'lib/api'),
      ]),
    );
    expect(steps(fixOf(renamed))).toMatch(/In lib\/api\.ts, log what is caught/);
  });
});

test('before Next.js 15 instrumentation loads the SDK on the server alone', () => {
  expect(fixed(app({}), 'instrumentation.ts')).not.toMatch(/@sentry|onRequestError/);
  expect(fixed(app({}, '15.0.0'), 'instrumentation.ts')).toContain(
    'export const onRequestError = Sentry.captureRequestError;',
  );
});

test('no example promises what no build in the image is given', () => {
  expect(fixed(SAMPLE, 'frontend/.env.example')).not.toContain('SENTRY_AUTH_TOKEN');
  expect(steps(fixOf(SAMPLE))).toContain('SENTRY_AUTH_TOKEN');
});

test('a boundary of another shape is left to a person', () => {
  const error = "'use client';\n\nexport { default } from '../components/Failed';\n";
  expect(steps(fixOf(app({ 'app/error.tsx': error })))).toMatch(/In app\/error\.tsx, call captureException/);
});

test('a boundary that somebody wants as it is stays so', () => {
  const boundary = template('app/error.tsx');
  const tree: Tree = {
    ...SAMPLE,
    'frontend/app/error.tsx': boundary,
    'frontend/app/dashboard/error.tsx': boundary,
  };
  const repo = createRepo(memorySource(tree));
  const findings = findingsIn(gap, repo);
  const wanted = findings.filter(({ path }) => path !== 'frontend/app/error.tsx');
  expect(wanted).toHaveLength(findings.length - 1);
  const paths = fixIn(gap, repo, wanted).edits.map(({ path }) => path);
  expect(paths).toContain('frontend/app/dashboard/error.tsx');
  expect(paths).not.toContain('frontend/app/error.tsx');
});

test('an app whose root layout stands in a segment is told to write a boundary', () => {
  const { 'app/layout.tsx': layout = '', 'app/page.tsx': page = '', ...rest } = app({});
  const tree: Tree = { ...rest, 'app/[locale]/layout.tsx': layout, 'app/[locale]/page.tsx': page };
  expect(steps(fixOf(tree))).toMatch(/^Write an error boundary \(error\.tsx\) below app that/m);
  const error = "'use client';\nexport default function E({ error }) {\n  return error.message;\n}\n";
  expect(steps(fixOf({ ...tree, 'app/[locale]/error.tsx': error }))).not.toMatch(/boundary/);
});

test('the examples of an app that nobody chose are left alone', () => {
  const under = (dir: string) =>
    Object.entries(app({ '.env.example': 'NEXT_PUBLIC_API_URL=\n' })).map(([path, text]) => [
      `${dir}/${path}`,
      text,
    ]);
  const tree: Tree = {
    ...Object.fromEntries([...under('apps/a'), ...under('apps/b')]),
    'package.json': '{}',
  };
  const repo = createRepo(memorySource(tree), { apps: ['apps/a'] });
  const { edits } = fixIn(gap, repo);
  expect(edits.map(({ path }) => path).filter((path) => path.includes('.env'))).toEqual([
    'apps/a/.env.example',
  ]);
});

test('two apps of one repository share what they share', () => {
  const under = (dir: string) =>
    Object.entries(app({ Dockerfile: 'FROM node:20\nRUN npm run build\n' })).map(([path, text]) => [
      `${dir}/${path}`,
      text,
    ]);
  const compose =
    'services:\n  web:\n    build:\n      context: ./web\n  shop:\n    build:\n      context: ./shop\n';
  const tree: Tree = {
    ...Object.fromEntries([...under('web'), ...under('shop')]),
    'docker-compose.yml': compose,
    '.env.example': 'NEXTAUTH_URL=http://localhost\n',
  };
  expect(fixed(tree, 'docker-compose.yml')?.match(/NEXT_PUBLIC_SENTRY_DSN: /g)).toHaveLength(2);
  expect(fixed(tree, '.env.example')?.match(/^SENTRY_DSN=$/gm)).toHaveLength(1);
  expect(fixOf(tree).manual).toHaveLength(1);
});

test('live checks throw nothing into a project whose DSN stands in the code', () => {
  const init =
    "import * as Sentry from '@sentry/nextjs';\nSentry.init({ dsn: 'https://k@o1.ingest.sentry.io/1' });\n";
  const live = (tree: Tree) =>
    checksIn(gap, createRepo(memorySource(tree))).flatMap((check) => (check.level === 'live' ? [check] : []));
  expect(live(app({})).length).toBe(7);
  expect(live(BARE).length).toBe(7);
  expect(live(app({ 'instrumentation.ts': init })).map(({ needs, probes }) => [needs, probes])).toEqual([
    [[], undefined],
  ]);
});

test('the configuration of the sample is known', () => {
  expect(SAMPLE[CONFIG]).toContain("output: 'standalone'");
});
