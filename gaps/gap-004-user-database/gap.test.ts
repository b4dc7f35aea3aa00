import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const page = 'export default function Page() { return null; }\n';

function home(files: Tree): Tree {
  const isElsewhere = Object.keys(files).some((path) => /^(src\/app|pages)\//.test(path));
  return isElsewhere ? {} : { 'app/page.tsx': page };
}

/** The route that Auth.js and better-auth are asked at. */
function route(files: Tree): Tree {
  const config = Object.keys(files).find(
    (path) => /(^|\/)auth\.[jt]s$/.test(path) && /next-auth|betterAuth/.test(files[path] ?? ''),
  );
  if (config === undefined || Object.keys(files).some((path) => path.includes('[...'))) return {};
  const isUnderSource = Object.keys(files).some((path) => path.startsWith('src/app/'));
  const from = isUnderSource ? config.replace(/^src\//, '') : config;
  return {
    [`${isUnderSource ? 'src/' : ''}app/api/auth/[...nextauth]/route.js`]: `import * as auth from '../../../../${from.replace(/\.\w+$/, '')}';
export const { GET, POST } = auth.handlers;
`,
  };
}

function app(dependencies: readonly string[], files: Tree, dir = ''): Tree {
  const manifest = {
    name: 'web',
    dependencies: Object.fromEntries(['next', 'react', ...dependencies].map((name) => [name, '1.0.0'])),
  };
  const all: Tree = { 'package.json': JSON.stringify(manifest), ...home(files), ...route(files), ...files };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [dir + path, text]));
}

/** A NextAuth configuration around the body of an authorize function. */
function config(authorize: string, head = '', options = ''): string {
  return `import CredentialsProvider from 'next-auth/providers/credentials';
${head}
export const authOptions = {
  ${options}
  providers: [
    CredentialsProvider({
      credentials: { email: {}, password: {} },
      async authorize(credentials) {
        ${authorize}
      },
    }),
  ],
};
`;
}

const compared = `const user = await prisma.user.findUnique({ where: { email: credentials.email } });
        if (!user || !(await compare(credentials.password, user.passwordHash))) return null;
        return { id: user.id, email: user.email };`;
const google = `import NextAuth from 'next-auth';
import Google from 'next-auth/providers/google';
export default NextAuth({ providers: [Google] });
`;

testGap(gap, import.meta.url, {
  'owners get in with any password and forms are inert': {
    files: app(['next-auth'], {
      'lib/auth.ts': config(`if (!credentials?.email || !credentials?.password) return null;
        if (isOwner(credentials.email)) return { id: 'owner-1', email: credentials.email };
        return null;`),
      'app/(auth)/sign-in/page.tsx': `export default function Page() {
  return <div><input type="password" /><button>Sign in</button></div>;
}
`,
      'app/settings/page.tsx': `'use client';
export default function Page() {
  const save = () => setTimeout(() => {}, 10);
  return <div><input type="text" /><button onClick={save}>Save</button></div>;
}
`,
    }),
    open: ['no-user-store', 'any-password', 'inert-form', 'inert-form'],
    manual: true,
  },
  'an OAuth session of which nothing is kept': {
    files: app(['next-auth'], { 'pages/api/auth/[...nextauth].js': google }),
    open: ['no-user-store'],
    manual: true,
  },
  'the user is looked up and the password is not': {
    files: app(['next-auth'], {
      'lib/auth.ts': config(
        `const { email, password } = credentials;
        if (!password) return null;
        const user = await prisma.user.findUnique({ where: { email } });
        return user;`,
        "import { prisma } from './db';",
      ),
      'lib/db.ts': 'export const prisma = new PrismaClient();\n',
    }),
    open: ['any-password'],
    manual: true,
  },
  'the made-up user of the documentation': {
    files: app(['next-auth'], {
      'lib/auth.ts': config("const user = { id: '1', name: 'J Smith' };\n        return user ?? null;"),
    }),
    open: ['no-user-store', 'any-password'],
    manual: true,
  },
  'people of any name, in the function that the door asks, and a token beside the password': {
    files: app(['next-auth', 'mongoose'], {
      'lib/auth.ts': config(
        `if (credentials.token) {
          const { id } = jwt.verify(String(credentials.token), process.env.SECRET);
          return { id };
        }
        const pupil = await pupilBy(credentials.email);
        if (!(await compare(credentials.password, pupil.hash))) return null;
        return { id: pupil.id };`,
        "import { pupilBy } from './pupils';",
      ),
      'lib/pupils.ts':
        "import mongoose from 'mongoose';\nconst Pupil = mongoose.model('Pupil', schema);\nexport const pupilBy = (mail: string) => Pupil.findOne({ mail });\n",
    }),
    closed: true,
  },
  'a table of any name, in the door itself': {
    files: app(['next-auth', 'drizzle-orm'], {
      'lib/auth.ts': config(
        `const [pupil] = await db.select().from(pupils).where(eq(pupils.mail, credentials.email));
        return (await compare(credentials.password, pupil.hash)) ? pupil : null;`,
      ),
    }),
    closed: true,
  },
  'a demo that a setting opens': {
    files: app(['next-auth', '@prisma/client'], {
      'lib/auth.ts': config(
        `if (process.env.DEMO_MODE === 'true' && credentials.email.endsWith('@demo.io')) return { id: 'demo' };
        ${compared}`,
      ),
    }),
    closed: true,
    notes: ['maybe-any-password'],
  },
  'users are declared and sign-in never asks for them': {
    files: app(['next-auth', '@prisma/client'], {
      'prisma/schema.prisma': 'model User {\n  id String @id\n  email String @unique\n}\n',
      'auth.ts': google,
    }),
    open: ['unused-user-store'],
    manual: true,
  },
  'users are kept in a comment only': {
    files: app(['next-auth'], { 'auth.ts': `${google}// adapter: PrismaAdapter(prisma),\n` }),
    open: ['no-user-store'],
    manual: true,
  },
  "another package's Prisma users are not the app's": {
    files: {
      ...app(['next-auth'], { 'src/app/page.tsx': page, 'src/auth.ts': google }, 'frontend/'),
      'backend/package.json': '{ "name": "gateway" }',
      'backend/prisma/schema.prisma': 'model User {\n  id String @id\n}\n',
    },
    open: ['no-user-store'],
    manual: true,
  },
  'Prisma behind a credentials provider': {
    files: app(['next-auth', '@prisma/client'], {
      'src/app/page.tsx': page,
      'src/lib/auth.ts': config(
        compared,
        "import { compare } from 'bcryptjs';\nimport { prisma } from './db';",
      ),
      'src/lib/db.ts': 'export const prisma = new PrismaClient();\n',
    }),
    closed: true,
  },
  'a NextAuth adapter': {
    files: app(['next-auth', '@auth/drizzle-adapter'], {
      'auth.ts': `import NextAuth from 'next-auth';
import { DrizzleAdapter } from '@auth/drizzle-adapter';
export const { auth } = NextAuth({ adapter: DrizzleAdapter(db), providers: [] });
`,
    }),
    closed: true,
  },
  'better-auth with a database': {
    files: app(['better-auth'], {
      'lib/auth.ts': `import { betterAuth } from 'better-auth';
export const auth = betterAuth({ database: new Database('users.db'), emailAndPassword: { enabled: true } });
`,
    }),
    closed: true,
  },
  'better-auth with a database, by way of options': {
    files: app(['better-auth'], {
      'lib/auth.ts': `import { betterAuth } from 'better-auth';
const authOptions = { database: prismaAdapter(prisma), emailAndPassword: { enabled: true } };
export const auth = betterAuth({ ...authOptions, plugins: [] });
`,
      'prisma/schema.prisma': 'model User {\n  id String @id\n}\n',
    }),
    closed: true,
  },
  'better-auth is set up in another service, and the app has its client': {
    files: app(['better-auth'], {
      'app/sign-in/page.tsx': `'use client';
import { authClient } from '../../lib/auth-client';
export default function Page() {
  const send = (data) => authClient.signIn.email(data);
  return <form onSubmit={send}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;
}
`,
      'lib/auth-client.ts':
        "import { createAuthClient } from 'better-auth/react';\nexport const authClient = createAuthClient({ basePath: '/api/auth' });\n",
      'app/api/auth/[...path]/route.ts':
        'export const POST = (request: Request) => fetch(new URL(request.url, process.env.AUTH_API_URL), request);\n',
    }),
    closed: true,
  },
  'an app without a server side hands the password to a function of its own that sends': {
    files: app([], {
      'app/login/page.tsx':
        "import { LoginForm } from '../../components/LoginForm';\nexport default () => <LoginForm />;\n",
      'components/LoginForm.tsx': `import { send } from '../lib/send';
export function LoginForm() {
  const onSubmit = () => send(route, { method: 'POST', payload: { grant_type: 'password', username, password } });
  return <form onSubmit={onSubmit}><input name="username" /><input name="password" type="password" /><button>Go</button></form>;
}
`,
      'lib/send.ts': 'export const send = (url, init) => fetch(`/api${url}`, init);\n',
      'pages/api/hello.ts': "export default (_, response) => response.json({ name: 'John Doe' });\n",
    }),
    closed: true,
  },
  'better-auth without a database': {
    files: app(['better-auth'], {
      'lib/auth.ts': `import { betterAuth } from 'better-auth';
export const auth = betterAuth({ emailAndPassword: { enabled: true } });
`,
    }),
    open: ['no-user-store'],
    manual: true,
  },
  'Clerk keeps the users': {
    files: app(['@clerk/nextjs'], {
      'middleware.ts':
        "import { clerkMiddleware } from '@clerk/nextjs/server';\nexport default clerkMiddleware();\n",
      'app/sign-in/[[...sign-in]]/page.tsx':
        "import { SignIn } from '@clerk/nextjs';\nexport default function Page() { return <SignIn />; }\n",
    }),
    closed: true,
  },
  'Supabase keeps the users': {
    files: app(['@supabase/ssr'], {
      'app/login/page.jsx': `'use client';
export default function Page() {
  const submit = () => supabase.auth.signInWithPassword({ email, password });
  return <form onSubmit={submit}><input type="password" /><button>Go</button></form>;
}
`,
    }),
    closed: true,
  },
  'Supabase is installed as a database only': {
    files: app(['@supabase/supabase-js', 'next-auth'], {
      'lib/posts.ts': "export const posts = () => supabase.from('posts').select();\n",
      'auth.ts': google,
    }),
    open: ['no-user-store'],
    manual: true,
  },
  'a separate backend owns the users': {
    files: app(['next-auth'], {
      'lib/auth.js': config(`const answer = await fetch(\`\${process.env.API_URL}/auth/login\`, {
          method: 'POST',
          body: JSON.stringify({ email: credentials.email, password: credentials.password }),
        });
        const user = await answer.json();
        return user;`),
    }),
    closed: true,
  },
  'a front end without addresses of its own, beside the mocks of its tests': {
    files: app(['axios'], {
      'src/app/auth/login/page.tsx':
        "import { LoginForm } from '../../../features/login-form';\nexport default function Page() { return <LoginForm />; }\n",
      'src/features/login-form.tsx':
        "'use client';\nimport { signIn } from '../lib/auth';\nexport function LoginForm() { return <form action={signIn}><input name=\"password\" /><button>Go</button></form>; }\n",
      'src/lib/auth.ts': "export const signIn = (data: FormData) => api.post('/auth/login', data);\n",
      'src/testing/mocks/auth.ts': 'export const handler = (body) => db.user.findFirst({ where: body });\n',
    }),
    closed: true,
  },
  'only the mocks of the tests keep users': {
    files: app([], {
      'src/app/api/login/route.ts': 'export const POST = () => Response.json({ ok: true });\n',
      'src/app/login/page.tsx':
        '\'use client\';\nexport default function Page() { return <form action="/api/login"><input type="password" /><button>Go</button></form>; }\n',
      'src/testing/mocks/auth.ts': 'export const handler = (body) => db.user.findFirst({ where: body });\n',
    }),
    open: ['no-user-store'],
    manual: true,
  },
  'single sign-on for companies keeps nobody, and a script that names a service uses none': {
    files: app(['next-auth', '@workos-inc/node', '@clerk/nextjs'], {
      'auth.ts': google,
      'lib/sso.ts': "import { WorkOS } from '@workos-inc/node';\nexport const sso = new WorkOS().sso;\n",
      'scripts/clean.js': "remove('@clerk/nextjs');\n",
    }),
    open: ['no-user-store'],
    manual: true,
  },
  'a shop whose login stands in a slot and is another service': {
    files: app(['@medusajs/js-sdk'], {
      'app/account/layout.tsx': 'export default ({ login }) => login;\n',
      'app/account/@login/page.tsx':
        'import { login } from \'../../../lib/login\';\nexport default function Page() { return <form action={login}><input name="email" /><input name="password" /><button>Go</button></form>; }\n',
      'lib/login.ts':
        "'use server';\nexport const login = (data: FormData) => sdk.auth.login('customer', 'emailpass', Object.fromEntries(data));\n",
    }),
    closed: true,
  },
  'plain SQL of its own login route': {
    files: app(['better-sqlite3'], {
      'app/api/login/route.js': `import { db } from '../../../lib/db';
export async function POST(request) {
  const { email } = await request.json();
  return Response.json(db.prepare('SELECT id FROM users WHERE email = ?').get(email));
}
`,
      'lib/db.js': "import Database from 'better-sqlite3';\nexport const db = new Database('a.db');\n",
      'app/login/page.jsx': `'use client';
export default function Page() {
  return <form action="/api/login"><input type="password" /><button>Go</button></form>;
}
`,
    }),
    closed: true,
  },
  'users live in a package of the monorepo': {
    files: {
      'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
      ...app(
        ['next-auth', '@acme/db'],
        {
          'auth.ts': `import NextAuth from 'next-auth';
import { findUser } from '@acme/db';
export default NextAuth({ providers: [], callbacks: { signIn: ({ user }) => findUser(user.email) } });
`,
        },
        'apps/web/',
      ),
      'packages/db/package.json': '{ "name": "@acme/db" }',
      'packages/db/src/index.ts':
        'export const findUser = (email: string) => db.select().from(users).where(eq(users.email, email));\n',
    },
    closed: true,
  },
  'a development-only shortcut beside a real comparison': {
    files: app(['next-auth'], {
      'lib/auth.ts': config(
        `if (process.env.NODE_ENV !== 'production') return { id: 'dev' };\n        ${compared}`,
        "import { compare } from 'bcryptjs';\nimport { prisma } from '@prisma/client';",
      ),
    }),
    closed: true,
  },
  'two providers, of which the second compares with what it was started with': {
    files: app(['next-auth', '@next-auth/prisma-adapter'], {
      'auth.ts': `import NextAuth from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
export default NextAuth({
  adapter: PrismaAdapter(prisma),
  providers: [
    CredentialsProvider({ id: 'code', async authorize({ code }) { const user = await redeem(code); return { id: user.id }; } }),
    CredentialsProvider({
      credentials: { email: {}, password: {} },
      async authorize({ email, password }) {
        if (!timingSafeEqual(Buffer.from(password), Buffer.from(process.env.ADMIN ?? ''))) return null;
        return { id: email };
      },
    }),
  ],
});
`,
    }),
    closed: true,
  },
  'a mutation of another service, sent with what was typed': {
    files: app(['next-auth', '@apollo/client'], {
      'lib/auth.ts': config(
        `const { data } = await client.mutate({ mutation: LOGIN, variables: { email: credentials.email, password: credentials.password } });
        return data.login;`,
        "import { client } from './client';\nimport { LOGIN } from './mutations';",
      ),
      'lib/client.ts': `import { ApolloClient, InMemoryCache } from '@apollo/client';
export const client = new ApolloClient({ uri: process.env.GRAPHQL_URL, cache: new InMemoryCache() });
`,
    }),
    closed: true,
  },
  ...Object.fromEntries(
    [
      [
        'axios',
        "import axios from 'axios';\nexport const http = axios.create({ baseURL: process.env.BACKEND });",
      ],
      ['ky', "import ky from 'ky';\nexport const http = ky.create({ prefixUrl: process.env.BACKEND });"],
      [
        'ofetch',
        "import { ofetch } from 'ofetch';\nexport const http = ofetch.create({ baseURL: process.env.BACKEND });",
      ],
      [
        '@acme/sdk',
        "import { Client } from '@acme/sdk';\nexport const http = new Client(process.env.BACKEND);",
      ],
    ].map(([name = '', head = '']) => [
      `a client of another service, made with ${name}`,
      {
        files: app(['next-auth', name], {
          'lib/auth.ts': config('return login(credentials);', "import { login } from './http';"),
          'lib/http.ts': `${head}
export const login = ({ email, password }: Credentials) => http.${name === 'ofetch' ? 'create' : 'post'}('auth/login', { email, password });
`,
        }),
        closed: true as const,
      },
    ]),
  ),
  'a request to its own route, which keeps nobody': {
    files: app(['next-auth'], {
      'lib/auth.ts': config(`const answer = await fetch(\`\${process.env.NEXTAUTH_URL}/api/login\`, {
          method: 'POST',
          body: JSON.stringify(credentials),
        });
        return answer.json();`),
      'app/api/login/route.ts': `export async function POST(request: Request) {
  const { email, password } = await request.json();
  if (password !== 'letmein') return new Response(null, { status: 401 });
  return Response.json({ id: email });
}
`,
    }),
    open: ['no-user-store'],
    manual: true,
  },
  'a request to its own route, which looks people up': {
    files: app(['next-auth', 'drizzle-orm', 'bcryptjs'], {
      'lib/auth.ts': config(`const answer = await fetch(new URL('/api/enter', process.env.NEXTAUTH_URL), {
          method: 'POST',
          body: JSON.stringify(credentials),
        });
        return answer.json();`),
      'app/api/enter/route.ts': `import { compare } from 'bcryptjs';
export async function POST(request: Request) {
  const { email, password } = await request.json();
  const [pupil] = await db.select().from(pupils).where(eq(pupils.mail, email));
  if (!(await compare(password, pupil.hash))) return new Response(null, { status: 401 });
  return Response.json({ id: pupil.id });
}
`,
    }),
    closed: true,
  },
  'an adapter in a configuration that no route mounts': {
    files: app(['next-auth', '@auth/prisma-adapter'], {
      'lib/auth-with-users.ts': `import NextAuth from 'next-auth';
import { PrismaAdapter } from '@auth/prisma-adapter';
export const { auth } = NextAuth({ adapter: PrismaAdapter(prisma), providers: [] });
`,
      'app/api/auth/[...nextauth]/route.ts': `import NextAuth from 'next-auth';
import Google from 'next-auth/providers/google';
const handler = NextAuth({ providers: [Google] });
export { handler as GET, handler as POST };
`,
    }),
    open: ['no-user-store'],
    manual: true,
  },
  'the database of the third NextAuth': {
    files: {
      ...app(['next-auth'], {
        'pages/index.js': page,
        'pages/api/auth/[...nextauth].js': `import NextAuth from 'next-auth';
import Providers from 'next-auth/providers';
export default (req, res) => NextAuth(req, res, { providers: [Providers.Email({})], database: process.env.DATABASE_URL });
`,
      }),
      'package.json': '{ "dependencies": { "next": "11.0.0", "next-auth": "^3.29.0" } }',
    },
    closed: true,
  },
  'a database that the fourth NextAuth passes over': {
    files: {
      ...app(['next-auth'], {
        'pages/index.js': page,
        'pages/api/auth/[...nextauth].js': `import NextAuth from 'next-auth';
export default NextAuth({ providers: [], database: process.env.DATABASE_URL });
`,
      }),
      'package.json': '{ "dependencies": { "next": "14.0.0", "next-auth": "^4.24.0" } }',
    },
    open: ['no-user-store'],
    manual: true,
  },
  'users that only an authorize reads which nothing calls': {
    files: app(['next-auth', '@prisma/client'], {
      'prisma/schema.prisma': `model User {
  id    String @id
  email String @unique
}
`,
      'auth.ts': `${google}
async function authorize(credentials: Credentials) {
  return prisma.user.findUnique({ where: { email: credentials.email } });
}
`,
    }),
    open: ['unused-user-store'],
    manual: true,
  },
  'sign-in is handed over by a redirect': {
    files: app([], {
      'app/login/page.tsx': `import { redirect } from 'next/navigation';
export default function Page() {
  redirect(\`\${process.env.ACCOUNTS_URL}/login\`);
}
`,
    }),
    closed: true,
  },
  'people register for a waitlist': {
    files: app(['@prisma/client'], {
      'app/register/page.tsx': `export default function Page() {
  return <form action="/api/register"><input name="email" /><button>Join the waitlist</button></form>;
}
`,
      'app/api/register/route.ts': `export async function POST(request: Request) {
  const { email } = await request.json();
  return Response.json(await prisma.waitlist.create({ data: { email } }));
}
`,
    }),
    notApplicable: true,
  },
  'a chat has sessions': {
    files: app(['@prisma/client'], {
      'app/api/sessions/route.ts': `export async function POST(request: Request) {
  const { title } = await request.json();
  return Response.json(await prisma.chatSession.create({ data: { title } }));
}
`,
    }),
    notApplicable: true,
  },
  'an id and a role that are typed': {
    files: app(['next-auth'], {
      'auth.ts': `import Credentials from 'next-auth/providers/credentials';
export const authOptions = {
  providers: [
    Credentials({
      credentials: { userId: {}, role: {} },
      authorize: async ({ userId, role }) => ({ id: userId, role }),
    }),
  ],
};
`,
    }),
    open: ['no-user-store', 'any-password'],
    manual: true,
  },
  'a login route of its own that sets the cookie for whom it finds': {
    files: app(['@prisma/client'], {
      'app/login/page.tsx': `export default function Page() {
  return <form action="/api/login"><input name="email" /><input name="password" type="password" /><button>Go</button></form>;
}
`,
      'app/api/login/route.ts': `import { cookies } from 'next/headers';
export async function POST(request: Request) {
  const { email, password } = await request.json();
  if (!email || !password) return new Response(null, { status: 400 });
  const user = await prisma.user.findUnique({ where: { email } });
  if (!user) return new Response(null, { status: 401 });
  (await cookies()).set('session', user.id);
  return Response.json({});
}
`,
    }),
    open: ['any-password'],
    manual: true,
  },
  'one door hands back what the form brings, and one says yes to everybody, with a token that is made for it':
    {
      files: app(['next-auth'], {
        'auth.ts': `import NextAuth from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
const switching = Credentials({
  id: 'tenant-switch',
  credentials: { tenantId: {}, sessionAsJson: {} },
  async authorize(credentials) {
    const { user } = JSON.parse(credentials.sessionAsJson);
    if (!user.tenants.find((tenant) => tenant.id === credentials.tenantId)) throw new Error('no such tenant');
    return { ...user, tenantId: credentials.tenantId };
  },
});
const nobody = [
  Credentials({
    credentials: {},
    authorize: async () => ({ id: '1', role: 'user', accessToken: JSON.stringify({ tenant: 'main' }) }),
  }),
];
export const { handlers } = NextAuth({ providers: [...nobody, switching] });
`,
        'app/api/auth/[...nextauth]/route.ts': "export { GET, POST } from '../../../../auth';\n",
      }),
      open: ['no-user-store', 'any-password', 'any-password'],
      manual: true,
    },
  'a guest beside a sound door': {
    files: app(['next-auth', '@prisma/client', 'bcryptjs'], {
      'lib/auth.ts': config(
        compared,
        "import { compare } from 'bcryptjs';\nimport { prisma } from './db';",
      ).replace(
        'providers: [',
        "providers: [CredentialsProvider({ id: 'guest', credentials: {}, authorize: async () => ({ id: crypto.randomUUID(), name: 'Guest' }) }),",
      ),
      'lib/db.ts': 'export const prisma = new PrismaClient();\n',
    }),
    closed: true,
  },
  'people who are kept under keys': {
    files: app(['@upstash/redis'], {
      'app/login/page.tsx': `export default function Page() {
  return <form action="/api/login"><input name="email" /><input name="password" type="password" /><button>Go</button></form>;
}
`,
      'app/api/login/route.ts': `import { adminBy } from '../../../lib/admins';
export async function POST(request: Request) {
  const { email, password } = await request.json();
  const admin = await adminBy(email);
  if (!admin || !(await verifyPassword(password, admin.hash))) return new Response(null, { status: 401 });
  await setSession(admin);
  return Response.json({});
}
`,
      'lib/admins.ts': 'export const adminBy = (email: string) => redis.get(`admin:${email}`);\n',
    }),
    closed: true,
  },
  'a connection that is opened with the password': {
    files: app(['next-auth', 'falkordb'], {
      'lib/auth.ts': config(
        `let options;
        if (credentials.password) options = { username: credentials.email, password: credentials.password };
        const client = await Graph.connect(options);
        return { id: credentials.email };`,
        "import { Graph } from 'falkordb';",
      ),
    }),
    closed: true,
  },
  'what sign-in is made of is not in the repository': {
    files: app([], {
      'app/login/page.tsx': `import { SignInForm } from '../../features/auth/SignInForm';
export default function Page() {
  return <SignInForm />;
}
`,
    }),
    unknown: true,
  },
  'a file with NUL bytes that nothing names': {
    files: app(['next-auth', '@auth/drizzle-adapter'], {
      'auth.ts': `import NextAuth from 'next-auth';
import { DrizzleAdapter } from '@auth/drizzle-adapter';
export const { auth } = NextAuth({ adapter: DrizzleAdapter(db), providers: [] });
`,
      'lib/bench.ts': 'export const bytes = "\u0000\u0000\u0000";\n',
    }),
    closed: true,
  },
  'no app': { files: { 'package.json': '{}', 'server.js': '' }, notApplicable: true },
  'an app without sign-in': { files: app([], { 'app/about/page.tsx': page }), notApplicable: true },
});
