import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const LIVE = `'use client';
import { useEffect, useState } from 'react';

export default function Page() {
  const [items, setItems] = useState([]);
  const [error, setError] = useState('');
  const [loading, setLoading] = useState(true);
  useEffect(() => {
    fetch('/api/items').then((res) => res.json()).then(setItems).catch(() => setError('Failed')).finally(() => setLoading(false));
  }, []);
  if (loading) return <p>Loading</p>;
  if (error) return <p role="alert">{error}</p>;
  if (items.length === 0) return <p>Nothing yet</p>;
  return <ul>{items.map((item) => <li key={item.id}>{item.name}</li>)}</ul>;
}
`;
const NAMES = [
  'chat',
  'build',
  'pipelines',
  'environments',
  'admin',
  'boomerangs',
  'house-of-ang',
  'circuit-box',
  'lab',
];
const COMPLETE = {
  'package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'app/dashboard/layout.tsx':
    "import { Nav } from '../../components/DashboardNav';\nexport default ({ children }) => <><Nav />{children}</>;\n",
  'app/dashboard/page.tsx': 'export default () => null;\n',
  'components/DashboardNav.tsx': `const navItems = [\n  { href: '/dashboard', label: 'x' },\n${NAMES.map((name) => `  { href: '/dashboard/${name}', label: '${name}' },\n`).join('')}];\nexport const Nav = () => navItems.map(({ href }) => <a key={href} href={href}>x</a>);\n`,
  ...Object.fromEntries(NAMES.map((name) => [`app/dashboard/${name}/page.tsx`, LIVE])),
};
const without = (path: string) =>
  Object.fromEntries(Object.entries(COMPLETE).filter(([each]) => each !== path));

const MOCK = `'use client';
const ENVIRONMENTS = [
  { id: 'prod', status: 'healthy' },
];

export default function Page() {
  const [busy, setBusy] = useState(false);
  const handlePromote = async () => {
    setBusy(true);
    // Simulate promotion delay
    await new Promise((resolve) => setTimeout(resolve, 2000));
    setBusy(false);
  };
  return (
    <ul>
      {ENVIRONMENTS.map((each) => (
        <li key={each.id}><button onClick={handlePromote}>{each.status}</button></li>
      ))}
    </ul>
  );
}
`;
const OTHER = {
  'package.json': '{ "dependencies": { "next": "15.0.0" } }',
  'src/app/dashboard/page.jsx': LIVE,
  'src/app/dashboard/layout.jsx':
    "import Sidebar from '@/components/Sidebar';\nexport default ({ children }) => <><Sidebar />{children}</>;\n",
  'src/components/Sidebar.jsx':
    "export default () => <nav><a href='/dashboard'>Home</a><a href='/dashboard/users'>Users</a></nav>;\n",
  'src/app/dashboard/users/page.jsx': LIVE,
};

/** Asks what is there, what is not there, and what is only to be read. */
const ASKING = `'use client';
export default function Page({ id, query }) {
  const [error, setError] = useState('');
  const load = () => {
    fetch('/api/items?page=1');
    fetch(\`/api/items/\${id}\`);
    fetch(\`/api/items\${query}\`);
    fetch('/api/gateway/events');
    fetch('/api/files/a/b');
    return fetch('/api/flows').catch(setError);
  };
  const save = () => fetch('/api/items', { method: 'POST' }).catch(setError);
  return <button onClick={load} onDoubleClick={save}>{error || 'Loading'}</button>;
}
`;
const ROUTES = {
  'app/api/items/route.ts': 'export const GET = () => Response.json([]);\n',
  'app/api/items/[id]/route.ts': 'export const GET = () => Response.json({});\n',
  'app/api/files/[...path]/route.ts': 'export const GET = () => Response.json({});\n',
  'nginx/site.conf': 'location /api/gateway/ {\n  proxy_pass http://gateway;\n}\n',
};

testGap(gap, import.meta.url, {
  'every named page is complete': { files: COMPLETE, closed: true, notes: [] },
  'a page that does not exist': {
    files: without('app/dashboard/pipelines/page.tsx'),
    open: ['no-page', 'dead-link'],
    manual: true,
  },
  'constants and a function that only waits': {
    files: { ...COMPLETE, 'app/dashboard/environments/page.tsx': MOCK },
    open: ['unsourced-data', 'simulated-action'],
    manual: true,
  },
  'a refresh that only spins, and buttons that do nothing': {
    files: {
      ...COMPLETE,
      'app/dashboard/circuit-box/page.tsx':
        'export default function Page() {\n  const handleRefresh = () => {\n    setRefreshing(true);\n    setTimeout(() => setRefreshing(false), 1500);\n  };\n  return <div><button onClick={handleRefresh}>Refresh</button><button>Spawn</button></div>;\n}\n',
    },
    open: ['simulated-action', 'inert-controls'],
    manual: true,
  },
  'a failure that is swallowed, no word for nothing, and an invented user': {
    files: {
      ...COMPLETE,
      'app/dashboard/boomerangs/page.tsx':
        "export default function Page() {\n  const [agents, setAgents] = useState([]);\n  const load = async () => {\n    try {\n      const res = await fetch('/api/boomerangs', { body: { userId: 'lab-user' } });\n      if (res.ok) setAgents(await res.json());\n    } catch { /* use empty */ }\n  };\n  return agents.map((a) => <p key={a.id}>{a.name}</p>);\n}\n",
    },
    open: ['invented-user', 'no-loading-state', 'no-error-state', 'no-empty-state'],
    manual: true,
  },
  'a page that the navigation leaves out': {
    files: {
      ...COMPLETE,
      'components/DashboardNav.tsx': COMPLETE['components/DashboardNav.tsx'].replace(
        "'/dashboard/lab'",
        "'/dashboard'",
      ),
    },
    open: ['not-in-navigation'],
  },
  'a thin page whose component fetches, and choices that are no data': {
    files: {
      ...COMPLETE,
      'app/dashboard/chat/page.tsx':
        "import { Chat } from '../../../components/Chat';\nconst TABS = [{ id: 'a' }];\nexport default () => <>{TABS.map((t) => t.id)}<Chat /></>;\n",
      'components/Chat.tsx':
        "import { useChat } from '../hooks/useChat';\nexport const Chat = () => useChat();\n",
      'hooks/useChat.ts':
        "export function useChat() {\n  const [error, setError] = useState('');\n  const [isLoading, setLoading] = useState(false);\n  return { error, isLoading, send: () => fetch('/api/chat').catch(setError) };\n}\n",
    },
    closed: true,
  },
  'a page that asks for what no route answers': {
    files: { ...COMPLETE, ...ROUTES, 'app/dashboard/build/page.tsx': ASKING },
    open: ['dead-request'],
    manual: true,
  },
  'requests that the configuration may send elsewhere': {
    files: {
      ...COMPLETE,
      ...ROUTES,
      'app/dashboard/build/page.tsx': ASKING,
      'next.config.js': 'module.exports = { rewrites: async () => [] };\n',
    },
    closed: true,
  },
  'a component that asks in vain in another dashboard': {
    files: {
      ...OTHER,
      'src/app/api/users/route.js': 'export const GET = () => Response.json([]);\n',
      'src/app/dashboard/users/page.jsx':
        "import { Invite } from '../../../components/Invite';\nexport default () => <Invite />;\n",
      'src/components/Invite.jsx':
        "export const Invite = () => <button onClick={() => fetch('/api/users', { method: 'POST' })}>Invite</button>;\n",
      'src/app/dashboard/page.jsx': 'export default () => null;\n',
    },
    open: ['dead-request'],
    manual: true,
  },
  'a component that is loaded late brings the data': {
    files: {
      ...COMPLETE,
      'app/dashboard/security/page.tsx':
        "import dynamic from 'next/dynamic';\nconst Live = dynamic(() => import('../../../components/Live'));\nconst EVENTS = [{ id: 1 }];\nexport default () => <>{EVENTS.map((each) => each.id)}<Live /></>;\n",
      'components/Live.tsx':
        "export default function Live() {\n  new EventSource('/events');\n  return null;\n}\n",
    },
    closed: true,
    notes: [],
  },
  'mock pages that are not named are notes': {
    files: { ...COMPLETE, 'app/dashboard/security/page.tsx': MOCK },
    closed: true,
    notes: ['sibling-is-mock'],
  },
  'another dashboard that pretends and links nowhere': {
    files: {
      ...OTHER,
      'src/app/dashboard/users/page.jsx': MOCK,
      'src/components/Sidebar.jsx': `${OTHER['src/components/Sidebar.jsx']}export const more = [{ href: '/dashboard/billing' }];\n`,
    },
    open: ['simulated-action', 'dead-link'],
    manual: true,
  },
  'another dashboard with a chart of constants and a button without effect': {
    files: {
      ...OTHER,
      'src/app/dashboard/page.jsx':
        "import { Chart } from '@/components/chart';\nexport default () => <><Chart /><EmptyPlaceholder><h2>Nothing yet</h2><Button>Add</Button></EmptyPlaceholder></>;\n",
      'src/components/chart.jsx':
        "const visits = [\n  { month: 'May', desktop: 186 },\n];\nexport const Chart = () => <AreaChart data={visits} />;\n",
      'jsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    },
    open: ['unsourced-data', 'inert-controls'],
    manual: true,
  },
  'another dashboard whose charts and buttons only look like it': {
    files: {
      ...OTHER,
      'src/app/dashboard/page.jsx':
        "import { Chart } from '../../components/chart';\nconst plans = [{ id: 1, price: 9 }];\nexport default () => <><Chart /><Plans data={plans} /><AddDialog><Button>Add</Button></AddDialog><Button><Link href='/docs'>Docs</Link></Button><form action={save}><Button>Save</Button></form><Button onPress={go}>Go</Button><Button {...rest}>More</Button></>;\n",
      'src/components/chart.jsx':
        "const empty = [{ month: 'May', desktop: 0 }];\nexport const Chart = () => <AreaChart data={useSWR('/api/visits').data ?? empty} />;\n",
    },
    closed: true,
  },
  'a dashboard of the pages router, and a group of that name around the landing page': {
    files: {
      'package.json': OTHER['package.json'],
      'pages/dashboard.js': MOCK,
      'app/(dashboard)/page.js': MOCK,
    },
    open: ['simulated-action'],
    manual: true,
  },
  'the folder of an app is no dashboard': {
    files: {
      'package.json': '{ "private": true }',
      'apps/dashboard/package.json': OTHER['package.json'],
      'apps/dashboard/src/app/[locale]/(public)/login/page.tsx': MOCK,
    },
    notApplicable: true,
  },
  'another dashboard that only looks like it': {
    files: {
      ...OTHER,
      'src/app/dashboard/users/page.jsx':
        "export default function Page() {\n  const save = async () => {\n    // TODO: debounce\n    await new Promise((r) => setTimeout(r, 300));\n    await fetch('/api/users');\n  };\n  return <button onClick={save}>Save</button>;\n}\n",
      'src/app/dashboard/[team]/settings/page.jsx': LIVE,
      'src/components/Sidebar.jsx': `${OTHER['src/components/Sidebar.jsx']}// { href: '/dashboard/old' }\nexport const more = [{ href: '/dashboard/acme/settings' }, { href: '/dashboard/later', disabled: true }];\n`,
      'src/components/OldNav.jsx': "export const old = [{ href: '/dashboard/gone' }];\n",
    },
    closed: true,
    notes: [],
  },
  'links that the configuration may serve': {
    files: {
      ...OTHER,
      'next.config.js': 'module.exports = { async rewrites() { return []; } };\n',
      'src/components/Sidebar.jsx': "export default () => <a href='/dashboard/docs'>Docs</a>;\n",
    },
    closed: true,
  },
  'no dashboard': {
    files: { 'package.json': OTHER['package.json'], 'app/page.tsx': MOCK },
    notApplicable: true,
  },
});
