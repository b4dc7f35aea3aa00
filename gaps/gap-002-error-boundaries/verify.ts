import type { LiveCheck, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { pageExtension, pageFoldersOf, sectionsNamed } from '../../src/read/next/app-router.ts';
import { pages } from '../../src/read/next/next-routes.ts';
import { join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { World } from '../../src/world.ts';
import type { ErrorBoundaries } from './read.ts';

const NAME = 'probe-that-throws';
/** Throws in the browser until it is told to be calm, so that Try Again has something to recover. */
const PROBE = `'use client';

export default function Probe() {
  if (typeof window !== 'undefined' && window.sessionStorage.getItem('calm') === null) {
    throw new Error('thrown by the probe');
  }
  return <p data-probe="calm">calm</p>;
}
`;

/** Lets pages throw in a real browser: server-rendered HTML never shows a boundary. */
export function verify({ repo, apps }: ErrorBoundaries): readonly LiveCheck[] {
  return apps.flatMap(({ app }) => {
    const { appDir } = app;
    if (appDir === undefined) return [];
    const dashboards = sectionsNamed(app, 'dashboard').filter(
      (folder) => urlOf(appDir, folder) !== undefined,
    );
    const isRootBare = pageFoldersOf(app).some((folder) => folder === appDir);
    return [
      ...[...(isRootBare ? [appDir] : []), ...dashboards].map((folder) => throwingCheck(app, appDir, folder)),
      ...dashboards.slice(0, 1).map((folder) => answeringCheck(repo, app, urlOf(appDir, folder) ?? '')),
    ];
  });
}

function throwingCheck(app: NextApp, appDir: string, folder: string): LiveCheck {
  const url = `${urlOf(appDir, folder) ?? ''}/${NAME}`;
  const shell = folder === appDir ? '' : ', the shell around it stays';
  return {
    title: `A page that throws at ${url} shows the boundary${shell}, and Try Again recovers`,
    level: 'live',
    app: app.dir,
    needs: ['app', 'browser'],
    probes: [{ path: join(folder, NAME, `page.${pageExtension(app)}`), text: PROBE }],
    run: (world) => boundaryShows(world, url),
  };
}

function answeringCheck(repo: Repo, app: NextApp, home: string): LiveCheck {
  const urls = pages(repo, app)
    .map(({ url }) => url)
    .filter((url) => (url === home || url.startsWith(`${home}/`)) && !url.includes('['));
  return {
    title: `Every page under ${home} answers without an error`,
    level: 'live',
    app: app.dir,
    needs: ['app'],
    seconds: 180,
    run: (world) => pagesAnswer(world, app, urls),
  };
}

/** The URL of a folder without dynamic segments; undefined with one. */
function urlOf(appDir: string, folder: string): string | undefined {
  const segments = folder
    .slice(appDir.length)
    .split('/')
    .filter((segment) => !/^(\(.*\)|)$/.test(segment));
  return segments.some((segment) => segment.startsWith('['))
    ? undefined
    : segments.map((each) => `/${each}`).join('');
}

async function boundaryShows(world: World, url: string): Promise<Verdict> {
  const calm = await world.page();
  await calm.addInitScript("window.sessionStorage.setItem('calm', 'yes')");
  await calm.goto(world.url + url);
  const landed = new URL(calm.url()).pathname;
  if (landed !== url)
    return { verdict: 'skip', reason: `${url} redirects to ${landed}, and no account is at hand` };
  await calm.locator(CALM).waitFor();
  const around = await hrefs(calm);

  const page = await world.page();
  await page.goto(world.url + url);
  const again = page.getByRole('button', { name: /try again|retry|erneut|reload/i }).first();
  const isShown = await appears(again);
  await world.picture(page, url);
  if (!isShown) return { verdict: 'fail', reason: `no boundary with a button to try again shows at ${url}` };
  const left = await hrefs(page);
  const lost = around.filter((href) => !left.includes(href));
  if (url !== `/${NAME}` && lost.length > 0) {
    const reason = `the boundary takes ${lost.length} links of the shell along: ${lost[0]}`;
    return { verdict: 'fail', reason };
  }
  await page.evaluate("window.sessionStorage.setItem('calm', 'yes')");
  await again.click();
  if (!(await appears(page.locator(CALM))))
    return { verdict: 'fail', reason: 'Try Again does not bring the page back' };
  const evidence = [{ subject: url, observed: `boundary shown, ${left.length} links around it, recovered` }];
  return { verdict: 'pass', evidence };
}

const CALM = '[data-probe=calm]';

function appears(element: { waitFor(): Promise<void> }): Promise<boolean> {
  return element.waitFor().then(
    () => true,
    () => false,
  );
}

function hrefs(page: Awaited<ReturnType<World['page']>>): Promise<readonly string[]> {
  return page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
}

async function pagesAnswer(world: World, { dir }: NextApp, urls: readonly string[]): Promise<Verdict> {
  const manifest = await world.read(join(dir, '.next/app-path-routes-manifest.json'));
  const built = Object.values(asRecord(JSON.parse(manifest ?? '{}')));
  for (const url of urls) {
    const { status, text } = await world.visitor().ask(url);
    if (!built.includes(url))
      return { verdict: 'fail', reason: `${url} is not in the build: does git ignore its page?` };
    if (status >= 500) return { verdict: 'fail', reason: `${url} answers ${status}` };
    if (hasFailed(text)) return { verdict: 'fail', reason: `${url} answers ${status} with an error inside` };
  }
  return { verdict: 'pass', evidence: [{ subject: `${urls.length} pages`, observed: 'none with an error' }] };
}

/** Next.js marks what threw on the server with a digest, a number; redirects and the like carry names. */
function hasFailed(html: string): boolean {
  return html.includes('id="__next_error__"') || /<template data-dgst="\d+"/.test(html);
}
