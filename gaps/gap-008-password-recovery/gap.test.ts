import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const page = 'export default function Page() { return null; }\n';

function home(files: Tree): Tree {
  const isElsewhere = Object.keys(files).some((path) => /^(src\/app|pages)\//.test(path));
  return isElsewhere ? {} : { 'app/page.tsx': page };
}

function app(dependencies: readonly string[], files: Tree, dir = ''): Tree {
  const names = ['next', 'react', ...dependencies];
  const manifest = { name: 'web', dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) };
  const all: Tree = { 'package.json': JSON.stringify(manifest), ...home(files), ...files };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [dir + path, text]));
}

const auth = `import Credentials from 'next-auth/providers/credentials';
export const authOptions = {
  providers: [Credentials({ credentials: { password: {} }, authorize: (credentials) => check(credentials.password) })],
};
`;
const askPage = `'use client';
export default function Page() {
  const send = (event) => fetch('/api/auth/forgot-password', { method: 'POST', body: new FormData(event.target) });
  return <form onSubmit={send}><input type="email" name="email" /><button>Send</button></form>;
}
`;
const newPage = askPage.replace('forgot-password', 'reset-password').replaceAll('email', 'password');
const request = `import { createHash, randomBytes } from 'node:crypto';
import { Resend } from 'resend';
import { db } from '../../../../lib/db';
export async function POST(request) {
  const { email } = await request.json();
  const token = randomBytes(32).toString('hex');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  db.savePasswordReset(email, { tokenHash, expiresAt: Date.now() + 3600000 });
  await new Resend(process.env.RESEND_API_KEY).emails.send({ to: email, text: '/reset-password?token=' + token });
  return Response.json({ ok: true });
}
`;
const reset = `import { db } from '../../../../lib/db';
import { hash } from '../../../../lib/hash';
export async function POST(request) {
  const { token, password } = await request.json();
  const row = db.findPasswordReset(hash(token));
  if (!row) return Response.json({ error: 'invalid' }, { status: 400 });
  db.updateUser(row.userId, { passwordHash: hash(password) });
  db.deletePasswordReset(row.id);
  return Response.json({ ok: true });
}
`;
const rawAction = `'use server';
import { randomBytes } from 'node:crypto';
import { Resend } from 'resend';
import { db } from '../db';
export async function makeResetLink(email) {
  const token = randomBytes(32).toString('hex');
  await db.passwordResetToken.create({ email, expiresAt: Date.now() + 3600000, token });
  await new Resend(process.env.RESEND_API_KEY).emails.send({ to: email, text: '/reset-password?token=' + token });
}
`;
/** A credentials provider around the body of an authorize function. */
function authorizing(body: string): string {
  return `import Credentials from 'next-auth/providers/credentials';
export const authOptions = {
  providers: [Credentials({
    credentials: { email: {}, password: {} },
    async authorize(credentials) {
      ${body}
    },
  })],
};
`;
}
const takeover = `export async function POST(request) {
  const { email, newPassword } = await request.json();
  const user = await prisma.user.findUnique({ where: { email } });
  if (!user) return new Response(null, { status: 404 });
  await prisma.user.update({ where: { email }, data: { password: await hash(newPassword, 12) } });
  return Response.json({ ok: true });
}
`;
const complete: Tree = {
  'lib/auth.js': auth,
  'app/(auth)/forgot-password/page.jsx': askPage,
  'app/(auth)/reset-password/page.jsx': newPage,
  'app/api/auth/forgot-password/route.js': request,
  'app/api/auth/reset-password/route.js': reset,
};
function without(files: Tree, path: string): Tree {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== path));
}
/** Credentials that are checked by another service. */
const asksApi =
  authorizing(`const answer = await fetch(\`\${process.env.API_URL}/signin\`, { method: 'POST', body: JSON.stringify(credentials) });
      return answer.ok ? answer.json() : null;`);
const libraries = ['next-auth', 'resend'];

/** Pages that ask a server which stands elsewhere. */
const asking: Tree = {
  'app/forgot-password/page.jsx': askPage.replace('/api/auth/forgot-password', '/api/v1/forgot-password'),
  'app/reset-password/page.jsx': newPage.replace('/api/auth/reset-password', '/api/v1/reset-password'),
};

/** A server beside the app that sets a password by a signed token. */
function signedBackend(verified: string): Tree {
  return {
    'api/package.json': '{ "name": "api", "dependencies": { "fastify": "5.0.0", "bcrypt": "6.0.0" } }',
    'api/src/auth.ts': `import bcrypt from 'bcrypt';
import jwt from 'jsonwebtoken';
import { db } from './db';
export function authRoutes(server) {
  server.post('/signin', ({ body }) => db.user.check(body));
  server.post('/reset-password', async ({ body }) => {
    const user = await db.user.find(jwt.decode(body.token).id);
    const { id } = ${verified};
    const password = await bcrypt.hash(body.newPassword, 10);
    await db.user.update({ where: { id: id ?? user.id }, data: { password } });
  });
}
`,
  };
}

testGap(gap, import.meta.url, {
  'a form without a handler': {
    files: app(['next-auth'], {
      'lib/auth.js': auth,
      'app/(auth)/forgot-password/page.jsx':
        'export default function Page() { return <form><input type="email" /><button>Send</button></form>; }\n',
    }),
    open: ['inert-form', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'passwords and nothing else': {
    files: app(['next-auth'], { 'lib/auth.js': auth }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'the form posts to a route that is not there': {
    files: app(['next-auth'], {
      'src/app/forgot-password/page.jsx': askPage,
      'src/lib/auth.js': auth,
    }),
    open: ['no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'no mail leaves': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request
        .replace("import { Resend } from 'resend';\n", '')
        .replace(/ {2}await new Resend.*\n/, '  // await resend.emails.send({ to: email });\n'),
    }),
    open: ['no-mail'],
    manual: true,
  },
  'two places make tokens, and one of them keeps the hash': {
    files: app(libraries, {
      ...complete,
      'lib/actions/password-reset.js': rawAction,
    }),
    open: ['raw-token'],
    manual: true,
  },
  'two places keep raw tokens': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request
        .replace(/ {2}const tokenHash.*\n/, '')
        .replace('tokenHash,', 'token,')
        .replace('createHash, ', ''),
      'lib/actions/password-reset.js': rawAction,
    }),
    open: ['raw-token', 'raw-token'],
    manual: true,
  },
  'a function beside the reset makes a salt, and mails that the password was set': {
    files: app(libraries, {
      ...complete,
      'lib/actions/password-reset.js': rawAction
        .replace('makeResetLink(email)', 'resetPassword(email, password)')
        .replace('token }', 'salt: token, passwordHash: hash(password) }'),
    }),
    closed: true,
  },
  'a signed token is mailed and kept nowhere': {
    files: app([...libraries, 'jsonwebtoken'], {
      ...complete,
      'app/api/auth/forgot-password/route.js': `import { sign } from 'jsonwebtoken';
import { Resend } from 'resend';
export async function POST(request) {
  const { email } = await request.json();
  const token = sign({ email }, process.env.RESET_SECRET, { expiresIn: '20m' });
  await new Resend(process.env.RESEND_API_KEY).emails.send({ to: email, text: '/reset-password?token=' + token });
  return Response.json({ ok: true });
}
`,
    }),
    closed: true,
  },
  'a caller of the request hashes keys of something else': {
    files: app(libraries, {
      ...without(complete, 'app/api/auth/forgot-password/route.js'),
      'app/api/account/mail/route.js': `import { sendReset } from '../../../../lib/users';
import { listFiles } from '../../../../lib/files';
export async function POST(request) {
  const { email } = await request.json();
  await sendReset(email);
  return Response.json(await listFiles(email));
}
`,
      'lib/users.js': rawAction
        .replace("'use server';\n", '')
        .replace('makeResetLink', 'sendReset')
        .replace('./db', '../lib/db'),
      'lib/files.js':
        "import { signed } from './signed';\nexport const listFiles = (email) => [email].map((each) => signed(each));\n",
      'lib/signed.js':
        "import { createHmac, randomBytes } from 'node:crypto';\nexport function signed(path) {\n  return createHmac('sha256', randomBytes(8)).update(path).digest('hex');\n}\n",
    }),
    open: ['raw-token'],
    manual: true,
  },
  'the raw token is kept': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request
        .replace(/ {2}const tokenHash.*\n/, '')
        .replace('tokenHash,', 'token,')
        .replace('createHash, ', ''),
      'app/api/auth/reset-password/route.js': reset.replace('hash(token)', 'token'),
    }),
    open: ['raw-token'],
    manual: true,
  },
  'the raw token is kept with the user, and asked for in another route': {
    files: app(['next-auth', '@prisma/client', 'resend', 'typescript'], {
      'lib/auth.ts': auth,
      'tsconfig.json': '{}',
      'app/forgot-password/page.tsx': askPage,
      'app/reset-password/page.tsx': newPage,
      'app/api/auth/forgot-password/route.ts': `import crypto from 'crypto';
import { Resend } from 'resend';
import { prisma } from '../../../../lib/prisma';

export async function POST(request: Request) {
  const { email } = await request.json();
  const user = await prisma.user.findUnique({ where: { email } });
  if (user && (await isWithinLimit(email))) {
    const resetToken = crypto.randomBytes(32).toString('hex');
    const resetTokenExpiry = new Date(Date.now() + 3600000);
    await prisma.user.update({ where: { id: user.id }, data: { resetToken, resetTokenExpiry } });
    const url = \`\${process.env.NEXTAUTH_URL}/reset-password#token=\${resetToken}\`;
    await new Resend(process.env.RESEND_API_KEY).emails.send({ from: FROM, to: email, subject: 'Reset', text: url });
  }
  return Response.json({ ok: true });
}
`,
      'app/api/auth/reset-password/route.ts': `import { hash } from 'bcryptjs';
import { prisma } from '../../../../lib/prisma';

export async function POST(request: Request) {
  const { token, password } = await request.json();
  const user = await prisma.user.findFirst({
    where: { resetToken: token, resetTokenExpiry: { gte: new Date() } },
  });
  if (!user) return Response.json({ error: 'invalid' }, { status: 400 });
  const passwordHash = await hash(password, 12);
  await prisma.user.update({
    where: { id: user.id },
    data: { passwordHash, resetToken: null, resetTokenExpiry: null, sessionVersion: { increment: 1 } },
  });
  return Response.json({ ok: true });
}
`,
    }),
    open: ['raw-token'],
  },
  'the token never expires': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request.replace(', expiresAt: Date.now() + 3600000', ''),
    }),
    open: ['no-expiry'],
    manual: true,
  },
  'the token works twice': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/reset-password/route.js': reset.replace('  db.deletePasswordReset(row.id);\n', ''),
    }),
    open: ['reusable-token'],
    manual: true,
  },
  'Supabase without a reset': {
    files: app(['@supabase/ssr'], {
      'app/login/page.jsx': `'use client';
export default function Page() {
  const submit = () => supabase.auth.signInWithPassword({ email, password });
  return <form onSubmit={submit}><input type="password" /></form>;
}
`,
    }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'routes that do all of it': { files: app(libraries, complete), closed: true },
  'server actions': {
    files: app(['resend', 'next-auth'], {
      'auth.ts': auth,
      'app/forgot-password/page.tsx':
        'import { forgotPassword } from \'./actions\';\nexport default function Page() { return <form action={forgotPassword}><input name="email" /></form>; }\n',
      'app/forgot-password/actions.ts': `'use server';\n${request.replace('POST(request)', 'forgotPassword(form)')}`,
      'app/reset-password/page.tsx':
        'import { resetPassword } from \'./actions\';\nexport default function Page() { return <form action={resetPassword}><input name="password" /></form>; }\n',
      'app/reset-password/actions.ts': `'use server';\n${reset.replace('POST(request)', 'resetPassword(form)')}`,
    }),
    closed: true,
  },
  'a tRPC router': {
    files: app(libraries, {
      'lib/auth.js': auth,
      'app/forgot-password/page.jsx': askPage.replace('fetch(', 'api.auth.requestPasswordReset.mutate('),
      'app/reset-password/page.jsx': newPage.replace('fetch(', 'api.auth.resetPassword.mutate('),
      'server/routers/auth.js': `${request.replace('POST(request)', 'requestPasswordReset(request)')}
${reset.replace('POST(request)', 'resetPassword(request)').replace(/^import.*\n/gm, '')}`,
    }),
    closed: true,
  },
  'the Pages Router': {
    files: app(libraries, {
      'lib/auth.js': auth,
      'pages/index.js': page,
      'pages/forgot-password.js': askPage,
      'pages/reset-password.js': newPage,
      'pages/api/forgot-password.js': request.replace(
        'export async function POST',
        'export default async function handler',
      ),
      'pages/api/reset-password.js': reset.replace(
        'export async function POST',
        'export default async function handler',
      ),
    }),
    closed: true,
  },
  'better-auth mails the reset': {
    files: app(['better-auth'], {
      'lib/auth.ts':
        "import { betterAuth } from 'better-auth';\nexport const auth = betterAuth({ database, emailAndPassword: { enabled: true, sendResetPassword: async ({ user, url }) => send(user.email, url) } });\n",
      'app/forgot-password/page.tsx':
        '\'use client\';\nexport default function Page() { return <form onSubmit={() => authClient.requestPasswordReset({ email })}><input name="email" /></form>; }\n',
    }),
    closed: true,
  },
  'Clerk lets people back in': {
    files: app(['@clerk/nextjs'], {
      'app/sign-in/page.tsx':
        "import { SignIn } from '@clerk/nextjs';\nexport default function Page() { return <SignIn />; }\n",
    }),
    closed: true,
  },
  'Firebase mails the reset': {
    files: app(['firebase'], {
      'app/login/page.tsx':
        "'use client';\nimport { signInWithEmailAndPassword } from 'firebase/auth';\nexport default function Page() { return <form onSubmit={() => signInWithEmailAndPassword(auth, email, password)}><input type=\"password\" /></form>; }\n",
      'app/forgot-password/page.tsx':
        "'use client';\nimport { sendPasswordResetEmail } from 'firebase/auth';\nexport default function Page() { return <form onSubmit={() => sendPasswordResetEmail(auth, email)}><input name=\"email\" /></form>; }\n",
    }),
    closed: true,
  },
  'a separate backend resets the password': {
    files: app(['next-auth'], {
      'lib/auth.js': auth,
      'app/forgot-password/page.jsx': askPage
        .replace("fetch('/api/auth", 'fetch(`${API}/auth')
        .replace("password',", 'password`,'),
    }),
    closed: true,
  },
  'a magic link beside the password brings no password back': {
    files: app(['next-auth'], {
      'lib/auth.js': `import EmailProvider from 'next-auth/providers/email';\n${auth.replace('[', '[EmailProvider({}), ')}`,
    }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'a magic link beside a reset that keeps the raw token, though keys are hashed': {
    files: app(libraries, {
      ...complete,
      'lib/auth.js': `import EmailProvider from 'next-auth/providers/email';\n${auth.replace('[', '[EmailProvider({}), ')}`,
      'lib/hash.js':
        "import { createHash } from 'node:crypto';\nexport const hash = (key) => createHash('sha256').update(key).digest('hex');\n",
      'app/api/auth/forgot-password/route.js': request
        .replace(/ {2}const tokenHash.*\n/, '')
        .replace('tokenHash,', 'token,')
        .replace('createHash, ', ''),
      'app/api/auth/reset-password/route.js': reset.replace('hash(token)', 'token'),
    }),
    open: ['raw-token'],
    manual: true,
  },
  'thin pages and a component with the password field, compared by an action': {
    files: app(['bcryptjs'], {
      'app/(login)/sign-in/page.tsx':
        'import { Login } from \'../login\';\nexport default function Page() { return <Login mode="in" />; }\n',
      'app/(login)/login.tsx':
        '\'use client\';\nimport { enter } from \'./actions\';\nexport function Login() { return <form action={enter}><input name="email" /><input id="password" name="password" type="password" /><button>Go</button></form>; }\n',
      'app/(login)/actions.ts':
        "'use server';\nimport { compare } from 'bcryptjs';\nexport async function enter(form: FormData) { return compare(String(form.get('password')), await storedHash()); }\n",
    }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'a client with an address of its own sends the password to another service': {
    files: app([], {
      'src/pages/auth/login.jsx':
        "import { LoginForm } from '../../components/LoginForm';\nexport default function Login() { return <LoginForm />; }\n",
      'src/components/LoginForm.jsx':
        "import { api } from '../lib/api';\nexport function LoginForm() { return <form onSubmit={(values) => api.post('/auth/login', values)}><input {...register('email')} /><input {...register('password')} /><button>Go</button></form>; }\n",
      'src/lib/api.js': 'export const api = axios.create({ baseURL: process.env.NEXT_PUBLIC_API_URL });\n',
    }),
    closed: true,
  },
  'a media server keeps the passwords': {
    files: app([], {
      'app/login/page.tsx':
        'import { login } from \'@/lib/login\';\nexport default () => <form action={login}><input name="username" /><input name="password" type="password" /><button>Go</button></form>;\n',
      'lib/login.ts':
        "'use server';\nexport async function login(form: FormData) { await fetch(`${process.env.MEDIA}/Users/Authenticate`, { method: 'POST', body: JSON.stringify({ Pw: form.get('password') }) }); }\n",
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    }),
    closed: true,
  },
  'a backend of the repository keeps the passwords': {
    files: {
      ...app([], {
        'app/login/page.tsx':
          'import { login } from \'../../lib/login\';\nexport default () => <form action={login}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;\n',
        'lib/login.ts':
          "'use server';\nexport async function login(form: FormData) { await fetch(`${process.env.API}/login`, { method: 'POST', body: JSON.stringify({ password: form.get('password') }) }); }\n",
      }),
      'backend/package.json': '{ "name": "api", "dependencies": { "bcryptjs": "3.0.0" } }',
      'backend/src/login.ts': "import { compare } from 'bcryptjs';\nexport const check = compare;\n",
    },
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  "the forgotten password is another service's, too, and the token stands in the address": {
    files: app([], {
      'src/app/auth/login/page.jsx':
        "import { Login } from '../../../components/login';\nexport default function Page() { return <Login />; }\n",
      'src/app/auth/forgot/page.jsx':
        "import { Forgot } from '../../../components/forgot';\nexport default function Page() { return <Forgot />; }\n",
      'src/app/auth/forgot/[token]/page.jsx': page,
      'src/app/api/uploads/route.js': 'export const POST = () => null;\n',
      'src/components/login.jsx':
        "export const Login = () => <form onSubmit={(v) => fetchData('/auth/login', v)}><input {...register('email')} /><input {...register('password')} /><button>Go</button></form>;\n",
      'src/components/forgot.jsx':
        'export const Forgot = () => <form onSubmit={(v) => fetchData(\'/auth/forgot\', v)}><input name="email" /><button>Go</button></form>;\n',
    }),
    closed: true,
  },
  'an identity provider does not help those with a password of the app': {
    files: app(['next-auth'], {
      'lib/auth.js': `import Okta from 'next-auth/providers/okta';\n${auth.replace('[', '[Okta({}), ')}`,
    }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'a code by e-mail signs in, and another password opens a document': {
    files: app(['@supabase/ssr'], {
      'app/login/page.jsx':
        "'use client';\nexport default function Page() { return <form onSubmit={() => supabase.auth.signInWithOtp({ email })}><input /></form>; }\n",
      'components/PdfViewer.jsx':
        'export const PdfViewer = ({ open }) => <form onSubmit={open}><input type="password" /></form>;\n',
    }),
    notApplicable: true,
  },
  'a magic link whose provider stands in a file of its own': {
    files: app(['next-auth'], {
      'lib/auth.js': `import { mail } from './providers';\n${auth.replace('[', '[mail, ')}`,
      'lib/providers.js':
        "import Resend from 'next-auth/providers/resend';\nexport const mail = Resend({ from: process.env.EMAIL_FROM });\n",
    }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'better-auth is told to have no passwords, and a page asks reviewers for a code': {
    files: app(['better-auth'], {
      'lib/auth.ts':
        "import { betterAuth } from 'better-auth';\nexport const auth = betterAuth({ database, emailAndPassword: { enabled: false }, socialProviders });\n",
      'app/review/sign-in/page.tsx':
        '\'use client\';\nexport default function Page() { return <form action={open}><input name="email" /><input name="password" type="password" /><button>Go</button></form>; }\n',
    }),
    notApplicable: true,
  },
  'a monorepo with the handlers in the app': {
    files: {
      'package.json': '{ "private": true, "workspaces": ["apps/*"] }',
      ...app(libraries, complete, 'apps/web/'),
    },
    closed: true,
  },
  'a password that all visitors of a page share': {
    files: app(['next-auth'], {
      'auth.ts':
        "import NextAuth from 'next-auth';\nimport Google from 'next-auth/providers/google';\nexport default NextAuth({ providers: [Google] });\n",
      'app/[domain]/login/page.tsx':
        "import { Form } from './form';\nexport default function Page() { return <Form />; }\n",
      'app/[domain]/login/form.tsx':
        '\'use client\';\nexport function Form() { return <form action={open}><input name="password" type="password" /><button>Open</button></form>; }\n',
    }),
    notApplicable: true,
  },
  'a thin page called reset, whose form asks for the address': {
    files: app(libraries, {
      'lib/auth.js': auth,
      'app/auth/reset/page.jsx':
        "import { ResetForm } from '../../../components/reset-form';\nexport default function Page() { return <ResetForm />; }\n",
      'components/reset-form.jsx':
        '\'use client\';\nexport function ResetForm() { return <form action={send}><input type="email" name="email" /><button>Send</button></form>; }\n',
      'app/auth/new-password/page.jsx': newPage,
      'app/api/auth/forgot-password/route.js': request,
      'app/api/auth/reset-password/route.js': reset,
    }),
    closed: true,
  },
  'a code by e-mail signs in, and no password': {
    files: app(['next-auth', '@prisma/client'], {
      'lib/auth.js': `import Credentials from 'next-auth/providers/credentials';
export const authOptions = {
  providers: [Credentials({
    credentials: { email: {}, otp: {} },
    async authorize({ email, otp }) {
      const code = await prisma.code.findFirst({ where: { email, otp } });
      return code ? { id: code.userId } : null;
    },
  })],
};
`,
      'app/login/page.jsx': `'use client';
export default function Page() {
  return <form action={send}><p>No password needed.</p><input name="email" /><button>Send</button></form>;
}
`,
    }),
    notApplicable: true,
  },
  "one password, the operator's": {
    files: app([], {
      'app/login/page.tsx': `import { login } from './actions';
export default function Page() {
  return <form action={login}><input name="password" type="password" /><input name="username" /><button>Go</button></form>;
}
`,
      'app/login/actions.ts': `'use server';
export async function login(form: FormData) {
  if (form.get('password') !== process.env.ADMIN_PASSWORD) return { error: 'wrong' };
  (await cookies()).set('session', await seal());
}
`,
    }),
    notApplicable: true,
  },
  'credentials that are sent to another service as they are': {
    files: app(['next-auth'], {
      'lib/auth.js': authorizing(`const answer = await fetch(process.env.API_URL + '/auth/login', {
        method: 'POST',
        body: JSON.stringify(credentials),
      });
      return answer.ok ? answer.json() : null;`),
    }),
    closed: true,
  },
  'credentials that are sent as the parameters of a form': {
    files: app(['next-auth'], {
      'lib/auth.js':
        authorizing(`const body = new URLSearchParams({ username: credentials.email, password: credentials.password });
      const answer = await fetch(\`\${process.env.KEYCLOAK}/token\`, { method: 'POST', body });
      return answer.ok ? answer.json() : null;`),
    }),
    closed: true,
  },
  'a mutation of another service': {
    files: app(['next-auth', '@apollo/client'], {
      'lib/auth.js': `import { client } from './client';
import { LOGIN } from './mutations';
${authorizing(`const { data } = await client.mutate({
        mutation: LOGIN,
        variables: { email: credentials.email, password: credentials.password },
      });
      return data?.login ?? null;`)}`,
      'lib/client.js': `import { ApolloClient, InMemoryCache } from '@apollo/client';
export const client = new ApolloClient({ uri: process.env.GRAPHQL_URL, cache: new InMemoryCache() });
`,
    }),
    closed: true,
  },
  'an axios instance in a file of its own': {
    files: app(['next-auth', 'axios'], {
      'lib/auth.js': `import { login } from './api';
${authorizing('return login(credentials);')}`,
      'lib/api.js': `import axios from 'axios';
const http = axios.create({ baseURL: process.env.BACKEND_URL });
export const login = async ({ email, password }) => (await http.post('/auth/login', { email, password })).data;
`,
    }),
    closed: true,
  },
  'a directory that the password is bound with': {
    files: app(['next-auth', 'ldapts'], {
      'lib/auth.js': `import { Client } from 'ldapts';
${authorizing(`const client = new Client({ url: process.env.LDAP_URL });
      await client.bind(\`uid=\${credentials.username}\`, credentials.password);
      return { id: credentials.username };`)}`,
    }),
    closed: true,
  },
  'a request to a route of its own is answered here': {
    files: app(['next-auth', '@prisma/client', 'bcryptjs'], {
      'lib/auth.js': authorizing(`const answer = await fetch(\`\${process.env.NEXTAUTH_URL}/api/login\`, {
        method: 'POST',
        body: JSON.stringify(credentials),
      });
      return answer.ok ? answer.json() : null;`),
      'app/api/login/route.js': `import { compare } from 'bcryptjs';
export async function POST(request) {
  const { email, password } = await request.json();
  const user = await prisma.user.findUnique({ where: { email } });
  if (!user || !(await compare(password, user.passwordHash))) return new Response(null, { status: 401 });
  return Response.json({ id: user.id });
}
`,
    }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'the home page is the login page': {
    files: app(['bcryptjs'], {
      'app/page.tsx': `import { enter } from '../lib/enter';
export default function Page() {
  return <form action={enter}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;
}
`,
      'lib/enter.ts': `'use server';
import { compare } from 'bcryptjs';
export async function signIn(form: FormData) {
  return compare(String(form.get('password')), await storedHash(form.get('email')));
}
`,
    }),
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  ...Object.fromEntries(
    ['forget-password', 'forgotPassword', 'lost-password', 'recover', 'forgot'].map((name) => [
      `the page is called ${name}`,
      {
        files: app(libraries, {
          ...complete,
          'app/(auth)/forgot-password/page.jsx': 'export const nothing = null;\n',
          [`app/(auth)/${name}/page.jsx`]: askPage,
        }),
        closed: true as const,
      },
    ]),
  ),
  'a page that resets and says that a mail came, beside one that is called forgot': {
    files: app(libraries, {
      'lib/auth.js': auth,
      'pages/index.js': page,
      'pages/forgot.js': askPage,
      'pages/reset.js': newPage.replace('<button>', '<p>We sent you an email.</p><button>'),
      'pages/api/forgot.js': request.replace(
        'export async function POST',
        'export default async function handler',
      ),
      'pages/api/reset.js': reset.replace(
        'export async function POST',
        'export default async function handler',
      ),
    }),
    closed: true,
  },
  'the forgotten password is a tab of the login page': {
    files: app(libraries, {
      'lib/auth.js': auth,
      'app/login/page.jsx': `'use client';
import { ForgotTab } from '../../components/ForgotTab';
export default function Page() {
  return <><form action={enter}><input name="email" /><input name="password" type="password" /></form><ForgotTab /></>;
}
`,
      'components/ForgotTab.jsx': `'use client';
export function ForgotTab() {
  const send = (email) => fetch('/api/auth/forgot-password', { method: 'POST', body: JSON.stringify({ email }) });
  return <form action={send}><input name="email" /><button>Send</button></form>;
}
`,
      'app/reset-password/page.jsx': newPage,
      'app/api/auth/forgot-password/route.js': request,
      'app/api/auth/reset-password/route.js': reset,
    }),
    closed: true,
  },
  'Convex has the reset of its password provider': {
    files: app(['@convex-dev/auth'], {
      'convex/auth.ts': `import { Password } from '@convex-dev/auth/providers/Password';
import { convexAuth } from '@convex-dev/auth/server';
import { ResendOTP } from './ResendOTP';
export const { auth, signIn } = convexAuth({ providers: [Password({ reset: ResendOTP })] });
`,
    }),
    closed: true,
  },
  'a token that confirms an address is kept raw, and the one of the reset is not': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request.replace(
        'export async function POST',
        `export async function verifyEmail(email) {
  const token = randomBytes(32).toString('hex');
  await db.saveVerification(email, { token });
}
export async function POST`,
      ),
    }),
    closed: true,
  },
  'a raw token of the reset, beside one that confirms an address': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request
        .replace(
          'export async function POST',
          `export async function verifyEmail(email) {
  const token = randomBytes(32).toString('hex');
  await db.saveVerification(email, { token });
}
export async function POST`,
        )
        .replace(/ {2}const tokenHash.*\n/, '')
        .replace('tokenHash,', 'token,')
        .replace('createHash, ', ''),
      'app/api/auth/reset-password/route.js': reset.replace('hash(token)', 'token'),
    }),
    open: ['raw-token'],
    manual: true,
  },
  'a generated client names the fields of a reset': {
    files: app(libraries, {
      ...complete,
      'lib/generated/graphql.ts': `export const resetPassword = (token: string) => ({ token, password: '', update: true });
`,
    }),
    closed: true,
  },
  'the link goes to the log, and a variable is no mail': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request
        .replace("import { Resend } from 'resend';\n", '')
        .replace(
          / {2}await new Resend.*\n/,
          `  const resetUrl = \`\${process.env.NEXTAUTH_URL}/reset-password?token=\${token}\`;
  console.log('reset link', resetUrl);
  if (process.env.SENDGRID_API_KEY || process.env.RESEND_API_KEY) console.log('would send mail');
`,
        ),
    }),
    open: ['no-mail', 'logged-link'],
    manual: true,
  },
  'the link goes to the log in development only': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': request.replace(
        '  await new Resend',
        "  if (process.env.NODE_ENV === 'development') console.log('/reset-password?token=' + token);\n  await new Resend",
      ),
    }),
    closed: true,
  },
  'anybody sets the password of anybody': {
    files: app(libraries, {
      ...complete,
      'app/api/account/password/route.js': takeover,
    }),
    open: ['takeover-route'],
    manual: true,
  },
  'the old password is asked for': {
    files: app(libraries, {
      ...complete,
      'app/api/account/password/route.js': takeover
        .replace('{ email, newPassword }', '{ email, oldPassword, newPassword }')
        .replace(
          '  await prisma',
          '  if (!(await isRight(email, oldPassword))) return new Response(null, { status: 403 });\n  await prisma',
        ),
    }),
    closed: true,
  },
  'one method asks for a session by a helper, and the other one does not': {
    files: app(libraries, {
      ...complete,
      'app/api/account/password/route.js': `${takeover}
export async function PATCH(request) {
  const user = await requireUser(request);
  const { newPassword } = await request.json();
  await prisma.user.update({ where: { id: user.id }, data: { password: newPassword } });
  return Response.json({});
}
async function requireUser(request) {
  return sessionOf(request.headers);
}
`,
    }),
    open: ['takeover-route'],
    manual: true,
  },
  'every method asks for a session by a helper': {
    files: app(libraries, {
      ...complete,
      'app/api/account/password/route.js': `import { requireUser } from '../../../../lib/require-user';
${takeover.replace('  const { email', '  await requireUser(request);\n  const { email')}`,
      'lib/require-user.js': `export async function requireUser(request) {
  return sessionOf(request.headers);
}
`,
    }),
    closed: true,
  },
  'an action that sets the password of anybody': {
    files: app(libraries, {
      ...complete,
      'app/(auth)/actions.ts': `'use server';
import { hash } from 'bcryptjs';
export async function setPassword({ email, password }: Form) {
  if (!email || !password) throw new Error('missing');
  const hashedPassword = await hash(password, 10);
  await prisma.user.update({ where: { email }, data: { hashedPassword } });
}
`,
    }),
    open: ['takeover-route'],
    manual: true,
  },
  'a backend of the repository resets the password': {
    files: {
      ...app(['axios'], {
        'app/login/page.tsx': `import { login } from '../../lib/api';
export default function Page() {
  return <form action={login}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;
}
`,
        'app/forgot-password/page.tsx': askPage,
        'app/reset-password/page.tsx': newPage,
        'lib/api.ts': `import axios from 'axios';
export const login = (form: FormData) => axios.post('/auth/login', { password: form.get('password') });
`,
      }),
      'backend/package.json': '{ "name": "api", "dependencies": { "bcryptjs": "3.0.0" } }',
      'backend/src/forgot-password.ts': request.replace('POST(request)', 'forgotPassword(request)'),
      'backend/src/reset-password.ts': reset.replace('POST(request)', 'resetPassword(request)'),
    },
    closed: true,
  },
  'a backend of another language keeps the passwords in this repository': {
    files: {
      ...app(['next-auth'], { 'lib/auth.js': asksApi }, 'ui/'),
      'api/main.py':
        '@app.post("/signin")\ndef signin(username: str, password: str):\n    return check(username, password)\n',
    },
    unknown: true,
  },
  'a backend of the repository keeps the raw token': {
    files: {
      ...app(
        ['next-auth'],
        {
          'lib/auth.js': asksApi,
          'app/forgot-password/page.jsx': askPage.replace('/api/auth/forgot-password', '/api/v1/forgot'),
          'app/reset-password/page.jsx': newPage,
        },
        'ui/',
      ),
      'api/package.json': '{ "name": "api", "dependencies": { "fastify": "5.0.0", "bcryptjs": "3.0.0" } }',
      'api/src/auth.ts': `import { compare } from 'bcryptjs';
import jwt from 'jsonwebtoken';
import { Resend } from 'resend';
import { db } from './db';
export function authRoutes(server) {
  server.post('/signin', async ({ body }) => {
    const user = await db.user.find(body.username);
    return (await compare(body.password, user.hash)) ? jwt.sign({ id: user.id }, process.env.SECRET) : null;
  });
  server.post('/forgot', async ({ body }) => {
    const code = String(Math.random());
    await db.passwordResetToken.create({ email: body.email, code });
    await new Resend(process.env.RESEND_API_KEY).emails.send({ to: body.email, text: code });
  });
}
`,
    },
    open: ['raw-token'],
    manual: true,
  },
  'a backend of another language keeps the passwords, and nobody serves a forgotten one': {
    files: {
      ...app(['next-auth'], { 'lib/auth.js': asksApi }, 'ui/'),
      'api/main.py':
        'import bcrypt\n\n\n@app.post("/signin")\ndef signin(username: str, password: str):\n    return check(username, password)\n',
    },
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'a backend of another language speaks of a forgotten password elsewhere': {
    files: {
      ...app(['next-auth'], { 'lib/auth.js': asksApi }, 'ui/'),
      'api/main.py':
        'import bcrypt\n\n\n@app.post("/signin")\ndef signin(username: str, password: str):\n    return check(username, password)\n',
      'api/mails.py': 'def send_password_reset(address: str):\n    return deliver(address)\n',
    },
    unknown: true,
  },
  'a backend of the repository sets the password by a signed token alone': {
    files: {
      ...app(['next-auth'], { 'lib/auth.js': asksApi, ...asking }, 'ui/'),
      ...signedBackend("jwt.verify(body.token, process.env.RESET_SECRET ?? '')"),
    },
    open: ['reusable-token'],
    manual: true,
  },
  'the signed token ends with the password that it was made for': {
    files: {
      ...app(['next-auth'], { 'lib/auth.js': asksApi, ...asking }, 'ui/'),
      ...signedBackend('jwt.verify(body.token, process.env.RESET_SECRET + user.password)'),
    },
    unknown: true,
  },
  'the server of the app serves the reset, and another page does not ask it': {
    files: app(['express', 'bcryptjs', 'nodemailer'], {
      'app/auth/login/page.tsx': `'use client';
export default function Page() {
  const send = (event) => fetch('/api/login', { method: 'POST', body: new FormData(event.target) });
  return <form onSubmit={send}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;
}
`,
      'server/routes.ts': `import express from 'express';
import { requestPasswordReset } from './request-password-reset';
import { resetPassword } from './reset-password';
const router = express.Router();
router.post('/reset-password/request', requestPasswordReset);
router.post('/reset-password', resetPassword);
`,
      'server/request-password-reset.ts': `import { createHash } from 'node:crypto';
import { db } from './db';
import { logger } from './logger';
export async function requestPasswordReset(request, response) {
  const token = generateIdFromEntropySize(25);
  const tokenHash = createHash('sha256').update(token).digest('hex');
  await db.insert({ tokenHash, expiresAt: Date.now() + 7200000 });
  logger.debug(\`Password reset token: \${token}\`);
  response.send({ sent: true });
}
`,
      'server/reset-password.ts': `import { hash } from 'bcryptjs';
import { db } from './db';
export async function resetPassword(request, response) {
  const { token, password } = request.body;
  const row = await db.take(sha256(token));
  if (!row) return response.sendStatus(400);
  await db.update({ id: row.userId, passwordHash: await hash(password, 12) });
  await db.deletePasswordReset(row.id);
  response.sendStatus(204);
}
`,
    }),
    open: ['no-forgot-page', 'no-reset-page', 'no-mail', 'logged-link'],
    manual: true,
  },
  'a queue takes the mail, and a repository hashes the token': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': `import { createReset } from '../../../../lib/resets';
export const runtime = 'nodejs';
export const POST = async (request) => {
  const { email } = await request.json();
  const token = await createReset(email);
  if (!isProd) {
    console.warn('Password reset url: ', token);
    return Response.json({ ok: true });
  }
  const { sendResetMail } = await import('../../../../lib/mails');
  await sendResetMail(email, token);
  return Response.json({ ok: true });
};
`,
      'lib/resets.js': `import { randomBytes } from 'node:crypto';
import { put } from './records';
export async function createReset(email) {
  const token = randomBytes(32).toString('hex');
  await put({ secret: token, email, expiresAt: Date.now() + 3600000 });
  return token;
}
`,
      'lib/records.js': `import { hashToken } from './hash';
import { kv } from './kv';
export const put = async ({ secret, ...rest }) => kv.put(await hashToken(secret), rest);
`,
      'lib/hash.js': `import { createHash } from 'node:crypto';
export const hashToken = (token) => createHash('sha256').update(token).digest('hex');
`,
      'lib/mails.js': `import { enqueueMail } from './queue';
export const sendResetMail = (email, token) => enqueueMail({ to: email, template: 'reset', data: { token } });
`,
      'lib/queue.js': 'export const enqueueMail = (message) => env.JOBS.put(JSON.stringify(message));\n',
    }),
    closed: true,
  },
  'what goes into the queue is no message': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/forgot-password/route.js': `import { createHash, randomBytes } from 'node:crypto';
import { db } from '../../../../lib/db';
import { enqueueEvent } from '../../../../lib/queue';
export async function POST(request) {
  const { email } = await request.json();
  const token = randomBytes(32).toString('hex');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  db.savePasswordReset(email, { tokenHash, expiresAt: Date.now() + 3600000 });
  await enqueueEvent({ name: 'reset-asked', email });
  return Response.json({ ok: true });
}
`,
      'lib/queue.js': 'export const enqueueEvent = (event) => env.EVENTS.put(JSON.stringify(event));\n',
    }),
    open: ['no-mail'],
    manual: true,
  },
  'a route hands the new hash to a repository': {
    files: app(libraries, {
      ...complete,
      'app/api/auth/reset-password/route.js': `import { hash } from 'bcryptjs';
import { takeReset, Users } from '../../../../lib/users';
export const POST = async (request) => {
  const { token, password } = await request.json();
  const reset = await takeReset(token);
  if (!reset) return Response.json({}, { status: 400 });
  const passwordHash = await hash(password, 12);
  await Users.updateUserPasswordHash(reset.userId, passwordHash);
  return Response.json({ ok: true });
};
`,
      'lib/users.js': `import { db } from './db';
export const takeReset = (token) => db.query('DELETE FROM resets WHERE hash = $1 RETURNING *', [sha256(token)]);
export const Users = { updateUserPasswordHash: (id, hash) => db.query('UPDATE users SET hash = $1 WHERE id = $2', [hash, id]) };
`,
    }),
    closed: true,
  },
  'tabs of a page that is called auth, and a form that keeps what is typed in variables': {
    files: {
      ...app(
        [],
        {
          'app/auth/page.tsx':
            "import { Tabs } from './tabs';\nexport default function Page() { return <Tabs />; }\n",
          'app/auth/tabs.tsx':
            "import { LoginForm } from './login-form';\nexport const Tabs = () => <LoginForm />;\n",
          'app/auth/login-form.tsx': `'use client';
import { api } from '../../lib/api';
export function LoginForm() {
  const [email, setEmail] = useState('');
  const [secret, setSecret] = useState('');
  const send = () => api.post('/api/login', { email, secret });
  return <form onSubmit={send}><Input value={email} onChange={setEmail} /><Input type="password" value={secret} onChange={setSecret} /><button>Go</button></form>;
}
`,
        },
        'web/',
      ),
      'server/auth.go':
        'package main\n\nimport "golang.org/x/crypto/bcrypt"\n\nfunc routes() {\n\tapp.Post("/login", login)\n\tbcrypt.CompareHashAndPassword(a, b)\n}\n',
    },
    open: ['no-forgot-page', 'no-request-handler', 'no-reset-handler', 'no-reset-page'],
    manual: true,
  },
  'a page that is called auth asks for nothing': {
    files: app([], {
      'app/auth/page.tsx':
        'export default function Page() { return <p>Your browser is being checked.</p>; }\n',
    }),
    notApplicable: true,
  },
  'a generated client asks a backend of another language for the reset': {
    files: {
      ...app(
        [],
        {
          'app/login/page.tsx':
            'import { login } from \'../../client\';\nexport default () => <form action={login}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;\n',
          'app/forgot-password/page.tsx': askPage.replace(/fetch\(.*/, 'auth.recoverPassword(event);'),
          'app/reset-password/page.tsx': newPage.replace(/fetch\(.*/, 'auth.resetPassword(event);'),
          'client/index.ts': 'export const login = (body) => client.send({ body });\n',
        },
        'web/',
      ),
      'api/auth.py':
        '@router.post("/password-recovery/{email}")\ndef recover(email: str):\n    return mail(password_reset_token(email))\n',
    },
    closed: true,
  },
  'better-auth stands in another service, and no page asks for a reset': {
    files: {
      ...app(
        ['better-auth'],
        {
          'app/login/page.tsx':
            'import { authClient } from \'../../lib/client\';\nexport default () => <form action={authClient.signIn.email}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;\n',
          'lib/client.ts':
            "import { createAuthClient } from 'better-auth/react';\nexport const authClient = createAuthClient({});\n",
        },
        'web/',
      ),
      'auth/package.json': '{ "name": "auth", "dependencies": { "better-auth": "1.0.0" } }',
      'auth/src/main.ts':
        "import { betterAuth } from 'better-auth';\nexport const auth = betterAuth({ emailAndPassword: { enabled: true, sendResetPassword: ({ user, url }) => send(user.email, url) } });\n",
    },
    open: ['no-forgot-page', 'no-reset-page'],
    manual: true,
  },
  'a backend of another language resets caches': {
    files: {
      ...app(
        [],
        {
          'app/login/page.tsx':
            'import { login } from \'../../client\';\nexport default () => <form action={login}><input name="email" /><input name="password" type="password" /><button>Go</button></form>;\n',
          'app/forgot-password/page.tsx': askPage.replace(/fetch\(.*/, 'auth.recoverPassword(event);'),
          'app/reset-password/page.tsx': newPage.replace(/fetch\(.*/, 'auth.resetPassword(event);'),
          'client/index.ts': 'export const login = (body) => client.send({ body });\n',
        },
        'web/',
      ),
      'api/cache.py': '@router.post("/reset-cache")\ndef reset():\n    return clear()\n',
    },
    open: ['no-request-handler', 'no-reset-handler'],
    manual: true,
  },
  'a backend of the repository serves other things': {
    files: {
      ...app(['next-auth'], { 'lib/auth.js': asksApi }, 'ui/'),
      'api/main.py': '@app.post("/reset-cache")\ndef reset():\n    return {}\n',
      'api/tests/test_main.py': '@app.post("/signin")\ndef signin():\n    return {}\n',
    },
    closed: true,
  },
  "the hash of the operator's password stands in the environment": {
    files: app(['next-auth', 'bcryptjs'], {
      'lib/auth.js': `import { compare } from 'bcryptjs';
${authorizing(`if (credentials.email !== process.env.ADMIN_EMAIL) return null;
      const isRight = await compare(credentials.password, process.env.ADMIN_PASSWORD_HASH);
      return isRight ? { id: '1' } : null;`)}`,
    }),
    notApplicable: true,
  },
  'people sign in with Google only': {
    files: app(['next-auth'], {
      'auth.ts':
        "import NextAuth from 'next-auth';\nimport Google from 'next-auth/providers/google';\nexport default NextAuth({ providers: [Google] });\n",
    }),
    notApplicable: true,
  },
  'an app without sign-in': { files: app([], {}), notApplicable: true },
  'no app': { files: { 'package.json': '{}' }, notApplicable: true },
});
