import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const TAILWIND = '{ "dependencies": { "next": "14.0.4", "tailwindcss": "3.4.0" } }';
const PLAIN = '{ "dependencies": { "next": "15.0.0" } }';

function page(markup: string, imports = ''): string {
  return `${imports && `${imports}\n\n`}export default function Page() {\n  return (\n    ${markup}\n  );\n}\n`;
}

const OVERVIEW = `<div className="mx-auto max-w-5xl space-y-6 text-amber-50">
      <header>
        <h1>Overview</h1>
      </header>
      <div className="grid gap-4 bg-black sm:grid-cols-3">
        <div className="rounded-xl border">One</div>
        <div className="rounded-xl border">Two</div>
        <div className="rounded-xl border">Three</div>
      </div>
      <UsageTable />
    </div>`;

testGap(gap, import.meta.url, {
  'cards, a table, a form, a chat and a box, each drawn from its page': {
    files: {
      'package.json': TAILWIND,
      'app/dashboard/layout.tsx':
        'export default function L({ children }) {\n  return <main>{children}</main>;\n}\n',
      'app/dashboard/page.tsx': `// app/dashboard/page.tsx\n${page(OVERVIEW, "import { UsageTable } from '@/components/usage';")}`,
      'app/dashboard/settings/page.tsx': page(
        '<div className="p-6"><h1>Settings</h1><form><input /><select /><textarea /></form></div>',
      ),
      'app/dashboard/chat/page.tsx': page(
        '<ChatInterface />',
        "import { ChatInterface } from '@/components/chat';",
      ),
      'app/dashboard/ask/page.tsx': page(
        '<div><p>Hello</p><textarea placeholder="Message the team..." /></div>',
      ),
      'app/dashboard/about/page.tsx': page('<p>Text</p>'),
    },
    open: Array.from({ length: 5 }, () => 'no-loading-ui'),
  },
  'what is closed, on another tab, in a later step or not there yet is left out, in the order of the page': {
    files: {
      'package.json': TAILWIND,
      'app/dashboard/page.tsx': `'use client';
import { useState } from 'react';

export default function Page() {
  const [tab, setTab] = useState<Tab>('list');
  const [open, setOpen] = useState(false);
  const [step, setStep] = useState(0);
  const [result, setResult] = useState(null);
  const [runs, setRuns] = useState([]);
  const [isLoading, setIsLoading] = useState(true);
  return (
    <div className="min-h-screen px-4">
      <div className="mx-auto flex max-w-3xl gap-8 px-8">
        <div className="mt-8 grid sm:grid-cols-2">
          <p>One</p>
          {open && <p>Two</p>}
          <p>Three</p>
        </div>
        <h1>Home</h1>
        {tab === 'list' ? <ul><li>A</li></ul> : <table />}
        {tab === 'new' && <form><input /></form>}
        {open && <form><input /><input /></form>}
        {step > 0 && <table />}
        {result && result.ok && <PriceChart />}
        {runs.map((run) => <table key={run.id} />)}
        {isLoading ? <p>Wait</p> : <UsageChart />}
        {!open && <form><input /><input /><input /></form>}
      </div>
    </div>
  );
}
`,
    },
    open: ['no-loading-ui'],
  },
  'a page that looks like the one above it needs no file of its own, and a thin page is read where it leads':
    {
      files: {
        'package.json': TAILWIND,
        'app/dashboard/page.tsx': page('<Stats />', "import { Stats } from '../../components/stats';"),
        'app/dashboard/more/page.tsx': page(
          '<Stats />',
          "import { Stats } from '../../../components/stats';",
        ),
        'app/dashboard/team/page.tsx': page('<Team />', "import { Team } from '../../../components/team';"),
        'components/stats.tsx': 'export const Stats = () => <p>Stats</p>;\n',
        'components/team.tsx':
          'export function Team() {\n  return (\n    <section>\n      <h1>Team</h1>\n      <ul>\n        <li>A</li>\n      </ul>\n    </section>\n  );\n}\n',
      },
      open: Array.from({ length: 3 }, () => 'no-loading-ui'),
    },
  'an app in JavaScript under src with style sheets of its own': {
    files: {
      'package.json': PLAIN,
      'src/app/dashboard/page.jsx': page(
        '<div className={styles.page}><h1>Home</h1><table><tbody><tr><td>1</td></tr></tbody></table></div>',
        "import styles from './page.module.css';",
      ),
    },
    open: ['no-loading-ui'],
  },
  'git ignores a folder of that name': {
    files: {
      '.gitignore': 'node_modules\nbuild/\n',
      'web/package.json': TAILWIND,
      'web/app/dashboard/build/page.tsx': page('<h1>Build</h1>'),
    },
    open: ['no-loading-ui'],
    notes: ['would-be-ignored'],
  },
  'the outline stands there, with the parts that are wanted': {
    files: {
      'package.json': TAILWIND,
      'app/dashboard/page.tsx': page('<h1>Home</h1>'),
      'components/LoadingOutline.tsx':
        'export function LoadingOutline() {\n  return null;\n}\nexport function HeadingOutline() {\n  return null;\n}\n',
    },
    open: ['no-loading-ui'],
  },
  'something else is called so': {
    files: {
      'package.json': TAILWIND,
      'app/dashboard/page.tsx': page('<h1>Home</h1>'),
      'components/LoadingOutline.tsx': 'export default function LoadingOutline() {\n  return null;\n}\n',
    },
    open: ['no-loading-ui'],
    manual: true,
  },
});
