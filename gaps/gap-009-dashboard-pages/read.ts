import { type NextApp, type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import type { PageFile } from '../../src/read/next/next-routes.ts';
import { join } from '../../src/repo/paths.ts';
import { dashboardPages, isRunbooks } from './read/dashboard-pages.ts';
import { deadLinks, type NavLink, navLinks } from './read/navigation.ts';
import { pageCode } from './read/page-code.ts';
import { certainFlawsOf, type Flaw, flawsOf, isMock } from './read/page-flaws.ts';
import { type HiddenNavigation, hiddenNavigation } from './read/phone-navigation.ts';
import { NAMED_PAGES } from './tables.ts';

/** A page of a dashboard of which something is to be said. */
export interface JudgedPage {
  readonly url: string;
  /** Where it is, or would be. */
  readonly path: string;
  /** `absent`: the runbook names it and there is none; `mock`: it stands beside those, and only pretends. */
  readonly standing: 'absent' | 'present' | 'mock';
  readonly flaws: readonly Flaw[];
  /** False where a navigation leads to others and not to this one. */
  readonly isLinked: boolean;
}

/** The dashboard of an app. */
export interface Dashboard {
  readonly app: NextApp;
  /** Whether it has most of the pages that the runbook names. */
  readonly isRunbooks: boolean;
  readonly pages: readonly JudgedPage[];
  readonly links: readonly NavLink[];
  readonly deadLinks: readonly NavLink[];
  /** Looked for in the runbook's dashboard alone. */
  readonly hidden: HiddenNavigation | undefined;
}

/** The dashboards of a repository. */
export interface DashboardState {
  readonly repo: Repo;
  readonly dashboards: readonly Dashboard[];
}

/** Reads the dashboard pages: all of those that the runbook names, and of others what is certain. */
export function read(repo: Repo): DashboardState | NotApplicable {
  const all = repo.layout.apps.map((app) => ({ app, found: dashboardPages(repo, app) }));
  const withPages = all.filter(({ found }) => found.length > 0);
  if (withPages.length === 0)
    return notApplicable('no Next.js app has pages under /dashboard or in a group of that name');
  return {
    repo,
    dashboards: withPages.map(({ app, found }) => {
      const links = navLinks(repo, app);
      const isKnown = isRunbooks(found);
      const pages = isKnown ? runbooks(repo, app, found, links) : others(repo, app, found);
      const hidden = isKnown ? hiddenNavigation(repo, app, links) : undefined;
      return { app, isRunbooks: isKnown, pages, links, deadLinks: deadLinks(repo, app, links), hidden };
    }),
  };
}

function runbooks(
  repo: Repo,
  app: NextApp,
  found: readonly PageFile[],
  links: readonly NavLink[],
): readonly JudgedPage[] {
  const linked = new Set(links.map(({ href }) => href));
  const named = NAMED_PAGES.map((url): JudgedPage => {
    const page = found.find((each) => each.url === url);
    if (!page) return { url, path: placeFor(app, found, url), standing: 'absent', flaws: [], isLinked: true };
    const flaws = flawsOf(pageCode(repo, app, page.path), url);
    return { ...page, standing: 'present', flaws, isLinked: linked.size === 0 || linked.has(url) };
  });
  const mocks = found
    .filter(({ url, path }) => !NAMED_PAGES.includes(url) && isMock(pageCode(repo, app, path)))
    .map((page): JudgedPage => ({ ...page, standing: 'mock', flaws: [], isLinked: true }));
  return [...named, ...mocks];
}

/** Beside the pages that there are. */
function placeFor(app: NextApp, found: readonly PageFile[], url: string): string {
  const beside = found.find(({ path }) => path.includes('/dashboard/'));
  const base = beside?.path.replace(/\/dashboard\/.*$/, '') ?? app.appDir ?? '';
  return join(base, url.slice(1), 'page.tsx');
}

/** In other applications: what is certain without knowing what the page is for; a file that two pages show once. */
function others(repo: Repo, app: NextApp, found: readonly PageFile[]): readonly JudgedPage[] {
  const seen = new Set<string>();
  return found.map((page) => ({
    ...page,
    standing: 'present',
    isLinked: true,
    flaws: certainFlawsOf(pageCode(repo, app, page.path)).filter(({ code, path, at }) => {
      const key = `${code} ${path} ${at}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    }),
  }));
}
