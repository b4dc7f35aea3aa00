import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const AIMS = fileURLToPath(new URL('../../test/fixtures/aims/', import.meta.url));
const TEMPLATES = fileURLToPath(new URL('../../templates/gap-004-user-database/', import.meta.url));
const ROUTES = 'frontend/app/api';

function sample(...paths: readonly string[]): Tree {
  return Object.fromEntries(paths.map((path) => [path, readFileSync(AIMS + path, 'utf8')]));
}

/** What the sample has around its routes. */
const AROUND: Tree = {
  ...sample(
    'frontend/package.json',
    'frontend/tsconfig.json',
    'frontend/middleware.ts',
    'frontend/lib/api-proxy.ts',
    'frontend/lib/auth.ts',
    'frontend/lib/security/validation.ts',
    'frontend/app/layout.tsx',
    'frontend/app/(auth)/sign-in/page.tsx',
    'frontend/app/api/auth/[...nextauth]/route.ts',
    'frontend/app/dashboard/page.tsx',
    'frontend/app/dashboard/make-it-mine/diy/page.tsx',
    'backend/uef-gateway/src/index.ts',
  ),
};
/** What closing the users' gap leaves. */
const USERS: Tree = Object.fromEntries(
  readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
    .filter((path) => /frontend\/(components|hooks|lib)\/.*\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(TEMPLATES + path, 'utf8')]),
);
const NAMED: Tree = sample(
  `${ROUTES}/deploy/route.ts`,
  `${ROUTES}/boomerangs/route.ts`,
  `${ROUTES}/admin/api-keys/route.ts`,
  `${ROUTES}/invite/route.ts`,
  `${ROUTES}/acheevy/diy/route.ts`,
  `${ROUTES}/make-it-mine/route.ts`,
);
const OPEN = [
  'no-authentication',
  'hides-upstream-failure',
  'leaks-secret',
  'no-authentication',
  'cached-upstream',
  'hides-upstream-failure',
  'body-first',
  'no-validation',
  'no-authentication',
  'no-validation',
  'no-invitation-record',
  'body-first',
  'no-validation',
  'unescaped-query',
  'waits-forever',
  'waits-forever',
  'waits-forever',
  'waits-forever',
];

/** An app under src that keeps its users in its own way, in double quotes and without semicolons. */
const OTHER: Tree = {
  'package.json':
    '{ "dependencies": { "next": "14.2.35", "next-auth": "^4.24.0", "zod": "^3.23.0" }, "devDependencies": { "typescript": "5" } }\n',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n',
  'src/middleware.ts':
    'export function middleware(request: Request) {\n  if (!limit(request)) return Response.json({ error: "Too many requests" }, { status: 429 })\n}\n',
  'src/lib/auth.ts':
    'import type { NextAuthOptions } from "next-auth"\nimport Credentials from "next-auth/providers/credentials"\nimport { users } from "@/lib/users"\n\nexport const authOptions: NextAuthOptions = { providers: [Credentials({ credentials: {}, authorize: users.check })] }\n',
  'src/app/page.tsx': 'export default () => null\n',
  'src/app/api/auth/[...nextauth]/route.ts':
    'import NextAuth from "next-auth"\nimport { authOptions } from "@/lib/auth"\n\nconst handler = NextAuth(authOptions)\nexport { handler as GET, handler as POST }\n',
};
const OWN_ROUTES: Tree = {
  'src/app/api/boomerangs/route.ts': `import { NextResponse } from "next/server"

/** The agents, as their house lists them. */
export const GET = async () => {
  try {
    const list = await fetch(process.env.HOUSE + "/boomerangs")
    return NextResponse.json(await list.json())
  } catch (problem) {
    return NextResponse.json({ error: String(problem) }, { status: 502 })
  }
}
`,
  'src/app/api/acheevy/diy/route.ts': `import { NextResponse } from "next/server"

export async function POST(req: Request) {
  let body
  try {
    body = await req.json()
  } catch {
    return NextResponse.json({ error: "No JSON" }, { status: 400 })
  }
  try {
    const reply = await fetch(\`\${process.env.HELPER}/diy/chat\`, { method: "POST", body: JSON.stringify(body) })
    if (!reply.ok) {
      // Nobody there
      return NextResponse.json({ reply: canned(body.message) })
    }
    return NextResponse.json(await reply.json())
  } catch {
    return NextResponse.json({ reply: canned("") })
  }
}

// What is said when nobody answers
function canned(message: string) {
  return message ? "Good question." : "Ask me anything."
}
`,
  'src/app/diy/page.tsx': `"use client"
import { useState } from "react"

export default function Page() {
  const [lines, setLines] = useState<{ id: string; content: string; picture?: string }[]>([])
  const ask = async (text: string) => {
    const answer = await fetch("/api/acheevy/diy", { method: "POST", body: JSON.stringify({ message: text }) })
    if (answer.ok) {
      const data = await answer.json()
      const line = { id: text, content: data.reply, picture: data.picture }
      setLines((all) => [...all, line])
    }
  }
  return <button type="button" onClick={() => ask("saw")}>{lines.length}</button>
}
`,
};
const GUARD = `export async function forward(path: string, body?: unknown) {
  const session = await getServerSession(authOptions)
  if (!session?.user) return Response.json({ error: "Unauthorized" }, { status: 401 })
  const answer = await fetch(process.env.UPSTREAM + path, { method: "POST", body: JSON.stringify(body), cache: "no-store", signal: AbortSignal.timeout(8000) })
  if (!answer.ok) return Response.json({ error: "Upstream" }, { status: 502 })
  return Response.json(await answer.json())
}
`;
const OWN_OPEN = [
  'no-authentication',
  'no-validation',
  'hides-upstream-failure',
  'no-authentication',
  'cached-upstream',
  'hides-upstream-failure',
  'waits-forever',
  'waits-forever',
];

testGap(gap, import.meta.url, {
  'an app that keeps its users in its own way': { files: { ...OTHER, ...OWN_ROUTES }, open: OWN_OPEN },
  'siblings, with what needs no decision': {
    files: {
      ...OTHER,
      'src/lib/guard.ts': GUARD,
      'src/app/api/deploy/route.ts': `import { forward } from "@/lib/guard"

export async function POST(req: Request) {
  const parsed = schema.safeParse(await req.json().catch(() => null))
  return parsed.success ? forward("/deploy", parsed.data) : Response.json({ error: "Bad request" }, { status: 400 })
}
`,
      'src/app/api/projects/[id]/route.ts': `import { forward } from "@/lib/guard"

export async function GET(req: Request) {
  const kind = new URL(req.url).searchParams.get("kind") || ""
  return forward(\`/projects?kind=\${kind}\`)
}

export async function PUT(req: Request) {
  const body = await req.json()
  return forward("/projects", { ...body, by: "web" })
}
`,
      'src/app/api/mocks/route.ts':
        'export async function POST(req: Request) {\n  return Response.json(MOCK_LIST.concat(await req.json()))\n}\n',
    },
    notes: ['sibling-lacks', 'sibling-lacks'],
    options: { siblings: true },
  },
  'something else stands where a module would go': {
    files: { ...OTHER, ...OWN_ROUTES, 'src/lib/api/guard.ts': 'export const guard = 1\n' },
    open: OWN_OPEN,
    manual: true,
  },
  'handlers that ask in ways that are not known': {
    files: {
      ...OTHER,
      'src/app/api/boomerangs/route.ts': `export async function GET() {
  const [list, more] = await Promise.all([fetch(process.env.HOUSE + "/boomerangs"), fetch(process.env.HOUSE + "/more")])
  return Response.json([await list.json(), await more.json()])
}
`,
      'src/app/api/deploy/route.ts': `export async function POST(req: Request) {
  const form = await req.formData()
  return run("/deploy", form.get("plug"))
}
`,
      'src/app/api/make-it-mine/route.ts': `export async function POST(req: Request) {
  const { targetUrl } = await req.json()
  return Response.json(await search(targetUrl))
}
`,
    },
    open: [
      'no-authentication',
      'cached-upstream',
      'hides-upstream-failure',
      'no-authentication',
      'no-validation',
      'no-authentication',
      'no-validation',
      'waits-forever',
    ],
    manual: true,
  },
  'the sample keeps users, and its routes take what comes': {
    files: { ...AROUND, ...USERS, ...NAMED },
    open: OPEN,
  },
});
