import { type NextApp, type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { pageFoldersOf } from '../../src/read/next/app-router.ts';
import { once } from '../../src/repo/once.ts';
import { type BoundaryFile, boundaryFilesOf } from './read/boundary-file.ts';
import { type Missing, missingBoundaries } from './read/coverage.ts';
import { documentsOf } from './read/document.ts';
import { type Mountable, mountablesOf } from './read/mountable.ts';
import { type MissingProvider, missingProviders } from './read/session.ts';

/** What happens in a repository's apps when a page throws. */
export interface ErrorBoundaries {
  readonly repo: Repo;
  /** The apps with pages in an app folder. */
  readonly apps: readonly AppBoundaries[];
}

/** What happens in one app. */
export interface AppBoundaries {
  readonly app: NextApp;
  readonly files: readonly BoundaryFile[];
  readonly missing: Missing;
  readonly withoutProvider: readonly MissingProvider[];
  /** The app's own components that could be mounted for the session. */
  readonly mountables: () => readonly Mountable[];
}

/** Reads which boundaries catch what, and who asks for a session that nobody provides. */
export function read(repo: Repo): ErrorBoundaries | NotApplicable {
  const apps = repo.layout.apps.filter((app) => pageFoldersOf(app).length > 0);
  if (apps.length > 0) return { repo, apps: apps.map((app) => boundariesOf(repo, app)) };
  return notApplicable(
    repo.layout.apps.length === 0
      ? 'no Next.js app'
      : 'no app router with pages: error.tsx belongs to it, and the pages router has pages/_error instead',
  );
}

function boundariesOf(repo: Repo, app: NextApp): AppBoundaries {
  const documents = documentsOf(repo, app);
  return {
    app,
    files: boundaryFilesOf(repo, app),
    missing: missingBoundaries(repo, app, documents),
    withoutProvider: missingProviders(repo, app, documents),
    mountables: once(() => mountablesOf(repo, app)),
  };
}
