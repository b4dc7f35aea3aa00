import { posix } from 'node:path';
import type { Dependency, Edit, NextApp, Repo } from '../../../src/contract.ts';
import { createFromTemplate } from '../../../src/edit/from-template.ts';
import { codeBaseOf, dependencyOf } from '../../../src/read/code/code-base.ts';
import { join } from '../../../src/repo/paths.ts';
import type { Served } from '../read/served-operations.ts';

const GAP = 'gap-011-openapi';
const FILE = '__tests__/openapi.test.ts';

/** The test that fails where the description and the routes part, and the parser that it needs. */
export interface RoutesTest {
  readonly edit: Edit;
  readonly dependencies: readonly Dependency[];
}

/** For an app in TypeScript whose tests Vitest runs; undefined for any other. */
export function routesTest(
  repo: Repo,
  app: NextApp,
  description: string,
  ofLibraries: readonly Served[],
): RoutesTest | undefined {
  const base = codeBaseOf(repo, app);
  const path = join(app.dir, FILE);
  if (!app.typescript || app.appDir === undefined || !dependencyOf(base, /^vitest$/) || repo.occupied(path))
    return undefined;
  const urls = [...new Set(ofLibraries.map(({ url }) => url.replace(/\[{1,2}([^[\]]+)\]{1,2}/g, '{$1}')))];
  const created = createFromTemplate(repo, app, GAP, FILE, '');
  const text = created.text
    .replace('../docs/openapi.yaml', posix.relative(app.dir, description))
    .replace(/(ROUTES = .)app/, `$1${posix.relative(app.dir, app.appDir)}`)
    .replace(/(OF_LIBRARIES = )\[(.)[^[\]\n]*\]/, (_, start: string, quote: string) => {
      return `${start}[${urls.map((url) => quote + url + quote).join(', ')}]`;
    });
  const yaml: Dependency = {
    dir: app.dir,
    name: 'yaml',
    range: '^2.8.1',
    dev: true,
    why: 'reads the description in its test',
  };
  return {
    edit: { ...created, path, text },
    dependencies: dependencyOf(base, /^yaml$/) ? [] : [yaml],
  };
}
