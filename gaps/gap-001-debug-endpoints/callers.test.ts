import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const ROUTE = `export async function GET() {
  return Response.json({ ok: true });
}
`;

/** An app with two debug routes and these files. */
function app(files: Tree, dir = ''): Tree {
  const all: Tree = {
    'package.json': '{ "name": "web", "dependencies": { "next": "15.1.0" } }',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    'app/page.tsx': 'export default () => null;\n',
    'app/debug/page.tsx': 'export default () => null;\n',
    'app/api/test/groq/route.ts': ROUTE,
    'app/api/debug/route.ts': ROUTE,
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [dir + path, text]));
}

const ROUTES = ['debug-route', 'debug-route'];

testGap(gap, import.meta.url, {
  'a client puts the base of the API before the address': {
    files: app({
      'lib/client.ts': `import axios from 'axios';

export const client = axios.create({ baseURL: '/api' });
`,
      'components/Panel.tsx': `import { client } from '../lib/client';

export const ask = () => client.get('/test/groq?deep=1');
export const home = { href: '/debug' };
`,
      'lib/addresses.ts': `export const ADDRESSES = { groq: '/test/groq', chat: '/chat' };
`,
    }),
    open: [...ROUTES, 'calls-debug-route', 'calls-debug-route'],
    manual: true,
  },
  'a variable holds the base of the API, in code and in a script': {
    files: app({
      '.env.example': 'NEXT_PUBLIC_API_URL=http://localhost:3000/api\n',
      'lib/ask.ts': `const API_URL = process.env.NEXT_PUBLIC_API_URL;

export const ask = () => fetch(\`\${API_URL}/test/groq\`);
`,
      'scripts/smoke.sh': `#!/bin/sh
API=http://localhost:3000/api
curl -fsS "$API/debug"
curl -fsS "$HOST/debug"
`,
    }),
    open: [...ROUTES, 'calls-debug-route', 'calls-debug-route'],
    manual: true,
  },
  'an address is put behind the base with a plus, and settings of other kinds call': {
    files: app({
      'lib/ask.ts': `const API = '/api';

export const ask = () => fetch(API + '/debug');
`,
      'deploy/web.tpl': 'readinessProbe: { httpGet: { path: /api/test/groq } }\n',
      'docker/entrypoint': '#!/bin/sh\nwget -qO- http://localhost:3000/api/test/groq\n',
      'docs/notes.txt': 'Try /api/debug first.\n',
    }),
    open: [...ROUTES, 'calls-debug-route', 'calls-debug-route', 'calls-debug-route'],
    manual: true,
  },
  'an alias of the package names the file': {
    files: app({
      'lib/handlers.ts': "export { GET } from '#app/api/debug/route.js';\n",
    }),
    open: [...ROUTES, 'names-debug-route-file'],
    manual: true,
  },
  'conditions choose the stage, the host or a flag by names that lead nowhere': {
    files: app({
      'app/api/test/groq/route.ts': `import { config } from '@acme/config';

export function GET() {
  if (config.stage !== 'development') return new Response(null, { status: 404 });
  return new Response('ok');
}
`,
      'app/api/debug/route.ts': `import { flags } from '@acme/flags';
import { notFound } from 'next/navigation';

export function GET() {
  if (!flags.debugApi) notFound();
  return new Response('ok');
}
`,
      'app/api/debug/host/route.ts': `export function GET(request: Request) {
  const url = new URL(request.url);
  if (url.hostname !== 'localhost') return new Response(null, { status: 404 });
  return new Response('ok');
}
`,
    }),
    closed: true,
    notes: ['maybe-debug-route', 'maybe-debug-route', 'maybe-debug-route'],
  },
  'pages are called like the routes, and nothing else is': {
    files: app({
      'lib/base.ts': "export const BASE = '/api';\n",
      'components/Nav.tsx': `import Link from 'next/link';

export const Nav = () => <Link href="/debug">Debug</Link>;
`,
    }),
    open: ROUTES,
  },
  'the deployment and a script name the file': {
    files: app({
      'vercel.json': '{ "functions": { "app/api/test/groq/route.ts": { "maxDuration": 60 } } }\n',
      'scripts/check.mjs': `import { readFileSync } from 'node:fs';

readFileSync('app/api/debug/route.ts', 'utf8');
`,
      '.github/CODEOWNERS': 'app/api/debug/route.ts @acme\n',
    }),
    open: [...ROUTES, 'names-debug-route-file', 'names-debug-route-file'],
    manual: true,
  },
  'a test of another package imports the route, and one of the app mocks it': {
    files: {
      ...app(
        {
          '__tests__/page.test.ts': `import { vi } from 'vitest';
import Page from '../app/page';

vi.mock('@/app/api/debug/route', () => ({ GET: () => null }));
test('is a page', () => expect(Page()).toBe(null));
`,
        },
        'apps/web/',
      ),
      'package.json': '{ "name": "all", "private": true }',
      'tests/groq.test.ts': `import { GET } from '../apps/web/app/api/test/groq/route';
import { until } from './until';

test('answers', async () => expect((await until(GET)).status).toBe(200));
`,
      'tests/until.ts': 'export const until = (run) => run();\n',
    },
    open: ROUTES,
    manual: true,
  },
  'the middleware has the routes in a list, and search engines are told': {
    files: app({
      'middleware.ts': `import { NextResponse } from 'next/server';

const PUBLIC = ['/api/test/groq', '/api/health'];

export function middleware(request) {
  return PUBLIC.includes(request.nextUrl.pathname) ? NextResponse.next() : NextResponse.next();
}

export const config = { matcher: ['/api/debug', '/dashboard/:path*'] };
`,
      'app/robots.ts': `export default () => ({ rules: { userAgent: '*', disallow: ['/api/debug'] } });
`,
    }),
    open: ROUTES,
  },
  'nothing is handed out, and a helper that opens a database is no guard': {
    files: app({
      'app/api/test/groq/route.ts': `// export async function GET() {}
`,
      'app/api/debug/route.ts': `import { connect } from '@/lib/connect';

export async function GET() {
  await connect();
  return Response.json({ ok: true });
}
`,
      'lib/connect.ts': `import { open } from 'driver';

export const connect = async () => {
  if (!process.env.MONGODB_URI) throw new Error('Set MONGODB_URI');
  return open(process.env.MONGODB_URI);
};
`,
    }),
    open: ['debug-route'],
  },
  'the middleware asks for a sign-in of its own': {
    files: app({
      'middleware.ts': `import { NextResponse } from 'next/server';
import { whoIsThere } from './lib/who';

export async function middleware(request) {
  if (request.nextUrl.pathname.startsWith('/api/debug')) return NextResponse.next();
  const authInfo = await whoIsThere(request);
  if (!authInfo) return refuse(request);
  return NextResponse.next();
}

function refuse(request) {
  return request.nextUrl.pathname.startsWith('/api')
    ? new NextResponse('Unauthorized', { status: 401 })
    : NextResponse.redirect(new URL('/login', request.url));
}
`,
      'lib/who.ts': "export const whoIsThere = async (request) => request.cookies.get('who')?.value;\n",
    }),
    open: ['debug-route'],
    notes: ['maybe-debug-route'],
  },
  'the middleware runs for the home page and asks below other folders': {
    files: app({
      'middleware.ts': `import { NextResponse } from 'next/server';
import { currentUser } from './lib/who';

const shut = ['/admin'];

export async function middleware(request) {
  const isShut = shut.some((prefix) => request.nextUrl.pathname.startsWith(prefix));
  const user = await currentUser(request);
  if (!user) {
    if (isShut) {
      return NextResponse.redirect(new URL('/login', request.url));
    }
    return NextResponse.next();
  }
  return NextResponse.next();
}
`,
      'lib/who.ts': "export const currentUser = async (request) => request.cookies.get('who')?.value;\n",
    }),
    open: ROUTES,
  },
  'a setting chooses the handler': {
    files: app({
      'app/api/test/groq/route.ts': `const handler = async () => Response.json({ ok: true });
const gone = async () => new Response(null, { status: 404 });

export const GET = process.env.NODE_ENV === 'production' ? gone : handler;
`,
      'app/api/debug/route.ts': `const handler = async () => Response.json(process.env);

export const GET = handler;
`,
    }),
    open: ['debug-route'],
    notes: ['maybe-debug-route'],
  },
});
