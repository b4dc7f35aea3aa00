import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const PACKAGE = '{ "dependencies": { "next": "14.0.4", "next-auth": "^4.24.5" } }';
const TSCONFIG = '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }\n';
const LAYOUT = `import './globals.css';
import type { ReactNode } from 'react';

// The fonts are local.
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body className="dark">
        {children}
      </body>
    </html>
  );
}
`;
const BOUNDARY =
  "'use client';\n\nexport default function Error({ error, reset }) {\n  return <button onClick={reset}>{error.digest}</button>;\n}\n";
const GLOBAL =
  "'use client';\n\nexport default function GlobalError({ reset }) {\n  return <html><body><button onClick={reset}>again</button></body></html>;\n}\n";
const NAV =
  "'use client';\nimport { useSession } from 'next-auth/react';\nexport function Nav() {\n  const { data } = useSession();\n  return <p>{data?.user?.name}</p>;\n}\n";
const PROVIDERS =
  "'use client';\nimport { SessionProvider } from 'next-auth/react';\nexport default function Providers({ children }) {\n  return <SessionProvider>{children}</SessionProvider>;\n}\n";
const PAGE = 'export default function Page() {\n  return <p>page</p>;\n}\n';

/** A front end with a dashboard. */
function app(more: Record<string, string> = {}): Record<string, string> {
  return {
    'frontend/package.json': PACKAGE,
    'frontend/tsconfig.json': TSCONFIG,
    'frontend/app/layout.tsx': LAYOUT,
    'frontend/app/page.tsx': PAGE,
    'frontend/app/dashboard/page.tsx': PAGE,
    ...more,
  };
}

const ALL = {
  'frontend/app/error.tsx': BOUNDARY,
  'frontend/app/dashboard/error.tsx': BOUNDARY,
  'frontend/app/global-error.tsx': GLOBAL,
};
const WITH_NAV = {
  'frontend/app/dashboard/layout.tsx':
    "import { Nav } from '../../components/Nav';\nexport default function L({ children }) {\n  return <div><Nav />{children}</div>;\n}\n",
  'frontend/components/Nav.tsx': NAV,
};

testGap(gap, import.meta.url, {
  'nothing catches anything': {
    files: app(),
    open: ['no-root-boundary', 'no-dashboard-boundary', 'no-global-boundary'],
  },
  'the dashboard asks for a session that nobody provides': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.tsx': PROVIDERS,
      'frontend/lib/x.ts': "import y from '@/components/Providers';\n",
    }),
    open: ['no-session-provider'],
  },
  'there is no provider component either': {
    files: app({ ...WITH_NAV, ...ALL }),
    open: ['no-session-provider'],
  },
  'an app in JavaScript under src': {
    files: {
      'package.json': PACKAGE,
      'src/app/layout.jsx': LAYOUT.replace("import type { ReactNode } from 'react';\n", '').replace(
        ': { children: ReactNode }',
        '',
      ),
      'src/app/page.jsx': PAGE,
    },
    open: ['no-root-boundary', 'no-global-boundary'],
  },
  'a boundary is a server component': {
    files: app({
      ...ALL,
      'frontend/app/error.tsx': BOUNDARY.replace("'use client';\n\n", '// the root boundary\n'),
    }),
    open: ['boundary-not-client'],
  },
  'a boundary exports nothing': {
    files: app({ ...ALL, 'frontend/app/error.tsx': "'use client';\nexport {};\n" }),
    open: ['boundary-without-export'],
    manual: true,
  },
  'global-error is no document': {
    files: app({ ...ALL, 'frontend/app/global-error.tsx': BOUNDARY }),
    open: ['global-boundary-without-document'],
    manual: true,
  },
  'the layout renders its children elsewhere': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/app/layout.tsx': LAYOUT.replace('{children}', '{wrap(children)}'),
    }),
    open: ['no-session-provider'],
    manual: true,
  },
  'a boundary in a group does not cover the dashboard': {
    files: app({
      'frontend/app/(site)/error.tsx': BOUNDARY,
      'frontend/app/(site)/about/page.tsx': PAGE,
      'frontend/app/global-error.tsx': GLOBAL,
    }),
    open: ['no-root-boundary', 'no-dashboard-boundary'],
  },
  'all boundaries stand': { files: app(ALL), closed: true },
  'the provider stands inside another wrapper': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.tsx': PROVIDERS,
      'frontend/app/layout.tsx': LAYOUT.replace('{children}', '<Shell>{children}</Shell>').replace(
        "import './globals.css';",
        "import './globals.css';\nimport Shell from '../components/Shell';",
      ),
      'frontend/components/Shell.tsx':
        "import Providers from './Providers';\nexport default function Shell({ children }) {\n  return <Providers>{children}</Providers>;\n}\n",
    }),
    closed: true,
  },
  'there is no dashboard': {
    files: {
      'package.json': PACKAGE,
      'app/layout.jsx':
        'export default function L({ children }) {\n  return <html><body>{children}</body></html>;\n}\n',
      'app/page.jsx': PAGE,
      'app/error.jsx': BOUNDARY,
      'app/global-error.jsx': GLOBAL,
    },
    closed: true,
  },
  'the app uses the pages router': {
    files: { 'package.json': PACKAGE, 'pages/index.js': PAGE },
    notApplicable: true,
  },
  'there is no Next.js app': { files: { 'package.json': '{}' }, notApplicable: true },
});
