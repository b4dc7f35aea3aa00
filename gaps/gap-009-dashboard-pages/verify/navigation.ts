import type { Verdict } from '../../../src/contract.ts';
import type { World } from '../../../src/world.ts';
import { fail, ownersPage, pass } from './visits.ts';

const PHONE = { width: 390, height: 844 };

/** On a phone every link of the navigation can be reached, and leads to a page that is as wide as the phone. */
export async function phonesReach(world: World, urls: readonly string[]): Promise<Verdict> {
  const page = await ownersPage(world);
  await page.setViewportSize(PHONE);
  await page.goto(`${world.url}/dashboard`);
  const menu = page.getByRole('button', { name: /menu|navigation/i }).first();
  await menu.click({ timeout: 5000 }).catch(() => undefined);
  const links = page.locator('nav a[href^="/dashboard"]:visible');
  await links
    .first()
    .waitFor({ timeout: 5000 })
    .catch(() => undefined);
  await world.picture(page, 'the navigation at 390 pixels');
  const hrefs = [
    ...new Set(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))),
  ];
  if (hrefs.length === 0) return fail('at 390 pixels no link of the navigation can be reached');
  const missing = urls.filter((url) => !hrefs.includes(url));
  if (missing.length > 0) return fail(`at 390 pixels no link leads to ${missing.join(', ')}`);
  for (const href of hrefs) {
    const status = (await page.goto(world.url + href))?.status() ?? 0;
    if (status >= 400) return fail(`${href} of the navigation answers ${status}`);
  }
  return pass({
    subject: 'the navigation at 390 pixels',
    observed: `${hrefs.length} links, each with a page`,
  });
}

/** The page of the owner is not sent to anybody else. */
export async function strangersStayOut(world: World, url: string): Promise<Verdict> {
  const { status, headers, text } = await world.visitor().ask(url);
  const to = headers.location ?? '';
  if (status < 300 || status > 399 || !to.includes('sign'))
    return fail(`a stranger gets ${status} from ${url}, and ${text.length} characters`);
  const page = await ownersPage(world);
  await page.goto(world.url + url);
  if (new URL(page.url()).pathname !== url) return fail(`the owner is sent away from ${url}`);
  return pass({ subject: `${url} for a stranger`, observed: `${status} to ${to}` });
}
