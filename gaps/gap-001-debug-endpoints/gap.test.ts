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
    manual: true,
  },
  'beside a guarded handler a whole module is handed on': {
    files: route(`${GUARDED}export * from '@/lib/handlers';\n`),
    open: ['debug-route'],
    manual: true,
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
  'a flag of the environment, or a helper that asks the stage, shuts the routes': {
    files: {
      ...PACKAGE,
      'frontend/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      'frontend/app/api/debug/health/route.ts':
        "export async function GET() {\n  if (process.env.ENABLE_DEBUG_ENDPOINT !== 'true') {\n    return Response.json({ error: 'Not found' }, { status: 404 });\n  }\n  return Response.json({ ok: true });\n}\n",
      'frontend/app/api/debug/flag/route.ts':
        "const ENABLED = process.env.DEBUG_ROUTES === '1';\n\nexport async function POST(request: Request) {\n  const body = await request.json();\n  if (!ENABLED) return new Response(null, { status: 404 });\n  return Response.json(body);\n}\n",
      'frontend/app/api/debug/tokens/route.ts':
        "import { isDebugEnabled } from '@/lib/debug';\n\nexport async function GET(request: Request) {\n  if (!isDebugEnabled(request)) return new Response(null, { status: 404 });\n  return Response.json({ tokens: [] });\n}\n",
      'frontend/lib/debug.ts':
        "export function isDebugEnabled(request: Request) {\n  return process.env.NODE_ENV !== 'production' && new URL(request.url).hostname === 'localhost';\n}\n",
    },
    closed: true,
    notes: ['maybe-debug-route', 'maybe-debug-route', 'maybe-debug-route'],
  },
  'guards in other shapes': {
    files: {
      ...PACKAGE,
      'frontend/lib/guard.ts':
        "import { getServerSession } from 'next-auth';\n\nexport const requireOwner = async () => {\n  const session = await getServerSession();\n  return session ? { ok: true } : { ok: false, response: new Response(null, { status: 403 }) };\n};\n",
      'frontend/app/api/test/a/route.ts':
        "import * as guard from '../../../../lib/guard';\n\nexport async function POST() {\n  const owner = await guard.requireOwner();\n  if (!owner.ok) return owner.response;\n  return new Response('ok');\n}\n",
      'frontend/app/api/test/b/route.ts':
        "import { Guard } from '@acme/guard';\n\nexport async function POST(request: Request) {\n  Guard.check(request);\n  return new Response('ok');\n}\n",
      'frontend/app/api/test/c/route.ts':
        "import { env } from '@/env';\n\nexport function GET() {\n  switch (env.STAGE) {\n    case 'prod':\n      return new Response(null, { status: 404 });\n    default:\n      return new Response('ok');\n  }\n}\n",
      'frontend/app/api/test/d/route.ts':
        "export function GET() {\n  if (process.env.NODE_ENV === 'development') {\n    return new Response('ok');\n  }\n  return new Response(null, { status: 404 });\n}\n",
      'frontend/app/api/test/e/route.ts':
        "export async function GET(request: Request) {\n  console.debug('asked');\n  const key = new URL(request.url).searchParams.get('key');\n  if (key !== process.env.DEBUG_KEY) throw new Error('no');\n  return new Response('ok');\n}\n",
    },
    closed: true,
    notes: [
      'debug-route-behind-login',
      'maybe-debug-route',
      'maybe-debug-route',
      'maybe-debug-route',
      'maybe-debug-route',
    ],
  },
  'an open handler shares its function with a guarded one': {
    files: route(
      "import { withAuth } from '@/lib/auth';\n\nasync function run(request: Request) {\n  return Response.json(await request.json());\n}\n\nexport const GET = withAuth(run);\nexport { run as POST };\n",
    ),
    open: ['debug-route'],
    manual: true,
  },
  'names for the stage are looked up': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "const isDev = process.env.NODE_ENV !== 'production';\n\nexport function GET() {\n  if (!isDev) return new Response(null, { status: 404 });\n  return new Response('ok');\n}\n",
      'frontend/app/api/test/b/route.ts':
        "const isDev = process.env.APP_NAME !== 'shop';\n\nexport function GET() {\n  if (!isDev) return new Response(null, { status: 404 });\n  return new Response('ok');\n}\n",
      'frontend/app/api/test/c/route.ts':
        "export function GET() {\n  if (process.env.NODE_ENV === 'production' || process.env.CI) return new Response(null, { status: 410 });\n  return new Response('ok');\n}\n",
      'frontend/app/api/test/d/route.ts':
        "export function GET() {\n  if (process.env.NODE_ENV === 'production' && !process.env.DEBUG) return new Response(null, { status: 404 });\n  return new Response('ok');\n}\n",
      'frontend/app/api/test/e/route.ts':
        "export function GET() {\n  if (!process.env.GROQ_API_KEY) return Response.json({ error: 'No key' }, { status: 401 });\n  if (process.env.NODE_ENV === 'development') console.log('asked');\n  return new Response('ok');\n}\n",
    },
    open: ['debug-route'],
    notes: ['maybe-debug-route', 'maybe-debug-route'],
  },
  'a helper answers first': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "import { guard } from '../../../../lib/guard';\n\nexport async function POST(request: Request) {\n  const denied = await guard(request);\n  if (denied) return denied;\n  return Response.json(await request.json());\n}\n",
      'frontend/app/api/test/b/route.ts':
        "import { gate } from '@acme/gate';\n\nexport async function POST(request: Request) {\n  const { error } = gate(request);\n  if (error) return error;\n  return Response.json(await request.json());\n}\n",
      'frontend/app/api/test/c/route.ts':
        "import { assertLocal } from '../../../../lib/guard';\n\nexport async function POST(request: Request) {\n  assertLocal(request);\n  return Response.json(await request.json());\n}\n",
      'frontend/lib/guard.ts':
        "import { notFound } from 'next/navigation';\n\nexport async function guard(request: Request) {\n  return request.headers.get('x-debug') === process.env.DEBUG_TOKEN ? null : new Response(null, { status: 404 });\n}\n\nexport const assertLocal = (request: Request) => {\n  if (new URL(request.url).hostname !== 'localhost') notFound();\n};\n",
    },
    closed: true,
    notes: ['maybe-debug-route', 'maybe-debug-route', 'maybe-debug-route'],
  },
  'a helper that judges the input shuts nothing, and neither does a missing row': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "import { validate } from '../../../../lib/validate';\nimport { db } from '../../../../lib/db';\n\nexport async function POST(request: Request) {\n  const body = await request.json();\n  const wrong = validate(body);\n  if (wrong) return wrong;\n  const row = await db.find(body.id);\n  if (!row) return new Response(null, { status: 404 });\n  return Response.json(row);\n}\n",
      'frontend/lib/validate.ts':
        "export function validate(body: unknown) {\n  return body ? undefined : Response.json({ error: 'empty' }, { status: 400 });\n}\n",
      'frontend/lib/db.ts': 'export const db = { find: async (id: string) => ({ id }) };\n',
    },
    open: ['debug-route'],
  },
  'one handler asks a helper for the session, the other one does not': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "import { getServerSession } from 'next-auth';\n\nasync function refuse() {\n  const session = await getServerSession();\n  return session ? null : new Response(null, { status: 401 });\n}\n\nexport async function GET() {\n  const refused = await refuse();\n  if (refused) return refused;\n  return new Response('ok');\n}\n\nexport async function POST(request: Request) {\n  return Response.json(await request.json());\n}\n",
    },
    open: ['debug-route'],
  },
  'a session is asked for and looked at in one handler, and only asked for in the other': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "import { auth } from '@/auth';\n\nexport async function GET() {\n  if (!(await auth())) return new Response(null, { status: 401 });\n  return new Response('ok');\n}\n\nexport async function POST(request: Request) {\n  const session = await auth();\n  return Response.json({ by: session?.user, ran: await request.text() });\n}\n",
    },
    open: ['debug-route'],
  },
  'a wrapper of the repository shuts the routes, one that logs does not': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "import { devOnly } from '../../../../lib/wrap';\n\nexport const POST = devOnly(async (request: Request) => Response.json(await request.json()));\n",
      'frontend/app/api/test/b/route.ts':
        "import { logged } from '../../../../lib/wrap';\n\nexport const POST = logged(async (request: Request) => Response.json(await request.json()));\n",
      'frontend/app/api/test/c/route.ts':
        "import { createHandler } from '@acme/http';\n\nexport const POST = createHandler({ role: 'admin' }, async (request: Request) => Response.json(await request.json()));\n",
      'frontend/lib/wrap.ts':
        "type Handler = (request: Request) => Promise<Response>;\n\nexport function devOnly(handler: Handler): Handler {\n  return async (request) =>\n    process.env.NODE_ENV === 'production' ? new Response(null, { status: 404 }) : handler(request);\n}\n\nexport const logged = (handler: Handler): Handler => async (request) => {\n  console.log(request.url);\n  return handler(request);\n};\n",
    },
    open: ['debug-route'],
    notes: ['maybe-debug-route', 'maybe-debug-route'],
  },
  'the middleware answers for the debug folder': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "import { NextResponse, type NextRequest } from 'next/server';\n\nconst CLOSED = ['/api/test', '/api/debug'];\n\nexport function middleware(request: NextRequest) {\n  const { pathname } = request.nextUrl;\n  if (process.env.NODE_ENV === 'production' && CLOSED.some((path) => pathname.startsWith(path))) {\n    return new NextResponse(null, { status: 404 });\n  }\n  return NextResponse.next();\n}\n\nexport const config = { matcher: ['/((?!_next/static|favicon.ico).*)'] };\n",
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'the middleware asks everybody for a login but who calls what is public': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "import { clerkMiddleware, createRouteMatcher } from '@clerk/nextjs/server';\n\nconst isPublic = createRouteMatcher(['/', '/sign-in(.*)', '/api/webhooks(.*)']);\n\nexport default clerkMiddleware(async (auth, request) => {\n  if (!isPublic(request)) await auth.protect();\n});\n\nexport const config = { matcher: ['/((?!_next).*)', '/(api|trpc)(.*)'] };\n",
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'the middleware runs for the debug folder alone, and is gone in production': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "import { NextResponse } from 'next/server';\n\nexport function middleware() {\n  if (process.env.NODE_ENV === 'production') return new NextResponse(null, { status: 404 });\n  return NextResponse.next();\n}\n\nexport const config = { matcher: ['/api/test/:path*'] };\n",
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'a part of the middleware names the debug folder and sends people away': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "import { guards } from './lib/guards';\n\nexport const middleware = (request: Request) => guards(request);\n",
      'frontend/lib/guards.ts':
        "import { NextResponse } from 'next/server';\n\nconst RULES = [{ matcher: ['/api/test/:path*'], mayEnter: () => !isProd }];\n\nexport function guards(request: Request) {\n  for (const rule of RULES) {\n    if (rule.mayEnter()) continue;\n    return NextResponse.redirect(new URL('/', request.url));\n  }\n}\n",
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'a part of the middleware lets everybody into the debug folder': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "import { guards } from './lib/guards';\n\nexport const middleware = (request: Request) => guards(request);\n",
      'frontend/lib/guards.ts':
        "import { NextResponse } from 'next/server';\n\nconst PUBLIC = ['/', '/api/test'];\n\nexport function guards(request: Request) {\n  if (PUBLIC.includes(new URL(request.url).pathname)) return;\n  return NextResponse.redirect(new URL('/', request.url));\n}\n",
    },
    open: ['debug-route', 'calls-debug-route'],
    manual: true,
  },
  'a key of the settings or a role opens the route': {
    files: {
      ...PACKAGE,
      'frontend/pages/api/testing/seed.ts':
        "import { getServerSession } from 'next-auth';\n\nexport default async function handler(req, res) {\n  const tokenOk = req.query.token === process.env.SEED_TOKEN;\n  if (!tokenOk) {\n    const session = await getServerSession(req, res, {});\n    if (!session?.user?.isModerator || session.user.bannedAt) return res.status(401).end();\n    console.log(session.user.id);\n  }\n  res.json({ seeded: true });\n}\n",
      'frontend/pages/api/testing/lazy.ts':
        "export default async function handler(req, res) {\n  const token = req.query.token;\n  if (!token) {\n    const given = req.query.given;\n    if (!given) console.log('nothing is given');\n  }\n  res.json({ seeded: token });\n}\n",
    },
    open: ['debug-route'],
    notes: ['debug-route-behind-login'],
  },
  'a file that is no text and that nothing imports hides nothing': {
    files: {
      ...PACKAGE,
      'frontend/app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'frontend/app/bench.ts': 'export const bytes = "\u0000\u0000\u0000";\n',
    },
    closed: true,
  },
  'one route tries out whatever the url names': {
    files: {
      ...PACKAGE,
      'frontend/pages/api/testing/[template].ts':
        'export default async function preview(req, res) {\n  res.send(`<p>${req.query.template}</p>`);\n}\n',
      'frontend/app/api/debug/[what]/route.ts': POST_ROUTE,
      'frontend/app/api/test/[id]/route.ts': POST_ROUTE,
      'frontend/lib/debug.ts': 'export const show = (what: string) => fetch(`/api/debug/${what}`);\n',
    },
    open: ['debug-route'],
    notes: ['maybe-debug-route'],
  },
  'the middleware guards something else': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/app/api/debug/b/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "import { getToken } from 'next-auth/jwt';\nimport { NextResponse, type NextRequest } from 'next/server';\n\nconst TRAPS = ['/test', '/debug', '/admin'];\n\nexport async function middleware(request: NextRequest) {\n  const { pathname } = request.nextUrl;\n  if (TRAPS.some((path) => pathname.startsWith(path))) return new NextResponse(null, { status: 404 });\n  if (/curl/.test(request.headers.get('user-agent') ?? '')) return new NextResponse(null, { status: 403 });\n  if (pathname.startsWith('/api/test')) return NextResponse.next();\n  if (pathname.startsWith('/dashboard')) {\n    const session = await getToken({ req: request });\n    if (!session) return new NextResponse(null, { status: 401 });\n  }\n  if (pathname.startsWith('/api')) {\n    const origin = request.headers.get('origin');\n    if (origin && origin !== 'https://example.com') return new NextResponse(null, { status: 403 });\n  }\n  if (pathname.startsWith('/api/admin') && !request.cookies.get('session')) return new NextResponse(null, { status: 401 });\n  return NextResponse.next();\n}\n",
    },
    open: ['debug-route', 'debug-route'],
  },
  'the middleware asks every call of the API for a key': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "import { NextResponse, type NextRequest } from 'next/server';\n\nexport function middleware(request: NextRequest) {\n  if (request.nextUrl.pathname.startsWith('/api')) {\n    const key = request.headers.get('x-api-key');\n    if (key !== process.env.KEY) return new NextResponse(null, { status: 401 });\n  }\n  return NextResponse.next();\n}\n",
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'the middleware does not run for the debug folder': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts':
        "export { default } from 'next-auth/middleware';\n\nexport const config = { matcher: ['/dashboard/:path*', '/((?!api|_next).*)'] };\n",
    },
    open: ['debug-route'],
  },
  'the handler is written elsewhere, and shut there': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': "export { GET } from '../../../../lib/handler';\n",
      'frontend/lib/handler.ts': GUARDED,
    },
    closed: true,
    notes: [],
  },
  'the handler is written elsewhere, and open there': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "import { run } from '../../../../lib/handler';\n\nexport { run as POST };\n",
      'frontend/lib/handler.ts': `export ${OPEN}`,
    },
    open: ['debug-route'],
  },
  'a container, a cron job and a workflow call the route': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/route.ts':
        'export async function GET() {\n  return Response.json({ ok: true });\n}\n',
      'docker-compose.yml':
        "services:\n  web:\n    build: .\n    healthcheck:\n      # http://127.0.0.1:3000/api/test\n      test: ['CMD-SHELL', 'wget -qO- http://127.0.0.1:3000/api/test || exit 1']\n",
      'vercel.json': '{ "crons": [{ "path": "/api/test", "schedule": "*/5 * * * *" }] }',
      'frontend/Dockerfile':
        'FROM node:20\n# /api/test was here\nHEALTHCHECK CMD curl -f http://localhost:3000/api/test || exit 1\n',
      'scripts/smoke.sh': '#!/bin/sh\ncurl -fsS "$BASE/api/test?deep=1"\n',
      'infra/nginx/nginx.conf':
        'location = /up { proxy_pass http://web:3000/api/test; }\nlocation /api/test {\n  deny all;\n}\n',
      'k8s/web.yaml': 'livenessProbe:\n  httpGet:\n    path: /api/test\n    port: 3000\n',
      '.github/workflows/smoke.yml':
        'on: push\njobs:\n  a:\n    steps:\n      - run: curl -f $URL/api/test/\n',
      'package.json': '{ "scripts": { "warm": "curl http://localhost:3000/api/test" } }',
      crontab: '*/5 * * * * curl -fsS https://example.com/api/test\n',
    },
    open: ['debug-route', ...Array.from({ length: 9 }, () => 'calls-debug-route')],
    manual: true,
  },
  'settings name something longer, a file, or a description': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'docker-compose.yml':
        "services:\n  web:\n    healthcheck:\n      test: ['CMD', 'curl', 'http://localhost:3000/api/test/abc']\n",
      'docs/openapi.yaml': 'openapi: 3.1.0\npaths:\n  /api/test/a:\n    get: {}\n',
      '.github/labeler.yml': 'debug:\n  - frontend/app/api/test/a/route.ts\n',
    },
    open: ['debug-route'],
  },
  'other files are built on the route': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/app/api/ping/route.ts': "export { POST } from '../test/groq/route';\n",
      'frontend/lib/late.ts': "export const late = () => import('../app/api/test/groq/route');\n",
      'frontend/lib/types.ts':
        "import type { POST } from '../app/api/test/groq/route';\nexport type Post = typeof POST;\n",
      'frontend/lib/old.ts': "// import { POST } from '../app/api/test/groq/route';\nexport {};\n",
    },
    open: ['debug-route', 'imports-debug-route', 'imports-debug-route', 'imports-debug-route'],
    manual: true,
  },
  'a test tries the route and nothing else': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/__tests__/groq.test.ts':
        "import { expect, test } from 'vitest';\nimport { POST } from '../app/api/test/groq/route';\n\ntest('answers', async () => {\n  expect((await POST()).status).toBe(200);\n});\n",
      'frontend/e2e/groq.spec.ts': "test('answers', ({ request }) => request.get('/api/test/groq'));\n",
    },
    open: ['debug-route'],
  },
  'a test tries the route and more': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/lib/groq.ts': 'export const groq = () => 1;\n',
      'frontend/__tests__/groq.test.ts':
        "import { groq } from '../lib/groq';\nimport { POST } from '../app/api/test/groq/route';\n\ntest('answers', async () => {\n  expect((await POST()).status).toBe(groq());\n});\n",
    },
    open: ['debug-route'],
    manual: true,
  },
  'a rewrite and the middleware lead to the routes': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/app/api/test/b/route.ts': POST_ROUTE,
      'frontend/app/api/test/c/route.ts': POST_ROUTE,
      'frontend/next.config.mjs':
        "export default {\n  rewrites: async () => [{ source: '/try', destination: '/api/test/a' }],\n  headers: async () => [{ source: '/api/test/c', headers: [] }],\n};\n",
      'frontend/middleware.ts':
        "import { NextResponse } from 'next/server';\nexport function middleware(request) {\n  if (request.nextUrl.pathname === '/b') return NextResponse.rewrite(new URL('/api/test/b', request.url));\n  return NextResponse.next();\n}\n",
    },
    open: ['debug-route', 'debug-route', 'debug-route', 'calls-debug-route', 'calls-debug-route'],
    manual: true,
  },
  'names of folders are no patterns': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/c++(a/route.ts': POST_ROUTE,
      'frontend/app/api/debug/日本/route.ts': POST_ROUTE,
      'vercel.json': '{ "crons": [{ "path": "/api/debug/日本" }] }',
      'frontend/app/api/debug-*/x/route.ts': POST_ROUTE,
      'frontend/app/page.tsx':
        "export const a = ['/api/test/', 'c++(a'].join('');\nexport const b = '/api/test/c++(a';\n",
      'README.md': '- `/api/test/c++(a`\n- `/api/test/`\n',
    },
    open: ['debug-route', 'debug-route', 'calls-debug-route', 'calls-debug-route', 'calls-debug-route'],
    manual: true,
  },
  'the address is put together': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/app/api/debug/b/route.ts': POST_ROUTE,
      'frontend/lib/ask.ts':
        'export const ask = (name: string) => fetch(`${process.env.BASE}/api/test/${name}`);\nexport const b = fetch(process.env.BASE + "/api/debug/b?x=1");\n',
    },
    open: ['debug-route', 'debug-route', 'calls-debug-route', 'calls-debug-route'],
    manual: true,
  },
  'one debug route needs another one': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts':
        "export async function POST() {\n  return fetch('http://localhost:3000/api/test/b');\n}\n",
      'frontend/app/api/test/b/route.ts': POST_ROUTE,
      'docker-compose.yml':
        "services:\n  web:\n    healthcheck:\n      test: ['CMD', 'curl', 'http://localhost:3000/api/test/a']\n",
    },
    open: ['debug-route', 'debug-route', 'calls-debug-route'],
    manual: true,
  },
  'two entries of a list that are neighbors call the routes': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/app/api/test/b/route.ts': POST_ROUTE,
      'frontend/app/page.tsx':
        "import { A, B, C } from 'icons';\nexport const cards = [{ icon: A, url: '/api/chat' }, { icon: B, url: '/api/test/a' }, { icon: C, url: '/api/test/b' }];\n",
    },
    open: ['debug-route', 'debug-route', 'calls-debug-route', 'calls-debug-route'],
  },
  'an entry cannot be cut cleanly': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/app/api/test/b/route.ts': POST_ROUTE,
      'frontend/app/api/test/c/route.ts': POST_ROUTE,
      'frontend/app/page.tsx':
        "export const start = 'a';\nexport const tabs = [{ id: 'a', url: '/api/test/a' }, { id: 'z', url: '/api/z' }];\nexport const all = [{ url: '/api/test/b' }];\nexport const urls = { c: '/api/test/c' };\n",
      'frontend/app/b/page.tsx':
        "export const tabs = [{ id: 'c', urls: ['/api/test/c', '/api/test/a'] }, { id: 'z', url: '/api/z' }];\n",
    },
    open: [
      'debug-route',
      'debug-route',
      'debug-route',
      ...Array.from({ length: 5 }, () => 'calls-debug-route'),
    ],
    manual: true,
  },
  'documents tell people to call the routes': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/app/api/test/search/route.ts': ARROW_ROUTES,
      'docs/api.md':
        '# API\n\n## Try it\n\n- `POST /api/test/groq` asks the model\n- [`/api/test/search`](../frontend/app/api/test/search/route.ts) - looks around\n- `/api/chat` - talks\n\n| Route | What |\n| --- | --- |\n| `/api/chat` | talks |\n| GET /api/test/search | looks |\n\n```bash\n# Is the model there?\ncurl http://localhost:3000/api/test/groq \\\n  -X POST \\\n  -d \'{"prompt":"Hello"}\'\n\n# Talk\ncurl http://localhost:3000/api/chat\n```\n\n### Only tests\n\n```http\nPOST /api/test/groq\n{"prompt": "Hello"}\n\nGET /api/test/search?q=x\n```\n\n## Rest\n\nCall /api/test/groq before you deploy.\n\n- First call `/api/test/groq`, then `/api/chat`\n- `/api/test/groq`\n  answers slowly\n',
      'README.md':
        '# App\n\n## Routes (2)\n\nAll in `app/api/test/`, none in `app/api/test/[id]`.\n\nThe test routes:\n\n- `frontend/app/api/test/groq/route.ts`\n- `frontend/app/api/test/search/route.ts`\n\n│  /api/test/groq   - LLM  │\n',
      'docs/summary.md':
        '# Summary (9 parts)\n\nIt runs in all 3 regions.\n\n## Try it\n\nOne click tries all 7 services.\n\n```bash\n# Tries all 5 of them\nnpm test\n```\n\n### Routes\n\nThree ways to ask:\n- `/api/chat` talks\n- `/api/voice` listens\n- `/api/post` writes\n- `/api/test/groq` asks\n\n12 people use it.\n\n## Rest\n\nSo do all 4 teams.\n',
      'CHANGELOG.md': '- `/api/test/groq` added\n',
      'docs/api.rst': 'Routes\n======\n\n- /api/test/groq\n',
    },
    open: ['debug-route', 'debug-route'],
  },
  'services, packages and settings lose their last use': {
    files: {
      'frontend/package.json':
        '{ "dependencies": { "next": "14.0.4", "groq-sdk": "1.0.0", "@e2b/sdk": "1.0.0", "zod": "3.0.0" } }',
      'frontend/app/api/test/groq/route.ts':
        "import { ask } from '../../../../lib/services/groq';\nimport { run } from '../../../../lib/services/e2b';\nimport { z } from 'zod';\n\nexport async function POST(request: Request) {\n  return Response.json([await ask(z.string().parse(await request.text())), await run()]);\n}\n",
      'frontend/lib/services/groq.ts':
        "import Groq from 'groq-sdk';\nimport { key } from './key';\n\nexport const ask = (prompt: string) => new Groq({ apiKey: key, model: process.env.GROQ_MODEL }).ask(prompt);\n",
      'frontend/lib/services/key.ts': 'export const key = process.env.GROQ_API_KEY;\n',
      'frontend/lib/services/e2b.ts':
        "import { Sandbox } from '@e2b/sdk';\n\nexport const run = () => Sandbox.create({ key: process.env.E2B_API_KEY });\n",
      'frontend/lib/services/chat.ts':
        "import { z } from 'zod';\n\nexport const chat = () => z.string().parse(process.env.CHAT_API_KEY);\n",
      'frontend/lib/services/index.ts': "export { ask } from './groq';\nexport { chat } from './chat';\n",
      'frontend/app/sandbox/page.tsx':
        "import { run } from '../../lib/services/e2b';\n\nexport default async function Page() {\n  return <p>{await run()}</p>;\n}\n",
      'frontend/app/page.tsx':
        "import { chat } from '../lib/services/chat';\nimport { track } from '../lib/track';\n\nconst cards = [\n  { name: 'Groq', run: () => track(fetch('/api/test/groq')) },\n  { name: 'Chat', run: chat },\n];\n\nexport default function Page() {\n  return (\n    <ul title={cards.length > 0 ? 'GROQ_MODEL' : ''}>\n      {['GROQ_API_KEY', 'CHAT_API_KEY', 'E2B_API_KEY'].map((key) => (\n        <li key={key}>{key}</li>\n      ))}\n    </ul>\n  );\n}\n",
      'frontend/lib/track.ts': 'export const track = <T,>(value: T) => value;\n',
    },
    open: ['debug-route', 'calls-debug-route'],
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
