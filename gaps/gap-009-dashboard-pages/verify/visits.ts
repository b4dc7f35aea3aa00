import type { Evidence, Verdict } from '../../../src/contract.ts';
import type { World } from '../../../src/world.ts';

export type Page = Awaited<ReturnType<World['page']>>;

const OWNER = 'owner@aims.test';
const SETUP_TOKEN = '0b6f7e1d9c3a4f58a2e4c7d1936b8f05e7a1d2c4b6980f3e5d7c9b1a3f5e7d90';
const PASSWORD = 'R&D costs $5; really';

/** What the app is booted with, so that somebody can be its owner. */
export const OWNED: Readonly<Record<string, string>> = {
  OWNER_EMAILS: OWNER,
  OWNER_SETUP_TOKEN: SETUP_TOKEN,
  SIGN_UP: 'open',
};

/** A page of the owner, signed in through the app's own doors. */
export async function ownersPage(world: World): Promise<Page> {
  const page = await world.page();
  await page.goto(`${world.url}/sign-in`);
  await page.evaluate(SIGN_IN);
  const user = await page.evaluate("fetch('/api/auth/session').then((answer) => answer.json())");
  if (typeof user === 'object' && user !== null && 'user' in user) return page;
  throw new Error('nobody is signed in as the owner after sign-up and sign-in');
}

/** Runs in the page. Where users are kept, the owner signs up first; elsewhere that address is not there. */
const SIGN_IN = `(async () => {
  const who = ${JSON.stringify({ email: OWNER, password: PASSWORD })};
  await fetch('/api/auth/register', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...who, name: 'Owner', setupToken: '${SETUP_TOKEN}' }),
  });
  const { csrfToken } = await (await fetch('/api/auth/csrf')).json();
  await fetch('/api/auth/callback/credentials', {
    method: 'POST',
    body: new URLSearchParams({ ...who, csrfToken, json: 'true' }),
  });
})()`;

/** Whether something is on the page within some seconds, seen or not: the choices of a closed list count. */
export function isThere(page: Page, text: string | RegExp, seconds = 10): Promise<boolean> {
  return page
    .getByText(text)
    .first()
    .waitFor({ state: 'attached', timeout: seconds * 1000 })
    .then(
      () => true,
      () => false,
    );
}

export function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}

export function pass(...evidence: readonly Evidence[]): Verdict {
  return { verdict: 'pass', evidence };
}
