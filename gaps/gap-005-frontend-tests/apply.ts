import type { Edit, Finding, Fix, Repo } from '../../src/contract.ts';
import { besides } from '../../src/edit/also-changes.ts';
import { starterFix, testFix } from './apply/starter.ts';
import { type Code, findingsOf } from './detect.ts';
import type { AppTests, FrontendTests } from './read.ts';
import { stepsFor } from './steps.ts';

/** What a test runner with first tests closes, all at once. */
const SET_UP: ReadonlySet<Code> = new Set<Code>([
  'no-tests',
  'no-component-tests',
  'no-test-script',
  'no-test-runner',
]);

/** A runner and first tests are one unit for each app; every other finding stands for itself. */
export function unitOf({ code, path, data }: Finding<Code>): string {
  return SET_UP.has(code) ? `tests of ${data?.app}` : `${code} ${path}`;
}

/** Vitest with first tests where they are the app's own, and steps for a person elsewhere. */
export function apply({ repo, apps }: FrontendTests, wanted: readonly Finding<Code>[]): Fix {
  const fixes = apps.flatMap((tests) => {
    const keys = new Set(findingsOf(tests).map(keyOf));
    const own = wanted.filter((finding) => keys.has(keyOf(finding)));
    const setUp = own.filter(({ code }) => SET_UP.has(code));
    const start = setUp.length > 0 ? starterFix(repo, tests) : undefined;
    return [
      start ?? stepsOf(setUp),
      ...own.filter(({ code }) => !SET_UP.has(code)).map((finding) => oneFix(repo, tests, finding)),
    ];
  });
  const edits = mergedEdits(fixes);
  return {
    edits,
    ...besides(edits, [[/\.ya?ml$/, 'Runs the tests in {{path}}.']]),
    dependencies: fixes.flatMap(({ dependencies = [] }) => dependencies),
    manual: fixes.flatMap(({ manual = [] }) => manual),
  };
}

function keyOf({ code, path, data }: Finding): string {
  return `${code} ${path} ${data?.app}`;
}

function stepsOf(findings: readonly Finding<Code>[]): Fix {
  return { edits: [], manual: stepsFor(findings.map(({ code }) => code)) };
}

function oneFix(repo: Repo, tests: AppTests, finding: Finding<Code>): Fix {
  const test = finding.code === 'untested' ? testFix(repo, tests, finding.path) : undefined;
  return test ?? stepsOf([finding]);
}

/** One edit per file: two tests may want the same helper, and two apps the same CI file. */
function mergedEdits(fixes: readonly Fix[]): readonly Edit[] {
  const merged = new Map<string, Edit>();
  for (const edit of fixes.flatMap(({ edits }) => edits)) {
    const known = merged.get(edit.path);
    const isSplice = known?.kind === 'splice' && edit.kind === 'splice';
    merged.set(edit.path, isSplice ? { ...edit, spans: [...known.spans, ...edit.spans] } : edit);
  }
  return [...merged.values()];
}
