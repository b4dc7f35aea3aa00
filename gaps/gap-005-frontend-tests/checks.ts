import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';
import { isInside } from '../../src/repo/paths.ts';
import type { NextApp } from '../../src/repo/repo.ts';
import { stemOf } from './tests.ts';

/** Checks of the gap; empty without a Next.js app. */
export function checksOf(repo: Repo): readonly Check[] {
  return repo.layout.apps.flatMap((app) => [
    {
      title: `npm test starts a test runner (${app.workspace.path})`,
      level: 'static' as const,
      run: () => runsSomething(repo, app),
    },
    {
      title: `A file with expectations imports a component (${app.workspace.path})`,
      level: 'static' as const,
      run: () => importsComponent(repo, app),
    },
  ]);
}

function runsSomething(repo: Repo, app: NextApp): Verdict {
  const manifests = repo.layout.packages
    .filter(({ dir, path }) => dir === app.dir || dir === '' || repo.peek(path)?.includes('"test'))
    .map(({ path }) => path);
  const names = /"test[\w:.-]*"\s*:\s*"(?!\s*echo\b)[^"]*(?:test|jest|ava|mocha|uvu|cypress)/;
  const found = manifests.find((path) => names.test(repo.peek(path) ?? '') && isFor(app, path));
  if (found === undefined) return { verdict: 'fail', reason: `no test script for ${app.workspace.path}` };
  return { verdict: 'pass', evidence: [{ subject: found, observed: 'a test script names a runner' }] };
}

/** The app's own manifest, the root's, or one that the app may be built from. */
function isFor(app: NextApp, manifest: string): boolean {
  return manifest === app.workspace.path || manifest === 'package.json' || manifest.startsWith('packages/');
}

/** Starts from the components and looks for a file with expectations that ends an import with their name. */
function importsComponent(repo: Repo, app: NextApp): Verdict {
  const isTest = (path: string) => /\.(test|spec|cy|ct)\.|(^|\/)(__tests__|tests?|cypress)\//.test(path);
  const components = repo.files.filter(
    (path) =>
      /\.[jt]sx?$/.test(path) && !isTest(path) && (isInside(app.dir, path) || path.startsWith('packages/')),
  );
  const stems = new Set(components.map(stemOf));
  for (const path of repo.files.filter(isTest)) {
    const code = blankComments(repo.peek(path) ?? '');
    if (!/expect|assert|should/.test(code) || !/<|render|mount/.test(code)) continue;
    const sources = [...code.matchAll(/['"]([.@~#][^'"]*\/[^'"]*|[@~#]\/[^'"]+)['"]/g)].map(
      ([, from = '']) => from,
    );
    const hit = sources.find((from) => stems.has(stemOf(from)) || stems.has('index'));
    if (
      hit !== undefined &&
      (isInside(app.dir, path) || path.startsWith('packages/') || code.includes(app.dir))
    )
      return { verdict: 'pass', evidence: [{ subject: path, observed: `imports ${hit}` }] };
  }
  return { verdict: 'fail', reason: `no test imports a component of ${app.dir || 'the app'}` };
}
