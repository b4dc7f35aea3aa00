import type { Check, LiveCheck, Repo } from '../../src/contract.ts';
import { isReachable } from './read/sources.ts';
import type { Dashboard, DashboardState, JudgedPage } from './read.ts';
import { SOURCES } from './sources.ts';
import { phonesReach, strangersStayOut } from './verify/navigation.ts';
import { type Press, pressReaches } from './verify/presses.ts';
import { statesShow } from './verify/states.ts';
import { OWNED } from './verify/visits.ts';

type Own = Pick<LiveCheck, 'title' | 'needs' | 'run'>;

const PRESSES: readonly Press[] = [
  { url: '/dashboard/environments', button: /^promote/i, path: /\/releases\/[^/]+\/promote$/ },
  { url: '/dashboard/build', button: /launch/i, path: /\/projects$/ },
  {
    url: '/dashboard/house-of-ang',
    button: /^(?:deploy|spawn)(?: agent)?$/i,
    path: /\/house-of-ang\/spawn$/,
    opener: /^spawn /i,
  },
];

/** Tries the pages in a browser over a gateway that answers what it is told to. */
export function verifyPages({ repo, dashboards }: DashboardState): readonly Check[] {
  return dashboards
    .filter(({ app, isRunbooks }) => isRunbooks && isReachable(repo, app))
    .flatMap((dashboard) => checksOf(repo, dashboard));
}

function checksOf(repo: Repo, { app, pages }: Dashboard): readonly LiveCheck[] {
  const shown = pages.filter((page) => showsAnswers(repo, page));
  const urls = shown.map(({ url }) => url);
  const admin = pages.find(({ url }) => url === '/dashboard/admin');
  const own: readonly Own[] = [
    ...shown.map(({ url }) => stateCheck(url)),
    ...PRESSES.filter(({ url }) => urls.includes(url)).map(pressCheck),
    ...(admin ? [guardCheck(admin.url)] : []),
    ...(urls.length > 0 ? [phoneCheck(urls)] : []),
  ];
  return own.map((check) => ({ level: 'live', app: app.dir, seconds: 120, env: OWNED, ...check }));
}

/** Pages over an endpoint of the gateway, or those that are to be. */
function showsAnswers(repo: Repo, { url, path, standing, flaws }: JudgedPage): boolean {
  if (url === '/dashboard/pipelines') return true;
  const readers = SOURCES.filter(({ page }) => page === url).map(({ reader }) => reader);
  const isWired = standing === 'present' && readers.some((reader) => repo.peek(path)?.includes(reader));
  return isWired || flaws.some(({ code }) => code === 'hard-coded-data');
}

function stateCheck(url: string): Own {
  return {
    title: `${url} shows what the gateway answers, and says when it waits, has nothing, failed or needs a session`,
    needs: ['app', 'browser', 'gateway'],
    run: (world) => statesShow(world, url),
  };
}

function pressCheck(press: Press): Own {
  return {
    title: `A press on ${press.url} reaches the gateway once, and a refusal is told`,
    needs: ['app', 'browser', 'gateway'],
    run: (world) => pressReaches(world, press),
  };
}

function guardCheck(url: string): Own {
  return {
    title: `The server sends ${url} to its owner alone`,
    needs: ['app', 'browser'],
    run: (world) => strangersStayOut(world, url),
  };
}

function phoneCheck(urls: readonly string[]): Own {
  return {
    title: 'Phones reach every page of the navigation, and each is there',
    needs: ['app', 'browser'],
    run: (world) => phonesReach(world, urls),
  };
}
