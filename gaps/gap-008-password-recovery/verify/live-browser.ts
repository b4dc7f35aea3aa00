import type { Verdict } from '../../../src/contract.ts';
import type { World } from '../../../src/world.ts';
import { fail, mailedLink, NEW, OLD, pass, signUp, tokenIn } from './live-visits.ts';

type Page = Awaited<ReturnType<World['page']>>;

export async function loopWorks(world: World): Promise<Verdict> {
  const email = 'loop@aims.test';
  const before = world.visitor();
  if (!(await signUp(world, before, email))) return fail('nobody can sign up and sign in');
  const page = await world.page();
  const asked = await askOnPage(world, page, email);
  if (asked !== undefined) return fail(asked);
  const link = await mailedLink(world, email);
  const token = tokenIn(link);
  if (!link || token === undefined) return fail('no mail with a link arrives');
  const seen = requestsOf(page);
  const set = await setOnPage(world, page, link);
  if (set !== undefined) return fail(set);
  const told = (await seen()).filter((text) => text.includes(token));
  if (told.length > 0) return fail(`the token is in an address or a Referer: ${told[0]?.slice(0, 120)}`);
  const back = await goAndComeBack(page);
  if (back !== undefined) return fail(back);
  if (!(await world.visitor().signIn({ email, password: NEW })))
    return fail('the new password opens nothing');
  if (await world.visitor().signIn({ email, password: OLD })) return fail('the old password still opens it');
  if (await before.session()) return fail('the session from before goes on');
  return pass([
    { subject: `the account of ${email}`, observed: 'opened by the new password alone' },
    {
      subject: 'addresses and Referer of what the page asked for',
      observed: `${(await seen()).length}, and none holds the token`,
    },
  ]);
}

/** Asks for a mail; what went wrong, or undefined. */
async function askOnPage(world: World, page: Page, email: string): Promise<string | undefined> {
  await page.goto(`${world.url}/forgot-password`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('button[type=submit]').click();
  // The answer takes a second, whoever asks.
  const isShown = await page.locator('button:disabled').isVisible();
  await page.getByRole('status').filter({ hasText: /\w/ }).waitFor();
  await world.picture(page, 'asked for a mail');
  return isShown ? undefined : 'nothing shows that the mail is being asked for';
}

/** Opens the link, reloads the page, as a phone does that discarded it, and sets the password. */
async function setOnPage(world: World, page: Page, link: URL): Promise<string | undefined> {
  await page.goto(link.href);
  await page.locator('input[name=password]').waitFor();
  if (page.url().includes('token=')) return 'the token stays in the address bar';
  await page.reload();
  await page.locator('input[name=password]').fill(NEW, { timeout: 5000 });
  await page.locator('input[name=repeated]').fill(NEW);
  await world.picture(page, 'new password');
  await page.locator('button[type=submit]').click();
  await page.getByText('Your password is set').waitFor({ timeout: 20_000 });
  await world.picture(page, 'password is set');
  const focused =
    (await page
      .locator(':focus')
      .textContent({ timeout: 2000 })
      .catch(() => null)) ?? '';
  return focused.includes('Your password is set')
    ? undefined
    : 'the focus is not where it says that it is done';
}

/** On to sign-in and Back: the page that stands there is the one of its address. */
async function goAndComeBack(page: Page): Promise<string | undefined> {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.waitForURL(/\/sign-in/, { timeout: 10_000 });
  await page.goBack();
  await page.waitForURL(/\/reset-password/, { timeout: 10_000 });
  const isShown = await page
    .getByText('This link is incomplete')
    .waitFor({ timeout: 10_000 })
    .then(() => true)
    .catch(() => false);
  return isShown ? undefined : 'Back shows another page than that of its address';
}

/** Where a page's requests went and where they said they came from, so far. */
function requestsOf(page: Page): () => Promise<readonly string[]> {
  const found: Promise<string>[] = [];
  page.on('request', (request) => {
    const headers = request.allHeaders().catch(() => request.headers());
    found.push(headers.then(({ referer = '' }) => `${request.url().replace(/#.*/, '')} ${referer}`));
  });
  return () => Promise.all(found);
}

export async function incompleteLinkIsTold(world: World): Promise<Verdict> {
  const page = await world.page();
  await page.goto(`${world.url}/reset-password`);
  await page.getByText('This link is incomplete').waitFor({ timeout: 10_000 });
  await world.picture(page, 'incomplete link');
  if ((await page.locator('input[type=password]').count()) > 0)
    return fail('it asks for a password all the same');
  await page.getByRole('link', { name: 'Ask for a new one' }).click();
  await page.waitForURL(/\/forgot-password/, { timeout: 10_000 });
  return pass([{ subject: '/reset-password without a token', observed: 'leads to /forgot-password' }]);
}
