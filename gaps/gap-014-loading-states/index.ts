import { defineGap, type Finding, notApplicable, type Repo } from '../../src/contract.ts';
import { findSpecial, foldersDownTo, pageExtension } from '../../src/read/next/app-router.ts';
import { ignoreRuleFor } from '../../src/read/product/gitignore.ts';
import { dirname, isInside, join } from '../../src/repo/paths.ts';
import { checksOf } from './checks.ts';
import { hasFallback } from './fallbacks.ts';
import { defectOf, type LoadingFileCode } from './loading-file.ts';
import { stepsFor } from './steps.ts';
import { type Dashboard, type DashboardPage, dashboardsOf } from './subject.ts';

type Code =
  | LoadingFileCode
  | 'no-loading-ui'
  | 'loading-ignored-by-git'
  | 'would-be-ignored'
  | 'loading-above-dashboard'
  | 'shared-loading';

const IGNORED = '{{rule}} ({{pattern}}) keeps this file out of git, unless it is added by force';

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
    fix: 'manual',
    requires: [],
    writes: [],
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
      'shared-loading': {
        text: '{{count}} pages of the dashboard share this loading UI; the runbook asks for one per route.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-014',
      'https://nextjs.org/docs/14/app/api-reference/file-conventions/loading',
      'https://nextjs.org/docs/14/app/building-your-application/routing/loading-ui-and-streaming',
      'https://git-scm.com/docs/gitignore',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const { apps } = repo.layout;
    if (apps.length === 0) return notApplicable('no Next.js app');
    if (apps.every(({ appDir }) => appDir === undefined))
      return notApplicable('the pages router has no loading files');
    const dashboards = dashboardsOf(repo);
    if (dashboards.length === 0)
      return notApplicable('no app folder has pages under /dashboard or in a group of that name');
    return { findings: dashboards.flatMap((each) => findingsOf(repo, each)) };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function findingsOf(repo: Repo, dashboard: Dashboard): readonly Finding<Code>[] {
  const { app, pages } = dashboard;
  const loadingFiles = new Set<string>();
  const shared = new Map<string, number>();
  const findings = pages.flatMap((page): readonly Finding<Code>[] => {
    const found = loadingAround(repo, page);
    for (const path of found) loadingFiles.add(path);
    const nearest = found.at(-1);
    if (nearest === undefined) return hasFallback(repo, app, page) ? [] : missing(repo, dashboard, page);
    if (dirname(nearest) !== page.folder) shared.set(nearest, (shared.get(nearest) ?? 0) + 1);
    return found.every((path) => ignoreRuleFor(repo, path)) && !hasFallback(repo, app, page)
      ? [ignored(repo, 'loading-ignored-by-git', nearest, page.url)]
      : [];
  });
  return [
    ...onePerFile(findings),
    ...[...loadingFiles].flatMap((path) => aboutFile(repo, path, findings)),
    ...[...shared].map(([path, count]) => ({
      code: 'shared-loading' as const,
      path,
      at: 0,
      data: { count: String(count) },
    })),
    ...aboveOf(repo, dashboard, findings),
  ];
}

/** The loading files around a page, outermost first. */
function loadingAround(repo: Repo, { around }: DashboardPage): readonly string[] {
  return around.flatMap((folder) => findSpecial(repo, folder, 'loading') ?? []);
}

function missing(repo: Repo, { app }: Dashboard, { folder, url }: DashboardPage): readonly Finding<Code>[] {
  const path = join(folder, `loading.${pageExtension(app)}`);
  const finding: Finding<Code> = { code: 'no-loading-ui', path, data: { url } };
  return ignoreRuleFor(repo, path) ? [finding, ignored(repo, 'would-be-ignored', path, url)] : [finding];
}

function ignored(repo: Repo, code: Code, path: string, url: string): Finding<Code> {
  const rule = ignoreRuleFor(repo, path);
  return {
    code,
    path,
    data: { url, rule: `${rule?.path}:${rule?.line}`, pattern: rule?.pattern ?? '' },
  };
}

/** Several pages may hang on one file that git leaves out: that is one thing to do. */
function onePerFile(findings: readonly Finding<Code>[]): readonly Finding<Code>[] {
  return findings.filter(
    ({ code, path }, index) =>
      findings.findIndex((other) => other.code === code && other.path === path) === index,
  );
}

function aboutFile(repo: Repo, path: string, known: readonly Finding<Code>[]): readonly Finding<Code>[] {
  const defect = defectOf(repo, path);
  const isKnown = known.some((finding) => finding.path === path);
  const note = !isKnown && ignoreRuleFor(repo, path) ? [ignored(repo, 'would-be-ignored', path, '')] : [];
  return defect ? [defect, ...note] : note;
}

/** Said only where a page is left without: then the file looks as if it would do. */
function aboveOf(
  repo: Repo,
  { app, folder, pages }: Dashboard,
  findings: readonly Finding<Code>[],
): readonly Finding<Code>[] {
  if (!findings.some(({ code }) => code === 'no-loading-ui')) return [];
  const counted = new Set(pages.flatMap(({ around }) => around));
  return foldersDownTo(app, folder)
    .filter((each) => !counted.has(each) && isInside(each, folder))
    .flatMap((each) => findSpecial(repo, each, 'loading') ?? [])
    .map((path) => ({ code: 'loading-above-dashboard' as const, path, at: 0 }));
}
