import type { Finding, Findings } from '../../src/contract.ts';
import { dirname } from '../../src/repo/paths.ts';
import type { Defect } from './read/loading-file.ts';
import type { Dashboard, DashboardPage, Dashboards, LoadingFile, UsedLoadingFile } from './read.ts';

export type Code =
  | Defect['code']
  | 'no-loading-ui'
  | 'loading-ignored-by-git'
  | 'would-be-ignored'
  | 'loading-above-dashboard'
  | 'first-load-only'
  | 'shared-loading';

/** The pages that show nothing while they are on their way, and the loading files that do not work. */
export function detect({ dashboards }: Dashboards): Findings<Code> {
  return { findings: dashboards.flatMap(findingsIn) };
}

function findingsIn(dashboard: Dashboard): readonly Finding<Code>[] {
  const { pages, used } = dashboard;
  const findings = pages.flatMap(aboutPage);
  const bare = new Set(findings.filter(({ code }) => code === 'no-loading-ui').map(({ data }) => data?.url));
  return [
    ...onePerFile(findings),
    ...used.flatMap((file) => aboutFile(file, findings)),
    ...sharedBy(pages),
    ...(bare.size > 0 ? dashboard.above.map((path) => noteAt('loading-above-dashboard', path)) : []),
    ...onePerFile(
      pages
        .filter(({ url }) => bare.has(url))
        .flatMap(({ firstLoads }) => firstLoads.map((path) => noteAt('first-load-only', path))),
    ),
  ];
}

function noteAt(code: Code, path: string): Finding<Code> {
  return { code, path, at: 0 };
}

function aboutPage({ loading, wanted, url, hasFallback }: DashboardPage): readonly Finding<Code>[] {
  const nearest = loading.at(-1);
  if (nearest === undefined) {
    if (hasFallback()) return [];
    const finding: Finding<Code> = { code: 'no-loading-ui', path: wanted.path, data: { url } };
    return [finding, ...ignored('would-be-ignored', wanted, url)];
  }
  const isLeftOut = loading.every(({ ignoredBy }) => ignoredBy !== undefined) && !hasFallback();
  return isLeftOut ? ignored('loading-ignored-by-git', nearest, url) : [];
}

function ignored(code: Code, { path, ignoredBy }: LoadingFile, url: string): readonly Finding<Code>[] {
  if (!ignoredBy) return [];
  const rule = `${ignoredBy.path}:${ignoredBy.line}`;
  return [{ code, path, data: { url, rule, pattern: ignoredBy.pattern } }];
}

/** Several pages may hang on one file: that is one thing to do. */
function onePerFile(findings: readonly Finding<Code>[]): readonly Finding<Code>[] {
  return findings.filter(
    ({ code, path }, index) =>
      findings.findIndex((other) => other.code === code && other.path === path) === index,
  );
}

function aboutFile(file: UsedLoadingFile, known: readonly Finding<Code>[]): readonly Finding<Code>[] {
  const { path, defect } = file;
  const note = known.some((finding) => finding.path === path) ? [] : ignored('would-be-ignored', file, '');
  if (!defect) return note;
  const { code, at, what } = defect;
  return [{ code, path, at, ...(what === undefined ? {} : { data: { what } }) }, ...note];
}

/** The files that stand for pages below their own folder. */
function sharedBy(pages: readonly DashboardPage[]): readonly Finding<Code>[] {
  const shared = new Map<string, number>();
  for (const { loading, folder } of pages) {
    const nearest = loading.at(-1);
    if (nearest && dirname(nearest.path) !== folder)
      shared.set(nearest.path, (shared.get(nearest.path) ?? 0) + 1);
  }
  return [...shared].map(([path, count]) => ({
    code: 'shared-loading',
    path,
    at: 0,
    data: { count: String(count) },
  }));
}
