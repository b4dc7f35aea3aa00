import type { Edit, Repo } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { mergeSplices } from '../../../src/edit/spans.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { answersWith } from '../read/gateway.ts';
import type { Dashboard } from '../read.ts';
import type { Wanted } from './controls.ts';
import { hasProxy, isServable } from './files.ts';
import { withLink, withoutLinks } from './links.ts';
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
  const live = dashboard.links.filter(({ href }) => !dashboard.deadLinks.some((each) => each.href === href));
  const tried: readonly Tried[] = [
    ...deadEdits(repo, dashboard, dead),
    ...entered.map((finding): Tried => [[finding], entryEdit(repo, live, finding)]),
    [absent.filter((finding) => !urlOf(finding).some((url) => made.includes(url))), undefined],
  ];
  return {
    edits: mergeSplices(tried.flatMap(([, edit]) => edit ?? [])),
    files: made.length > 0 ? PIPELINES : [],
    left: tried.flatMap(([findings, edit]) => (edit ? [] : findings.map((finding) => ({ finding })))),
  };
}

/** Findings, and the edit that closes them. */
type Tried = readonly [Wanted, Edit | undefined];

function urlOf({ data }: Wanted[number]): readonly string[] {
  return data?.url === undefined ? [] : [data.url];
}

/** File by file, because neighbors share a comma. A link stays where its page is to be written. */
function deadEdits(repo: Repo, { pages, deadLinks }: Dashboard, dead: Wanted): readonly Tried[] {
  const isAwaited = ({ data }: Wanted[number]) =>
    pages.some(({ url, standing }) => url === data?.url && standing === 'absent');
  const going = dead.filter((finding) => !isAwaited(finding));
  const paths = [...new Set(going.map(({ path }) => path))];
  return [
    [dead.filter(isAwaited), undefined],
    ...paths.map((path): Tried => {
      const own = going.filter((finding) => finding.path === path);
      const offsets = deadLinks.filter(
        (link) => link.path === path && own.some(({ data }) => data?.url === link.href),
      );
      return [
        own,
        withoutLinks(
          repo,
          path,
          offsets.map(({ at }) => at),
        ),
      ];
    }),
  ];
}

function entryEdit(repo: Repo, links: Dashboard['links'], { data }: Wanted[number]): Edit | undefined {
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
    isServable(repo, app, PIPELINES) &&
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
