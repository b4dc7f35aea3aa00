import type { LiveCheck, NextApp, Verdict } from '../../src/contract.ts';
import { pageExtension } from '../../src/read/next/app-router.ts';
import { join } from '../../src/repo/paths.ts';
import type { Probe, World } from '../../src/world.ts';
import type { Dashboard, DashboardPage, Dashboards } from './read.ts';

const NAME = 'probe-that-waits';
const FAILING = 'probe-that-waits-and-throws';
/** Long enough to be seen waiting, short enough for a check. */
const WAIT_MS = 2500;
/** Outlines are tried on so many segments: the first, and those that look otherwise. */
const MOST_SEGMENTS = 3;
/** What Core Web Vitals call good (web.dev/articles/cls). */
const GOOD_SHIFT = 0.1;

/** Holds pages back in a real browser: what their segments show meanwhile, and what comes after. */
export function verify({ dashboards }: Dashboards): readonly LiveCheck[] {
  return dashboards.flatMap((dashboard) =>
    segmentsOf(dashboard).map((page) => waitingCheck(dashboard.app, page)),
  );
}

function segmentsOf({ pages }: Dashboard): readonly DashboardPage[] {
  const plain = pages.filter(({ url }) => !url.includes('['));
  const nearest = (page: DashboardPage) => page.loading.at(-1)?.path ?? '';
  const distinct = plain.filter(
    (page, index) =>
      nearest(page) === '' || plain.findIndex((other) => nearest(other) === nearest(page)) === index,
  );
  return [...distinct].sort((a, b) => a.url.length - b.url.length).slice(0, MOST_SEGMENTS);
}

function waitingCheck(app: NextApp, { folder, url }: DashboardPage): LiveCheck {
  return {
    title: `While ${url} is on its way its outline shows inside the shell, then the page, or the boundary where it throws`,
    level: 'live',
    app: app.dir,
    needs: ['app', 'browser'],
    probes: [probe(app, folder, NAME, THERE), probe(app, folder, FAILING, THROWS)],
    run: (world) => outlineShows(world, url),
  };
}

const THERE = 'return <h1 data-probe="there">There</h1>;';
const THROWS = "throw new Error('thrown by the probe');";

function probe(app: NextApp, folder: string, name: string, end: string): Probe {
  return {
    path: join(folder, name, `page.${pageExtension(app)}`),
    text: `export const dynamic = 'force-dynamic';

export default async function Probe() {
  await new Promise((done) => setTimeout(done, ${WAIT_MS}));
  ${end}
}
`,
  };
}

/** Layout shift without what somebody did (web.dev/articles/cls). */
const WATCH_SHIFT = `window.__shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });`;

const STATUS = '[role=status]';

async function outlineShows(world: World, url: string): Promise<Verdict> {
  const page = await world.page();
  await page.addInitScript(WATCH_SHIFT);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${world.url}${url}/${NAME}`, { waitUntil: 'commit' });
  const isShown = await appears(page.locator(STATUS).filter({ hasText: /\S/ }).first(), WAIT_MS);
  const landed = new URL(page.url()).pathname;
  if (landed !== `${url}/${NAME}`)
    return { verdict: 'skip', reason: `${url} redirects to ${landed}, and no account is at hand` };
  await world.picture(page, `${url} on its way`);
  if (!isShown)
    return { verdict: 'fail', reason: `nothing with role="status" shows while ${url} is on its way` };
  const moving = Number(await page.evaluate(MOVING));
  const shell = await page.locator('a[href]').count();
  if (!(await appears(page.locator('[data-probe=there]'), 15_000)))
    return { verdict: 'fail', reason: `the page does not take the place of its outline at ${url}` };
  const left = await page.locator('a[href]').count();
  const shift = Number(await page.evaluate('window.__shift'));
  if (moving > 0)
    return { verdict: 'fail', reason: `the outline of ${url} moves for people who asked for no motion` };
  if (left !== shell)
    return {
      verdict: 'fail',
      reason: `the shell around ${url} is not the same: ${shell} links, then ${left}`,
    };
  if (shift >= GOOD_SHIFT)
    return { verdict: 'fail', reason: `the layout of ${url} shifts by ${shift.toFixed(3)}` };
  const caught = await boundaryShows(world, url, shell);
  if (caught !== undefined) return { verdict: 'fail', reason: caught };
  return {
    verdict: 'pass',
    evidence: [
      { subject: url, observed: `outline, then page; ${shell} links around both; shift ${shift.toFixed(3)}` },
    ],
  };
}

/** Parts of the outline that are in motion though nobody wants it. */
const MOVING = `[...document.querySelectorAll('[role=status], [role=status] *')].filter((each) => each.getAnimations().some(({ playState }) => playState === 'running')).length`;

/** Why the outline does not give way to an error boundary; undefined where it does, or where the app has none. */
async function boundaryShows(world: World, url: string, shell: number): Promise<string | undefined> {
  const page = await world.page();
  await page.goto(`${world.url}${url}/${FAILING}`, { waitUntil: 'commit' });
  await page
    .locator(STATUS)
    .filter({ hasText: /\S/ })
    .first()
    .waitFor({ state: 'detached', timeout: 15_000 })
    .catch(() => undefined);
  const again = page.getByRole('button', { name: /try again|retry|erneut|reload/i }).first();
  if (!(await appears(again, 5000)))
    return `the outline of ${url} stays where the page throws, and no boundary shows`;
  const left = await page.locator('a[href]').count();
  return left < shell ? `the boundary at ${url} takes ${shell - left} links of the shell along` : undefined;
}

function appears(
  element: { waitFor(options: { readonly timeout: number }): Promise<void> },
  timeout: number,
): Promise<boolean> {
  return element.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
