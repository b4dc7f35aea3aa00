import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const APP = {
  'package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'app/page.tsx': 'export default () => null;\n',
  'middleware.ts':
    "export function middleware(request) {\n  if (!check(request.ip)) return Response.json({ error: 'Too many requests' }, { status: 429 });\n}\n",
};
const AUTH = `import { getServerSession } from 'next-auth/next';
import { authOptions } from './auth';

export async function requireUser() {
  const session = await getServerSession(authOptions);
  if (!session?.user) throw new Response(null, { status: 401 });
  return session.user;
}

export async function forward(path, body) {
  await requireUser();
  const res = await fetch(process.env.UPSTREAM + path, { method: 'POST', body: JSON.stringify(body), cache: 'no-store', signal: AbortSignal.timeout(8000) });
  if (!res.ok) return Response.json({ error: 'Upstream' }, { status: 502 });
  return Response.json(await res.json());
}

export const version = () => 1;
`;
const PROXIED = `import { forward } from '../../../lib/guard';

export async function POST(req) {
  const body = await req.json();
  return forward('/deploy', body);
}
`;
const COMPLETE = `import { z } from 'zod';
import { forward } from '../../../lib/guard';

const schema = z.object({ plugId: z.string() });

export async function POST(req) {
  const parsed = schema.safeParse(await req.json().catch(() => null));
  if (!parsed.success) return Response.json({ error: 'Bad request' }, { status: 400 });
  return forward('/deploy', parsed.data);
}
`;
const KEYS = `import { requireUser } from '@/lib/guard';

export async function GET() {
  await requireUser();
  const res = await fetch(process.env.UPSTREAM + '/admin/api-keys', { signal: AbortSignal.timeout(8000), cache: 'no-store' });
  if (!res.ok) return Response.json({ error: 'Upstream' }, { status: 502 });
  return Response.json(await res.json());
}
`;
const LISTING = `export async function GET() {
  try {
    const res = await fetch(process.env.UPSTREAM + '/agents');
    return Response.json(await res.json());
  } catch {
    return Response.json({ error: 'Unreachable' }, { status: 502 });
  }
}
`;

const OTHER = {
  'package.json': '{ "dependencies": { "next": "15.0.0", "next-auth": "5.0.0" } }',
  'app/page.jsx': 'export default () => null;\n',
  'auth.js': "import NextAuth from 'next-auth';\nexport const { auth } = NextAuth({ providers: [] });\n",
};

/** Reading asks for a session, deleting does not. */
const ONE_METHOD_ASKS = `import { auth } from '@/auth';

async function requireOwner() {
  const session = await auth();
  if (!session) throw new Response(null, { status: 401 });
}

export async function GET() {
  await requireOwner();
  return Response.json(await prisma.note.findMany());
}

export async function PATCH(request, { params }) {
  await requireOwner();
  return Response.json(await prisma.note.update({ where: params, data: await request.json() }));
}

export async function DELETE(request, { params }) {
  return Response.json(await prisma.note.delete({ where: params }));
}
`;

const HALF_GUARDED = `import { requireUser } from '@/lib/guard';

export async function GET() {
  await requireUser();
  return Response.json(await releases());
}

export async function POST(request) {
  return Response.json(await release(schema.parse(await request.json())));
}
`;

const STUBS = {
  'app/api/soon/route.js': `
export async function POST() {
  return Response.json({ message: 'Coming soon' });
}
`,
  'app/api/left/route.js': `
export async function POST(request) {
  // TODO: save it
  const body = await request.json();
  console.log(body);
  return Response.json({ ok: true });
}
`,
  'app/api/half/route.js': `
export const GET = async () => Response.json(await db.items.all());
export const PUT = () => new Response(null, { status: 501 });
`,
  'app/api/people/route.js': `
import { faker } from '@faker-js/faker';
export const GET = () => Response.json({ name: faker.person.fullName() });
`,
};

const NO_STUBS = {
  'app/api/saved/route.js': `
export async function POST(request) {
  // TODO: tell the others
  await save(await request.json());
  return Response.json({ ok: true });
}
`,
  'app/api/version/route.js': `
export const GET = () => Response.json({ version: 3 });
`,
};

testGap(gap, import.meta.url, {
  'a proxy that asks for a login and takes any body': {
    files: { ...APP, 'lib/guard.ts': AUTH, 'app/api/deploy/route.ts': PROXIED },
    open: ['body-first', 'no-validation'],
    manual: true,
  },
  'a helper that waits for its service without end': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH.replace(', signal: AbortSignal.timeout(8000)', ''),
      'app/api/deploy/route.ts': COMPLETE,
      'app/api/make-it-mine/route.ts': COMPLETE.replace('/deploy', '/clone'),
    },
    open: ['waits-forever'],
    manual: true,
  },
  'a service of this repository that only lists its keys': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH,
      'app/api/admin/api-keys/route.ts': KEYS,
      'app/api/deploy/route.ts': COMPLETE,
      'gateway/index.ts': "app.get('/admin/api-keys', list);\n",
    },
    open: ['leaks-secret'],
    manual: true,
    notes: ['keys-elsewhere'],
  },
  'a service of this repository that makes keys, which the route does not offer': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH,
      'app/api/admin/api-keys/route.ts': KEYS.replace('await res.json()', '{ configured: true }'),
      'app/api/deploy/route.ts': COMPLETE,
      'gateway/index.ts': "app.get('/admin/api-keys', list);\napp.post('/admin/api-keys', create);\n",
    },
    open: ['read-only'],
    manual: true,
    notes: [],
  },
  'a complete route': {
    files: { ...APP, 'lib/guard.ts': AUTH, 'app/api/deploy/route.ts': COMPLETE },
    closed: true,
    notes: [],
  },
  'a listing that anybody gets, kept for ever, whatever its upstream said': {
    files: { ...APP, 'app/api/boomerangs/route.ts': LISTING },
    open: ['no-authentication', 'cached-upstream', 'hides-upstream-failure', 'waits-forever'],
    manual: true,
  },
  'invented records where the key is missing': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH,
      'app/api/deploy/route.ts':
        "import { requireUser } from '@/lib/guard';\nexport async function GET() {\n  await requireUser();\n  if (!process.env.DEPLOY_KEY) return Response.json(MOCK_RELEASES);\n  return Response.json(await releases());\n}\n",
    },
    open: ['mock-data'],
    manual: true,
  },
  'Next.js 15 caches no fetch': {
    files: {
      ...APP,
      'package.json': '{ "dependencies": { "next": "^15.1.0" } }',
      'app/api/boomerangs/route.ts': LISTING,
    },
    open: ['no-authentication', 'hides-upstream-failure', 'waits-forever'],
    manual: true,
  },
  'JavaScript under src without middleware, and a helper that asks nobody': {
    files: {
      'package.json': '{ "dependencies": { "next": "14.1.0" } }',
      'src/app/page.jsx': 'export default () => null;\n',
      'src/lib/guard.js': AUTH,
      'src/app/api/deploy/route.js':
        "import { version } from '../../../lib/guard';\nconst handler = async (request) => Response.json({ ...(await request.json()), v: version() });\nexport { handler as POST };\n",
    },
    open: ['no-authentication', 'no-validation', 'no-rate-limit'],
    manual: true,
  },
  'a session that is read and not asked for anything': {
    files: {
      ...APP,
      'app/api/deploy/route.ts':
        "import { getServerSession } from 'next-auth';\nexport async function POST(req: Request) {\n  const session = await getServerSession();\n  const body = schema.parse(await req.json());\n  return Response.json({ by: session?.user ?? 'guest', ...body });\n}\n",
    },
    open: ['no-authentication'],
    manual: true,
  },
  'middleware that asks for a login': {
    files: {
      ...APP,
      'middleware.ts':
        "import { withAuth } from 'next-auth/middleware';\nexport default withAuth({ callbacks: { authorized: ({ token }) => limit(token) /* rateLimit */ } });\nexport const rateLimit = 100;\nexport const config = { matcher: ['/dashboard/:path*', '/api/:path*'] };\n",
      'app/api/deploy/route.ts':
        'export async function POST(req: Request) {\n  return Response.json(schema.parse(await req.json()));\n}\n',
    },
    closed: true,
    notes: [],
  },
  'middleware that leaves the API out': {
    files: {
      ...APP,
      'middleware.ts':
        "import { withAuth } from 'next-auth/middleware';\nexport default withAuth({});\nexport const rateLimit = 100;\nexport const config = { matcher: ['/((?!api|_next/static).*)'] };\n",
      'app/api/(v1)/deploy/route.ts':
        'export async function POST(req: Request) {\n  return Response.json(schema.parse(await req.json()));\n}\n',
    },
    open: ['no-authentication'],
    manual: true,
  },
  'keys that can only be read, a mail without invitation, a masked outage, a query as text': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH,
      'app/api/admin/api-keys/route.ts':
        "import { requireUser } from '@/lib/guard';\nexport async function GET() {\n  await requireUser();\n  return Response.json(keys);\n}\n",
      'app/api/invite/route.ts':
        'export async function POST(request: Request) {\n  const { email } = await request.json();\n  await resend.emails.send({ to: [email] });\n  return Response.json({ success: true });\n}\n',
      'app/api/acheevy/diy/route.ts':
        "import { requireUser } from '../../../../lib/guard';\nexport async function POST(request: Request) {\n  await requireUser();\n  const data = validateBody(await request.json());\n  const response = await fetch(URL, { method: 'POST', body: data });\n  if (!response.ok) {\n    return Response.json({ reply: fallback(data) });\n  }\n  return Response.json(await response.json());\n}\n",
      'app/api/make-it-mine/route.ts':
        "import { requireUser } from '../../../lib/guard';\nexport async function GET(req) {\n  await requireUser();\n  const id = req.nextUrl.searchParams.get('id') || '';\n  const kind = req.nextUrl.searchParams.get('kind') || '';\n  return proxy(`/suggest?id=${id}&kind=${kind}`);\n}\n",
    },
    open: [
      'hides-upstream-failure',
      'read-only',
      'no-authentication',
      'no-validation',
      'no-invitation-record',
      'unescaped-query',
      'waits-forever',
    ],
    manual: true,
  },
  'siblings are notes': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH,
      'app/api/deploy/route.ts': COMPLETE,
      'app/api/plugs/[id]/route.ts':
        'const MOCK_ATHLETES = [{ id: 1 }];\nexport async function POST(req) {\n  const { id } = await req.json();\n  return Response.json(MOCK_ATHLETES[id]);\n}\n',
      'app/api/auth/[...nextauth]/route.ts':
        'const handler = NextAuth({});\nexport { handler as GET, handler as POST };\n',
      'app/api/webhooks/route.ts':
        'export async function POST(req) {\n  return Response.json(await req.json());\n}\n',
    },
    closed: true,
    notes: ['sibling-lacks'],
  },
  'handlers from an installed package are not judged': {
    files: {
      ...APP,
      'app/api/deploy/route.ts': "export * from '@acme/deploy';\n",
      'app/api/invite/route.ts': "// export async function POST() {}\nexport { POST } from '@acme/invite';\n",
    },
    closed: true,
    notes: ['unread-route', 'unread-route'],
  },
  'a handler that is exported again is followed': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH,
      'app/api/deploy/route.ts': "export { run as POST } from './handler';\n",
      'app/api/deploy/handler.ts': PROXIED.replace('function POST', 'function run'),
    },
    open: ['body-first', 'no-validation'],
    manual: true,
  },
  'another application with a stub and a mock': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'pages/api/later.js': 'export default function handler(req, res) {\n  res.status(501).end();\n}\n',
      'src/app/page.tsx': 'export default () => null;\n',
      'src/app/api/teams/route.ts':
        "import { mockTeams } from '@/lib/data';\nexport const GET = async () => Response.json(mockTeams);\n",
    },
    open: ['stub-route', 'stub-route'],
    manual: true,
  },
  'another application whose routes only look like stubs': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'app/api/a/route.ts':
        "export async function POST(req) {\n  if (!process.env.KEY) return Response.json({ error: 'Not implemented' }, { status: 501 });\n  return Response.json(await run(req));\n}\n",
      'app/api/b/route.ts':
        'export async function GET() {\n  return Response.json(process.env.DEMO ? mockUsers : await db.users.all());\n}\n',
      'app/api/d/route.ts':
        "import { dummyJob, mailJob } from '@/lib/jobs';\nconst jobs = [dummyJob, mailJob];\nexport const POST = async () => {\n  for (const job of jobs) await job();\n  return Response.json({ ok: true });\n};\n",
      'app/api/c/route.ts':
        '// Not implemented for guests: status 501.\nexport const GET = () => Response.json(list());\n',
    },
    notApplicable: true,
  },
  'another application whose records anybody may change or delete': {
    files: {
      ...OTHER,
      'app/api/notes/[id]/route.js':
        "import Note from '../../../../models/note';\nexport const GET = async (request, { params }) => Response.json(await Note.findById(params.id));\nexport const PATCH = async (request, { params }) => {\n  const note = await Note.findById(params.id);\n  note.text = (await request.json()).text;\n  await note.save();\n  return Response.json(note);\n};\nexport const DELETE = async (request, { params }) => {\n  await Note.findByIdAndDelete(params.id);\n  return new Response(null);\n};\n",
      'models/note.js':
        "import { model, Schema } from 'mongoose';\nexport default model('Note', new Schema({ text: { type: String, required: true } }));\n",
    },
    open: ['no-authentication'],
    manual: true,
  },
  'another application in which something asks, or that has nobody to ask': {
    files: {
      ...OTHER,
      'app/api/a/[id]/route.js':
        "import { auth } from '../../../../auth';\nexport const DELETE = async (request, { params }) => {\n  const session = await auth();\n  return Response.json(await prisma.note.delete({ where: { id: params.id, by: session.user.id } }));\n};\n",
      'app/api/b/[id]/route.js':
        "import { guarded } from '../../../../lib/guarded';\nexport const DELETE = guarded((id) => prisma.note.delete({ where: { id } }));\n",
      'app/api/contact/route.js':
        'export const POST = async (request) => Response.json(await prisma.message.create({ data: await request.json() }));\n',
      'lib/guarded.js': "export const guarded = (run) => (request) => run(request.url.split('/').pop());\n",
    },
    notApplicable: true,
  },
  'a method that asks nobody, beside methods that do': {
    files: { ...OTHER, 'app/api/notes/[id]/route.js': ONE_METHOD_ASKS },
    open: ['no-authentication'],
    manual: true,
  },
  'a named route that asks in one of its methods': {
    files: { ...APP, 'lib/guard.ts': AUTH, 'app/api/deploy/route.ts': HALF_GUARDED },
    open: ['no-authentication'],
    manual: true,
  },
  'a guard that is handed on by an index file': {
    files: {
      ...APP,
      'lib/guard.ts': AUTH,
      'lib/index.ts': "export * from './guard';\n",
      'app/api/deploy/route.ts': COMPLETE.replace('lib/guard', 'lib'),
    },
    closed: true,
    notes: [],
  },
  'another application with stubs of all kinds': {
    files: { ...OTHER, ...STUBS },
    open: ['stub-route', 'stub-route', 'stub-route', 'stub-route'],
    manual: true,
  },
  'a constant that is the answer, and work that leaves something to do': {
    files: { ...OTHER, ...NO_STUBS },
    notApplicable: true,
  },
  'nobody signs in, so nobody can be asked': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'app/page.jsx': 'export default () => null;\n',
      'app/api/notes/[id]/route.js':
        'export const DELETE = async (request, { params }) => Response.json(await prisma.note.delete({ where: params }));\n',
    },
    notApplicable: true,
  },
  "a name that many applications have is not yet the runbook's": {
    files: {
      ...OTHER,
      'pages/api/admin/api-keys.js':
        'export default function handler(req, res) {\n  res.json(keys(req.body));\n}\n',
    },
    notApplicable: true,
  },
  'no API routes': { files: APP, notApplicable: true },
});
