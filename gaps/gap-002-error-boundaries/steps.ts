import type { ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';

/** Why no edit mends a boundary that stands there, by what is wrong with it. */
const WHY_NOT: Readonly<Record<Code, string | undefined>> = {
  'no-root-boundary': undefined,
  'no-dashboard-boundary': undefined,
  'no-global-boundary': undefined,
  'no-session-provider': undefined,
  'boundary-not-client': 'it holds what only a server component may',
  'boundary-without-export': 'nothing in it says which component the boundary is',
  'global-boundary-without-document': 'what it renders is not a whole document',
  'boundary-without-retry': undefined,
};

/** The step for a boundary whose defect is not a missing line. */
export function rewriteStep(code: Code, path: string): readonly ManualStep[] {
  const why = WHY_NOT[code];
  if (why === undefined) return [];
  return [
    {
      title: `Rewrite ${path} as a client component that exports a boundary with error and reset by default`,
      why: `Its present content cannot be mended safely: ${why}.`,
      seenBy: 'The file starts with "use client" and exports a component by default.',
    },
  ];
}

/** The step for a place at which something stands that is no file. */
export function occupiedStep(path: string): ManualStep {
  return {
    title: `Make ${path} a file with an error boundary`,
    why: 'Something stands there that is no regular file, a link for example.',
    seenBy: `${path} is listed as a file that starts with "use client".`,
  };
}

/** The step for a layout in which no edit can mount the provider. */
export function mountStep(layout: string, name: string, why: string): ManualStep {
  return {
    title: `In ${layout}, render ${name} (a client component with <SessionProvider>) around everything in <body>`,
    why: `An edit could break it: ${why}.`,
    seenBy: 'Every page that asks for the session stands inside a provider.',
  };
}
