import type { Edit, ManualStep, NextApp, Repo } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { addImport } from '../../src/edit/ts-imports.ts';
import { wrapChildren } from '../../src/edit/ts-jsx.ts';
import { specifierFor } from '../../src/read/code/specifier-for.ts';
import { pageExtension } from '../../src/read/next/app-router.ts';
import { basename, dirname, join } from '../../src/repo/paths.ts';
import { clientDirectiveSpans } from './boundary-file.ts';
import { createFrom } from './creation.ts';
import { mountablesOf } from './mountable.ts';
import { componentsFolder, panelFor } from './panel.ts';
import type { MissingProvider } from './session.ts';

/** What is done to the target for one finding, or what a person has to do. */
export interface Part {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
  readonly alsoChanges?: readonly string[];
}

/** A boundary that is missing, from its template, in the app's language and style. */
export function boundaryPart(
  repo: Repo,
  app: NextApp,
  path: string,
  kind: 'root' | 'dashboard' | 'global',
): Part {
  if (repo.occupied(path)) return { edits: [], manual: [occupiedStep(path)] };
  if (kind === 'global') return { edits: [createFrom(repo, app, path, 'app/global-error', [])], manual: [] };
  const panel = panelFor(repo, app);
  const boundary = createFrom(repo, app, path, kind === 'root' ? 'app/error' : 'app/dashboard/error', [
    ['ErrorPanel', panel.name],
    [`@/components/${panel.name}`, specifierFor(repo, app, path, panel.path)],
    ...(kind === 'dashboard' ? wayOut(app, dirname(path)) : []),
  ]);
  return { edits: [...panel.edits, boundary], manual: [] };
}

/** A dashboard without a page of its own has no home to go back to. */
function wayOut(app: NextApp, folder: string): readonly (readonly [string, string])[] {
  const isHome = app.files.some(
    (path) => /^page\.[jt]sx?$/.test(basename(path)) && dirname(path).replace(/\/\([^/]*\)$/, '') === folder,
  );
  return isHome
    ? []
    : [
        ["'/dashboard'", "'/'"],
        ["'Back to Dashboard'", "'Go Home'"],
      ];
}

function occupiedStep(path: string): ManualStep {
  return {
    title: `Make ${path} a file with an error boundary`,
    why: 'Something stands there that is no regular file, a link for example.',
    seenBy: `${path} is listed as a file that starts with "use client".`,
  };
}

/** A boundary that is no client component becomes one, where its content allows it. */
export function clientPart(repo: Repo, path: string): Part {
  const spans = clientDirectiveSpans(repo.module(path));
  if (spans) return { edits: [splice(repo, path, spans)], manual: [] };
  return rewritePart(path, 'it holds what only a server component may');
}

/** The step for a boundary whose defect is not a missing line. */
export function rewritePart(path: string, why: string): Part {
  return {
    edits: [],
    manual: [
      {
        title: `Rewrite ${path} as a client component that exports a boundary with error and reset by default`,
        why: `Its present content cannot be mended safely: ${why}.`,
        seenBy: 'The file starts with "use client" and exports a component by default.',
      },
    ],
  };
}

/** Mounts the app's own provider around the children of the root layout; makes one where there is none. */
export function providerPart(repo: Repo, app: NextApp, { layout, inLayout, callers }: MissingProvider): Part {
  const [existing] = mountablesOf(repo, app);
  const name = existing?.name ?? 'Providers';
  if (inLayout)
    return mountPart(layout, name, 'the layout itself renders a component that asks for the session');
  if (existing && !existing.isReady)
    return mountPart(layout, name, `${existing.path} asks for more than its children`);
  const path = existing?.path ?? join(componentsFolder(app), `${name}.${pageExtension(app)}`);
  if (!existing && repo.occupied(path)) return { edits: [], manual: [occupiedStep(path)] };
  const made = existing ? [] : [createFrom(repo, app, path, 'components/Providers', [])];
  const module = specifierFor(repo, app, layout, path);
  const text = repo.text(layout);
  const isDefault = existing?.isDefault ?? true;
  const imported = addImport(layout, text, isDefault ? { module, default: name } : { module, named: [name] });
  const wrapped = wrapChildren(layout, text, 'body', name);
  if ('refused' in imported) return mountPart(layout, name, imported.refused);
  if ('refused' in wrapped) return mountPart(layout, name, wrapped.refused);
  return {
    edits: [...made, splice(repo, layout, [...imported.spans, ...wrapped.spans])],
    manual: [],
    alsoChanges: [`Mounts SessionProvider for every page, which ${whoNeeds(callers)}.`],
  };
}

function mountPart(layout: string, name: string, why: string): Part {
  return {
    edits: [],
    manual: [
      {
        title: `In ${layout}, render ${name} (a client component with <SessionProvider>) around everything in <body>`,
        why: `An edit could break it: ${why}.`,
        seenBy: 'Every page that asks for the session stands inside a provider.',
      },
    ],
  };
}

/** Who needs it, as the end of a sentence; the plan's finding names every file. */
function whoNeeds([first = '', second, ...others]: readonly string[]): string {
  if (second === undefined) return `${first} needs`;
  return others.length === 0
    ? `${first} and ${second} need`
    : `${first} and ${others.length + 1} others need`;
}
