import { readFile } from 'node:fs/promises';
import module from 'node:module';
import type { Page } from 'playwright-core';
import { asRecord } from '../repo/record.ts';
import type { AxeFinding } from '../world.ts';

/** Runs axe-core on a page as it is. It is evaluated and not added as a script, which a page may forbid. */
export async function runAxe(page: Page): Promise<readonly AxeFinding[]> {
  const file = module.createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(file, 'utf8'));
  const violations: unknown = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ rule: id, places: nodes.map(({ target }) => target.join(' ')) })))",
  );
  return (Array.isArray(violations) ? violations : []).map((each) => {
    const { rule, places } = asRecord(each);
    return { rule: String(rule), places: Array.isArray(places) ? places.map(String) : [] };
  });
}
