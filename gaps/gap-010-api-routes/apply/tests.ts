import type { Edit, Repo } from '../../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../../src/edit/from-template.ts';
import { runsTestFolder } from '../../../src/read/code/vitest-folder.ts';
import type { SignIn } from '../../../src/read/sign-in/sign-in.ts';

const GAP = 'gap-010-api-routes';
const HELPER = '__tests__/helpers/api-routes.ts';
/** What tries each route, by its address. */
export const TESTS: ReadonlyMap<string, string> = new Map(
  ['deploy', 'boomerangs', 'make-it-mine', 'invite', 'admin/api-keys', 'acheevy/diy'].map((url) => [
    `/api/${url}`,
    `__tests__/api/${url.replace(/^.*\//, '')}.test.ts`,
  ]),
);

/** The tests of these routes, where the app runs its own and has none at their places. */
export function testEdits(repo: Repo, signIn: SignIn, urls: readonly string[]): readonly Edit[] {
  const { app } = signIn.base;
  const authPath = signIn.configs[0]?.path;
  const files = urls
    .flatMap((url) => TESTS.get(url) ?? [])
    .filter((file) => !repo.occupied(placeOf(app, file)));
  if (authPath === undefined || files.length === 0 || !runsTestFolder(repo, signIn.base)) return [];
  const helper = placeOf(app, HELPER);
  const isHelperNew = !repo.occupied(helper);
  if (!isHelperNew && !repo.mentions(helper, 'testRoute')) return [];
  return [...(isHelperNew ? [HELPER] : []), ...files].map((file) =>
    createFromTemplate(repo, app, GAP, file, authPath),
  );
}
