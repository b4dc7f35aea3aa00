import type { NextApp, Verdict } from '../../../src/contract.ts';
import { namedPages } from '../../../src/read/next/named-pages.ts';
import type { World } from '../../../src/world.ts';
import { fail, mailedToken, PASSWORD, pass } from './live-visits.ts';

type Page = Awaited<ReturnType<World['page']>>;

const EMAIL = 'ada.forms@aims.test';
const WORDS = 'Analytical Engine';
const MAX_STEPS = 6;
/** How long the watched requests are held back: long enough to see what the page shows meanwhile. */
const HELD_MS = 700;
/** A button that says that it is at work. */
const BUSY = 'button:disabled:has-text("…")';

/** What a person does, with the names that the pages themselves give. */
export async function formsWork(world: World, app: NextApp): Promise<Verdict> {
  const [signUp, signIn, settings] = [
    /^(register|sign-?up)$/i,
    /^(log-?in|sign-?in)$/i,
    /^(settings|profile|account)$/i,
  ].map((name) => urlOf(app, name));
  if (!signUp || !signIn || !settings) return fail('there is no page to sign up, to sign in or for settings');
  const page = await world.page();
  const joined = await join(world, page, signUp);
  if (joined !== undefined) return fail(joined);
  const fresh = await world.page();
  const isSigningIn = await watch(fresh, '/api/auth/callback/credentials');
  await fresh.goto(world.url + signIn);
  await signInWith(fresh);
  await world.picture(fresh, 'signed-in');
  if (!(await isSignedIn(fresh))) return fail(`${signIn}: the form does not sign in`);
  if (!isSigningIn()) return fail(`${signIn}: nothing shows that sign-in is under way`);
  const saved = await saveProfile(fresh, world.url + settings);
  await world.picture(fresh, 'settings');
  if (saved !== undefined) return fail(`${settings}: ${saved}`);
  const left = await signOut(fresh);
  if (left === 'failed') return fail('the button to sign out leaves the session open');
  return pass(
    {
      subject: signUp,
      observed: `asks to confirm the address; its mailed link ends at ${new URL(page.url()).pathname}, signed in`,
    },
    { subject: signIn, observed: 'signed in, and said so while it was at it' },
    { subject: `${settings} after a reload`, observed: WORDS },
    { subject: 'sign-out', observed: left },
  );
}

function urlOf(app: NextApp, name: RegExp): string | undefined {
  const path = namedPages(app).find((each) => name.test(each.name))?.path;
  const bare = path?.slice((app.appDir ?? '').length).replace(/\/page\.\w+$/, '');
  return bare?.replace(/\/\([^/]*\)/g, '');
}

/** Signs up, waits for the mail and opens its link; what went wrong, or undefined. */
async function join(world: World, page: Page, signUp: string): Promise<string | undefined> {
  const isCreating = await watch(page, '/api/auth/register');
  await page.goto(world.url + signUp);
  await fillSteps(page);
  await page.waitForURL(/\/confirm-email$/, { timeout: 10_000 }).catch(() => undefined);
  await page
    .getByText(EMAIL)
    .waitFor({ timeout: 5000 })
    .catch(() => undefined);
  await world.picture(page, 'signed-up');
  if (!page.url().endsWith('/confirm-email'))
    return `${signUp}: the last step leads to ${page.url()}, not to the page that asks to confirm the address`;
  if (!isCreating()) return `${signUp}: nothing shows that the account is being created`;
  if (await isSignedIn(page)) return `${signUp}: the account is open before the address was confirmed`;
  const token = await mailedToken(world, EMAIL);
  if (token === undefined) return `${signUp}: no mail with a link to confirm arrives`;
  await page.goto(`${world.url}/confirm-email#token=${token}`);
  await page
    .waitForURL((url) => url.pathname !== '/confirm-email', { timeout: 10_000 })
    .catch(() => undefined);
  await world.picture(page, 'confirmed');
  if (page.url().includes(token)) return 'the token of the mailed link stays in the address bar';
  return (await isSignedIn(page)) ? undefined : 'the mailed link does not open the account';
}

/** Holds requests of this path back for a moment; tells whether a button said meanwhile that it was at work. */
async function watch(page: Page, path: string): Promise<() => boolean> {
  let isShown = false;
  await page.route(
    (url) => url.pathname === path,
    async (route) => {
      if (route.request().method() !== 'GET') {
        await page.waitForTimeout(HELD_MS);
        const busy = await page.locator(BUSY).count();
        isShown = isShown || busy > 0;
      }
      await route.continue();
    },
  );
  return () => isShown;
}

/** Fills what is asked for and presses the button of the step, until there is no form any more. */
async function fillSteps(page: Page): Promise<void> {
  const start = page.url();
  for (let step = 0; step < MAX_STEPS && page.url() === start; step += 1) {
    await fillStep(page);
    const submit = page.locator('form button[type=submit], form button:not([type])').last();
    if (!(await submit.isVisible().catch(() => false))) break;
    // The last step was sent and the next page is on its way: its own buttons are not to be pressed.
    if ((await page.locator(BUSY).count()) > 0) break;
    if (await submit.isDisabled()) await choose(page);
    if (page.url() === start) await submit.click({ timeout: 5000 }).catch(() => undefined);
    await page.waitForTimeout(HELD_MS + 1500);
  }
  await page.waitForURL((url) => url.href !== start, { timeout: 10_000 }).catch(() => undefined);
}

async function fillStep(page: Page): Promise<void> {
  for (const field of await page.locator('form input:visible').all()) {
    const type = (await field.getAttribute('type')) ?? 'text';
    if (/checkbox|radio|hidden/.test(type)) continue;
    const value = type === 'email' ? EMAIL : type === 'password' ? PASSWORD : 'Ada';
    if ((await field.getAttribute('required')) !== null) await field.fill(value);
  }
}

/** A list that opens below a field: its first entry. */
async function choose(page: Page): Promise<void> {
  const field = page.locator('form input:visible').first();
  await field.click({ timeout: 2000 }).catch(() => undefined);
  await field.fill('United').catch(() => undefined);
  const entries = page.locator('form :is([role=option], li, button)', { hasText: 'United States' });
  await entries
    .first()
    .click({ timeout: 3000 })
    .catch(() => undefined);
}

async function signInWith(page: Page): Promise<void> {
  const password = page.locator('input[type=password]');
  if (!(await password.isVisible()))
    await page
      .getByRole('button', { name: /e-?mail/i })
      .first()
      .click({ timeout: 5000 })
      .catch(() => undefined);
  await page.locator('input[type=email]').fill(EMAIL, { timeout: 5000 });
  await password.fill(PASSWORD, { timeout: 5000 });
  const left = page.waitForURL((url) => !/(sign|log)-?in/i.test(url.pathname), { timeout: 10_000 });
  await page
    .getByRole('button', { name: /^(sign|log) ?in/i })
    .last()
    .click({ timeout: 5000 });
  await left.catch(() => undefined);
}

/** Whether the session of this browser has a user: somebody whose address is not confirmed is none. */
async function isSignedIn(page: Page): Promise<boolean> {
  const text = await page.evaluate(async () => (await fetch('/api/auth/session')).text());
  return text.includes('"user"') && text.includes(EMAIL);
}

/** Why it did not work; undefined when what was saved is there after a reload. */
async function saveProfile(page: Page, url: string): Promise<string | undefined> {
  const shows = () =>
    page.waitForResponse((answer) => answer.url().endsWith('/api/profile'), { timeout: 10_000 });
  const isSaving = await watch(page, '/api/profile');
  const loaded = shows().catch(() => undefined);
  const answer = await page.goto(url);
  if (!answer?.ok()) return `the page answers ${answer?.status()}; is GAP-002 closed?`;
  if (!(await loaded)) return 'it does not ask for the profile';
  const field = page.locator('input[name=name], input[name=workspaceName]').first();
  await field.fill(WORDS, { timeout: 5000 });
  const stored = shows().catch(() => undefined);
  await page.getByRole('button', { name: /save/i }).first().click({ timeout: 5000 });
  const changed = await stored;
  if (!changed?.ok()) return 'saving it is not answered with success';
  if (!isSaving()) return 'nothing shows that it is being saved';
  const sent = Object.keys(changed.request().postDataJSON() ?? {});
  if (sent.length !== 1) return `it stores ${sent.join(', ')}, of which only one was changed`;
  const again = shows().catch(() => undefined);
  await page.reload();
  await again;
  await page.waitForTimeout(500);
  const value = await field.inputValue();
  return value === WORDS ? undefined : `after a reload the field shows "${value}"`;
}

/** Presses the button that signs out, where these pages have one. */
async function signOut(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: /^(sign|log) ?out$/i }).first();
  if (!(await button.isVisible().catch(() => false))) return 'this page has no button for it';
  await button.click({ timeout: 5000 });
  await page.waitForURL((url) => url.pathname === '/', { timeout: 10_000 }).catch(() => undefined);
  return (await isSignedIn(page)) ? 'failed' : 'one button, and nobody is signed in any more';
}
