import type { Check, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { codeBaseOf } from '../../src/read/code/code-base.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { isInside } from '../../src/repo/paths.ts';
import { buildChecks } from './proof.ts';
import { criticalSubjects } from './starters.ts';
import { stemOf } from './tests.ts';

const TEST_PATH = /\.(test|spec|cy|ct)\.|(^|\/)(__tests__|tests?|cypress)\//;

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
    ...criticalChecks(repo, app),
    ...buildChecks(repo, app),
  ]);
}

/** Only where there is code whose rules are known. */
function criticalChecks(repo: Repo, app: NextApp): readonly Check[] {
  const subjects = criticalSubjects(repo, app);
  if (subjects.length === 0) return [];
  const title = `Tests name the code that decides who comes in and what leaves (${app.workspace.path})`;
  return [{ title, level: 'static', run: () => nameThem(repo, subjects) }];
}

function nameThem(repo: Repo, subjects: readonly string[]): Verdict {
  const texts = repo.find(TEST_PATH).map((path) => withoutComments(repo, path));
  const missing = subjects.filter((path) => {
    const [folder, name] = path
      .replace(/\.[jt]sx?$/, '')
      .split('/')
      .slice(-2);
    return !texts.some((text) => text.includes(`${folder}/${name}`) && /expect|assert|should/.test(text));
  });
  if (missing.length > 0) return { verdict: 'fail', reason: `no test names ${missing.join(', ')}` };
  return {
    verdict: 'pass',
    evidence: subjects.map((path) => ({ subject: path, observed: 'named by a test' })),
  };
}

function runsSomething(repo: Repo, app: NextApp): Verdict {
  const names =
    /"(?:test|ct|component)[\w:.-]*"\s*:\s*"(?!\s*echo\b)[^"]*(?:test|jest|ava|mocha|uvu|cypress)/;
  const found = codeBaseOf(repo, app).packages.find(({ path }) => names.test(repo.peek(path) ?? ''));
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
  for (const path of repo.find(TEST_PATH).filter(isNear)) {
    const text = withoutComments(repo, path);
    if (!/expect|assert|should/.test(text) || !/render|mount/.test(text)) continue;
    const sources = [...text.matchAll(/['"]([.@~#][^'"]*\/[^'"]+)['"]/g)].map(([, from = '']) => from);
    const hit = sources.find((from) => stems.has(stemOf(from)));
    if (hit !== undefined)
      return { verdict: 'pass', evidence: [{ subject: path, observed: `imports ${hit}` }] };
  }
  return { verdict: 'fail', reason: `no test imports a component of ${app.dir || 'the app'}` };
}
