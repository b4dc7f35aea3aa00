import type { NextApp, Repo } from '../../../src/contract.ts';
import { type PageFile, pages } from '../../../src/read/next/next-routes.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { NAMED_PAGES } from '../tables.ts';

/** Fewer of the names than this are a coincidence: many dashboards have a chat or an admin page. */
const ENOUGH = 4;

/** The pages of an app's dashboard: under /dashboard, or, where there are none, in a route group of that name. */
export function dashboardPages(repo: Repo, app: NextApp): readonly PageFile[] {
  const all = pages(repo, app);
  const under = all.filter(({ url }) => /(^|\/)dashboard(\/|$)/.test(url));
  if (under.length > 0 || app.appDir === undefined) return under;
  const { appDir } = app;
  return all.filter(
    ({ path }) => isInside(appDir, path) && path.slice(appDir.length).includes('/(dashboard)/'),
  );
}

/** Whether this is the dashboard that the runbook is about. */
export function isRunbooks(found: readonly PageFile[]): boolean {
  return found.filter(({ url }) => NAMED_PAGES.includes(url)).length >= ENOUGH;
}
