import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const page = 'export default function Page() { return null; }\n';
const wrapped = "import { withSentryConfig } from '@sentry/nextjs';\nexport default withSentryConfig({});\n";
const init = "import * as Sentry from '@sentry/nextjs';\nSentry.init({ dsn: process.env.SENTRY_DSN });\n";
const register =
  "export async function register() {\n  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./sentry.server.config');\n}\n";

function home(files: Tree): Tree {
  const isElsewhere = Object.keys(files).some((path) => /^(src\/app|pages)\//.test(path));
  return isElsewhere ? {} : { 'app/page.tsx': page };
}

function app(dependencies: Readonly<Record<string, string>>, files: Tree, dir = '', next = '14.0.4'): Tree {
  const manifest = { name: 'web', dependencies: { next, react: '18', ...dependencies } };
  const all: Tree = { 'package.json': JSON.stringify(manifest), ...home(files), ...files };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [dir + path, text]));
}

const sentry = { '@sentry/nextjs': '^10.0.0' };
const complete: Tree = {
  'sentry.client.config.ts': init,
  'sentry.server.config.ts': init,
  'instrumentation.ts': register,
  'next.config.mjs': wrapped,
};

testGap(gap, import.meta.url, {
  'no tracker at all': {
    files: app({}, { 'next.config.mjs': 'export default {};\n' }),
    open: ['no-error-tracking'],
    manual: true,
  },
  'a dependency that nothing starts': { files: app(sentry, {}), open: ['never-initialised'], manual: true },
  'a start that is commented out': {
    files: app(sentry, {
      'instrumentation.ts': "// Sentry.init({ dsn: '' });\nexport function register() {}\n",
    }),
    open: ['never-initialised'],
    manual: true,
  },
  "the runbook's own list on Next.js 14": {
    files: app(sentry, {
      'sentry.client.config.ts': init,
      'sentry.server.config.ts': init,
      'next.config.mjs': wrapped,
    }),
    open: ['never-loaded'],
    manual: true,
  },
  'a configuration that is not wrapped': {
    files: app(sentry, {
      ...complete,
      'next.config.mjs': 'export default { experimental: { instrumentationHook: true } };\n',
    }),
    open: ['never-loaded'],
    manual: true,
  },
  'the hook is off and nothing wraps': {
    files: app(sentry, {
      'instrumentation.ts': `${init}export function register() {}\n`,
      'next.config.js': 'module.exports = {};\n',
    }),
    open: ['never-loaded'],
    manual: true,
  },
  'the policy blocks the ingest host': {
    files: app(sentry, {
      ...complete,
      'middleware.ts': `const csp = ["default-src 'self'", "connect-src 'self' https://api.example.com"].join('; ');
export function middleware() {}
`,
    }),
    open: ['blocked-by-csp'],
    manual: true,
  },
  'the policy is a list of properties': {
    files: app(sentry, {
      ...complete,
      'middleware.ts': "export const policy = { 'connect-src': \"'self'\" };\n",
    }),
    open: ['blocked-by-csp'],
    manual: true,
  },
  'the policy has no connect-src and lets nothing else out': {
    files: app(sentry, {
      ...complete,
      'next.config.mjs':
        "import { withSentryConfig } from '@sentry/nextjs';\nconst headers = () => [{ key: 'Content-Security-Policy', value: \"default-src 'self'\" }];\nexport default withSentryConfig({ headers });\n",
    }),
    open: ['blocked-by-csp'],
    manual: true,
  },
  'the policy stands in code that nobody runs': {
    files: app(sentry, { ...complete, 'lib/csp.ts': 'export const csp = "connect-src \'self\'";\n' }),
    closed: true,
  },
  'the server only': {
    files: app(sentry, { 'instrumentation.ts': init + register, 'next.config.mjs': wrapped }),
    open: ['one-side-only'],
    manual: true,
  },
  'traces are no tracker in the browser': {
    files: app(
      { ...sentry, '@opentelemetry/sdk-trace-node': '2' },
      {
        'src/app/page.jsx': page,
        'src/sentry.server.config.js': init,
        'src/telemetry.js':
          "import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';\nnew NodeTracerProvider({}).register();\n",
        'src/instrumentation.js':
          "export async function register() {\n  await import('./sentry.server.config');\n  await import('./telemetry');\n}\n",
      },
      '',
      '15.3.0',
    ),
    open: ['one-side-only'],
    manual: true,
  },
  'a module that nothing imports': {
    files: app(
      { '@bugsnag/js': '8' },
      { 'lib/bugsnag.js': "import Bugsnag from '@bugsnag/js';\nBugsnag.start({ apiKey: 'k' });\n" },
    ),
    open: ['never-loaded'],
    manual: true,
  },
  'a script starts another server, which reports its own errors': {
    files: {
      ...app(sentry, {
        'sentry.client.config.ts': init,
        'next.config.mjs': wrapped,
        'services/api/src/server.js':
          "import * as Sentry from '@sentry/node';\nSentry.init({ dsn: process.env.SENTRY_DSN });\n",
      }),
      'package.json': JSON.stringify({
        name: 'web',
        scripts: { 'api:start': 'NODE_ENV=production node ./services/api/src/server.js' },
        dependencies: { next: '14.0.4', '@sentry/nextjs': '10', '@sentry/node': '10' },
      }),
    },
    open: ['one-side-only'],
    manual: true,
  },
  "another package's tracker": {
    files: {
      ...app({}, {}, 'frontend/'),
      'gateway/package.json': '{ "name": "gateway", "dependencies": { "@sentry/node": "10" } }',
      'gateway/index.ts': init,
    },
    open: ['no-error-tracking'],
    manual: true,
  },
  'Sentry with everything': { files: app(sentry, complete), closed: true },
  'Sentry 7 injects its server file': {
    files: app(
      { '@sentry/nextjs': '^7.80.0' },
      {
        'sentry.client.config.js': init,
        'sentry.server.config.js': init,
        'next.config.mjs': wrapped,
      },
    ),
    closed: true,
  },
  'Sentry by instrumentation files only': {
    files: app(
      sentry,
      {
        'src/app/page.tsx': page,
        'src/instrumentation.ts': `${init}export function register() {}\nexport const onRequestError = Sentry.captureRequestError;\n`,
        'src/instrumentation-client.ts': init,
        'src/app/global-error.tsx':
          "'use client';\nimport * as Sentry from '@sentry/nextjs';\nexport default function E({ error }) { Sentry.captureException(error); return null; }\n",
      },
      '',
      '15.3.0',
    ),
    closed: true,
    notes: [],
  },
  'a file that is no text and that nothing imports hides nothing': {
    files: app(sentry, {
      ...complete,
      'lib/start.ts': init,
      'app/page.tsx': "import '../lib/start';\nexport default function Page() { return null; }\n",
      'lib/bench.ts': 'export const bytes = "\u0000\u0000\u0000";\n',
    }),
    closed: true,
  },
  'a tunnel through the app itself': {
    files: app(sentry, {
      ...complete,
      'next.config.mjs':
        "import { withSentryConfig } from '@sentry/nextjs';\nexport default withSentryConfig({}, { tunnelRoute: '/monitoring' });\n",
      'middleware.ts': 'const csp = "connect-src \'self\'";\nexport function middleware() {}\n',
    }),
    closed: true,
  },
  'boundaries that tell nobody are a note': {
    files: app(sentry, {
      ...complete,
      'app/error.tsx': "'use client';\nexport default function E() { return null; }\n",
    }),
    closed: true,
    notes: ['quiet-boundary'],
  },
  'the component that a boundary hands its error to tells the tracker': {
    files: app(sentry, {
      ...complete,
      'app/error.tsx':
        "'use client';\nimport { View } from '../components';\nexport default function E(props) { return <View {...props} />; }\n",
      'app/docs/error.tsx':
        "'use client';\nimport Outer from '../error';\nexport default function E({ error, reset }) { return <Outer error={error} reset={reset} />; }\n",
      'app/blog/error.tsx': "'use client';\nexport { View as default } from '../../components/View';\n",
      'components/index.ts': "export * from './View';\n",
      'components/View.tsx':
        "'use client';\nimport * as Sentry from '@sentry/nextjs';\nimport { useEffect } from 'react';\nexport function View({ error, reset }) {\n  useEffect(() => { Sentry.captureException(error); }, [error]);\n  return <button onClick={reset}>Again</button>;\n}\n",
    }),
    closed: true,
    notes: [],
  },
  'a component that is handed no error, or only shows it, tells nobody': {
    files: app(sentry, {
      ...complete,
      'app/error.tsx':
        "'use client';\nimport { Link } from '../components/Link';\nexport default function E() { return <Link />; }\n",
      'app/docs/error.tsx':
        "'use client';\nimport { View } from '../../components/View';\nexport default function E({ error }) { return <View error={error} />; }\n",
      'components/Link.tsx':
        "'use client';\nimport * as Sentry from '@sentry/nextjs';\nexport const Link = () => <a onClick={() => go().catch((error) => Sentry.captureException(error))}>Home</a>;\n",
      'components/View.tsx':
        "'use client';\n// Sentry.captureException(error) would be better.\nexport const View = ({ error }) => <p>Report this: {error.message}</p>;\n",
    }),
    closed: true,
    notes: ['quiet-boundary', 'quiet-boundary'],
  },
  'Datadog in the browser': {
    files: app(
      { '@datadog/browser-rum': '6' },
      {
        'components/Datadog.jsx':
          "'use client';\nimport { datadogRum } from '@datadog/browser-rum';\ndatadogRum.init({});\nexport default function D() { return null; }\n",
        'app/layout.jsx':
          "import Datadog from '../components/Datadog';\nexport default function Layout({ children }) { return <html><body><Datadog />{children}</body></html>; }\n",
      },
    ),
    closed: true,
  },
  'traces are no error tracker': {
    files: app(
      { '@vercel/otel': '1' },
      {
        'instrumentation.js': `
import { registerOTel } from '@vercel/otel';
export function register() {
  registerOTel('web');
}
`,
      },
      '',
      '^15.0.0',
    ),
    open: ['no-error-tracking'],
    manual: true,
  },
  'an image is built without the DSN of the browser': {
    files: app(sentry, {
      'instrumentation.ts': init + register,
      'next.config.mjs': wrapped,
      'lib/dsn.ts': 'export const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN;\n',
      Dockerfile: 'FROM node:22\nRUN npm run build\n',
      '.dockerignore': '.env*\n',
    }),
    open: ['one-side-only'],
    manual: true,
  },
  'a policy in a meta element of the layout': {
    files: app(sentry, {
      ...complete,
      'app/layout.tsx': `
const policy = "default-src 'self'; connect-src 'self'";
export default function Layout({ children }) {
  return (
    <html>
      <head>
        <meta httpEquiv="Content-Security-Policy" content={policy} />
      </head>
      <body>{children}</body>
    </html>
  );
}
`,
    }),
    open: ['blocked-by-csp'],
    manual: true,
  },
  'policies of other answers, of pictures and of messages are none of the pages': {
    files: app(sentry, {
      ...complete,
      'next.config.mjs': `
import { withSentryConfig } from '@sentry/nextjs';
const config = {
  images: { contentSecurityPolicy: "default-src 'self'; connect-src 'none'; sandbox" },
  async headers() {
    return [
      {
        source: '/api/:path*',
        headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; connect-src 'none'" }],
      },
      {
        source: '/badges/(.*).svg',
        headers: [{ key: 'Content-Security-Policy', value: "connect-src 'none'" }],
      },
    ];
  },
};
export default withSentryConfig(config);
`,
      'middleware.ts': `
import { NextResponse } from 'next/server';
export function middleware(request) {
  if (request.headers.has('x-bad'))
    return new NextResponse('Bad request', {
      status: 400,
      headers: { 'Content-Security-Policy': "default-src 'none'; connect-src 'none'" },
    });
  if (!process.env.HOSTS) throw new Error("connect-src 'self' is all that is left");
  return NextResponse.next();
}
`,
      'app/page.tsx': `
import { Upload } from '../components/Upload';
import { frame } from '../lib/frame';
export default function Page() {
  return <Upload frame={frame} />;
}
`,
      'components/Upload.tsx': `
'use client';
export function Upload({ failed }) {
  const isBlocked = /connect-src 'self'|blocked/i.test(failed);
  return isBlocked ? "Allow the host in connect-src 'self' and retry" : null;
}
`,
      'lib/frame.ts':
        'export const frame = `<meta http-equiv="Content-Security-Policy" content="connect-src \'none\'">`;\n',
      'lib/badge-policy.ts': 'export const policy = "connect-src \'none\'";\n',
      'app/api/badge/route.ts': `
import { policy } from '../../../lib/badge-policy';
export const GET = () => new Response('<svg />', { headers: { 'Content-Security-Policy': policy } });
`,
    }),
    closed: true,
  },
  'Datadog carries errors of the server, and Sentry those of the browser': {
    files: app(
      { ...sentry, 'dd-trace': '5', '@opentelemetry/sdk-node': '0.200.0' },
      {
        'instrumentation.ts': "export const register = () => import('./observability');\n",
        'instrumentation-client.ts': init,
        'observability.ts': `
import dd from 'dd-trace';
import { NodeSDK } from '@opentelemetry/sdk-node';
dd.init({ profiling: false });
new NodeSDK({}).start();
`,
      },
      '',
      '15.4.0',
    ),
    closed: true,
  },
  'traces are left unstarted beside Sentry': {
    files: app(
      { ...sentry, '@opentelemetry/sdk-node': '0.200.0' },
      {
        ...complete,
        'instrumentation.node.ts':
          "import { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK({}).start();\n",
      },
    ),
    closed: true,
  },
  'a library of a monorepo without package.json files starts Sentry in the browser': {
    files: {
      'package.json': JSON.stringify({ dependencies: { next: '16.0.0', react: '19', ...sentry } }),
      'tsconfig.base.json': '{ "compilerOptions": { "paths": { "@acme/ui/*": ["libraries/ui/src/*"] } } }',
      'libraries/ui/src/errors.ts':
        "'use client';\nimport * as Sentry from '@sentry/nextjs';\nSentry.init({ dsn: process.env.NEXT_PUBLIC_SENTRY_DSN });\n",
      'apps/web/package.json': '{ "name": "web", "scripts": { "build": "next build" } }',
      'apps/web/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
      'apps/web/src/app/page.tsx': `import '@acme/ui/errors';\n${page}`,
      'apps/web/src/sentry.server.config.ts': init,
      'apps/web/src/instrumentation.ts': register,
    },
    closed: true,
  },
  'PostHog with exceptions': {
    files: app(
      { 'posthog-js': '1' },
      {
        'pages/_app.js':
          "import posthog from 'posthog-js';\nposthog.init('k', { capture_exceptions: true });\nexport default function App({ Component }) { return <Component />; }\n",
      },
    ),
    closed: true,
  },
  "the client's hook at the root, beside src": {
    files: app(
      sentry,
      {
        'src/app/page.tsx': page,
        'src/instrumentation.ts': `${init}export function register() {}\n`,
        'instrumentation-client.ts': init,
      },
      '',
      '15.3.0',
    ),
    closed: true,
  },
  'PostHog filters the exceptions that it captures, in a package of the monorepo': {
    files: {
      'apps/site/package.json':
        '{ "name": "site", "dependencies": { "next": "15.3.0", "@acme/posthog": "workspace:*" } }',
      'apps/site/pages/index.js': page,
      'apps/site/instrumentation-client.js': "import '@acme/posthog/client';\n",
      'packages/posthog/package.json': '{ "name": "@acme/posthog", "dependencies": { "posthog-js": "1" } }',
      'packages/posthog/src/client.ts':
        "'use client';\nimport posthog from 'posthog-js';\nposthog.init('k', { before_send: (e) => (e?.event === '$exception' && isNoise(e) ? null : e) });\n",
    },
    closed: true,
  },
  'PostHog for analytics beside Sentry': {
    files: app(
      { ...sentry, 'posthog-js': '1' },
      { ...complete, 'lib/posthog.ts': "import posthog from 'posthog-js';\nposthog.init('k');\n" },
    ),
    closed: true,
  },
  'PostHog for analytics only': {
    files: app(
      { 'posthog-js': '1' },
      {
        'pages/_app.js':
          "import posthog from 'posthog-js';\nposthog.init('k');\nexport default function App({ Component }) { return <Component />; }\n",
      },
    ),
    open: ['no-error-tracking'],
    manual: true,
  },
  'a reporter of its own': {
    files: app(
      {},
      {
        'instrumentation.ts':
          "export async function onRequestError(error: Error) {\n  await fetch(process.env.HOOK, { method: 'POST', body: error.message });\n}\n",
      },
      '',
      '15.1.0',
    ),
    closed: true,
  },
  'the tracker stands in a package of the monorepo': {
    files: {
      'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
      ...app(
        { '@acme/monitoring': 'workspace:*' },
        {
          'app/layout.tsx':
            "import { Monitoring } from '@acme/monitoring';\nexport default function Layout() { return <Monitoring />; }\n",
        },
        'apps/web/',
      ),
      'packages/monitoring/package.json':
        '{ "name": "@acme/monitoring", "dependencies": { "rollbar": "2" } }',
      'packages/monitoring/src/index.tsx':
        "import Rollbar from 'rollbar';\nexport const rollbar = new Rollbar({});\nexport function Monitoring() { return null; }\n",
    },
    closed: true,
  },
  'a static export has no server': {
    files: app(
      sentry,
      {
        'next.config.mjs':
          "import { withSentryConfig } from '@sentry/nextjs';\n\nconst config = { output: 'export' };\n\nexport default withSentryConfig(config);\n",
        'instrumentation-client.ts': init,
      },
      '',
      '15.4.0',
    ),
    closed: true,
  },
  'an export that is switched on further down': {
    files: app(
      sentry,
      {
        'next.config.mjs': `
import { withSentryConfig } from '@sentry/nextjs';
const config = {};
config.output = 'export';
export default withSentryConfig(config);
`,
        'instrumentation-client.ts': init,
      },
      '',
      '15.4.0',
    ),
    closed: true,
  },
  'an export for some builds only': {
    files: app(
      sentry,
      {
        'next.config.mjs':
          "import { withSentryConfig } from '@sentry/nextjs';\n\nconst config = { ...(process.env.PAGES && { output: 'export' }) };\n\nexport default withSentryConfig(config);\n",
        'instrumentation-client.ts': init,
      },
      '',
      '15.4.0',
    ),
    open: ['one-side-only'],
    manual: true,
  },
  'a policy of one picture is none of the pages': {
    files: app(sentry, {
      ...complete,
      'app/api/badge/route.ts':
        "export const GET = () => new Response('<svg />', { headers: { 'Content-Type': 'image/svg+xml', 'Content-Security-Policy': \"default-src 'none'; connect-src https://fonts.example.com\" } });\n",
    }),
    closed: true,
  },
  'no front end': { files: { 'package.json': '{ "name": "api" }' }, notApplicable: true },
});
