import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const PACKAGE =
  '{ "dependencies": { "next": "14.0.4", "next-auth": "^4.24.5", "tailwindcss": "3.4.0", "eslint-config-next": "14.0.4" } }';
const LATER = PACKAGE.replace('"next": "14.0.4"', '"next": "14.2.30"');
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

const PLAIN =
  'export default function L({ children }) {\n  return <html><body>{children}</body></html>;\n}\n';
const SHELL = 'export default function Shell({ children }) {\n  return <div>{children}</div>;\n}\n';
const WRAPPED = PLAIN.replace('{children}', '<Providers>{children}</Providers>').replace(
  'export',
  "import { Providers } from './providers';\nexport",
);
const GROUPED = {
  'frontend/package.json': PACKAGE,
  'frontend/app/layout.tsx': LAYOUT,
  'frontend/app/(site)/page.tsx': PAGE,
  'frontend/app/(site)/error.tsx': BOUNDARY,
  'frontend/app/(app)/layout.tsx': SHELL,
  'frontend/app/(app)/error.tsx': BOUNDARY,
  'frontend/app/(app)/dashboard/page.tsx': PAGE,
  'frontend/app/global-error.tsx': GLOBAL,
};
const LOCALE = {
  'package.json': PACKAGE,
  'app/[locale]/layout.tsx': LAYOUT,
  'app/[locale]/page.tsx': PAGE,
  'app/[locale]/dashboard/layout.tsx': SHELL,
  'app/[locale]/dashboard/page.tsx': PAGE,
};

const PASSED_ON = {
  'package.json': LATER,
  'app/layout.tsx':
    "import type { ReactNode } from 'react';\n\n// <html> stands below.\nexport default function RootLayout({ children }: { children: ReactNode }) {\n  return children;\n}\n",
  'app/[locale]/layout.tsx': LAYOUT.replaceAll('RootLayout', 'LocaleLayout'),
  'app/[locale]/page.tsx': NAV.replace('export function', 'export default function'),
  'app/[locale]/about/page.tsx': PAGE,
};

/** The root layout with one more import, and something else in its body. */
function layoutWith(line: string, body: string): string {
  return LAYOUT.replace("import './globals.css';", `import './globals.css';\n${line}`).replace(
    '{children}',
    body,
  );
}

const ASKS_SESSION =
  "'use client';\nimport { useSession } from 'next-auth/react';\nexport default function Page() {\n  return <p>{useSession().status}</p>;\n}\n";

testGap(gap, import.meta.url, {
  'nothing catches anything': {
    files: app({ 'frontend/app/dashboard/layout.tsx': SHELL }),
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
      'frontend/app/dashboard/layout.tsx': SHELL,
      'frontend/app/global-error.tsx': GLOBAL,
    }),
    open: ['no-root-boundary', 'no-dashboard-boundary'],
  },
  'the target writes double quotes, four blanks and plain .js': {
    files: {
      'package.json': PACKAGE,
      'app/layout.js':
        'import "./globals.css";\n\nexport default function Layout({ children }) {\n    return (\n        <html>\n            <body>{children}</body>\n        </html>\n    );\n}\n',
      'app/dashboard/layout.js': SHELL.replace('  ', '    '),
      'app/dashboard/page.js': `import Link from "next/link";\n\n${PAGE.replace('  ', '    ')}`,
      'app/error.js': BOUNDARY,
    },
    open: ['no-dashboard-boundary', 'no-global-boundary'],
  },
  'the directive comes after an import': {
    files: app({
      ...ALL,
      'frontend/app/error.tsx': BOUNDARY.replace(
        "'use client';\n",
        "// shown for a crash\n\nimport Link from 'next/link';\n'use client';\n",
      ),
    }),
    open: ['boundary-not-client'],
  },
  'a server boundary awaits': {
    files: app({
      ...ALL,
      'frontend/app/error.tsx':
        'export default async function Error() {\n  return <p>{await text()}</p>;\n}\n',
    }),
    open: ['boundary-not-client'],
    notes: ['boundary-without-retry'],
    manual: true,
  },
  'the root boundary alone does not keep the shell of the dashboard': {
    files: app({
      ...ALL,
      'frontend/app/dashboard/error.tsx': '',
      'frontend/app/dashboard/layout.tsx': SHELL,
    }),
    open: ['boundary-without-export'],
    manual: true,
  },
  'no layout draws anything around the dashboard': {
    files: app({
      'frontend/app/(protected)/layout.tsx':
        "import { redirect } from 'next/navigation';\nexport default function L({ children }) {\n  if (!known()) redirect('/');\n  return <>{children}</>;\n}\n",
      'frontend/app/(protected)/dashboard/page.tsx': PAGE,
      'frontend/app/layout.tsx': layoutWith(
        "import { Toaster } from 'sonner';",
        '<div>{children}<Toaster /></div>',
      ),
      'frontend/app/error.tsx': BOUNDARY,
      'frontend/app/global-error.tsx': GLOBAL,
    }),
    closed: true,
  },
  'a boundary above the layout of the dashboard takes it along': {
    files: { ...GROUPED, 'frontend/app/(app)/dashboard/layout.tsx': SHELL },
    open: ['no-dashboard-boundary'],
  },
  'the layout of the dashboard throws past its own boundary': {
    files: {
      'package.json': PACKAGE,
      'app/layout.tsx': LAYOUT,
      'app/dashboard/layout.tsx': SHELL,
      'app/dashboard/page.tsx': PAGE,
      'app/dashboard/error.tsx': BOUNDARY,
      'app/global-error.tsx': GLOBAL,
    },
    open: ['no-root-boundary'],
  },
  'a boundary beside the layout that draws the navigation keeps it': {
    files: {
      'package.json': LATER,
      'app/(app)/layout.tsx': LAYOUT.replace('{children}', '<Navbar />{children}'),
      'app/(app)/error.tsx': BOUNDARY,
      'app/(app)/dashboard/page.tsx': PAGE,
      'app/global-error.tsx': GLOBAL,
    },
    closed: true,
  },
  'a group below the dashboard draws the navigation': {
    files: {
      'package.json': PACKAGE,
      'app/layout.tsx': LAYOUT,
      'app/error.tsx': BOUNDARY,
      'app/global-error.tsx': GLOBAL,
      'app/dashboard/(sidebar)/layout.tsx':
        "import { Frame } from '../frame';\n\nexport default function Layout({ children }) {\n  return <Frame>{children}</Frame>;\n}\n",
      'app/dashboard/frame.tsx':
        'export const Frame = ({ children }) => <div><nav /><main>{children}</main></div>;\n',
      'app/dashboard/welcome/page.tsx': PAGE,
      'app/dashboard/(sidebar)/overview/page.tsx': PAGE,
    },
    open: ['no-dashboard-boundary'],
  },
  'a layout is that of another section, which provides the session': {
    files: {
      'package.json': PACKAGE,
      'app/layout.tsx': LAYOUT,
      'app/error.tsx': BOUNDARY,
      'app/global-error.tsx': GLOBAL,
      'app/admin/layout.tsx':
        "'use client';\nimport { SessionProvider } from 'next-auth/react';\nexport default function Admin({ children }) {\n  return <SessionProvider>{children}</SessionProvider>;\n}\n",
      'app/(ee)/embed/layout.tsx': "export { default } from '../../admin/layout';\n",
      'app/(ee)/embed/page.tsx': ASKS_SESSION,
      'app/(ee)/frame/layout.tsx': "import Admin from '../../admin/layout';\n\nexport default Admin;\n",
      'app/(ee)/frame/page.tsx': ASKS_SESSION,
    },
    closed: true,
  },
  'a boundary around everything takes the shell of the dashboard along': {
    files: {
      'package.json': PACKAGE,
      'src/app/layout.jsx': WRAPPED,
      'src/app/global-error.jsx': GLOBAL,
      'src/app/(main)/layout.jsx': SHELL,
      'src/app/(main)/dashboard/page.jsx': PAGE,
      'src/app/providers.jsx':
        "'use client';\nimport { ErrorBoundary } from 'react-error-boundary';\nexport const Providers = ({ children }) => <ErrorBoundary fallback={null}>{children}</ErrorBoundary>;\n",
    },
    open: ['no-dashboard-boundary'],
  },
  'the boundary stands beside the children, and another one is for hydration': {
    files: {
      'package.json': PACKAGE,
      'src/app/layout.jsx': WRAPPED,
      'src/app/page.jsx': PAGE,
      'src/app/global-error.jsx': GLOBAL,
      'src/app/providers.jsx':
        "'use client';\nimport { ErrorBoundary } from 'react-error-boundary';\nimport { HydrationBoundary } from '@tanstack/react-query';\nexport const Providers = ({ children }) => (\n  <HydrationBoundary state={null}>\n    {children}\n    <ErrorBoundary fallback={null}><p>news</p></ErrorBoundary>\n  </HydrationBoundary>\n);\n",
    },
    open: ['no-root-boundary'],
  },
  'the root layout stands in a locale segment': {
    files: LOCALE,
    open: ['no-root-boundary', 'no-dashboard-boundary', 'no-global-boundary'],
  },
  'the root layout stands in a locale segment of a later Next.js': {
    files: {
      ...LOCALE,
      'package.json': PACKAGE.replace('14.0.4', '^15.1.0'),
      'app/[locale]/error.jsx': BOUNDARY,
      'app/[locale]/dashboard/error.jsx': BOUNDARY,
    },
    open: ['no-global-boundary'],
  },
  'the provider is imported and rendered beside the children': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.tsx': PROVIDERS,
      'frontend/app/layout.tsx': layoutWith(
        "import Providers from '../components/Providers';",
        '<Providers />\n        {children}',
      ),
    }),
    open: ['no-session-provider'],
  },
  'the provider stands in a comment': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/AuthProvider.tsx':
        "'use client';\nimport { SessionProvider } from 'next-auth/react';\nimport type { ReactNode } from 'react';\ntype Props = { children: ReactNode; refetch?: number };\nexport function AuthProvider({ children, refetch }: Props) {\n  return <SessionProvider refetchInterval={refetch}>{children}</SessionProvider>;\n}\n",
      'frontend/app/layout.tsx': layoutWith(
        '// <SessionProvider> is to come',
        '{/* <SessionProvider>{children}</SessionProvider> */}\n        {children}',
      ),
    }),
    open: ['no-session-provider'],
  },
  'the provider asks for a session of the server': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.tsx':
        "'use client';\nimport { SessionProvider } from 'next-auth/react';\ninterface Options { retry?: boolean }\ntype More = { more?: boolean };\ninterface Props { children: ReactNode; session: Session | null }\nexport default function Providers({ children, session }: Props) {\n  return <SessionProvider session={session}>{children}</SessionProvider>;\n}\n",
    }),
    open: ['no-session-provider'],
    manual: true,
  },
  'the root layout asks for the session itself': {
    files: app({
      ...ALL,
      'frontend/components/Nav.tsx': NAV,
      'frontend/components/Providers.tsx': PROVIDERS,
      'frontend/app/layout.tsx': layoutWith(
        "import { Nav } from '../components/Nav';",
        '<Nav />\n        {children}',
      ),
    }),
    open: ['no-session-provider'],
    manual: true,
  },
  'a layout renders the caller outside of its own provider': {
    files: app({
      ...ALL,
      'frontend/components/Nav.tsx': NAV,
      'frontend/components/Providers.tsx': PROVIDERS,
      'frontend/app/dashboard/layout.tsx':
        "import { Nav } from '@/components/Nav';\nimport Providers from '@/components/Providers';\nexport default function L({ children }) {\n  return <div><Nav /><Providers>{children}</Providers></div>;\n}\n",
    }),
    open: ['no-session-provider'],
  },
  'a page renders the caller inside of a provider and outside': {
    files: app({
      ...ALL,
      'frontend/components/Nav.tsx': NAV,
      'frontend/app/dashboard/page.tsx':
        "'use client';\nimport { SessionProvider } from 'next-auth/react';\nimport { Nav } from '@/components/Nav';\nexport default function Page() {\n  return <div><SessionProvider><Nav /></SessionProvider><Nav /></div>;\n}\n",
    }),
    open: ['no-session-provider'],
  },
  'wrappers wrap each other, and something else of next-auth is no provider': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/app/layout.tsx': layoutWith(
        "import { SessionContext } from 'next-auth/react';\nimport Outer from '../components/Outer';",
        '<SessionContext.Provider value={undefined}><Outer>{children}</Outer></SessionContext.Provider>',
      ),
      'frontend/components/Outer.tsx':
        "import Inner from './Inner';\nexport default function Outer({ children }) {\n  return <Inner>{children}</Inner>;\n}\n",
      'frontend/components/Inner.tsx':
        "import Outer from './Outer';\nexport default function Inner({ children, deep }) {\n  return deep ? <Outer>{children}</Outer> : <div>{children}</div>;\n}\n",
    }),
    open: ['no-session-provider'],
  },
  'two root layouts ask for the same provider': {
    files: {
      'package.json': LATER,
      'components/Nav.jsx': NAV,
      'app/(site)/layout.jsx': PLAIN,
      'app/(site)/page.jsx': "export { Nav as default } from '../../components/Nav';\n",
      'app/(site)/error.jsx': BOUNDARY,
      'app/(app)/layout.jsx': PLAIN,
      'app/(app)/home/page.jsx': "export { Nav as default } from '../../../components/Nav';\n",
      'app/(app)/error.jsx': BOUNDARY,
      'app/global-error.jsx': GLOBAL,
    },
    open: ['no-session-provider', 'no-session-provider'],
  },
  'a layout elsewhere provides for its own pages': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/app/admin/page.tsx': "export { Nav as default } from '../../components/Nav';\n",
      'frontend/app/admin/layout.tsx': PROVIDERS,
    }),
    open: ['no-session-provider'],
  },
  'a hook hands the session on, through an index file': {
    files: app({
      ...ALL,
      'frontend/hooks/useUser.ts':
        "import { useSession as session } from 'next-auth/react';\nexport const useUser = () => session().data?.user;\nexport const initials = (name: string) => name[0];\n",
      'frontend/hooks/index.ts': "export * from './useUser';\n",
      'frontend/app/dashboard/page.tsx':
        "'use client';\nimport { useUser } from '../../hooks';\nexport default function Page() {\n  return <p>{useUser()?.name}</p>;\n}\n",
    }),
    open: ['no-session-provider'],
  },
  'Next.js 14.0 does not look for global-error above its root layouts': {
    files: {
      'package.json': PACKAGE.replace('"14.0.4"', '"~14.0.3"'),
      'app/(site)/layout.jsx': PLAIN,
      'app/(site)/page.jsx': PAGE,
      'app/(site)/error.jsx': BOUNDARY,
      'app/(shop)/layout.jsx': PLAIN,
      'app/(shop)/cart/page.jsx': PAGE,
      'app/(shop)/error.jsx': BOUNDARY,
      'app/global-error.jsx': GLOBAL,
    },
    open: ['no-global-boundary', 'no-global-boundary'],
  },
  'from Next.js 14.1 on a global-error beside the root layout is not loaded': {
    files: {
      ...LOCALE,
      'package.json': PACKAGE.replace('"14.0.4"', '"^14.0.4"'),
      'app/[locale]/error.tsx': BOUNDARY,
      'app/[locale]/dashboard/error.tsx': BOUNDARY,
      'app/[locale]/global-error.tsx': GLOBAL,
    },
    open: ['no-global-boundary'],
  },
  'a lock file says which Next.js it is': {
    files: {
      ...LOCALE,
      'package.json': PACKAGE.replace('"14.0.4"', '"^14.0.4"'),
      'package-lock.json': '{ "packages": { "node_modules/next": { "version": "14.0.4" } } }',
      'app/[locale]/error.tsx': BOUNDARY,
      'app/[locale]/dashboard/error.tsx': BOUNDARY,
      'app/[locale]/global-error.tsx': GLOBAL,
    },
    closed: true,
  },
  'the root layout only hands its children on': {
    files: { ...PASSED_ON, 'app/error.tsx': BOUNDARY },
    open: ['no-root-boundary', 'no-global-boundary', 'no-session-provider'],
  },
  'the document is drawn by a component of the layout in the locale segment': {
    files: {
      ...PASSED_ON,
      'app/layout.tsx': 'export default function RootLayout({ children }) {\n  return <>{children}</>;\n}\n',
      'app/not-found.tsx': PAGE,
      'app/[locale]/layout.tsx': `import { BaseLayout } from '../../components/base-layout';

export default async function LocaleLayout({ children, params }) {
  return <BaseLayout locale={params.locale}>{children}</BaseLayout>;
}
`,
      'app/[locale]/page.tsx': PAGE,
      'components/base-layout.tsx': `export function BaseLayout({ children, locale }) {
  return (
    <html lang={locale}>
      <body>{children}</body>
    </html>
  );
}
`,
    },
    open: ['no-root-boundary', 'no-global-boundary'],
  },
  'a lock file of pnpm says which Next.js it is': {
    files: {
      ...LOCALE,
      'package.json': PACKAGE.replace('"14.0.4"', '"^14.0.1"'),
      'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      next:
        specifier: ^14.0.1
        version: 14.0.4(react@18.2.0)
`,
      'app/[locale]/error.tsx': BOUNDARY,
      'app/[locale]/dashboard/error.tsx': BOUNDARY,
    },
    open: ['no-global-boundary'],
  },
  'the boundaries stand inside the document below a root layout that only hands on': {
    files: {
      ...PASSED_ON,
      'app/page.tsx':
        "import { redirect } from 'next/navigation';\nexport default function Page() {\n  redirect('/en');\n}\n",
      'app/[locale]/page.tsx': PAGE,
      'app/[locale]/error.tsx': BOUNDARY,
      'app/global-error.tsx': GLOBAL,
    },
    closed: true,
  },
  'a comment stands before the markup': {
    files: app({
      ...ALL,
      'frontend/app/global-error.tsx': GLOBAL.replace(
        'return <html>',
        'return (\n    // global-error must include html and body tags\n    <html>',
      ).replace('</html>;', '</html>\n  );'),
    }),
    closed: true,
    notes: [],
  },
  'private components stand inside the provider of their file': {
    files: app({
      ...ALL,
      'frontend/components/Nav.tsx': NAV,
      'frontend/app/providers.tsx':
        "'use client';\nimport { SessionProvider } from 'next-auth/react';\nimport { Nav } from '@/components/Nav';\n\nfunction Inner({ children }) {\n  return <Deep>{children}</Deep>;\n}\n\nconst Deep = ({ children }) => <main><Nav />{children}</main>;\n\nexport default function AppProviders({ children }) {\n  return <SessionProvider><Inner>{children}</Inner></SessionProvider>;\n}\n",
      'frontend/app/layout.tsx': layoutWith(
        "import AppProviders from './providers';",
        '<AppProviders>{children}</AppProviders>',
      ),
    }),
    closed: true,
  },
  'a private component stands outside of the provider as well': {
    files: app({
      ...ALL,
      'frontend/components/Nav.tsx': NAV,
      'frontend/app/dashboard/page.tsx':
        "'use client';\nimport { SessionProvider } from 'next-auth/react';\nimport { Nav } from '@/components/Nav';\n\nfunction Inner() {\n  return <Nav />;\n}\n\nexport default function Page() {\n  return <div><SessionProvider><Inner /></SessionProvider><Inner /></div>;\n}\n",
    }),
    open: ['no-session-provider'],
  },
  'an app without Tailwind': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.4.0", "react": "19.1.0" } }',
      'tsconfig.json': TSCONFIG,
      'src/app/layout.tsx': LAYOUT,
      'src/app/page.tsx': PAGE,
    },
    open: ['no-root-boundary', 'no-global-boundary'],
  },
  'a component of the name is there, others stand in the app folder, and the dashboard has no home': {
    files: {
      'package.json': PACKAGE,
      'app/globals.css': '@import "tailwindcss";\n',
      'app/layout.tsx': LAYOUT,
      'app/page.tsx': PAGE,
      'app/error.tsx': BOUNDARY,
      'app/global-error.tsx': GLOBAL,
      'app/components/ErrorPanel.tsx':
        'export default function ErrorPanel({ text }) {\n  return <p>{text}</p>;\n}\n',
      'app/components/Nav.tsx': 'export const Nav = () => null;\n',
      'app/(main)/dashboard/layout.tsx': SHELL,
      'app/(main)/dashboard/settings/page.tsx': PAGE,
    },
    open: ['no-dashboard-boundary'],
  },
  'the panel is there already': {
    files: app({
      'frontend/app/error.tsx':
        "'use client';\n\nimport ErrorPanel from '../components/ErrorPanel';\n\nexport default function RootError({ error, reset }) {\n  return <ErrorPanel error={error} reset={reset} title=\"\" advice=\"\" home={{ href: '/', label: 'Go Home' }} />;\n}\n",
      'frontend/components/ErrorPanel.tsx':
        "'use client';\n\nexport default function ErrorPanel({ error, reset, title, advice, home }) {\n  return <button onClick={reset}>{title}{advice}{home.label}{error.digest}</button>;\n}\n",
      'frontend/app/dashboard/layout.tsx': SHELL,
      'frontend/app/global-error.tsx': GLOBAL,
    }),
    open: ['no-dashboard-boundary'],
  },
  'all boundaries stand': { files: app(ALL), closed: true },
  'the boundaries are JavaScript, under comments, and hand their default on': {
    files: app({
      'frontend/app/error.js': `// frontend/app/error.js\n/* shown for\n   a crash */\n"use client"\n\nexport { default } from '../components/Crash';\n`,
      'frontend/components/Crash.jsx': BOUNDARY,
      'frontend/app/dashboard/error.jsx': BOUNDARY.replace('export default ', '').concat(
        'export { Error as default };\n',
      ),
      'frontend/app/global-error.jsx':
        "'use client';\nimport Document from '../components/Document';\nexport default function G(props) {\n  return <Document {...props} />;\n}\n",
      'frontend/components/Document.jsx': GLOBAL.replace("'use client';\n\n", ''),
    }),
    closed: true,
    notes: [],
  },
  'a group catches for the dashboard in it': {
    files: GROUPED,
    closed: true,
  },
  'the boundaries stand in a locale segment': {
    files: {
      ...LOCALE,
      'app/[locale]/error.tsx': BOUNDARY,
      'app/[locale]/dashboard/error.tsx': BOUNDARY,
      'app/[locale]/global-error.tsx': GLOBAL,
    },
    closed: true,
  },
  'the dashboard has a root layout of its own': {
    files: {
      'package.json': LATER,
      'app/(site)/layout.tsx': LAYOUT,
      'app/(site)/page.tsx': PAGE,
      'app/(site)/error.tsx': BOUNDARY,
      'app/dashboard/layout.tsx': LAYOUT,
      'app/dashboard/page.tsx': PAGE,
      'app/dashboard/error.tsx': BOUNDARY,
      'app/global-error.tsx': GLOBAL,
    },
    closed: true,
  },
  'the root layout puts a boundary around everything': {
    files: {
      'package.json': PACKAGE,
      'src/app/layout.jsx': WRAPPED,
      'src/app/page.jsx': PAGE,
      'src/app/global-error.jsx': GLOBAL,
      'src/app/providers.jsx':
        "'use client';\nimport { Guard } from '../parts/guard';\nexport const Providers = ({ children }) => <Guard>{children}</Guard>;\n",
      'src/parts/guard.jsx':
        "import { ErrorBoundary } from 'react-error-boundary';\nexport function Guard({ children }) {\n  return <ErrorBoundary fallback={<p>Sorry</p>}>{children}</ErrorBoundary>;\n}\n",
    },
    closed: true,
  },
  'a class of its own catches, in the layout of the dashboard too': {
    files: {
      'package.json': PACKAGE,
      'app/layout.tsx': PLAIN.replace('{children}', '<ErrorBoundary>{children}</ErrorBoundary>').replace(
        'export',
        "import { ErrorBoundary } from './parts/catch';\nexport",
      ),
      'app/page.tsx': PAGE,
      'app/global-error.tsx': GLOBAL,
      'app/dashboard/layout.tsx': SHELL.replace(
        '{children}',
        '<ErrorBoundary>{children}</ErrorBoundary>',
      ).replace('export', "import { ErrorBoundary } from '../parts/catch';\nexport"),
      'app/dashboard/page.tsx': PAGE,
      'app/parts/catch.tsx':
        "'use client';\nimport { Component } from 'react';\nexport class ErrorBoundary extends Component {\n  state = { failed: false };\n  static getDerivedStateFromError() {\n    return { failed: true };\n  }\n  render() {\n    return this.state.failed ? <p>Sorry</p> : this.props.children;\n  }\n}\n",
    },
    closed: true,
  },
  'a boundary without a way to try again is a note': {
    files: app({ ...ALL, 'frontend/app/error.tsx': "'use client';\nexport default () => <p>crashed</p>;\n" }),
    closed: true,
    notes: ['boundary-without-retry'],
  },
  'the provider stands inside another wrapper': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.tsx': PROVIDERS,
      'frontend/app/layout.tsx': layoutWith(
        "import Shell from '../components/Shell';",
        '<Shell>{children}</Shell>',
      ),
      'frontend/components/Shell.tsx':
        "import Providers from './Providers';\nexport default function Shell({ children }) {\n  return <Providers>{children}</Providers>;\n}\n",
    }),
    closed: true,
  },
  'the provider is made without JSX': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.js':
        "'use client';\nimport { createElement } from 'react';\nimport { SessionProvider } from 'next-auth/react';\nexport default function Providers({ children }) {\n  return createElement(SessionProvider, null, children);\n}\n",
      'frontend/app/layout.tsx': layoutWith(
        "import Providers from '@/components/Providers';",
        '<Providers>{children}</Providers>',
      ),
    }),
    closed: true,
  },
  'the call stands in a comment': {
    files: app({
      ...ALL,
      'frontend/app/dashboard/page.tsx':
        "import { useSession } from 'next-auth/react';\nexport default function Page() {\n  // const { data } = useSession();\n  return <p>page</p>;\n}\n",
    }),
    closed: true,
  },
  'the provider is given to a function that puts many around the children': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.tsx': `'use client';
import { SessionProvider } from 'next-auth/react';
import { ThemeProvider } from 'next-themes';
import { compose } from '../lib/compose';

const All = compose([SessionProvider, ThemeProvider]);

export default function Providers({ children }) {
  return <All>{children}</All>;
}
`,
      'frontend/app/layout.tsx': layoutWith(
        "import Providers from '../components/Providers';",
        '<Providers>{children}</Providers>',
      ),
    }),
    closed: true,
  },
  'the provider is imported and used nowhere': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/app/layout.tsx': layoutWith(
        "import { SessionProvider } from 'next-auth/react';",
        '<main>{children}</main>',
      ),
    }),
    open: ['no-session-provider'],
  },
  'the provider is handed on by an index file': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/lib/auth/index.ts':
        "'use client';\nexport { SessionProvider as Auth } from 'next-auth/react';\n",
      'frontend/app/layout.tsx': layoutWith("import { Auth } from '@/lib/auth';", '<Auth>{children}</Auth>'),
    }),
    closed: true,
  },
  'the provider is loaded late': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'frontend/components/Providers.tsx': PROVIDERS,
      'frontend/app/layout.tsx': layoutWith(
        "import dynamic from 'next/dynamic';\nconst Late = dynamic(() => import('../components/Providers'));",
        '<Late>{children}</Late>',
      ),
    }),
    closed: true,
  },
  'the wrapper comes from a package of the repository that is not built': {
    files: app({
      ...WITH_NAV,
      ...ALL,
      'packages/ui/package.json': '{ "name": "@acme/ui", "main": "dist/index.js" }',
      'frontend/app/layout.tsx': layoutWith("import { Frame } from '@acme/ui';", '<Frame>{children}</Frame>'),
    }),
    closed: true,
  },
  'the page brings its own provider': {
    files: app({
      ...ALL,
      'frontend/components/Nav.tsx': NAV,
      'frontend/app/dashboard/page.tsx':
        "'use client';\nimport * as Auth from 'next-auth/react';\nimport { Nav } from '@/components/Nav';\nexport default function Page() {\n  return <Auth.SessionProvider><Nav /></Auth.SessionProvider>;\n}\n",
    }),
    closed: true,
  },
  'a component brings the provider for its neighbour in the same file': {
    files: app({
      ...ALL,
      'frontend/components/Hint.tsx':
        "'use client';\nimport { SessionProvider, useSession } from 'next-auth/react';\nexport function Hint() {\n  return <SessionProvider><Inner /></SessionProvider>;\n}\nfunction Inner() {\n  const { data } = useSession();\n  return <p>{data ? 'in' : 'out'}</p>;\n}\n",
      'frontend/app/page.tsx':
        "import { Hint } from '@/components/Hint';\nexport default function Page() {\n  return <Hint />;\n}\n",
    }),
    closed: true,
  },
  "a file of a boundary's name beside no page": {
    files: app({
      ...ALL,
      'frontend/app/dashboard/_parts/error.tsx': 'export const message = 1;\n',
    }),
    closed: true,
  },
  'nobody renders who asks for the session': {
    files: app({
      ...ALL,
      'frontend/components/Nav.tsx': `${NAV}export function Logo() {\n  return <p>logo</p>;\n}\n`,
      'frontend/components/index.ts':
        "import { Nav } from './Nav';\nexport { Nav };\nexport { Logo } from './Nav';\n",
      'frontend/app/dashboard/page.tsx':
        "import { Logo } from '../../components';\nexport default function Page() {\n  return <Logo />;\n}\n",
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
  'the app folder holds routes alone': {
    files: {
      'package.json': PACKAGE,
      'app/api/health/route.ts': 'export const GET = () => new Response();\n',
    },
    notApplicable: true,
  },
  'the app uses the pages router': {
    files: { 'package.json': PACKAGE, 'pages/index.js': PAGE },
    notApplicable: true,
  },
  'there is no Next.js app': { files: { 'package.json': '{}' }, notApplicable: true },
});
