import type { Edit, ManualStep, Repo } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { addImport } from '../../src/edit/ts-imports.ts';
import { wrapChildren } from '../../src/edit/ts-jsx.ts';
import { type NextApp, pageExtension } from '../../src/read/app-router.ts';
import { specifierFor } from '../../src/read/imports.ts';
import { join } from '../../src/repo/paths.ts';
import { template } from '../../src/repo/templates.ts';
import { clientDirectiveSpans } from './boundary-file.ts';
import type { Missing } from './coverage.ts';
import { findProviders } from './session.ts';

const TEMPLATES = 'gap-002-error-boundaries/frontend';

export interface Part {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

/** The boundaries that are missing, from the templates, in the app's language. */
export function boundaryEdits(app: NextApp, missing: Missing): readonly Edit[] {
  const extension = pageExtension(app);
  const source = extension === 'tsx' ? 'tsx' : 'jsx';
  const create = (folder: string, name: string, from: string): Edit => ({
    kind: 'create',
    path: join(folder, `${name}.${extension}`),
    text: template(`${TEMPLATES}/${from}.${source}`),
  });
  return [
    ...missing.root.map((folder) => create(folder, 'error', 'app/error')),
    ...missing.global.map((folder) => create(folder, 'global-error', 'app/global-error')),
    ...missing.dashboard.map((folder) => create(folder, 'error', 'app/dashboard/error')),
  ];
}

/** A boundary that is no client component becomes one, where its content allows it. */
export function clientEdit(repo: Repo, path: string): Part {
  const spans = clientDirectiveSpans(repo.module(path));
  if (spans) return { edits: [splice(repo, path, spans)], manual: [] };
  return { edits: [], manual: [rewriteStep(path, 'it holds what only a server component may')] };
}

/** The step for a boundary whose defect is not a missing line. */
export function rewriteStep(path: string, why: string): ManualStep {
  return {
    title: `Rewrite ${path} as a client component that exports a boundary with error and reset by default`,
    why: `Its present content cannot be mended safely: ${why}.`,
    seenBy: 'The file starts with "use client" and exports a component by default.',
  };
}

/** Mounts the app's own Providers component around the children of the root layout; makes one where there is none. */
export function providerEdits(repo: Repo, app: NextApp, layout: string): Part {
  const existing = findProviders(repo, app);
  const extension = pageExtension(app);
  const own = join(app.sourceDir, 'components', `Providers.${extension}`);
  const { path, name, isDefault } = existing ?? { path: own, name: 'Providers', isDefault: true };
  const text = repo.text(layout);
  const module = specifierFor(repo, app, layout, path);
  const imported = addImport(layout, text, isDefault ? { module, default: name } : { module, named: [name] });
  const wrapped = wrapChildren(layout, text, 'body', name);
  if ('refused' in imported || 'refused' in wrapped || (!existing && repo.occupied(own))) {
    return { edits: [], manual: [mountStep(layout, name)] };
  }
  const made: Edit[] = existing
    ? []
    : [
        {
          kind: 'create',
          path: own,
          text: template(`${TEMPLATES}/components/Providers.${extension === 'tsx' ? 'tsx' : 'jsx'}`),
        },
      ];
  return { edits: [...made, splice(repo, layout, [...imported.spans, ...wrapped.spans])], manual: [] };
}

function mountStep(layout: string, name: string): ManualStep {
  return {
    title: `In ${layout}, render ${name} (a client component with <SessionProvider>) around {children} inside <body>`,
    why: 'The layout renders its children in a way that is not recognised.',
    seenBy: 'Every page that asks for the session stands inside a provider.',
  };
}
