import type { Finding, ManualStep } from '../../src/contract.ts';
import type { IgnoreRule } from '../../src/read/product/gitignore.ts';
import { dirname } from '../../src/repo/paths.ts';
import type { Code } from './detect.ts';
import type { Dashboards } from './read.ts';

const SEEN = 'The finding is gone from the next audit.';

/** What stands in a loading file until somebody draws the page's own skeleton: safe on the server, read out loud. */
const SKELETON =
  'export default function Loading() { return (<div role="status" aria-busy="true" className="space-y-6"><span className="sr-only">Loading…</span><div aria-hidden="true" className="h-8 w-48 animate-pulse rounded bg-white/10 motion-reduce:animate-none" /><div aria-hidden="true" className="h-64 animate-pulse rounded bg-white/5 motion-reduce:animate-none" /></div>); }';

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

/** One step for each kind of finding, and one for the line of .gitignore that would swallow a file. */
export function stepsFor(state: Dashboards, findings: readonly Finding<Code>[]): readonly ManualStep[] {
  const steps = Object.entries(TITLES).flatMap(([code, title]): ManualStep[] => {
    const paths = findings.filter((finding) => finding.code === code).map(({ path }) => path);
    if (paths.length === 0 || !title) return [];
    return [
      {
        title: title(paths.join(', ')),
        why: 'What a page looks like before its data is there follows its design.',
        seenBy: SEEN,
      },
    ];
  });
  return [...steps, ...ignoredSteps(state, findings)];
}

function ignoredSteps(state: Dashboards, findings: readonly Finding<Code>[]): readonly ManualStep[] {
  const paths = findings
    .filter(({ code }) => code === 'loading-ignored-by-git' || code === 'would-be-ignored')
    .map(({ path }) => path);
  return [...new Set(paths)].flatMap((path) => {
    const rule = ruleFor(state, path);
    return rule ? [ignoredStep(path, rule)] : [];
  });
}

/** The line that leaves out a loading file, there or wanted. */
function ruleFor({ dashboards }: Dashboards, path: string): IgnoreRule | undefined {
  const files = dashboards.flatMap(({ pages }) =>
    pages.flatMap(({ loading, wanted }) => [...loading, wanted]),
  );
  return files.find((file) => file.path === path)?.ignoredBy;
}

function ignoredStep(path: string, rule: IgnoreRule): ManualStep {
  const folder = rule.path.includes('/') ? `${dirname(rule.path)}/` : '';
  const swallowed = rule.pattern.endsWith('/') ? `${folderOf(path, rule.pattern)}/` : path;
  return {
    title: `Add the line \`!/${swallowed.slice(folder.length)}\` at the end of ${rule.path}: line ${rule.line} (${rule.pattern}) ignores ${path}, and git add would leave it out`,
    why: 'Whether that line was meant for source folders too is for the people who wrote it.',
    seenBy: `git check-ignore --no-index ${path} prints nothing, and the note is gone from the next audit.`,
  };
}

/** The folder of a path that a pattern for folders has swallowed. */
function folderOf(path: string, pattern: string): string {
  const name = pattern.replace(/\/$/, '').replace(/^.*\//, '');
  const parts = dirname(path).split('/');
  const at = parts.indexOf(name);
  return at === -1 ? dirname(path) : parts.slice(0, at + 1).join('/');
}
