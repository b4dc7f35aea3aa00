import type { NextApp, Verdict } from '../../src/contract.ts';
import { namedPages } from '../../src/read/named-pages.ts';
import type { World } from '../../src/world.ts';

type Page = Awaited<ReturnType<World['page']>>;

const PASSWORD = 'R&D costs $5; really';
const EMAIL = 'ada.forms@aims.test';
const WORDS = 'Analytical Engine';
const MAX_STEPS = 6;

/** What a person does, with the names that the pages themselves give. */
export async function formsWork(world: World, app: NextApp): Promise<Verdict> {
  const [signUp, signIn, settings] = [
    /^(register|sign-?up)$/i,
    /^(log-?in|sign-?in)$/i,
    /^(settings|profile|account)$/i,
  ].map((name) => urlOf(app, name));
  if (!signUp || !signIn || !settings) return fail('there is no page to sign up, to sign in or for settings');
  const page = await world.page();
  await page.goto(world.url + signUp);
  await fillSteps(page);
  await world.picture(page, 'signed-up');
  if (!(await isSignedIn(page))) return fail(`${signUp}: nobody is signed in after the last step`);
  const fresh = await world.page();
  await fresh.goto(world.url + signIn);
  await signInWith(fresh);
  await world.picture(fresh, 'signed-in');
  if (!(await isSignedIn(fresh))) return fail(`${signIn}: the form does not sign in`);
  const saved = await saveProfile(fresh, world.url + settings);
  await world.picture(fresh, 'settings');
  if (saved !== undefined) return fail(`${settings}: ${saved}`);
  return {
    verdict: 'pass',
    evidence: [
      { subject: signUp, observed: `ends at ${new URL(page.url()).pathname}, signed in` },
      { subject: signIn, observed: 'signed in' },
      { subject: `${settings} after a reload`, observed: WORDS },
    ],
  };
}

function urlOf(app: NextApp, name: RegExp): string | undefined {
  const path = namedPages(app).find((each) => name.test(each.name))?.path;
  const bare = path?.slice((app.appDir ?? '').length).replace(/\/page\.\w+$/, '');
  return bare?.replace(/\/\([^/]*\)/g, '');
}

/** Fills what is asked for and presses the button of the step, until there is no form any more. */
async function fillSteps(page: Page): Promise<void> {
  const start = page.url();
  for (let step = 0; step < MAX_STEPS && page.url() === start; step += 1) {
    await fillStep(page);
    const submit = page.locator('form button[type=submit], form button:not([type])').last();
    if (!(await submit.isVisible().catch(() => false))) break;
    if (await submit.isDisabled()) await choose(page);
    await submit.click({ timeout: 5000 }).catch(() => undefined);
    await page.waitForTimeout(1500);
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

/** What the session route says in this browser. */
async function isSignedIn(page: Page): Promise<boolean> {
  const text = await page.evaluate(async () => (await fetch('/api/auth/session')).text());
  return text.includes(EMAIL);
}

/** Why it did not work; undefined when what was saved is there after a reload. */
async function saveProfile(page: Page, url: string): Promise<string | undefined> {
  const shows = () =>
    page.waitForResponse((answer) => answer.url().endsWith('/api/profile'), { timeout: 10_000 });
  const loaded = shows().catch(() => undefined);
  const answer = await page.goto(url);
  if (!answer?.ok()) return `the page answers ${answer?.status()}; is GAP-002 closed?`;
  if (!(await loaded)) return 'it does not ask for the profile';
  const field = page.locator('input[name=name], input[name=workspaceName]').first();
  await field.fill(WORDS, { timeout: 5000 });
  const stored = shows().catch(() => undefined);
  await page.getByRole('button', { name: /save/i }).first().click({ timeout: 5000 });
  if (!(await stored)?.ok()) return 'saving it is not answered with success';
  const again = shows().catch(() => undefined);
  await page.reload();
  await again;
  await page.waitForTimeout(500);
  const value = await field.inputValue();
  return value === WORDS ? undefined : `after a reload the field shows "${value}"`;
}

function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}
