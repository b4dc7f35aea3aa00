import type { Edit, NextApp, Repo } from '../../../src/contract.ts';
import { inHouseStyle } from '../../../src/edit/house-style.ts';
import { withoutTypes } from '../../../src/edit/without-types.ts';
import { pageExtension } from '../../../src/read/next/app-router.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { template } from '../../../src/repo/templates.ts';

/**
 * Creates a file from a template of this gap, in the app's language and style.
 * @param words what the template says, and what the file says instead
 */
export function createFrom(
  repo: Repo,
  app: NextApp,
  path: string,
  from: string,
  words: readonly (readonly [string, string])[],
): Edit {
  const source = `gap-002-error-boundaries/frontend/${from}.tsx`;
  const isTyped = pageExtension(app) === 'tsx';
  const lines = usesNextLint(repo, app) ? template(source) : template(source).replace(LINT_LINE, '');
  const plain = isTyped ? lines : withoutTypes(source, lines);
  const text = words.reduce((left, [word, other]) => left.replaceAll(word, other), plain);
  const { appDir = '' } = app;
  const neighbours = app.files.filter((each) => isInside(appDir, each) && /\.[jt]sx?$/.test(each));
  return {
    kind: 'create',
    path,
    text: inHouseStyle(repo, neighbours, isTyped ? source : source.replace(/tsx$/, 'jsx'), text),
  };
}

/** ESLint reports a comment about a rule that it does not know. */
const LINT_LINE = /^.{0,500}eslint-disable-next-line @next\/.*\n/m;

function usesNextLint(repo: Repo, { workspace, files }: NextApp): boolean {
  const { dependencies, devDependencies } = workspace.manifest;
  return (
    'eslint-config-next' in { ...dependencies, ...devDependencies } ||
    files.some(
      (path) => /(^|\/)(\.eslintrc[\w.]*|eslint\.config\.\w+)$/.test(path) && repo.mentions(path, /\bnext\b/),
    )
  );
}
