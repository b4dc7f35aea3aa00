import type { LiveCheck, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { pages } from '../../src/read/next/next-routes.ts';
import type { World } from '../../src/world.ts';
import type { Controls } from './read.ts';
import { type Seen, seenOn } from './verify/open-states.ts';
import { type Walk, walkOn } from './verify/walk.ts';

/** The rules of axe-core about what has no name, no role or no key: what this gap closes. */
const OWN_RULES: ReadonlySet<string> = new Set([
  'aria-dialog-name',
  'aria-input-field-name',
  'aria-toggle-field-name',
  'button-name',
  'html-has-lang',
  'image-alt',
  'input-button-name',
  'label',
  'nested-interactive',
  'select-name',
  'duplicate-id-aria',
  'aria-valid-attr-value',
]);

/** Looks at every page with axe-core, its menus and dialogs opened too, and walks through it with the keyboard. */
export function verify({ repo }: Controls): readonly LiveCheck[] {
  return repo.layout.apps.flatMap((app) => {
    const urls = urlsOf(repo, app);
    return urls.length === 0 ? [] : [axeCheck(app, urls), keyboardCheck(app, urls)];
  });
}

/** The pages that have one address, in an order that does not depend on the machine. */
function urlsOf(repo: Repo, app: NextApp): readonly string[] {
  return [...new Set(pages(repo, app).map(({ url }) => url))].filter((url) => !url.includes('[')).sort();
}

function axeCheck(app: NextApp, urls: readonly string[]): LiveCheck {
  return {
    title:
      'Every page, its menus and dialogs opened, has a name, a role and a label for each control (axe-core)',
    level: 'live',
    app: app.dir,
    needs: ['app', 'browser'],
    seconds: 300,
    run: async (world) => {
      const seen: Seen[] = [];
      for (const url of urls) seen.push(...(await seenOn(world, url)));
      return verdictOf(seen);
    },
  };
}

function verdictOf(seen: readonly Seen[]): Verdict {
  const evidence = seen.map(({ state, findings }) => ({
    subject: state,
    observed: findings.map(({ rule, places }) => `${rule} ${places.length}`).join(', ') || 'nothing',
  }));
  const own = seen.flatMap(({ state, findings }) =>
    findings.flatMap(({ rule, places }) =>
      OWN_RULES.has(rule) ? [`${state}: ${rule} at ${places[0] ?? ''}`] : [],
    ),
  );
  const [first] = own;
  return first === undefined
    ? { verdict: 'pass', evidence }
    : { verdict: 'fail', reason: `${own.length} findings, such as ${first}`, evidence };
}

function keyboardCheck(app: NextApp, urls: readonly string[]): LiveCheck {
  return {
    title: 'Tab reaches every control of every page, and Enter presses what is a button by its role alone',
    level: 'live',
    app: app.dir,
    needs: ['app', 'browser'],
    seconds: 240,
    run: (world) => walkAll(world, urls),
  };
}

async function walkAll(world: World, urls: readonly string[]): Promise<Verdict> {
  const walks: Walk[] = [];
  for (const url of urls) walks.push(await walkOn(world, url));
  const evidence = walks.map(({ url, controls, missed }) => ({
    subject: url,
    observed: `${controls - missed.length} of ${controls} controls reached`,
  }));
  const missed = walks.flatMap(({ url, missed: each }) => each.map((control) => `${url}: ${control}`));
  const [first] = missed;
  return first === undefined
    ? { verdict: 'pass', evidence }
    : { verdict: 'fail', reason: `${missed.length} controls are out of reach, such as ${first}`, evidence };
}
