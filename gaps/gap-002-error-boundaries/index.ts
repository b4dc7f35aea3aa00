import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-002',
    slug: 'error-boundaries',
    title: 'Add React error boundaries',
    problem: 'No error.tsx files stand in the app router, so unhandled errors show a raw error page.',
    looksFor:
      'Boundaries that work at the root, inside the dashboard and around the root layout, and useSession() without a SessionProvider, which crashes every page that renders it.',
    category: 'Error Handling',
    priority: 'P0',
    effort: '15 min',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/error.{tsx,jsx,js,ts}',
      '**/global-error.{tsx,jsx,js,ts}',
      '**/layout.{tsx,jsx,js}',
      '**/{components,_components}/Providers.{tsx,jsx,js}',
      '**/{components,_components}/{,Page,Boundary}ErrorPanel.{tsx,jsx,js}',
    ],
    messages: {
      'no-root-boundary': '{{path}} is missing: a page that throws takes the whole document along.',
      'no-dashboard-boundary':
        '{{path}} is missing: a dashboard page that throws takes the navigation around it along.',
      'no-global-boundary': '{{path}} is missing: no error.* file catches what the root layout throws.',
      'no-session-provider':
        '{{path}} mounts no SessionProvider around its children. Every page that renders a caller of useSession() crashes: {{callers}}.',
      'boundary-not-client': '{{path}} is no client component, so Next.js refuses it as a boundary.',
      'boundary-without-export': '{{path}} exports no component by default, so it catches nothing.',
      'global-boundary-without-document': '{{path}} renders no <html> and <body>, which it replaces.',
      'boundary-without-retry': { text: '{{path}} offers no way to try again.', kind: 'note' },
    },
    references: [
      'runbook: GAP-002',
      'https://nextjs.org/docs/14/app/building-your-application/routing/error-handling',
      'https://next-auth.js.org/getting-started/client#sessionprovider',
    ],
  },

  read,
  detect,
  apply,
  verify,
});
