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

const OPEN = `async function run(request: Request) {
  return Response.json(await request.json());
}
`;

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
      'src/app/api/debug/env/route.js': `export async function GET() {
  return Response.json(process.env);
}
`,
    },
    open: ['debug-route'],
  },
  'a route of the pages router': {
    files: {
      'package.json': '{ "dependencies": { "next": "12.0.0" } }',
      'pages/index.js': 'export default () => null;\n',
      'pages/api/test/mail.js': `export default async function handler(req, res) {
  res.json(await send(req.body));
}
`,
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
      'apps/web/src/app/api/sentry-example-api/route.js': `export function GET() {
  throw new Error('Only to try it');
}
`,
      'apps/web/src/app/api/v1/debug-session/route.js': `export function GET() {
  return Response.json(process.env);
}
`,
      'apps/api/package.json': '{ "dependencies": { "next": "15.1.0" } }',
      'apps/api/pages/api/cache-debug.js': `export default function handler(req, res) {
  res.status(200).json({ all: true });
}
`,
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
      'frontend/app/api/test/a/route.ts': `export async function GET(request) {
  await run(request);
  if (process.env.NODE_ENV === 'production') return new Response(null, { status: 404 });
  return new Response('ok');
}
`,
    },
    open: ['debug-route'],
  },
  'shipped code calls it in the middle of a function': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/lib/ask.ts': `export async function ask() {
  const res = await fetch(\`/api/test/groq\`);
  return res.json();
}
`,
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
      `import { getSession } from '@/lib/sandbox';

export async function POST(request: Request) {
  const sandbox = await getSession();
  return Response.json(await sandbox.run(await request.text()));
}
`,
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
      `import { auth } from '@/auth';

async function refusal() {
  return (await auth()) ? undefined : new Response(null, { status: 401 });
}

export async function GET() {
  return (await refusal()) ?? new Response('ok');
}

export const POST = async () => (await refusal()) ?? new Response('ok');

export function OPTIONS() {
  return new Response(null);
}
`,
    ),
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'a wrapper asks for the login': {
    files: route(
      `import { withAuth } from '@/lib/auth';

export const POST = withAuth(async (request: Request) => {
  return Response.json(await request.json());
});
`,
    ),
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'a flag of the environment, or a helper that asks the stage, shuts the routes': {
    files: {
      ...PACKAGE,
      'frontend/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      'frontend/app/api/debug/health/route.ts': `export async function GET() {
  if (process.env.ENABLE_DEBUG_ENDPOINT !== 'true') {
    return Response.json({ error: 'Not found' }, { status: 404 });
  }
  return Response.json({ ok: true });
}
`,
      'frontend/app/api/debug/flag/route.ts': `const ENABLED = process.env.DEBUG_ROUTES === '1';

export async function POST(request: Request) {
  const body = await request.json();
  if (!ENABLED) return new Response(null, { status: 404 });
  return Response.json(body);
}
`,
      'frontend/app/api/debug/tokens/route.ts': `import { isDebugEnabled } from '@/lib/debug';

export async function GET(request: Request) {
  if (!isDebugEnabled(request)) return new Response(null, { status: 404 });
  return Response.json({ tokens: [] });
}
`,
      'frontend/lib/debug.ts': `export function isDebugEnabled(request: Request) {
  return process.env.NODE_ENV !== 'production' && new URL(request.url).hostname === 'localhost';
}
`,
    },
    closed: true,
    notes: ['maybe-debug-route', 'maybe-debug-route', 'maybe-debug-route'],
  },
  'guards in other shapes': {
    files: {
      ...PACKAGE,
      'frontend/lib/guard.ts': `import { getServerSession } from 'next-auth';

export const requireOwner = async () => {
  const session = await getServerSession();
  return session ? { ok: true } : { ok: false, response: new Response(null, { status: 403 }) };
};
`,
      'frontend/app/api/test/a/route.ts': `import * as guard from '../../../../lib/guard';

export async function POST() {
  const owner = await guard.requireOwner();
  if (!owner.ok) return owner.response;
  return new Response('ok');
}
`,
      'frontend/app/api/test/b/route.ts': `import { Guard } from '@acme/guard';

export async function POST(request: Request) {
  Guard.check(request);
  return new Response('ok');
}
`,
      'frontend/app/api/test/c/route.ts': `import { env } from '@/env';

export function GET() {
  switch (env.STAGE) {
    case 'prod':
      return new Response(null, { status: 404 });
    default:
      return new Response('ok');
  }
}
`,
      'frontend/app/api/test/d/route.ts': `export function GET() {
  if (process.env.NODE_ENV === 'development') {
    return new Response('ok');
  }
  return new Response(null, { status: 404 });
}
`,
      'frontend/app/api/test/e/route.ts': `export async function GET(request: Request) {
  console.debug('asked');
  const key = new URL(request.url).searchParams.get('key');
  if (key !== process.env.DEBUG_KEY) throw new Error('no');
  return new Response('ok');
}
`,
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
      `import { withAuth } from '@/lib/auth';

async function run(request: Request) {
  return Response.json(await request.json());
}

export const GET = withAuth(run);
export { run as POST };
`,
    ),
    open: ['debug-route'],
    manual: true,
  },
  'names for the stage are looked up': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': `const isDev = process.env.NODE_ENV !== 'production';

export function GET() {
  if (!isDev) return new Response(null, { status: 404 });
  return new Response('ok');
}
`,
      'frontend/app/api/test/b/route.ts': `const isDev = process.env.APP_NAME !== 'shop';

export function GET() {
  if (!isDev) return new Response(null, { status: 404 });
  return new Response('ok');
}
`,
      'frontend/app/api/test/c/route.ts': `export function GET() {
  if (process.env.NODE_ENV === 'production' || process.env.CI) return new Response(null, { status: 410 });
  return new Response('ok');
}
`,
      'frontend/app/api/test/d/route.ts': `export function GET() {
  if (process.env.NODE_ENV === 'production' && !process.env.DEBUG) return new Response(null, { status: 404 });
  return new Response('ok');
}
`,
      'frontend/app/api/test/e/route.ts': `export function GET() {
  if (!process.env.GROQ_API_KEY) return Response.json({ error: 'No key' }, { status: 401 });
  if (process.env.NODE_ENV === 'development') console.log('asked');
  return new Response('ok');
}
`,
    },
    open: ['debug-route'],
    notes: ['maybe-debug-route', 'maybe-debug-route'],
  },
  'a helper answers first': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': `import { guard } from '../../../../lib/guard';

export async function POST(request: Request) {
  const denied = await guard(request);
  if (denied) return denied;
  return Response.json(await request.json());
}
`,
      'frontend/app/api/test/b/route.ts': `import { gate } from '@acme/gate';

export async function POST(request: Request) {
  const { error } = gate(request);
  if (error) return error;
  return Response.json(await request.json());
}
`,
      'frontend/app/api/test/c/route.ts': `import { assertLocal } from '../../../../lib/guard';

export async function POST(request: Request) {
  assertLocal(request);
  return Response.json(await request.json());
}
`,
      'frontend/lib/guard.ts': `import { notFound } from 'next/navigation';

export async function guard(request: Request) {
  return request.headers.get('x-debug') === process.env.DEBUG_TOKEN ? null : new Response(null, { status: 404 });
}

export const assertLocal = (request: Request) => {
  if (new URL(request.url).hostname !== 'localhost') notFound();
};
`,
    },
    closed: true,
    notes: ['maybe-debug-route', 'maybe-debug-route', 'maybe-debug-route'],
  },
  'a helper that judges the input shuts nothing, and neither does a missing row': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': `import { validate } from '../../../../lib/validate';
import { db } from '../../../../lib/db';

export async function POST(request: Request) {
  const body = await request.json();
  const wrong = validate(body);
  if (wrong) return wrong;
  const row = await db.find(body.id);
  if (!row) return new Response(null, { status: 404 });
  return Response.json(row);
}
`,
      'frontend/lib/validate.ts': `export function validate(body: unknown) {
  return body ? undefined : Response.json({ error: 'empty' }, { status: 400 });
}
`,
      'frontend/lib/db.ts': 'export const db = { find: async (id: string) => ({ id }) };\n',
    },
    open: ['debug-route'],
  },
  'one handler asks a helper for the session, the other one does not': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': `import { getServerSession } from 'next-auth';

async function refuse() {
  const session = await getServerSession();
  return session ? null : new Response(null, { status: 401 });
}

export async function GET() {
  const refused = await refuse();
  if (refused) return refused;
  return new Response('ok');
}

export async function POST(request: Request) {
  return Response.json(await request.json());
}
`,
    },
    open: ['debug-route'],
  },
  'a session is asked for and looked at in one handler, and only asked for in the other': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': `import { auth } from '@/auth';

export async function GET() {
  if (!(await auth())) return new Response(null, { status: 401 });
  return new Response('ok');
}

export async function POST(request: Request) {
  const session = await auth();
  return Response.json({ by: session?.user, ran: await request.text() });
}
`,
    },
    open: ['debug-route'],
  },
  'a wrapper of the repository shuts the routes, one that logs does not': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': `import { devOnly } from '../../../../lib/wrap';

export const POST = devOnly(async (request: Request) => Response.json(await request.json()));
`,
      'frontend/app/api/test/b/route.ts': `import { logged } from '../../../../lib/wrap';

export const POST = logged(async (request: Request) => Response.json(await request.json()));
`,
      'frontend/app/api/test/c/route.ts': `import { createHandler } from '@acme/http';

export const POST = createHandler({ role: 'admin' }, async (request: Request) => Response.json(await request.json()));
`,
      'frontend/lib/wrap.ts': `type Handler = (request: Request) => Promise<Response>;

export function devOnly(handler: Handler): Handler {
  return async (request) =>
    process.env.NODE_ENV === 'production' ? new Response(null, { status: 404 }) : handler(request);
}

export const logged = (handler: Handler): Handler => async (request) => {
  console.log(request.url);
  return handler(request);
};
`,
    },
    open: ['debug-route'],
    notes: ['maybe-debug-route', 'maybe-debug-route'],
  },
  'the middleware answers for the debug folder': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts': `import { NextResponse, type NextRequest } from 'next/server';

const CLOSED = ['/api/test', '/api/debug'];

export function middleware(request: NextRequest) {
  const { pathname } = request.nextUrl;
  if (process.env.NODE_ENV === 'production' && CLOSED.some((path) => pathname.startsWith(path))) {
    return new NextResponse(null, { status: 404 });
  }
  return NextResponse.next();
}

export const config = { matcher: ['/((?!_next/static|favicon.ico).*)'] };
`,
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'the middleware asks everybody for a login but who calls what is public': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts': `import { clerkMiddleware, createRouteMatcher } from '@clerk/nextjs/server';

const isPublic = createRouteMatcher(['/', '/sign-in(.*)', '/api/webhooks(.*)']);

export default clerkMiddleware(async (auth, request) => {
  if (!isPublic(request)) await auth.protect();
});

export const config = { matcher: ['/((?!_next).*)', '/(api|trpc)(.*)'] };
`,
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'the middleware runs for the debug folder alone, and is gone in production': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts': `import { NextResponse } from 'next/server';

export function middleware() {
  if (process.env.NODE_ENV === 'production') return new NextResponse(null, { status: 404 });
  return NextResponse.next();
}

export const config = { matcher: ['/api/test/:path*'] };
`,
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'a part of the middleware names the debug folder and sends people away': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts': `import { guards } from './lib/guards';

export const middleware = (request: Request) => guards(request);
`,
      'frontend/lib/guards.ts': `import { NextResponse } from 'next/server';

const RULES = [{ matcher: ['/api/test/:path*'], mayEnter: () => !isProd }];

export function guards(request: Request) {
  for (const rule of RULES) {
    if (rule.mayEnter()) continue;
    return NextResponse.redirect(new URL('/', request.url));
  }
}
`,
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'a part of the middleware lets everybody into the debug folder': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts': `import { guards } from './lib/guards';

export const middleware = (request: Request) => guards(request);
`,
      'frontend/lib/guards.ts': `import { NextResponse } from 'next/server';

const PUBLIC = ['/', '/api/test'];

export function guards(request: Request) {
  if (PUBLIC.includes(new URL(request.url).pathname)) return;
  return NextResponse.redirect(new URL('/', request.url));
}
`,
    },
    open: ['debug-route', 'calls-debug-route'],
    manual: true,
  },
  'a key of the settings or a role opens the route': {
    files: {
      ...PACKAGE,
      'frontend/pages/api/testing/seed.ts': `import { getServerSession } from 'next-auth';

export default async function handler(req, res) {
  const tokenOk = req.query.token === process.env.SEED_TOKEN;
  if (!tokenOk) {
    const session = await getServerSession(req, res, {});
    if (!session?.user?.isModerator || session.user.bannedAt) return res.status(401).end();
    console.log(session.user.id);
  }
  res.json({ seeded: true });
}
`,
      'frontend/pages/api/testing/lazy.ts': `export default async function handler(req, res) {
  const token = req.query.token;
  if (!token) {
    const given = req.query.given;
    if (!given) console.log('nothing is given');
  }
  res.json({ seeded: token });
}
`,
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
      'frontend/pages/api/testing/[template].ts': `export default async function preview(req, res) {
  res.send(\`<p>\${req.query.template}</p>\`);
}
`,
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
      'frontend/middleware.ts': `import { getToken } from 'next-auth/jwt';
import { NextResponse, type NextRequest } from 'next/server';

const TRAPS = ['/test', '/debug', '/admin'];

export async function middleware(request: NextRequest) {
  const { pathname } = request.nextUrl;
  if (TRAPS.some((path) => pathname.startsWith(path))) return new NextResponse(null, { status: 404 });
  if (/curl/.test(request.headers.get('user-agent') ?? '')) return new NextResponse(null, { status: 403 });
  if (pathname.startsWith('/api/test')) return NextResponse.next();
  if (pathname.startsWith('/dashboard')) {
    const session = await getToken({ req: request });
    if (!session) return new NextResponse(null, { status: 401 });
  }
  if (pathname.startsWith('/api')) {
    const origin = request.headers.get('origin');
    if (origin && origin !== 'https://example.com') return new NextResponse(null, { status: 403 });
  }
  if (pathname.startsWith('/api/admin') && !request.cookies.get('session')) return new NextResponse(null, { status: 401 });
  return NextResponse.next();
}
`,
    },
    open: ['debug-route', 'debug-route'],
  },
  'the middleware asks every call of the API for a key': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts': `import { NextResponse, type NextRequest } from 'next/server';

export function middleware(request: NextRequest) {
  if (request.nextUrl.pathname.startsWith('/api')) {
    const key = request.headers.get('x-api-key');
    if (key !== process.env.KEY) return new NextResponse(null, { status: 401 });
  }
  return NextResponse.next();
}
`,
    },
    closed: true,
    notes: ['maybe-debug-route'],
  },
  'the middleware does not run for the debug folder': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/a/route.ts': POST_ROUTE,
      'frontend/middleware.ts': `export { default } from 'next-auth/middleware';

export const config = { matcher: ['/dashboard/:path*', '/((?!api|_next).*)'] };
`,
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
      'frontend/app/api/test/a/route.ts': `import { run } from '../../../../lib/handler';

export { run as POST };
`,
      'frontend/lib/handler.ts': `export ${OPEN}`,
    },
    open: ['debug-route'],
  },
  'a container, a cron job and a workflow call the route': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/route.ts': `export async function GET() {
  return Response.json({ ok: true });
}
`,
      'docker-compose.yml': `services:
  web:
    build: .
    healthcheck:
      # http://127.0.0.1:3000/api/test
      test: ['CMD-SHELL', 'wget -qO- http://127.0.0.1:3000/api/test || exit 1']
`,
      'vercel.json': '{ "crons": [{ "path": "/api/test", "schedule": "*/5 * * * *" }] }',
      'frontend/Dockerfile': `FROM node:20
# /api/test was here
HEALTHCHECK CMD curl -f http://localhost:3000/api/test || exit 1
`,
      'scripts/smoke.sh': '#!/bin/sh\ncurl -fsS "$BASE/api/test?deep=1"\n',
      'infra/nginx/nginx.conf': `location = /up { proxy_pass http://web:3000/api/test; }
location /api/test {
  deny all;
}
`,
      'k8s/web.yaml': `livenessProbe:
  httpGet:
    path: /api/test
    port: 3000
`,
      '.github/workflows/smoke.yml': `on: push
jobs:
  a:
    steps:
      - run: curl -f $URL/api/test/
`,
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
      'docker-compose.yml': `services:
  web:
    healthcheck:
      test: ['CMD', 'curl', 'http://localhost:3000/api/test/abc']
`,
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
      'frontend/__tests__/groq.test.ts': `import { expect, test } from 'vitest';
import { POST } from '../app/api/test/groq/route';

test('answers', async () => {
  expect((await POST()).status).toBe(200);
});
`,
      'frontend/e2e/groq.spec.ts': "test('answers', ({ request }) => request.get('/api/test/groq'));\n",
    },
    open: ['debug-route'],
  },
  'a test tries the route and more': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test/groq/route.ts': POST_ROUTE,
      'frontend/lib/groq.ts': 'export const groq = () => 1;\n',
      'frontend/__tests__/groq.test.ts': `import { groq } from '../lib/groq';
import { POST } from '../app/api/test/groq/route';

test('answers', async () => {
  expect((await POST()).status).toBe(groq());
});
`,
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
      'frontend/next.config.mjs': `export default {
  rewrites: async () => [{ source: '/try', destination: '/api/test/a' }],
  headers: async () => [{ source: '/api/test/c', headers: [] }],
};
`,
      'frontend/middleware.ts': `import { NextResponse } from 'next/server';
export function middleware(request) {
  if (request.nextUrl.pathname === '/b') return NextResponse.rewrite(new URL('/api/test/b', request.url));
  return NextResponse.next();
}
`,
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
      'frontend/app/api/test/a/route.ts': `export async function POST() {
  return fetch('http://localhost:3000/api/test/b');
}
`,
      'frontend/app/api/test/b/route.ts': POST_ROUTE,
      'docker-compose.yml': `services:
  web:
    healthcheck:
      test: ['CMD', 'curl', 'http://localhost:3000/api/test/a']
`,
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
      'frontend/app/page.tsx': `export const start = 'a';
export const tabs = [{ id: 'a', url: '/api/test/a' }, { id: 'z', url: '/api/z' }];
export const all = [{ url: '/api/test/b' }];
export const urls = { c: '/api/test/c' };
`,
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
      'docs/api.md': `# API

## Try it

- \`POST /api/test/groq\` asks the model
- [\`/api/test/search\`](../frontend/app/api/test/search/route.ts) - looks around
- \`/api/chat\` - talks

| Route | What |
| --- | --- |
| \`/api/chat\` | talks |
| GET /api/test/search | looks |

\`\`\`bash
# Is the model there?
curl http://localhost:3000/api/test/groq \\
  -X POST \\
  -d '{"prompt":"Hello"}'

# Talk
curl http://localhost:3000/api/chat
\`\`\`

### Only tests

\`\`\`http
POST /api/test/groq
{"prompt": "Hello"}

GET /api/test/search?q=x
\`\`\`

## Rest

Call /api/test/groq before you deploy.

- First call \`/api/test/groq\`, then \`/api/chat\`
- \`/api/test/groq\`
  answers slowly
`,
      'README.md': `# App

## Routes (2)

All in \`app/api/test/\`, none in \`app/api/test/[id]\`.

The test routes:

- \`frontend/app/api/test/groq/route.ts\`
- \`frontend/app/api/test/search/route.ts\`

│  /api/test/groq   - LLM  │
`,
      'docs/summary.md': `# Summary (9 parts)

It runs in all 3 regions.

## Try it

One click tries all 7 services.

\`\`\`bash
# Tries all 5 of them
npm test
\`\`\`

### Routes

Three ways to ask:
- \`/api/chat\` talks
- \`/api/voice\` listens
- \`/api/post\` writes
- \`/api/test/groq\` asks

12 people use it.

## Rest

So do all 4 teams.
`,
      'CHANGELOG.md': '- `/api/test/groq` added\n',
      'docs/api.rst': 'Routes\n======\n\n- /api/test/groq\n',
    },
    open: ['debug-route', 'debug-route'],
  },
  'services, packages and settings lose their last use': {
    files: {
      'frontend/package.json':
        '{ "dependencies": { "next": "14.0.4", "groq-sdk": "1.0.0", "@e2b/sdk": "1.0.0", "zod": "3.0.0" } }',
      'frontend/app/api/test/groq/route.ts': `import { ask } from '../../../../lib/services/groq';
import { run } from '../../../../lib/services/e2b';
import { z } from 'zod';

export async function POST(request: Request) {
  return Response.json([await ask(z.string().parse(await request.text())), await run()]);
}
`,
      'frontend/lib/services/groq.ts': `import Groq from 'groq-sdk';
import { key } from './key';

export const ask = (prompt: string) => new Groq({ apiKey: key, model: process.env.GROQ_MODEL }).ask(prompt);
`,
      'frontend/lib/services/key.ts': 'export const key = process.env.GROQ_API_KEY;\n',
      'frontend/lib/services/e2b.ts': `import { Sandbox } from '@e2b/sdk';

export const run = () => Sandbox.create({ key: process.env.E2B_API_KEY });
`,
      'frontend/lib/services/chat.ts': `import { z } from 'zod';

export const chat = () => z.string().parse(process.env.CHAT_API_KEY);
`,
      'frontend/lib/services/index.ts': "export { ask } from './groq';\nexport { chat } from './chat';\n",
      'frontend/app/sandbox/page.tsx': `import { run } from '../../lib/services/e2b';

export default async function Page() {
  return <p>{await run()}</p>;
}
`,
      'frontend/app/page.tsx': `import { chat } from '../lib/services/chat';
import { track } from '../lib/track';

const cards = [
  { name: 'Groq', run: () => track(fetch('/api/test/groq')) },
  { name: 'Chat', run: chat },
];

export default function Page() {
  return (
    <ul title={cards.length > 0 ? 'GROQ_MODEL' : ''}>
      {['GROQ_API_KEY', 'CHAT_API_KEY', 'E2B_API_KEY'].map((key) => (
        <li key={key}>{key}</li>
      ))}
    </ul>
  );
}
`,
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
      'frontend/app/api/test/a/route.ts': `import { getServerSession } from 'next-auth';
export async function GET() {
  if (!(await getServerSession())) return new Response(null, { status: 401 });
  return new Response('ok');
}
`,
    },
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'the routes are guarded by settings of their own, or ask for a key': {
    files: {
      ...PACKAGE,
      'frontend/app/api/debug/env/route.ts': `import { env } from '@/env';
export async function GET() {
  if (env.NODE_ENV !== 'development') return new Response(null, { status: 404 });
  return Response.json({});
}
`,
      'frontend/app/api/debug/jobs/route.ts': `import { isProduction } from '@/lib/stage';
export const POST = async () => {
  if (isProduction()) return new Response(null, { status: 404 });
  return Response.json({});
};
`,
      'frontend/app/api/debug/key/route.ts': `export async function GET(request: Request) {
  if (request.headers.get('x-api-key') !== process.env.KEY) return new Response(null, { status: 401 });
  return Response.json({});
}
`,
    },
    closed: true,
    notes: ['debug-route-behind-login'],
  },
  'routes that may be for trying things out': {
    files: {
      ...PACKAGE,
      'frontend/app/api/test-email/route.ts': POST_ROUTE,
      'frontend/app/api/dev/seed/route.ts': POST_ROUTE,
      'frontend/app/api/test-connection/route.ts': `import { auth } from '@/auth';
export async function POST() {
  if (!(await auth())) return new Response(null, { status: 401 });
  return Response.json({});
}
`,
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
