import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

const IGNORED = '{{rule}} ({{pattern}}) keeps this file out of git, unless it is added by force';

const BARE = /^(?:no-loading-ui|would-be-ignored|loading-ignored-by-git)$/;

export default defineGap({
  meta: {
    id: 'GAP-014',
    slug: 'loading-states',
    title: 'Add loading states to dashboard pages',
    problem: 'Dashboard pages have no loading.tsx, so nothing moves between a click and the next page.',
    looksFor:
      'Dashboard pages without a loading file, a Suspense fallback or a loading state of their own, and loading files that show nothing or never reach git.',
    category: 'Frontend',
    priority: 'P3',
    effort: '30 min',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/loading.{tsx,jsx,js}',
      '**/{components,_components}/LoadingOutline.{tsx,jsx,js}',
      '**/{components,_components}/LoadingOutline.module.css',
      '**/.gitignore',
    ],
    messages: {
      'no-loading-ui':
        '{{url}} shows nothing while it is on its way: no loading file covers it, and it has no fallback of its own.',
      'loading-without-export': 'This loading file exports no component as its default.',
      'loading-renders-nothing': 'This loading file renders nothing.',
      'loading-not-client':
        "This loading file uses {{what}}, which only a client component may, and does not say 'use client'.",
      'loading-awaits': 'This loading file waits for something itself before it shows anything.',
      'loading-ignored-by-git': `${IGNORED}: a clone has no loading UI for {{url}}.`,
      'would-be-ignored': { text: `${IGNORED}.`, kind: 'note' },
      'loading-above-dashboard': {
        text: "This loading file stands above the dashboard's layout: it takes the place of the whole dashboard when that is entered, and is not shown between its pages.",
        kind: 'note',
      },
      'first-load-only': {
        text: "This layout's Suspense stays while the pages below it change: its fallback is shown at the first load, and between pages the old one stands still.",
        kind: 'note',
      },
      'shared-loading': {
        text: '{{count}} pages of the dashboard share this loading UI; the runbook asks for one per route.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-014',
      'https://nextjs.org/docs/14/app/api-reference/file-conventions/loading',
      'https://nextjs.org/docs/14/app/building-your-application/routing/loading-ui-and-streaming',
      'https://react.dev/reference/react/Suspense#preventing-already-revealed-content-from-hiding',
      'https://git-scm.com/docs/gitignore',
    ],
  },

  // One file may stand for several pages: those of a dashboard are closed together, and with the line that git needs.
  unitOf: ({ code, path, data }) => (BARE.test(code) ? 'loading' : JSON.stringify([code, path, data])),
  read,
  detect,
  apply,
  verify,
});
