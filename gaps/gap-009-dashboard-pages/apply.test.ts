import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const NAMES = [
  'chat',
  'build',
  'pipelines',
  'environments',
  'boomerangs',
  'house-of-ang',
  'circuit-box',
  'lab',
];
const NAV = `import Link from 'next/link';

const navItems = [
  { href: '/dashboard', label: 'Overview', highlight: true },
${NAMES.map((name) => `  { href: '/dashboard/${name}', label: '${name}' },\n`).join('')}];

export function DashboardNav() {
  return (
    <nav>
      {navItems.map(({ href, label }) => (
        <Link key={href} href={href}>
          {label}
        </Link>
      ))}
      <Link href="/dashboard/admin">Admin</Link>
    </nav>
  );
}
`;
const SHELL = `'use client';

import PhoneNav from './dashboard/PhoneNav';
import { DashboardNav } from './DashboardNav';

export function DashboardShell({ children }) {
  return (
    <div className="flex">
      <aside className="hidden w-56 lg:block">
        <DashboardNav />
      </aside>
      <main>
        <PhoneNav>
          <DashboardNav />
        </PhoneNav>
        {children}
      </main>
    </div>
  );
}
`;
/** Hands everything on, and shows that it waits and that it failed. */
const THIN = `import { Live } from '../../../components/Live';

export default function Page() {
  return <Live />;
}
`;
const GATEWAY = `app.get('/pipelines', (_req, res) => {
  res.json({ active: pipeline.listActive() });
});
app.get('/projects', (req, res) => {
  res.json({ projects: store.list(req.query.userId) });
});
app.post('/projects', (req, res) => {
  res.status(201).json({ project: store.create(req.body) });
});
app.get('/environments', (_req, res) => {
  res.json({ environments: manager.states() });
});
app.get('/releases', (_req, res) => {
  res.json({ releases: manager.list() });
});
app.post('/releases/:id/promote', (req, res) => {
  res.json(manager.promote(req.params.id, req.body.from, req.body.to));
});
app.get('/templates', (_req, res) => {
  res.json({ templates: library.list() });
});
app.get('/house-of-ang', (_req, res) => {
  res.json({ roster: house.list() });
});
app.post('/house-of-ang/spawn', (req, res) => {
  res.status(201).json(house.spawn(req.body));
});
`;
const LIMITED = `import { rateLimit } from 'express-rate-limit';

const globalLimiter = rateLimit({
  windowMs: 15 * 60 * 1000,
  limit: 100
});
app.use(globalLimiter);
const strictLimiter = rateLimit({
  limit: 10
});
app.post('/acp', strictLimiter, answer);
${GATEWAY}`;
const PROXY = `import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { authOptions } from '@/lib/auth';

export async function proxyToBackend({ path, method, body, requireOwner }: Call): Promise<NextResponse> {
  return ask(await getServerSession(authOptions), path, method, body, requireOwner);
}
`;

/** A dashboard of which every page is complete. */
const COMPLETE = {
  'gateway/src/index.ts': GATEWAY,
  'gateway/src/release/index.ts': 'export const releases = new Map<string, Release>();\n',
  'web/package.json':
    '{ "dependencies": { "next": "14.0.4", "next-auth": "4.24.13", "react": "18.3.1", "zod": "^3.22.4" } }',
  'web/tsconfig.json': '{ "compilerOptions": { "strict": true, "paths": { "@/*": ["./*"] } } }',
  'web/lib/auth.ts': 'export const authOptions = { providers: [] };\n',
  'web/lib/api-proxy.ts': PROXY,
  'web/app/api/projects/route.ts':
    "import { proxyToBackend } from '@/lib/api-proxy';\n\nexport const GET = () => proxyToBackend({ path: '/projects' });\nexport const POST = () => proxyToBackend({ path: '/projects', method: 'POST' });\n",
  'web/app/(auth)/sign-in/page.tsx': 'export default function Page() {\n  return null;\n}\n',
  'web/app/dashboard/layout.tsx':
    "import { DashboardShell } from '../../components/DashboardShell';\n\nexport default function Layout({ children }) {\n  return <DashboardShell>{children}</DashboardShell>;\n}\n",
  'web/app/dashboard/page.tsx': THIN,
  'web/components/DashboardShell.tsx': SHELL,
  'web/components/dashboard/PhoneNav.tsx':
    '\'use client\';\n\nexport default function PhoneNav({ children }) {\n  return <div className="lg:hidden">{children}</div>;\n}\n',
  'web/components/DashboardNav.tsx': NAV,
  'web/components/Live.tsx':
    "'use client';\n\nimport { useLive } from '../hooks/useLive';\n\nexport function Live() {\n  const { error, isLoading } = useLive();\n  return isLoading ? <p>Loading</p> : <p role=\"alert\">{error}</p>;\n}\n",
  'web/hooks/useLive.ts':
    "export function useLive() {\n  const [error, setError] = useState('');\n  const [isLoading, setLoading] = useState(true);\n  return { error, isLoading, send: () => fetch('/api/projects').catch(setError) };\n}\n",
  ...Object.fromEntries([...NAMES, 'admin'].map((name) => [`web/app/dashboard/${name}/page.tsx`, THIN])),
};
const page = (name: string, text: string) => ({ ...COMPLETE, [`web/app/dashboard/${name}/page.tsx`]: text });

const ENVIRONMENTS = `'use client';

import { useState } from 'react';

interface Environment {
  id: string;
  name: string;
  status: 'healthy' | 'degraded';
  version: string;
  lastDeploy: string;
}

/* ---------------- */
/*  Data            */
/* ---------------- */

const ENVIRONMENTS: Environment[] = [
  { id: 'dev', name: 'Development', status: 'healthy', version: '1.4.0', lastDeploy: '2026-01-02' },
  { id: 'production', name: 'Production', status: 'degraded', version: '1.3.1', lastDeploy: '2026-01-01' },
];

const RECENT_DEPLOYMENTS = [
  { id: 'd-2', version: '1.4.0', environment: 'Development', status: 'success', author: 'A', message: 'M' },
];

/* ---------------- */
/*  Helpers         */
/* ---------------- */

const ago = (date: string) => new Date(date).toLocaleDateString();
const HEALTHY = ENVIRONMENTS.filter(({ status }) => status === 'healthy').length;

export default function EnvironmentsPage() {
  const [promoting, setPromoting] = useState<string | null>(null);

  const handlePromote = async (fromId: string, toId: string) => {
    setPromoting(fromId);
    // Simulate promotion delay
    await new Promise((resolve) => setTimeout(resolve, 2000));
    setPromoting(null);
  };

  return (
    <div className="space-y-4">
      <h1>Environments</h1>
      <p>{HEALTHY} are healthy</p>
      <div className="grid">
        {ENVIRONMENTS.map((env, i) => (
          <section key={env.id}>
            <p>{env.name} {env.version}</p>
            <p>{ago(env.lastDeploy)}</p>
            {i < ENVIRONMENTS.length - 1 && (
              <button onClick={() => handlePromote(env.id, ENVIRONMENTS[i + 1].id)}>
                {promoting === env.id ? 'Promoting' : 'Promote'}
              </button>
            )}
            {i < ENVIRONMENTS.length - 1 && (
              <button disabled={promoting === env.id} onClick={() => handlePromote(env.id, ENVIRONMENTS[i + 1].id)}>
                Promote on
              </button>
            )}
          </section>
        ))}
      </div>
      <table>
        <tbody>
          {RECENT_DEPLOYMENTS.map((dep) => (
            <tr key={dep.id}><td>{dep.version}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
`;

const BUILD = `'use client';

import { useState } from 'react';
import { Layers, Layout } from 'lucide-react';

const TEMPLATES = [
  { id: 'portfolio', name: 'Portfolio', description: 'Shows work.', icon: Layout },
  { id: 'e-commerce', name: 'Shop', description: 'Sells.', icon: Layers },
];
const FEATURES = [
  { id: 'auth', name: 'Sign-in', icon: Layout },
];

export default function BuildPage() {
  const [step, setStep] = useState(1);
  const [selectedTemplate, setSelectedTemplate] = useState<string | null>(null);
  const [features, setFeatures] = useState<string[]>([]);
  const [companyName, setCompanyName] = useState('');
  const [launching, setLaunching] = useState(false);
  const [launched, setLaunched] = useState(false);

  const handleLaunch = async () => {
    setLaunching(true);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    setLaunched(true);
    setLaunching(false);
  };

  return (
    <div>
      <h1>Build, step {step}</h1>
      <div>
        {TEMPLATES.map((template) => (
          <button key={template.id} onClick={() => setSelectedTemplate(template.id)}>
            <template.icon /> {template.name}
          </button>
        ))}
      </div>
      {FEATURES.map((feature) => (
        <button key={feature.id} onClick={() => setFeatures([...features, feature.id])}>{feature.name}</button>
      ))}
      <input value={companyName} onChange={(e) => setCompanyName(e.target.value)} />
      {launched ? (
        <p>Started</p>
      ) : (
        <button onClick={handleLaunch} disabled={launching}>Launch</button>
      )}
    </div>
  );
}
`;

const HOUSE = `"use client";

import { useState } from "react";

const ROSTER = [
  { id: "engineer-ang", name: "Engineer_Ang", role: "Builder" },
];

export default function HousePage() {
  const [open, setOpen] = useState(false);

  return (
    <div>
      <header>
        <h1>House</h1>
      </header>
      <ul>
        {ROSTER.map((ang) => <li key={ang.id}>{ang.name}</li>)}
      </ul>
      <div onClick={() => setOpen(!open)}>
        {open && (
          <div className="form">
            <label>Agent Name</label>
            <input type="text" />
            <label>Role</label>
            <input type="text" />
            <label>Routing Rules</label>
            <textarea rows={3} />
            <button className="primary">Deploy Agent</button>
          </div>
        )}
      </div>
      <button className="plain">Retire all</button>
    </div>
  );
}
`;

const CIRCUIT = `'use client';

import { useState } from 'react';

export default function CircuitPage() {
  const [refreshing, setRefreshing] = useState(false);

  const handleRefresh = () => {
    setRefreshing(true);
    setTimeout(() => setRefreshing(false), 1500);
  };

  return (
    <div>
      <header>
        <h1>Circuit Box</h1>
        <button onClick={handleRefresh} className="p-2">
          <span className={\`icon \${refreshing ? 'animate-spin' : ''}\`} />
          <span className={refreshing ? 'busy' : 'idle'}>{refreshing ? 'Refreshing' : 'Refresh'}</span>
        </button>
        <button>Save</button>
      </header>
    </div>
  );
}
`;

const BOOMERANGS = `'use client';

import { useEffect, useState } from 'react';

export default function BoomerangsPage() {
  const [agents, setAgents] = useState<Agent[]>([]);
  const [loading, setLoading] = useState(true);

  useEffect(() => {
    fetchAgents();
  }, []);

  async function fetchAgents() {
    setLoading(true);
    try {
      const res = await fetch('/api/boomerangs');
      if (res.ok) {
        setAgents((await res.json()).boomerangs);
      }
    } catch { /* fall through */ }
    setLoading(false);
  }

  return (
    <div>
      <h1>Boomerangs</h1>
      {loading ? (
        <p>Loading</p>
      ) : (
        <div className="grid">
          {agents.map((agent) => <p key={agent.id}>{agent.name}</p>)}
        </div>
      )}
    </div>
  );
}
`;

const LAB = `'use client';

import { useState } from 'react';

export default function LabPage() {
  const [error, setError] = useState('');
  const run = () =>
    fetch('/api/acp', {
      method: 'POST',
      body: JSON.stringify({ userId: 'lab-user', message: 'Hello' }),
    }).catch(() => setError('Failed'));
  return <button onClick={run}>{error || 'Run, loading'}</button>;
}
`;

const ADMIN = {
  'web/components/OwnerGate.tsx':
    "'use client';\n\nimport { redirect } from 'next/navigation';\nimport { useSession } from 'next-auth/react';\n\nexport default function OwnerGate({ children }) {\n  const { data } = useSession();\n  if (data?.user?.role !== 'BOSS') redirect('/dashboard');\n  return <>{children}</>;\n}\n",
  'web/app/dashboard/admin/page.tsx':
    "'use client';\n\nimport { Live } from '@/components/Live';\nimport OwnerGate from '@/components/OwnerGate';\n\nexport default function AdminPage() {\n  return (\n    <OwnerGate>\n      <Live />\n    </OwnerGate>\n  );\n}\n",
};

testGap(gap, import.meta.url, {
  'every page is complete': { files: COMPLETE, closed: true, notes: [] },
  'the page of the pipelines is missing, and no link leads to it': {
    files: {
      ...Object.fromEntries(
        Object.entries(COMPLETE).filter(([path]) => path !== 'web/app/dashboard/pipelines/page.tsx'),
      ),
      'web/components/DashboardNav.tsx': NAV.replace(
        "  { href: '/dashboard/pipelines', label: 'pipelines' },\n",
        '',
      ),
    },
    open: ['no-page'],
  },
  'a link to the page of the pipelines is there before it': {
    files: Object.fromEntries(
      Object.entries(COMPLETE).filter(([path]) => path !== 'web/app/dashboard/pipelines/page.tsx'),
    ),
    open: ['no-page', 'dead-link'],
  },
  'dead links that are neighbors': {
    files: {
      ...COMPLETE,
      'web/components/DashboardNav.tsx': NAV.replace(
        "  { href: '/dashboard/lab', label: 'lab' },\n",
        "  { href: '/dashboard/lab', label: 'lab' },\n  { href: '/dashboard/gone', label: 'Gone' },\n  { href: '/dashboard/lost', label: 'Lost' },\n",
      ),
    },
    open: ['dead-link', 'dead-link'],
  },
  'constants of which the gateway has the data, and an action that it carries out': {
    files: page('environments', ENVIRONMENTS),
    open: ['hard-coded-data', 'hard-coded-data', 'simulated-action'],
  },
  'a constant with icons, and answers that start a build': {
    files: page('build', BUILD),
    open: ['hard-coded-data', 'simulated-action'],
  },
  'a form of which nobody takes what is typed, and a button that nothing carries out': {
    files: page('house-of-ang', HOUSE),
    open: ['hard-coded-data', 'inert-controls'],
  },
  'a refresh that only spins': {
    files: page('circuit-box', CIRCUIT),
    open: ['simulated-action', 'inert-controls'],
  },
  'a failure that is swallowed': {
    files: {
      ...page('boomerangs', BOOMERANGS),
      'web/app/api/boomerangs/route.ts': 'export const GET = () => Response.json({});\n',
    },
    open: ['no-error-state', 'no-empty-state'],
  },
  'a failure that is swallowed, in an app with tests of its own': {
    files: {
      ...page('boomerangs', BOOMERANGS),
      'web/app/api/boomerangs/route.ts': 'export const GET = () => Response.json({});\n',
      'web/package.json': COMPLETE['web/package.json'].replace('"zod"', '"vitest": "4.1.12", "zod"'),
      'web/vitest.config.mts': "export default { test: { include: ['__tests__/**'] } };\n",
    },
    open: ['no-error-state', 'no-empty-state'],
  },
  'an invented user where the route takes the session': {
    files: {
      ...page('lab', LAB),
      'web/app/api/acp/route.ts':
        "import { getServerSession } from 'next-auth/next';\n\nexport async function POST(request: Request) {\n  const body = await request.json();\n  body.userId = (await getServerSession())?.user?.id ?? 'guest';\n  return Response.json(body);\n}\n",
    },
    open: ['invented-user'],
  },
  'an invented user where the route believes it': {
    files: {
      ...page('lab', LAB),
      'web/app/api/acp/route.ts':
        'export async function POST(request: Request) {\n  return Response.json(await request.json());\n}\n',
    },
    open: ['invented-user'],
    manual: true,
  },
  'an admin page that only the browser guards': {
    files: { ...COMPLETE, ...ADMIN },
    open: ['client-guard'],
  },
  'an admin page that the middleware guards as well': {
    files: {
      ...COMPLETE,
      ...ADMIN,
      'web/middleware.ts':
        "import { getToken } from 'next-auth/jwt';\n\nexport const middleware = async (req) => ((await getToken({ req })) ? undefined : Response.redirect('/'));\n",
    },
    closed: true,
  },
  'a navigation that phones do not show': {
    files: {
      ...Object.fromEntries(
        Object.entries(COMPLETE).filter(([path]) => path !== 'web/components/dashboard/PhoneNav.tsx'),
      ),
      'web/components/DashboardShell.tsx': SHELL.replace(
        /\n {6}<main>[\s\S]*<\/main>/,
        '\n      <main>{children}</main>',
      ).replace("import PhoneNav from './dashboard/PhoneNav';\n", ''),
    },
    open: ['no-phone-navigation'],
  },
  'a page that takes a certain row': {
    files: page(
      'house-of-ang',
      HOUSE.replace('useState(false)', 'useState(ROSTER[0].id)').replace(
        / {6}<div onClick[\s\S]*<\/button>\n/,
        '',
      ),
    ),
    open: ['hard-coded-data'],
    manual: true,
  },
  'a constant with a field that no endpoint has': {
    files: page(
      'house-of-ang',
      HOUSE.replace('role: "Builder"', 'role: "Builder", mood: "good"').replace(
        / {6}<div onClick[\s\S]*<\/button>\n/,
        '',
      ),
    ),
    open: ['unsourced-data'],
    manual: true,
  },
  'two components that show one constant': {
    files: page(
      'house-of-ang',
      `${HOUSE.replace(/ {6}<div onClick[\s\S]*<\/button>\n/, '')}\nexport function Count() {\n  return <p>{ROSTER.length}</p>;\n}\n`,
    ),
    open: ['hard-coded-data'],
    manual: true,
  },
  "a file that stands where the routes' guard would go": {
    files: { ...page('environments', ENVIRONMENTS), 'web/lib/api/guard.ts': 'export const admit = true;\n' },
    open: ['hard-coded-data', 'hard-coded-data', 'simulated-action'],
    manual: true,
  },
  'a limit of the gateway that counts the app as one visitor': {
    files: { ...page('environments', ENVIRONMENTS), 'gateway/src/index.ts': LIMITED },
    open: ['hard-coded-data', 'hard-coded-data', 'simulated-action'],
  },
  'a limit of the gateway that knows the key of the app': {
    files: {
      ...page('environments', ENVIRONMENTS),
      'gateway/src/index.ts': LIMITED.replace(
        'limit: 100',
        "limit: 100,\n  skip: (req) => isKey(req.get('x-api-key'))",
      ),
    },
    open: ['hard-coded-data', 'hard-coded-data', 'simulated-action'],
  },
});
