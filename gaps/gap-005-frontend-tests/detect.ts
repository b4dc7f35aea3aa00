import type { Finding, Findings } from '../../src/contract.ts';
import { join } from '../../src/repo/paths.ts';
import { standingOf } from '../../src/repo/standing.ts';
import type { Code } from './codes.ts';
import type { AppTests, FrontendTests } from './read.ts';
import { CONVENTION, ENOUGH } from './tables.ts';

/** What is missing in each app. */
export function detect({ apps }: FrontendTests): Findings<Code> {
  return { findings: apps.flatMap(findingsOf) };
}

/** What is missing in one app. */
export function findingsOf(tests: AppTests): readonly Finding<Code>[] {
  const { app, name, files, script, hasRunner } = tests;
  const atManifest = { path: app.workspace.path, at: 0 };
  const findings: Finding<Code>[] = [...missingTests(tests)];
  if (!hasRunner) findings.push({ code: 'no-test-runner', ...atManifest, data: { app: name } });
  if (!script) findings.push({ code: 'no-test-script', ...atManifest, data: { app: name } });
  if (files.some(({ kind }) => kind !== 'empty')) findings.push(...untested(tests));
  const count = files.reduce((sum, file) => sum + file.tests, 0);
  if (findings.length === 0 && count < ENOUGH)
    findings.push({ code: 'few-tests', ...atManifest, data: { app: name, count: String(count) } });
  return findings;
}

/** Critical code that is known by its shape, and that no test imports. */
function untested({ name, starters, tested }: AppTests): readonly Finding<Code>[] {
  return starters
    .filter(({ isCritical, subject }) => isCritical && !tested().has(subject))
    .map(({ subject }) => ({ code: 'untested', path: subject, at: 0, data: { app: name } }));
}

function missingTests({ app, name, files }: AppTests): readonly Finding<Code>[] {
  // Tests of the packages that it is built from say nothing of its own components, where it has some.
  const isBare = !app.files.some(isComponent);
  if (files.some(({ kind, isOwn }) => kind === 'component' && (isOwn || isBare))) return [];
  const own = files.filter(({ isOwn }) => isOwn);
  const [first, ...others] = own.filter(({ kind }) => kind !== 'empty');
  if (first) {
    const kinds = [...new Set([first, ...others].map(({ kind }) => kind))].sort().join(', ');
    const data = { app: name, count: String(others.length + 1), kinds };
    return [{ code: 'no-component-tests', path: first.path, at: 0, data }];
  }
  if (own.length > 0) return own.map(({ path }) => ({ code: 'empty-tests', path, at: 0 }));
  return [{ code: 'no-tests', path: join(app.dir, '__tests__'), data: { app: name } }];
}

/** A file of components that Next.js does not call by its name. */
function isComponent(path: string): boolean {
  return /\.[jt]sx$/.test(path) && !CONVENTION.test(path) && standingOf(path) !== 'test';
}
