import type { Edit, Finding, Fix, Repo } from '../../src/contract.ts';
import { isInside } from '../../src/repo/paths.ts';
import { boundaryPart, clientPart } from './apply/boundary.ts';
import { providerPart } from './apply/provider.ts';
import type { Code } from './detect.ts';
import type { AppBoundaries, ErrorBoundaries } from './read.ts';
import { rewriteStep } from './steps.ts';

/** What one finding comes to in its app. */
type Mend = (repo: Repo, of: AppBoundaries, path: string) => Fix;

const NOTHING: Fix = { edits: [] };

const MENDS: Readonly<Record<Code, Mend>> = {
  'no-root-boundary': (repo, { app }, path) => boundaryPart(repo, app, path, 'root'),
  'no-dashboard-boundary': (repo, { app }, path) => boundaryPart(repo, app, path, 'dashboard'),
  'no-global-boundary': (repo, { app }, path) => boundaryPart(repo, app, path, 'global'),
  'no-session-provider': (repo, of, path) => {
    const missing = of.withoutProvider.find(({ layout }) => layout === path);
    return missing ? providerPart(repo, of, missing) : NOTHING;
  },
  'boundary-not-client': (repo, _of, path) => clientPart(repo, path),
  'boundary-without-export': (_repo, _of, path) => rewritePart('boundary-without-export', path),
  'global-boundary-without-document': (_repo, _of, path) =>
    rewritePart('global-boundary-without-document', path),
  'boundary-without-retry': () => NOTHING,
};

/** Creates what is missing, mends what a line mends, and tells a person the rest. */
export function apply({ repo, apps }: ErrorBoundaries, wanted: readonly Finding<Code>[]): Fix {
  const parts = wanted.flatMap(({ code, path }) => {
    const of = apps.find(({ app }) => isInside(app.appDir ?? '', path));
    return of ? [MENDS[code](repo, of, path)] : [];
  });
  const alsoChanges = [...new Set(parts.flatMap((part) => part.alsoChanges ?? []))];
  return {
    edits: distinctByPath(parts.flatMap(({ edits }) => edits)),
    manual: parts.flatMap(({ manual = [] }) => manual),
    ...(alsoChanges.length > 0 ? { alsoChanges } : {}),
  };
}

function rewritePart(code: Code, path: string): Fix {
  return { edits: [], manual: rewriteStep(code, path) };
}

/** Two boundaries share their panel, and two root layouts may ask for the same Providers file. */
function distinctByPath(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [edit.path, edit])).values()];
}
