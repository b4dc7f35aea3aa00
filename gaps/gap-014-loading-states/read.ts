import { type NextApp, type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { findSpecial, foldersDownTo, pageExtension } from '../../src/read/next/app-router.ts';
import { type IgnoreRule, ignoreRuleFor } from '../../src/read/product/gitignore.ts';
import { once } from '../../src/repo/once.ts';
import { isInside, join } from '../../src/repo/paths.ts';
import { type DashboardFolder, dashboardsOf, type PageFolder } from './read/dashboards.ts';
import { showsItsOwn } from './read/fallbacks.ts';
import { type Defect, defectOf } from './read/loading-file.ts';
import { suspendedBy } from './read/suspense.ts';

/** A loading file, there or wanted. */
export interface LoadingFile {
  readonly path: string;
  /** The line that keeps it out of git. */
  readonly ignoredBy: IgnoreRule | undefined;
}

/** A page of a dashboard, and what is shown while it is on its way. */
export interface DashboardPage extends PageFolder {
  /** The loading files around it, outermost first. */
  readonly loading: readonly LoadingFile[];
  /** Where its own one would stand. */
  readonly wanted: LoadingFile;
  /** Whether a Suspense around it, or the page itself, shows something. */
  readonly hasFallback: () => boolean;
  /** The layouts around it whose Suspense shows its fallback at the first load only. */
  readonly firstLoads: readonly string[];
}

/** A loading file that pages use, and what keeps it from showing anything. */
export interface UsedLoadingFile extends LoadingFile {
  readonly defect: Defect | undefined;
}

/** A dashboard of an app. */
export interface Dashboard {
  readonly app: NextApp;
  readonly folder: string;
  readonly pages: readonly DashboardPage[];
  readonly used: readonly UsedLoadingFile[];
  /** Loading files above its layout. */
  readonly above: readonly string[];
}

/** The dashboards of every app router in the repository. */
export interface Dashboards {
  readonly repo: Repo;
  readonly dashboards: readonly Dashboard[];
}

/** Reads the dashboards, their pages and their loading files. */
export function read(repo: Repo): Dashboards | NotApplicable {
  const { apps } = repo.layout;
  if (apps.length === 0) return notApplicable('no Next.js app');
  if (apps.every(({ appDir }) => appDir === undefined))
    return notApplicable('the pages router has no loading files');
  const dashboards = dashboardsOf(repo).map((each) => readDashboard(repo, each));
  if (dashboards.length === 0)
    return notApplicable('no app folder has pages under /dashboard or in a group of that name');
  return { repo, dashboards };
}

function readDashboard(repo: Repo, dashboard: DashboardFolder): Dashboard {
  const { app, folder } = dashboard;
  const pages = dashboard.pages.map((page) => readPage(repo, dashboard, page));
  const used = new Map(pages.flatMap(({ loading }) => loading.map((file) => [file.path, file] as const)));
  const around = new Set(pages.flatMap((page) => page.around));
  return {
    app,
    folder,
    pages,
    used: [...used.values()].map((file) => ({ ...file, defect: defectOf(repo, file.path) })),
    above: foldersDownTo(app, folder)
      .filter((each) => !around.has(each) && isInside(each, folder))
      .flatMap((each) => findSpecial(repo, each, 'loading') ?? []),
  };
}

function readPage(repo: Repo, { app }: DashboardFolder, page: PageFolder): DashboardPage {
  const fileAt = (path: string): LoadingFile => ({ path, ignoredBy: ignoreRuleFor(repo, path) });
  const suspended = page.around.map((folder) => ({ folder, how: suspendedBy(repo, app, folder) }));
  return {
    ...page,
    loading: page.around.flatMap((folder) => {
      const path = findSpecial(repo, folder, 'loading');
      return path === undefined ? [] : [fileAt(path)];
    }),
    wanted: fileAt(join(page.folder, `loading.${pageExtension(app)}`)),
    hasFallback: once(
      () => suspended.some(({ how }) => how === 'always') || showsItsOwn(repo, app, page.path),
    ),
    firstLoads: suspended.flatMap(({ folder, how }) =>
      how === 'first load' ? (findSpecial(repo, folder, 'layout') ?? []) : [],
    ),
  };
}
