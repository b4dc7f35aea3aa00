import type { AxeFinding, World } from '../../../src/world.ts';

type Page = Awaited<ReturnType<World['page']>>;

/** A page in one of its states, and what axe-core finds there. */
export interface Seen {
  readonly state: string;
  readonly findings: readonly AxeFinding[];
}

/** What opens something is pressed, so many on a page. */
const MOST_OPENED = 6;

/** Buttons that open something: by what they say, or by their state. What sends or deletes something is left alone. */
const OPENS =
  /\b(?:open|menu|show|more|options|settings|invite|edit|add|new|create|details|history|import|presets|calculator|email|spawn|expand)\b/i;
const ACTS = /\b(?:delete|remove|sign out|log out|send|submit|deploy|pay|buy|save|sign in|sign up|launch)\b/i;

/** Looks at a page as it comes, and again with each thing open that a button on it opens. */
export async function seenOn(world: World, url: string): Promise<readonly Seen[]> {
  const page = await world.page();
  await page.goto(world.url + url);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const landed = new URL(page.url()).pathname;
  const seen: Seen[] = [
    { state: landed === url ? url : `${url}, sent on to ${landed}`, findings: await world.axe(page) },
  ];
  for (const label of landed === url ? await openersOf(page) : []) {
    const findings = await opened(world, page, label);
    if (findings) seen.push({ state: `${url}, "${label}" pressed`, findings });
    await page.goto(world.url + url);
  }
  await page.close();
  return seen;
}

/** The names of the buttons that open something, each once. */
async function openersOf(page: Page): Promise<readonly string[]> {
  const names = await page
    .locator('button:visible, [role=button]:visible')
    .evaluateAll((buttons) =>
      buttons.map((button) =>
        (button.getAttribute('aria-label') ?? button.textContent ?? '').trim().replace(/\s+/g, ' '),
      ),
    );
  return [...new Set(names)]
    .filter((name) => name.length < 60 && OPENS.test(name) && !ACTS.test(name))
    .slice(0, MOST_OPENED);
}

/** Undefined where the button leads away, or cannot be pressed. */
async function opened(world: World, page: Page, label: string): Promise<readonly AxeFinding[] | undefined> {
  const before = page.url();
  const button = page.getByRole('button', { name: label }).first();
  const isPressed = await button.click({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
  if (!isPressed) return undefined;
  // What moves in is there when it has stopped.
  await world.sleep(400);
  return page.url() === before ? world.axe(page) : undefined;
}
