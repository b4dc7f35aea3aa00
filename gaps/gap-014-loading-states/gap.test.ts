import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const PAGE = 'export default function Page() {\n  return <h1>Page</h1>;\n}\n';
const LAYOUT = 'export default function Layout({ children }) {\n  return <main>{children}</main>;\n}\n';
const LOADING = 'export default function Loading() {\n  return <p role="status">Loading…</p>;\n}\n';

const SUSPENDING = `import { Suspense } from 'react';
export default ({ children }) => (
  <main>
    <Suspense fallback={<p>…</p>}>{children}</Suspense>
  </main>
);
`;

/** An app with a dashboard of two pages in a shell. */
function app(more: Record<string, string>): Record<string, string> {
  return {
    'package.json': '{ "dependencies": { "next": "14.0.4", "swr": "^2.0.0" } }',
    'app/layout.tsx': LAYOUT,
    'app/dashboard/layout.tsx': LAYOUT,
    'app/dashboard/page.tsx': PAGE,
    'app/dashboard/lab/page.tsx': PAGE,
    ...more,
  };
}

/** The dashboard's own loading file is this text. */
function loading(text: string, more: Record<string, string> = {}): Record<string, string> {
  return app({ 'app/dashboard/loading.tsx': text, ...more });
}

/** The lab page is this text, and the other page has a loading file that does not reach it. */
function lab(text: string, more: Record<string, string> = {}): Record<string, string> {
  const { 'app/dashboard/page.tsx': _moved, ...rest } = app({});
  return {
    ...rest,
    'app/dashboard/(home)/page.tsx': PAGE,
    'app/dashboard/(home)/loading.tsx': LOADING,
    'app/dashboard/lab/page.tsx': text,
    ...more,
  };
}

const FETCHING = `'use client';
import { useEffect, useState } from 'react';
export default function Page() {
  const [data, setData] = useState(null);
  const [loading, setLoading] = useState(true);
  useEffect(() => {
    fetch('/api/lab').then((r) => r.json()).then(setData).finally(() => setLoading(false));
  }, []);
  return <div>{loading ? <p>Loading…</p> : data.name}</div>;
}
`;

const { 'app/dashboard/page.tsx': _page, ...ONE_PAGE } = app({});

testGap(gap, import.meta.url, {
  // Open in its ways.
  'no page has anything': { files: app({}), open: ['no-loading-ui', 'no-loading-ui'], notes: [] },
  'one segment has its own': {
    files: app({ 'app/dashboard/lab/loading.tsx': LOADING }),
    open: ['no-loading-ui'],
  },
  'the dashboard is a route group in JavaScript under src': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'src/app/(dashboard)/layout.jsx': LAYOUT,
      'src/app/(dashboard)/orders/[id]/page.jsx': PAGE,
    },
    open: ['no-loading-ui'],
  },
  'the dashboard stands behind a locale': {
    files: { ...ONE_PAGE, 'app/[locale]/(app)/dashboard/page.tsx': PAGE },
    open: ['no-loading-ui', 'no-loading-ui'],
  },
  'a group of that name holds the dashboard and a landing page': {
    files: app({
      'app/(dashboard)/layout.tsx': LAYOUT,
      'app/(dashboard)/pricing/page.tsx': PAGE,
      'app/(dashboard)/dashboard/page.tsx': PAGE,
    }),
    open: ['no-loading-ui', 'no-loading-ui', 'no-loading-ui'],
  },
  'dashboards below a folder for each domain and below admin': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'app/app.acme.dev/(dashboard)/links/page.tsx': PAGE,
      'app/admin/dashboard/page.tsx': PAGE,
    },
    open: ['no-loading-ui', 'no-loading-ui'],
  },
  'an app of a monorepo': {
    files: Object.fromEntries(Object.entries(ONE_PAGE).map(([path, text]) => [`apps/web/${path}`, text])),
    open: ['no-loading-ui'],
  },
  'a client page fetches and shows nothing meanwhile': {
    files: lab(
      "'use client';\nimport useSWR from 'swr';\nexport default function P() {\n  const { data } = useSWR('/a', get);\n  return <p>{data?.name}</p>;\n}\n",
    ),
    open: ['no-loading-ui'],
  },
  'a client page waits for what it sends alone': {
    files: lab(
      "'use client';\nimport { useState } from 'react';\nexport default function P() {\n  const [busy, setLoading] = useState(false);\n  const go = () => { setLoading(true); return fetch('/a', { method: 'POST' }); };\n  return <button onClick={go}>{busy ? 'Running' : 'Run'}</button>;\n}\n",
    ),
    open: ['no-loading-ui'],
  },
  'a client page asks when a button is pressed, and has an effect beside': {
    files: lab(
      "'use client';\nimport { useEffect, useState } from 'react';\nexport default function P() {\n  const [loading, setLoading] = useState(false);\n  useEffect(() => {\n    scroll();\n  }, []);\n  const go = async () => { setLoading(true); await fetch('/a'); };\n  return <button onClick={go}>{loading ? 'Running' : 'Run'}</button>;\n}\n",
    ),
    open: ['no-loading-ui'],
  },
  'a page on the server waits for its data': {
    files: lab(
      "import { Chart } from './chart';\nexport default async function P() {\n  const data = await read();\n  return <Chart data={data} />;\n}\n",
      { 'app/dashboard/lab/chart.tsx': FETCHING },
    ),
    open: ['no-loading-ui'],
  },
  'a component in a corner of the page waits for its own data': {
    files: lab(
      "import { LabView } from './LabView';\nexport default async function Page() {\n  return <LabView rows={await load()} />;\n}\n",
      {
        'app/dashboard/lab/LabView.tsx':
          "'use client';\nimport { Badge } from './Badge';\nexport function LabView() {\n  return <h1>Lab <Badge /></h1>;\n}\n",
        'app/dashboard/lab/Badge.tsx':
          "'use client';\nexport function Badge() {\n  const { isLoading } = useCountQuery();\n  if (isLoading) {\n    return <Loading />;\n  }\n  return null;\n}\n",
      },
    ),
    open: ['no-loading-ui'],
  },
  'git would leave the file out': {
    files: lab(PAGE, { '.gitignore': '# out\nlab/\n' }),
    open: ['no-loading-ui'],
    notes: ['would-be-ignored'],
  },

  // Looks closed, and is not.
  'a loading file stands above the layout of the dashboard': {
    files: app({ 'app/loading.tsx': LOADING }),
    open: ['no-loading-ui', 'no-loading-ui'],
    notes: ['loading-above-dashboard'],
  },
  'a loading component stands beside the page under another name': {
    files: app({ 'app/dashboard/Loading.tsx': LOADING, 'app/dashboard/lab/skeleton.tsx': LOADING }),
    open: ['no-loading-ui', 'no-loading-ui'],
  },
  'a loading file exports nothing': {
    files: loading('export function Loading() {\n  return <p>Loading…</p>;\n}\n'),
    manual: true,
    open: ['loading-without-export'],
  },
  'a loading file is empty': { files: loading(''), manual: true, open: ['loading-without-export'] },
  'a loading file exports an element': {
    files: loading('export default <p>Loading…</p>;\n'),
    manual: true,
    open: ['loading-without-export'],
  },
  'a loading file returns null': {
    files: loading('export default function Loading() {\n  return null;\n}\n'),
    manual: true,
    open: ['loading-renders-nothing'],
  },
  'a loading file is an arrow that gives null': {
    files: loading('const Loading = () => null;\nexport default Loading;\n'),
    manual: true,
    open: ['loading-renders-nothing'],
  },
  'a loading file renders an empty fragment': {
    files: loading(
      'const Loading = () => {\n  // soon\n  return <></>;\n};\nexport { Loading as default };\n',
    ),
    manual: true,
    open: ['loading-renders-nothing'],
  },
  'a loading file has no return': {
    files: loading('export default function Loading() {\n  <p>Loading…</p>;\n}\n'),
    manual: true,
    open: ['loading-renders-nothing'],
  },
  'a loading file uses a hook on the server': {
    files: loading(
      "import { useState } from 'react';\nexport default function Loading() {\n  const [n] = useState(3);\n  return <p>Loading {n}</p>;\n}\n",
    ),
    manual: true,
    open: ['loading-not-client'],
  },
  'a loading file uses the router on the server': {
    files: loading(
      "import { usePathname as at } from 'next/navigation';\nexport default function Loading() {\n  const path = usePathnameOf(at());\n  return <p>Loading {path}</p>;\n}\nconst usePathnameOf = (p) => p;\nfunction unused() { const usePathname = () => 1; return usePathname(); }\n",
    ),
    manual: true,
    open: ['loading-not-client'],
  },
  'a loading file has a handler on the server': {
    files: loading(
      'export default function Loading() {\n  return <button onClick={() => location.reload()}>Loading…</button>;\n}\n',
    ),
    manual: true,
    open: ['loading-not-client'],
  },
  'the directive comes after an import': {
    files: loading(
      "import { useState } from 'react';\n'use client';\nexport default function Loading() {\n  const [n] = useState(3);\n  return <p>Loading {n}</p>;\n}\n",
    ),
    manual: true,
    open: ['loading-not-client'],
  },
  'a loading file waits itself': {
    files: loading(
      'export default async function Loading() {\n  const text = await read();\n  return <p>{text}</p>;\n}\n',
    ),
    manual: true,
    open: ['loading-awaits'],
  },
  'a loading file alone covers a page, and git leaves it out': {
    files: lab(PAGE, { '.gitignore': 'lab/\n', 'app/dashboard/lab/loading.tsx': LOADING }),
    open: ['loading-ignored-by-git'],
  },
  'suspense has no fallback': {
    files: app({
      'app/dashboard/layout.tsx':
        "import { Suspense } from 'react';\nexport default ({ children }) => <Suspense fallback={null}>{children}</Suspense>;\n",
    }),
    open: ['no-loading-ui', 'no-loading-ui'],
  },
  'the layout suspends its children, and stays while they change': {
    files: app({ 'app/dashboard/layout.tsx': SUSPENDING }),
    open: ['no-loading-ui', 'no-loading-ui'],
    notes: ['first-load-only'],
  },
  'the shell suspends its children, and stays while they change': {
    files: app({
      'app/dashboard/layout.tsx': `import { Shell } from '../../components/shell';
export default ({ children }) => <Shell>{children}</Shell>;
`,
      'components/shell.tsx': SUSPENDING.replace('export default', 'export const Shell ='),
    }),
    open: ['no-loading-ui', 'no-loading-ui'],
    notes: ['first-load-only'],
  },
  'suspense stands beside the children': {
    files: app({
      'app/dashboard/layout.tsx':
        "import { Suspense } from 'react';\nexport default ({ children }) => <div><Suspense fallback={<p>…</p>}><Nav /></Suspense>{children}</div>;\n",
    }),
    open: ['no-loading-ui', 'no-loading-ui'],
  },
  'the state stands in a comment': {
    files: lab(
      "'use client';\n// {loading ? <Skeleton /> : null} useEffect(() => fetch('/a'))\nexport default function P() {\n  return <p>Lab</p>;\n}\n",
    ),
    open: ['no-loading-ui'],
  },

  // Closed in its ways.
  'the dashboard has a loading file': { files: loading(LOADING), closed: true, notes: ['shared-loading'] },
  'every segment has its own': {
    files: loading(LOADING, { 'app/dashboard/lab/loading.tsx': LOADING }),
    closed: true,
    notes: [],
  },
  'a loading file in plain JavaScript of CommonJS': {
    files: app({
      'app/dashboard/loading.js':
        "const { Dots } = require('./dots');\nmodule.exports = () => <Dots size={3} />;\n",
    }),
    closed: true,
  },
  'a loading file hands on another component': {
    files: loading("export { Skeleton as default } from '../../components/skeleton';\n"),
    closed: true,
  },
  'a loading file is a client component with hooks': {
    files: loading(
      "// what is shown meanwhile\n'use client';\nimport { useState } from 'react';\nexport default function Loading() {\n  const [n] = useState(3);\n  return <p onClick={() => n}>Loading {n}</p>;\n}\n",
    ),
    closed: true,
  },
  'a loading file uses a hook that the server knows': {
    files: loading(
      "import { useId } from 'react';\nexport default function Loading() {\n  return <p id={useId()}>Loading…</p>;\n}\n",
    ),
    closed: true,
  },
  'a loading file of a route group inside the dashboard': {
    files: lab(PAGE, { 'app/dashboard/lab/loading.tsx': LOADING }),
    closed: true,
  },
  'the loading file stands beside the only layout': {
    files: {
      'package.json': '{ "dependencies": { "next": "14.0.4" } }',
      'app/layout.tsx': LAYOUT,
      'app/(app)/layout.tsx': LAYOUT,
      'app/(app)/loading.tsx': LOADING,
      'app/(app)/dashboard/page.tsx': PAGE,
    },
    closed: true,
  },
  'the template suspends its children': {
    files: app({ 'app/dashboard/template.tsx': SUSPENDING }),
    closed: true,
  },
  'the layout suspends its children anew for each page': {
    files: app({
      'app/dashboard/layout.tsx': SUSPENDING.replace('<Suspense', '<Suspense key={usePathname()}'),
    }),
    closed: true,
  },
  'the layout of one page suspends it': {
    files: lab(PAGE, { 'app/dashboard/lab/layout.tsx': SUSPENDING }),
    closed: true,
  },
  'the page suspends what it waits for': {
    files: lab(
      "import { Suspense } from 'react';\nexport default async function P({ params }) {\n  const { id } = await params;\n  return <Suspense fallback={<p>…</p>}><Chart id={id} /></Suspense>;\n}\n",
    ),
    closed: true,
  },
  'the page shows that it fetches': { files: lab(FETCHING), closed: true },
  'the page calls its loader in an effect': {
    files: lab(
      "'use client';\nimport { useEffect, useState } from 'react';\nexport default function P() {\n  const [loading, setLoading] = useState(true);\n  const refresh = async () => {\n    await fetch('/a');\n    setLoading(false);\n  };\n  useEffect(() => {\n    refresh();\n  }, []);\n  if (loading) return <p>…</p>;\n  return <p>Lab</p>;\n}\n",
    ),
    closed: true,
  },
  'the page shows that its query is pending': {
    files: lab(
      "'use client';\nimport useSWR from 'swr';\nexport default function P() {\n  const { data, isLoading } = useSWR('/a', get);\n  if (isLoading) return <p>…</p>;\n  return <p>{data.name}</p>;\n}\n",
    ),
    closed: true,
  },
  'the page hands the work to a client component': {
    files: lab(
      "import { Lab } from '@/components/lab';\nexport default function P() {\n  return <Lab />;\n}\n",
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
        'components/lab.tsx': FETCHING.replace('export default function Page', 'export function Lab'),
      },
    ),
    closed: true,
  },
  'a page on the server that waits for nothing, and a provider around what it shows': {
    files: lab(
      "import { LabView } from './LabView';\nexport default async function () {\n  return <LabView />;\n}\n",
      {
        'app/dashboard/lab/LabView.tsx':
          "'use client';\nimport { LabProvider } from './LabProvider';\nexport function LabView() {\n  return <LabProvider><h1>Lab</h1></LabProvider>;\n}\n",
        'app/dashboard/lab/LabProvider.tsx':
          "'use client';\nexport function LabProvider({ children }) {\n  const { isLoading } = useLabQuery();\n  if (isLoading) {\n    return <Loading />;\n  }\n  return children;\n}\n",
      },
    ),
    closed: true,
  },
  'a hook brings the data': {
    files: lab(
      "'use client';\nimport { useLab } from './use-lab';\nexport default function P() {\n  const { data, pending } = useLab();\n  return <p>{pending && <b>…</b>}{data}</p>;\n}\n",
      {
        'app/dashboard/lab/use-lab.ts':
          "import { useEffect } from 'react';\nexport function useLab() {\n  useEffect(() => { fetch('/a'); }, []);\n  return { pending: true, data: 1 };\n}\n",
      },
    ),
    closed: true,
  },
  'a component is loaded late with something to look at': {
    files: lab(
      "import dynamic from 'next/dynamic';\nconst Lab = dynamic(() => import('./lab'), {\n  ssr: false,\n  loading: () => <p>…</p>,\n});\nexport default function P() {\n  return <Lab />;\n}\n",
    ),
    closed: true,
  },
  'a page only sends on': {
    files: lab(
      "import { redirect } from 'next/navigation';\nexport default function P() {\n  redirect('/dashboard/home');\n}\n",
    ),
    closed: true,
  },
  'a page sends on before it shows anything': {
    files: lab(
      "import { redirect } from 'next/navigation';\nexport default function P() {\n  redirect('/dashboard/home');\n  return <p>Lab</p>;\n}\n",
    ),
    closed: true,
  },
  'a slot and an intercepted route are no segments': {
    files: loading(LOADING, {
      'app/dashboard/@side/page.tsx': PAGE,
      'app/dashboard/(.)lab/page.tsx': PAGE,
    }),
    closed: true,
  },
  'git leaves out a file that another one stands in for': {
    files: loading(LOADING, { '.gitignore': 'lab/\n', 'app/dashboard/lab/loading.tsx': LOADING }),
    closed: true,
    notes: ['would-be-ignored'],
  },
  'the rule of git is anchored': {
    files: lab(PAGE, { '.gitignore': '/lab/\n', 'app/dashboard/lab/loading.tsx': LOADING }),
    closed: true,
    notes: [],
  },

  // Not applicable.
  'there is no Next.js app': {
    files: { 'package.json': '{}', 'app/dashboard/page.tsx': PAGE },
    notApplicable: true,
  },
  'there is no dashboard': {
    files: { 'package.json': '{ "dependencies": { "next": "14" } }', 'app/page.tsx': PAGE },
    notApplicable: true,
  },
  'the dashboard is served by the pages router': {
    files: { 'package.json': '{ "dependencies": { "next": "14" } }', 'pages/dashboard/index.tsx': PAGE },
    notApplicable: true,
  },
});
