import type { Evidence, Verdict } from '../../../src/contract.ts';
import type { World } from '../../../src/world.ts';
import { emptyAnswer, fullAnswer } from './answers.ts';
import { fail, isThere, ownersPage, type Page, pass } from './visits.ts';

const EMPTY = /^No [\w ]+ yet\b/;
const LOADING = /^Loading\b/;
const FAILED = /available right now|did not respond|failed to load|try again/i;
const UNREADABLE = /cannot read|could not be read|unexpected/i;

/** A page shows what the gateway answers now, and tells apart that it waits, has nothing, failed and may not be shown. */
export async function statesShow(world: World, url: string): Promise<Verdict> {
  const { gateway } = world;
  const page = await ownersPage(world);
  const seen: Evidence[] = [];
  const states: readonly (readonly [string, Parameters<typeof gateway.answer>[0], string | RegExp])[] = [
    ['an answer', { status: 200, body: fullAnswer(gateway.mark) }, gateway.mark],
    ['another answer', { status: 200, body: fullAnswer(`next-${gateway.mark}`) }, `next-${gateway.mark}`],
    ['empty lists', { status: 200, body: emptyAnswer(gateway.mark) }, EMPTY],
    ['a 500', { status: 500, body: { error: 'broken' } }, FAILED],
    ['an answer of another shape', { status: 200, body: { surprise: gateway.mark } }, UNREADABLE],
    ['no answer', 'hang', LOADING],
  ];
  for (const [name, how, text] of states) {
    gateway.answer(how);
    await page.goto(world.url + url, { waitUntil: 'commit' });
    const isShown = await isThere(page, text);
    await world.picture(page, `${url} with ${name}`);
    if (!isShown) return fail(`${url} does not show ${String(text)} when the gateway gives ${name}`);
    const crash = await crashOf(page);
    if (crash !== undefined) return fail(`${url} crashes when the gateway gives ${name}: ${crash}`);
    seen.push({ subject: `${url} with ${name}`, observed: String(text) });
  }
  gateway.answer('default');
  return (await strangerIsTold(world, url, seen)) ?? pass(...seen);
}

/** Somebody who is not signed in reads so, with a link that leads back, or is sent to the page to sign in. */
async function strangerIsTold(world: World, url: string, seen: Evidence[]): Promise<Verdict | undefined> {
  const page = await world.page();
  await page.goto(world.url + url);
  const isSent = new URL(page.url()).pathname !== url;
  const link = page.locator(`a[href*="callbackUrl=${encodeURIComponent(url)}"]`).first();
  const isLinked =
    isSent ||
    (await link.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    ));
  await world.picture(page, `${url} for a stranger`);
  if (!isLinked) return fail(`${url} does not ask a stranger to sign in`);
  seen.push({ subject: `${url} for a stranger`, observed: isSent ? 'sent to sign in' : 'a link to sign in' });
  return undefined;
}

async function crashOf(page: Page): Promise<string | undefined> {
  const boundary = page.getByText(/something went wrong|application error/i).first();
  return (await boundary.isVisible().catch(() => false))
    ? ((await boundary.textContent()) ?? 'a boundary')
    : undefined;
}
