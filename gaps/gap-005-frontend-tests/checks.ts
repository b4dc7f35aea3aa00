import type { Check, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { codeBaseOf } from '../../src/read/code-base.ts';
import { blankComments } from '../../src/read/comments.ts';
import { isInside } from '../../src/repo/paths.ts';
import { buildChecks } from './proof.ts';
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
    ...buildChecks(repo, app),
  ]);
}

function runsSomething(repo: Repo, app: NextApp): Verdict {
  const names =
    /"(?:test|ct|component)[\w:.-]*"\s*:\s*"(?!\s*echo\b)[^"]*(?:test|jest|ava|mocha|uvu|cypress)/;
  const found = codeBaseOf(repo, app).packages.find(({ path }) => names.test(repo.scan(path) ?? ''));
  if (found === undefined) return { verdict: 'fail', reason: `no test script for ${app.workspace.path}` };
  return { verdict: 'pass', evidence: [{ subject: found.path, observed: 'a test script names a runner' }] };
}

/** Starts from the components and looks for a file with expectations that ends an import with their name. */
function importsComponent(repo: Repo, app: NextApp): Verdict {
  const { code, packages } = codeBaseOf(repo, app);
  const stems = new Set(code.map(stemOf));
  const folders = packages.map(({ dir }) => dir).filter((dir) => dir !== '' || app.dir === '');
  const isNear = (path: string) =>
    folders.some((dir) => isInside(dir, path)) || repo.mentions(path, `${app.dir}/`);
  const tests = repo.files.filter((path) =>
    /\.(test|spec|cy|ct)\.|(^|\/)(__tests__|tests?|cypress)\//.test(path),
  );
  for (const path of tests.filter(isNear)) {
    const text = blankComments(repo.scan(path) ?? '');
    if (!/expect|assert|should/.test(text) || !/render|mount/.test(text)) continue;
    const sources = [...text.matchAll(/['"]([.@~#][^'"]*\/[^'"]+)['"]/g)].map(([, from = '']) => from);
    const hit = sources.find((from) => stems.has(stemOf(from)));
    if (hit !== undefined)
      return { verdict: 'pass', evidence: [{ subject: path, observed: `imports ${hit}` }] };
  }
  return { verdict: 'fail', reason: `no test imports a component of ${app.dir || 'the app'}` };
}
