import { type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { type Control, controlsIn } from './read/controls.ts';
import { NOT_SHIPPED } from './tables.ts';

/** What people use and look at on the pages of every app. */
export interface Controls {
  readonly repo: Repo;
  readonly controls: readonly Control[];
}

/** Reads the controls of the components that ship. */
export function read(repo: Repo): Controls | NotApplicable {
  const places = repo.layout.apps.flatMap((app) =>
    app.files
      .filter((path) => /\.[jt]sx$/.test(path) && !NOT_SHIPPED.test(path))
      .map((path) => ({ repo, app, path })),
  );
  if (places.length === 0) return notApplicable('no Next.js app with JSX components');
  return { repo, controls: places.flatMap(controlsIn) };
}
