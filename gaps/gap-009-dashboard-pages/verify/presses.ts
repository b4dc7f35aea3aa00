import type { Verdict } from '../../../src/contract.ts';
import type { World } from '../../../src/world.ts';
import { fullAnswer } from './answers.ts';
import { fail, isThere, ownersPage, type Page, pass } from './visits.ts';

const MOST_STEPS = 6;
/** Buttons around the page, and those that lead back. */
const NO_CHOICE = /^(?:\d*|menu|my account|sign out|previous|back|next|reset)$|custom/i;

/** How a person gets to the button that acts, and what the gateway is asked then. */
export interface Press {
  readonly url: string;
  readonly button: RegExp;
  readonly path: RegExp;
  /** What brings the button to the page. */
  readonly opener?: RegExp;
}

/** One press reaches the gateway once; a refusal of the gateway is told, and the button can be pressed again. */
export async function pressReaches(world: World, press: Press): Promise<Verdict> {
  const { gateway } = world;
  const body = fullAnswer(gateway.mark);
  gateway.answer({ status: 200, body });
  const page = await ownersPage(world);
  await page.goto(world.url + press.url);
  if (!(await reach(page, press)))
    return fail(`${press.url}: no button ${String(press.button)} can be reached`);
  gateway.answer({ status: 409, body: { error: `no-${gateway.mark}` } });
  const refused = await pressOnce(world, page, press);
  await world.picture(page, `${press.url} refused`);
  if (refused !== 1) return fail(`${press.url}: a press reaches the gateway ${refused} times`);
  if (!(await isThere(page, `no-${gateway.mark}`)))
    return fail(`${press.url} does not say why the gateway refused`);
  gateway.answer({ status: 200, body });
  const done = await pressOnce(world, page, press);
  await world.picture(page, `${press.url} done`);
  if (done !== 1) return fail(`${press.url}: the second press reaches the gateway ${done} times`);
  if (await isThere(page, `no-${gateway.mark}`, 1)) return fail(`${press.url} still shows the refusal`);
  return pass({
    subject: `${press.url}: ${String(press.button)}`,
    observed: 'refused and told, then carried out',
  });
}

async function pressOnce(world: World, page: Page, { button, path }: Press): Promise<number> {
  const before = asked(world, path);
  await page.getByRole('button', { name: button }).last().click({ timeout: 5000 });
  await page.waitForTimeout(1500);
  return asked(world, path) - before;
}

function asked({ gateway }: World, path: RegExp): number {
  return gateway.calls.filter((call) => call.method === 'POST' && path.test(call.path)).length;
}

/** Opens what is closed, and answers what is asked, until the button can be pressed. */
async function reach(page: Page, { button, opener }: Press): Promise<boolean> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  if (opener)
    await page
      .getByText(opener)
      .last()
      .click({ timeout: 5000 })
      .catch(() => undefined);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await fillIn(page);
    const target = page.getByRole('button', { name: button }).last();
    if (await target.isEnabled({ timeout: 1000 }).catch(() => false)) return true;
    await chooseAll(page);
    await page
      .getByRole('button', { name: /^next/i })
      .last()
      .click({ timeout: 1000 })
      .catch(() => undefined);
  }
  return false;
}

async function fillIn(page: Page): Promise<void> {
  for (const field of await page.locator('main input:not([type=checkbox]), main textarea').all())
    if ((await field.inputValue().catch(() => 'x')) === '') await field.fill('Acme').catch(() => undefined);
  for (const box of await page.locator('main input[type=checkbox]').all())
    await box.check({ timeout: 1000 }).catch(() => undefined);
}

async function chooseAll(page: Page): Promise<void> {
  for (const choice of await page.locator('main button').all()) {
    const name = ((await choice.textContent({ timeout: 500 }).catch(() => null)) ?? '').trim();
    if (!NO_CHOICE.test(name)) await choice.click({ timeout: 500 }).catch(() => undefined);
  }
}
