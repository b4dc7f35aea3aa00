import type { Repo } from '../../repo/repo.ts';
import { type CodeBase, dependencyOf } from './code-base.ts';

/** Whether the app's own tests are run by Vitest from the folder `__tests__`, to which the fixes add theirs. */
export function runsTestFolder(repo: Repo, base: CodeBase): boolean {
  const runs = base.app.files.some(
    (path) => /(^|\/)vitest\.config\.[cm]?ts$/.test(path) && repo.mentions(path, '__tests__'),
  );
  return runs && dependencyOf(base, /^vitest$/) !== undefined;
}
