import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';

const SEEN = 'The finding is gone from the next audit.';

/** What stands in a loading file until somebody draws the page's own skeleton: safe on the server, read out loud. */
const SKELETON =
  'export default function Loading() { return (<div role="status" className="space-y-6"><span className="sr-only">Loading…</span><div aria-hidden="true" className="h-8 w-48 animate-pulse rounded bg-white/10 motion-reduce:animate-none" /><div aria-hidden="true" className="h-64 animate-pulse rounded bg-white/5 motion-reduce:animate-none" /></div>); }';

/** What to do about the files of a kind; undefined for what is told otherwise or needs nothing. */
const TITLES: Readonly<Record<Code, ((list: string) => string) | undefined>> = {
  'no-loading-ui': (list) =>
    `Create each of these files with \`${SKELETON}\`, then draw the outline of the page in it: ${list}`,
  'loading-without-export': (list) => `Export a component as the default, such as \`${SKELETON}\`: ${list}`,
  'loading-renders-nothing': (list) =>
    `Return what is shown while the page is on its way, such as \`${SKELETON}\`; delete the file where the loading file above it should be shown: ${list}`,
  'loading-not-client': (list) =>
    `Take out the hook or the handler; where it is needed, put 'use client' on the first line: ${list}`,
  'loading-awaits': (list) =>
    `Take out what is awaited, and the word async: a fallback has to be there at once: ${list}`,
  'loading-ignored-by-git': undefined,
  'would-be-ignored': undefined,
  'loading-above-dashboard': undefined,
  'first-load-only': undefined,
  'shared-loading': undefined,
};

/** One step for each kind of finding that stays, and one for the files in whose place something else stands. */
export function stepsFor(
  findings: readonly Finding<Code>[],
  refused: readonly string[],
): readonly ManualStep[] {
  return Object.entries(TITLES).flatMap(([code, title]): ManualStep[] => {
    const paths = findings
      .filter(
        (finding) => finding.code === code && (code !== 'no-loading-ui' || refused.includes(finding.path)),
      )
      .map(({ path }) => path);
    if (paths.length === 0 || !title) return [];
    return [
      {
        title: title(paths.join(', ')),
        why:
          code === 'no-loading-ui'
            ? 'Something else stands in the place of LoadingOutline, which the loading files share.'
            : 'What a page looks like before its data is there follows its design.',
        seenBy: SEEN,
      },
    ];
  });
}
