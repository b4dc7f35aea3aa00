import type { Edit, Repo } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { mergeSplices } from '../../../src/edit/spans.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { answersWith } from '../read/gateway.ts';
import type { Dashboard } from '../read.ts';
import type { Wanted } from './controls.ts';
import { hasProxy } from './files.ts';
import { withLink, withoutLink } from './links.ts';
import type { PageFix } from './page-fix.ts';

/** Dead links leave the navigation, missing ones enter it, and the page that is created is linked. */
export function linksFix(repo: Repo, dashboard: Dashboard, wanted: Wanted): PageFix {
  const absent = wanted.filter(({ code }) => code === 'no-page');
  const made = absent.filter(({ data }) => isKnownPage(repo, dashboard, data?.url)).flatMap(urlOf);
  const dead = wanted.filter(({ code, data }) => code === 'dead-link' && !made.includes(data?.url ?? ''));
  const missing = wanted.filter(({ code }) => code === 'not-in-navigation');
  const entered = [
    ...missing,
    ...made
      .filter((url) => !dashboard.links.some(({ href }) => href === url))
      .map((url): Wanted[number] => ({
        code: 'not-in-navigation',
        path: pathOf(dashboard, url),
        data: { url },
      })),
  ];
  const tried = [
    ...dead.map((finding): Tried => [finding, deadEdit(repo, dashboard, finding)]),
    ...entered.map((finding): Tried => [finding, entryEdit(repo, dashboard, finding)]),
    ...absent
      .filter((finding) => !urlOf(finding).some((url) => made.includes(url)))
      .map((finding): Tried => [finding, undefined]),
  ];
  return {
    edits: mergeSplices(tried.flatMap(([, edit]) => edit ?? [])),
    files: made.length > 0 ? PIPELINES : [],
    left: tried.filter(([, edit]) => !edit).map(([finding]) => ({ finding })),
  };
}

/** A finding, and the edit that closes it. */
type Tried = readonly [Wanted[number], Edit | undefined];

function urlOf({ data }: Wanted[number]): readonly string[] {
  return data?.url === undefined ? [] : [data.url];
}

/** The link stays where its page is to be written. */
function deadEdit(
  repo: Repo,
  { pages, deadLinks }: Dashboard,
  { path, data }: Wanted[number],
): Edit | undefined {
  const link = deadLinks.find((each) => each.path === path && each.href === data?.url);
  const isAwaited = pages.some(({ url, standing }) => url === data?.url && standing === 'absent');
  return link && !isAwaited ? withoutLink(repo, link.path, link.at) : undefined;
}

function entryEdit(repo: Repo, { links }: Dashboard, { data }: Wanted[number]): Edit | undefined {
  const url = data?.url ?? '';
  return withLink(repo, links, url, labelOf(url));
}

function pathOf({ pages }: Dashboard, url: string): string {
  return pages.find((page) => page.url === url)?.path ?? '';
}

const PAGE = 'app/dashboard/pipelines/page.tsx';
const PIPELINES = [
  PAGE,
  'app/api/pipelines/route.ts',
  'components/dashboard/ApiNotice.tsx',
  'hooks/useApi.ts',
  'lib/dashboard/pipelines.ts',
];

/** The page of the pipelines, where the gateway lists these, and the app has a route for the projects. */
function isKnownPage(repo: Repo, { app, pages }: Dashboard, url: string | undefined): boolean {
  return (
    url === '/dashboard/pipelines' &&
    pages.some((page) => page.url === url && page.path === placeOf(app, PAGE)) &&
    hasProxy(repo, app) &&
    answersWith(repo, app, 'GET /pipelines', 'active') &&
    answersWith(repo, app, 'GET /projects', 'projects') &&
    routeHandlers(repo, app).some((route) => route.url === '/api/projects')
  );
}

function labelOf(url: string): string {
  return url
    .replace(/^.*\//, '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
