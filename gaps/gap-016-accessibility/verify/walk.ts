import type { World } from '../../../src/world.ts';

/** What a walk with the keyboard came to on one page. */
export interface Walk {
  readonly url: string;
  readonly controls: number;
  /** What Tab does not reach, or Enter does not press. */
  readonly missed: readonly string[];
}

/** Marks what people operate: what is disabled or out of sight is none, and of a group of radio buttons one takes the focus. */
const MARK = `(() => {
  const shown = (each) => each.checkVisibility({ checkVisibilityCSS: true }) && !each.closest('[aria-hidden=true], [inert]');
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, [role=button], [onclick]')];
  const own = all.filter((each) => shown(each) && !each.disabled && each.type !== 'radio' && each.type !== 'hidden');
  for (const [index, each] of own.entries()) each.setAttribute('data-walk', String(index));
  return own.length;
})()`;

const REACHED = `(() => {
  const at = document.activeElement;
  const mark = at && at.getAttribute('data-walk');
  if (at) at.setAttribute('data-reached', '');
  return mark;
})()`;

const MISSED = `[...document.querySelectorAll('[data-walk]:not([data-reached])')]
  .filter((each) => each.isConnected && !each.disabled && each.checkVisibility())
  .map((each) => each.outerHTML.slice(0, 120))`;

/** What looks as if it could be pressed and answers to a click alone: its cursor says so, and no control is in or around it. */
const PASSED_BY = `[...document.querySelectorAll('div, span, p, li')]
  .filter((each) => {
    const handlers = Object.entries(each).find(([name]) => name.startsWith('__reactProps$'));
    return handlers && typeof handlers[1].onClick === 'function' && each.tabIndex < 0 && each.checkVisibility()
      && !handlers[1].role && handlers[1]['aria-hidden'] === undefined && !each.querySelector('a, button, input, select, textarea')
      && !each.closest('a, button, label, [role]');
  })
  .map((each) => each.outerHTML.slice(0, 120))`;

/** Tab after Tab through a page, then Enter on what is a button by its role alone. */
export async function walkOn(world: World, url: string): Promise<Walk> {
  const page = await world.page();
  await page.goto(world.url + url);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const controls = Number(await page.evaluate(MARK));
  for (let step = 0; step < controls * 2 + 10; step += 1) {
    await page.keyboard.press('Tab');
    await page.evaluate(REACHED);
  }
  const missed = asTexts(await page.evaluate(MISSED));
  const passed = asTexts(await page.evaluate(PASSED_BY));
  const silent = await pressAll(page);
  await page.close();
  return { url, controls: controls + passed.length, missed: [...missed, ...passed, ...silent] };
}

function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The buttons by role alone that Enter does not press. */
async function pressAll(page: Awaited<ReturnType<World['page']>>): Promise<readonly string[]> {
  const buttons = page.locator('[role=button][tabindex="0"]:visible');
  const silent: string[] = [];
  for (let index = 0; index < Math.min(await buttons.count(), 10); index += 1) {
    const button = buttons.nth(index);
    await button.evaluate((each) =>
      each.addEventListener('click', () => each.setAttribute('data-pressed', ''), { once: true }),
    );
    await button.focus();
    await page.keyboard.press('Enter');
    if ((await button.getAttribute('data-pressed').catch(() => '')) === null)
      silent.push(await button.evaluate((each) => each.outerHTML.slice(0, 120)));
  }
  return silent;
}
