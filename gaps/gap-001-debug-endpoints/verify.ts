import type { LiveCheck, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { pages } from '../../src/read/next/next-routes.ts';
import { join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { World } from '../../src/world.ts';
import { isDebugUrl } from './read/routes.ts';
import type { DebugEndpoints } from './read.ts';
import { METHODS } from './tables.ts';

/** A removed route leaves its name in documents, and in the runbook that asks for its removal. */
const MENTION = /\/api\/[\w/-]{0,500}\w/g;

/** Boots and asks: what the build serves, and what the documents still name. */
export function verify({ repo, apps }: DebugEndpoints): readonly LiveCheck[] {
  const mentioned = mentionedUrls(repo);
  return repo.layout.apps.flatMap((app) => {
    const own = apps.flatMap(({ routes }) => routes.filter((route) => route.app === app));
    return checksOf(repo, app, [...new Set([...own.map(({ url }) => url), ...mentioned])].sort());
  });
}

function checksOf(repo: Repo, app: NextApp, named: readonly string[]): readonly LiveCheck[] {
  const integrations = pages(repo, app).find(({ url }) => url === '/integrations');
  return [
    {
      title: `Every debug route${of(app)} answers 404 in production, whatever the method`,
      level: 'live',
      app: app.dir,
      needs: ['app'],
      seconds: 180,
      run: (world) => everyRouteIsGone(world, app, named),
    },
    ...(integrations
      ? [
          {
            title: `/integrations${of(app)} renders, and no button of it calls a debug route`,
            level: 'live',
            app: app.dir,
            needs: ['app', 'browser'],
            run: nothingIsCalled,
          } as const,
        ]
      : []),
  ];
}

function of({ dir }: NextApp): string {
  return dir === '' ? '' : ` of ${dir}`;
}

function mentionedUrls(repo: Repo): readonly string[] {
  const texts = repo.find(/\.mdx?$/).map((path) => repo.peek(path) ?? '');
  return (
    texts
      .flatMap((text) => (text.includes('/api/') ? (text.match(MENTION) ?? []) : []))
      // A page lists what stands in its folder, so the folder's own address may be none.
      .filter((url) => isDebugUrl(url) && url.split('/').length > 3)
  );
}

async function everyRouteIsGone(world: World, { dir }: NextApp, named: readonly string[]): Promise<Verdict> {
  const manifest = await world.read(join(dir, '.next/app-path-routes-manifest.json'));
  const served = Object.values(asRecord(JSON.parse(manifest ?? '{}'))).map(String);
  const open = served.filter(isDebugUrl);
  for (const url of new Set([...named, ...open])) {
    for (const method of METHODS) {
      const { status } = await world
        .visitor()
        .ask(url, { method, ...(method === 'GET' || method === 'HEAD' ? {} : { body: {} }) });
      const isRefused = status === 404 || (status === 405 && open.includes(url)) || method === 'OPTIONS';
      if (!isRefused) return { verdict: 'fail', reason: `${method} ${url} answers ${status}, not 404` };
    }
  }
  const evidence = [
    { subject: `the build's ${served.length} routes`, observed: `${open.length} debug routes` },
  ];
  return { verdict: 'pass', evidence };
}

async function nothingIsCalled(world: World): Promise<Verdict> {
  const page = await world.page();
  const called: string[] = [];
  page.on('request', (request) => void called.push(new URL(request.url()).pathname));
  // Answered at once: a call to a paid service would hold the page's other buttons back for a minute.
  await page.route(/\/api\/(?!auth\/)/, (route) =>
    route.fulfill({ status: 503, json: { error: 'not now' } }),
  );
  const url = `${world.url}/integrations`;
  const answer = await page.goto(url);
  await page.waitForTimeout(500);
  if (!answer?.ok()) return { verdict: 'fail', reason: `/integrations answers ${answer?.status()}` };
  const buttons = await page.locator('button:not(a button)').all();
  for (const button of buttons) {
    // A button of the page's head may have led away.
    if (page.url() !== url) await page.goto(url).then(() => page.waitForTimeout(500));
    // Told to the element itself: a decoration that lies over the page would take a pointer's click.
    await button.dispatchEvent('click', undefined, { timeout: 2000 }).catch(() => undefined);
    await page.waitForTimeout(200);
  }
  // A button that tries one service after the other takes its time.
  await page.waitForTimeout(5000);
  await world.picture(page, 'integrations');
  const removed = called.find(isDebugUrl);
  if (removed !== undefined) return { verdict: 'fail', reason: `the page calls ${removed}` };
  const calls = called.filter((path) => path.startsWith('/api/'));
  return {
    verdict: 'pass',
    evidence: [
      {
        subject: `/integrations, ${buttons.length} buttons pressed`,
        observed: calls.join(', ') || 'no call',
      },
    ],
  };
}
