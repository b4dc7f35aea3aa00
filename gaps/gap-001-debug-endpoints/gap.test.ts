import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const PACKAGE = {
  'frontend/package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'frontend/app/page.tsx': 'export default () => null;\n',
};

const POST_ROUTE = `import { NextRequest, NextResponse } from "next/server";
import { groq } from "@/lib/groq";

// Asks the model.
export async function POST(request: NextRequest) {
  const { prompt } = await request.json();
  return NextResponse.json({ answer: await groq(prompt) });
}
`;

const ARROW_ROUTES = `import { search } from '@/lib/search'

export const GET = async (request: Request) => {
  return Response.json(await search(request.url))
}

async function remove() {
  return new Response(null)
}
export { remove as DELETE }
`;

const GUARDED = `import { NextResponse } from 'next/server';

export async function GET() {
  // Not for the public.
  if (process.env.NODE_ENV === 'production') {
    return NextResponse.json({ error: 'Not found' }, { status: 404 });
  }
  return NextResponse.json({ ok: true });
}
`;

const LIST_PAGE = `"use client";

import { useState } from "react";
import {
  Check,
  Search, // magnifier
  Zap,
} from "lucide-react";

export default function Page() {
  const [services] = useState([
    {
      name: "Research",
      icon: Zap,
      run: () => fetch("/api/research", { method: "POST" }),
    },
    // Asks the model.
    {
      name: "Model",
      icon: Search,
      run: () => fetch("/api/test/groq", { method: "POST" }),
    },
  ]);
  return <ul>{services.map((s) => <li key={s.name}><Check /><s.icon /></li>)}</ul>;
}
`;

/** One debug route. */
function route(text: string, name = 'route.ts'): Record<string, string> {
  return { ...PACKAGE, [`frontend/app/api/test/a/${name}`]: text };
}

const OPEN = 'async function run(request: Request) {\n  return Response.json(await request.json());\n}\n';

testGap(gap, import.meta.url, {
  'a debug route and an entry that calls it': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/app/integrations/page.tsx': LIST_PAGE,
    },
    open: ['debug-route', 'calls-debug-route'],
  },
  'the routes are gated': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/app/api/test/search/route.ts': ARROW_ROUTES,
      'frontend/app/integrations/page.tsx': LIST_PAGE,
    },
    open: ['debug-route', 'debug-route', 'calls-debug-route'],
    options: { strategy: 'gate' },
  },
  'a route in JavaScript under src': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.1.0" } }',
      'src/app/page.jsx': 'export default () => null;\n',
      'src/app/api/debug/env/route.js':
        'export async function GET() {\n  return Response.json(process.env);\n}\n',
    },
    open: ['debug-route'],
  },
  'a route of the pages router': {
    files: {
      'package.json': '{ "dependencies": { "next": "12.0.0" } }',
      'pages/index.js': 'export default () => null;\n',
      'pages/api/test/mail.js':
        'export default async function handler(req, res) {\n  res.json(await send(req.body));\n}\n',
    },
    open: ['debug-route'],
    options: { strategy: 'gate' },
  },
  'a route in a route group': {
    files: {
      ...PACKAGE,
      'frontend/app/(tools)/api/debug/route.ts': 'export function GET() {\n  return new Response("x");\n}\n',
    },
    open: ['debug-route'],
  },
  'debug routes under other names': {
    files: {
      'apps/web/package.json': '{ "dependencies": { "next": "15.1.0" } }',
      'apps/web/src/app/page.jsx': 'export default () => null;\n',
      'apps/web/src/app/api/sentry-example-api/route.js':
        "export function GET() {\n  throw new Error('Only to try it');\n}\n",
      'apps/web/src/app/api/v1/debug-session/route.js':
        'export function GET() {\n  return Response.json(process.env);\n}\n',
      'apps/api/package.json': '{ "dependencies": { "next": "15.1.0" } }',
      'apps/api/pages/api/cache-debug.js':
        'export default function handler(req, res) {\n  res.status(200).json({ all: true });\n}\n',
    },
    open: ['debug-route', 'debug-route', 'debug-route'],
  },
  'only one of two handlers is guarded': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': `${GUARDED}\nexport async function POST() {\n  return NextResponse.json({});\n}\n`,
    },
    open: ['debug-route'],
  },
  'the guard comes too late': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "export async function GET(request) {\n  await run(request);\n  if (process.env.NODE_ENV === 'production') return new Response(null, { status: 404 });\n  return new Response('ok');\n}\n",
    },
    open: ['debug-route'],
  },
  'shipped code calls it in the middle of a function': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/lib/ask.ts':
        'export async function ask() {\n  const res = await fetch(`/api/test/groq`);\n  return res.json();\n}\n',
    },
    open: ['debug-route', 'calls-debug-route'],
    manual: true,
  },
  'handlers are re-exported and cannot be gated': {
    files: { ...PACKAGE, 'frontend/app/api/test/a/route.ts': "export { GET } from '@/lib/handler';\n" },
    open: ['debug-route'],
    options: { strategy: 'gate' },
    manual: true,
  },
  'the routes are guarded': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': GUARDED,
      'frontend/app/i/page.tsx': 'export const u = "/api/test/a";\n',
    },
    closed: true,
    notes: [],
  },
  'beside a guarded handler another one is handed on from elsewhere': {
    files: route(`${GUARDED}export { POST } from '@/lib/handler';\n`),
    open: ['debug-route'],
    options: { strategy: 'gate' },
    manual: true,
  },
  'beside a guarded handler another one is exported in a list': {
    files: route(`${OPEN}${GUARDED}export { run as POST };\n`),
    open: ['debug-route'],
    options: { strategy: 'gate' },
  },
  'beside a guarded handler another one is a name for a function': {
    files: route(`${OPEN}export const POST = run\n${GUARDED}`),
    open: ['debug-route'],
  },
  'beside a guarded handler others come out of an object': {
    files: route(`import { handlers } from '@/lib/handlers';\n${GUARDED}export const { POST } = handlers;\n`),
    open: ['debug-route'],
  },
  'beside a guarded handler a whole module is handed on': {
    files: route(`${GUARDED}export * from '@/lib/handlers';\n`),
    open: ['debug-route'],
  },
  'a login is a word in a comment': {
    files: route(`// Before this goes live: requireAuth().\n${OPEN}export { run as POST };\n`),
    open: ['debug-route'],
  },
  'a session is one of a sandbox, and nobody is sent away': {
    files: route(
      "import { getSession } from '@/lib/sandbox';\n\nexport async function POST(request: Request) {\n  const sandbox = await getSession();\n  return Response.json(await sandbox.run(await request.text()));\n}\n",
    ),
    open: ['debug-route'],
  },
  'one of two handlers asks for a login': {
    files: route(
      `import { getServerSession } from 'next-auth';\n\nexport async function GET() {\n  if (!(await getServerSession())) return new Response(null, { status: 401 });\n  return new Response('ok');\n}\n\n${OPEN}export { run as POST };\n`,
    ),
    open: ['debug-route'],
  },
  'every handler asks a function of the file, which asks for a login': {
    files: route(
      "import { auth } from '@/auth';\n\nasync function refusal() {\n  return (await auth()) ? undefined : new Response(null, { status: 401 });\n}\n\nexport async function GET() {\n  return (await refusal()) ?? new Response('ok');\n}\n\nexport const POST = async () => (await refusal()) ?? new Response('ok');\n\nexport function OPTIONS() {\n  return new Response(null);\n}\n",
    ),
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'a wrapper asks for the login': {
    files: route(
      "import { withAuth } from '@/lib/auth';\n\nexport const POST = withAuth(async (request: Request) => {\n  return Response.json(await request.json());\n});\n",
    ),
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'a handler is one line': {
    files: route("export async function GET() { return new Response('x') }\n", 'route.js'),
    open: ['debug-route'],
    options: { strategy: 'gate' },
  },
  'a handler is empty': {
    files: route('export async function GET() {}\n'),
    open: ['debug-route'],
    options: { strategy: 'gate' },
  },
  'the route asks for a login': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "import { getServerSession } from 'next-auth';\nexport async function GET() {\n  if (!(await getServerSession())) return new Response(null, { status: 401 });\n  return new Response('ok');\n}\n",
    },
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'the routes are guarded by settings of their own, or ask for a key': {
    files: {
      ...PACKAGE,
      'frontend/app/api/debug/env/route.ts':
        "import { env } from '@/env';\nexport async function GET() {\n  if (env.NODE_ENV !== 'development') return new Response(null, { status: 404 });\n  return Response.json({});\n}\n",
      'frontend/app/api/debug/jobs/route.ts':
        "import { isProduction } from '@/lib/stage';\nexport const POST = async () => {\n  if (isProduction()) return new Response(null, { status: 404 });\n  return Response.json({});\n};\n",
      'frontend/app/api/debug/key/route.ts':
        "export async function GET(request: Request) {\n  if (request.headers.get('x-api-key') !== process.env.KEY) return new Response(null, { status: 401 });\n  return Response.json({});\n}\n",
    },
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'routes that may be for trying things out': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test-email/route.ts': POST_ROUTE,
      'frontend/app/api/dev/seed/route.ts': POST_ROUTE,
      'frontend/app/api/test-connection/route.ts':
        "import { auth } from '@/auth';\nexport async function POST() {\n  if (!(await auth())) return new Response(null, { status: 401 });\n  return Response.json({});\n}\n",
      'frontend/app/api/speed-test/route.ts': POST_ROUTE,
    },
    closed: true,
    notes: ['maybe-debug-route', 'maybe-debug-route'],
  },
  'product routes only look alike': {
    files: {
      ...PACKAGE,
      'frontend/app/api/chat/groq/route.ts': POST_ROUTE,
      'frontend/app/api/workflows/[id]/test/route.ts': POST_ROUTE,
      'frontend/app/api/test/[testId]/submit/route.ts': POST_ROUTE,
      'frontend/app/api/tests/route.ts': POST_ROUTE,
      'frontend/app/api/test-results/route.ts': POST_ROUTE,
    },
    closed: true,
    notes: [],
  },
  'a call in a comment or a test is none': {
    files: {
      ...PACKAGE,
      'frontend/lib/a.ts': '// fetch("/api/test/groq")\nexport {};\n',
      'frontend/__tests__/a.test.ts': 'fetch("/api/test/groq");\n',
      'frontend/modules/api/v2/lib/utils.test.ts': 'ask("/api/test/groq");\n',
    },
    closed: true,
    notes: [],
  },
  'a call that no route serves is a note': {
    files: { ...PACKAGE, 'frontend/lib/a.ts': 'export const url = "/api/test/groq";\n' },
    closed: true,
    notes: ['calls-missing-route'],
  },
  'there is no Next.js app': {
    files: { 'package.json': '{}', 'app/api/test/a/route.ts': POST_ROUTE },
    notApplicable: true,
  },
});
