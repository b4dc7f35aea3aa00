import type { Edit, NextApp, Repo } from '../../../src/contract.ts';
import { apiModules } from '../../../src/edit/api-modules.ts';
import { beside } from '../../../src/edit/beside.ts';
import { createFromTemplate, placeOf } from '../../../src/edit/from-template.ts';
import { codeBaseOf, dependencyOf } from '../../../src/read/code/code-base.ts';
import { namedPages } from '../../../src/read/next/named-pages.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { template } from '../../../src/repo/templates.ts';
import { proxyOf } from '../read/gateway.ts';

const GAP = 'gap-009-dashboard-pages';
const TEST = '__tests__/lib/ask-api.test.ts';
const SIGN_IN = /^(?:sign-?in|log-?in)$/i;

type Create = Edit & { readonly kind: 'create' };

/** The templates that a page needs, with what these import themselves; those that are there are left out. */
export function createdFiles(repo: Repo, app: NextApp, files: readonly string[]): readonly Create[] {
  const needed = new Set<string>();
  for (const file of files) addWithImports(needed, file);
  if (needed.has('lib/dashboard/ask-api.ts') && hasTests(repo, app)) needed.add(TEST);
  const missing = [...needed].filter((file) => isMissing(repo, app, file)).sort();
  const guard = missing.some(isRoute) ? guardOf(repo, app) : [];
  return [...missing.map((file) => created(repo, app, file)), ...(guard ?? [])];
}

/** Whether the routes among these files can be guarded: no other file stands where the guard of GAP-010 goes. */
export function isServable(repo: Repo, app: NextApp, files: readonly string[]): boolean {
  const isNew = files.some((file) => isRoute(file) && isMissing(repo, app, file));
  return !isNew || guardOf(repo, app) !== undefined;
}

function isRoute(file: string): boolean {
  return file.startsWith('app/api/');
}

function isMissing(repo: Repo, app: NextApp, file: string): boolean {
  return !repo.occupied(placeOf(app, file)) && !isAnswered(repo, app, file);
}

/** The modules of the guard that the app does not have yet. */
function guardOf(repo: Repo, app: NextApp): readonly Create[] | undefined {
  return apiModules(repo, app, authOf(app), ['lib/api/guard.ts']);
}

function authOf(app: NextApp): string {
  return app.files.find((path) => /(^|\/)lib\/auth\.tsx?$/.test(path)) ?? placeOf(app, 'lib/auth.ts');
}

/** A template as this app would have written it. */
export function created(repo: Repo, app: NextApp, file: string): Create {
  const edit = createFromTemplate(repo, app, GAP, file, authOf(app));
  const text = edit.text.replace('/sign-in?', `${signInPath(app)}?`);
  const sibling = app.files.find((path) => /\/dashboard\/[\w-]+\/page\.tsx$/.test(path));
  const made = { ...edit, text };
  return /^app\/dashboard\//.test(file) && sibling !== undefined
    ? beside(repo, sibling, made, edit.path)
    : made;
}

/** Whether the app's own tests are run by Vitest from the folder that a new one would go to. */
function hasTests(repo: Repo, app: NextApp): boolean {
  return (
    dependencyOf(codeBaseOf(repo, app), /^vitest$/) !== undefined &&
    app.files.some((path) => /(^|\/)vitest\.config\.[cm]?ts$/.test(path) && repo.mentions(path, '__tests__'))
  );
}

/** Whether the app has a handler at the address of a route. */
function isAnswered(repo: Repo, app: NextApp, file: string): boolean {
  const url = /^app(\/api\/.*)\/route\.ts$/.exec(file)?.[1];
  return url !== undefined && routeHandlers(repo, app).some((each) => each.url === url);
}

function signInPath(app: NextApp): string {
  const name = namedPages(app).find((each) => SIGN_IN.test(each.name))?.name;
  return name === undefined ? '/api/auth/signin' : `/${name}`;
}

function addWithImports(needed: Set<string>, file: string): void {
  if (needed.has(file)) return;
  needed.add(file);
  for (const [, name = ''] of template(`${GAP}/frontend/${file}`).matchAll(
    /from '@\/((?:components|hooks|lib)\/[\w/-]+)'/g,
  ))
    for (const extension of ['.ts', '.tsx'])
      if (OWN.has(name + extension)) addWithImports(needed, name + extension);
}

/** What the templates of this gap import of each other. */
const OWN: ReadonlySet<string> = new Set([
  'components/dashboard/ActionNotice.tsx',
  'components/dashboard/ApiNotice.tsx',
  'components/dashboard/ProblemNotice.tsx',
  'hooks/useApi.ts',
  'hooks/useApiAction.ts',
  'lib/dashboard/ask-api.ts',
  'lib/dashboard/pipelines.ts',
]);

/** Whether a file of the app stands there that reaches the gateway as the templates do. */
export function hasProxy(repo: Repo, app: NextApp): boolean {
  return proxyOf(repo, app) === placeOf(app, 'lib/api-proxy.ts');
}
