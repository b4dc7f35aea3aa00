import type { Edit, ManualStep, NextApp, Repo } from '../../src/contract.ts';
import { inHouseStyle } from '../../src/edit/house-style.ts';
import { splice } from '../../src/edit/spans.ts';
import { addImport } from '../../src/edit/ts-imports.ts';
import { wrapChildren } from '../../src/edit/ts-jsx.ts';
import { pageExtension } from '../../src/read/app-router.ts';
import { specifierFor } from '../../src/read/specifier-for.ts';
import { isInside, join } from '../../src/repo/paths.ts';
import { template } from '../../src/repo/templates.ts';
import { clientDirectiveSpans } from './boundary-file.ts';
import type { Missing } from './coverage.ts';
import { mountablesOf } from './mountable.ts';
import type { MissingProvider } from './session.ts';

/** What is done to the target for one finding, or what a person has to do. */
export interface Part {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

/** The boundaries that are missing, from the templates, in the app's language and style. */
export function boundaryParts(repo: Repo, app: NextApp, missing: Missing): readonly Part[] {
  return [
    ...missing.root.map((folder) => creation(repo, app, folder, 'error', 'app/error')),
    ...missing.dashboard.map((folder) => creation(repo, app, folder, 'error', 'app/dashboard/error')),
    ...missing.global.map((folder) => creation(repo, app, folder, 'global-error', 'app/global-error')),
  ];
}

function creation(repo: Repo, app: NextApp, folder: string, name: string, from: string): Part {
  const extension = pageExtension(app);
  const path = join(folder, `${name}.${extension}`);
  if (repo.occupied(path)) {
    return {
      edits: [],
      manual: [
        {
          title: `Make ${path} a file with an error boundary`,
          why: 'Something stands there that is no regular file, a link for example.',
          seenBy: `${path} is listed as a file that starts with "use client".`,
        },
      ],
    };
  }
  const source = `gap-002-error-boundaries/frontend/${from}.${extension === 'tsx' ? 'tsx' : 'jsx'}`;
  const { appDir = '' } = app;
  const neighbours = app.files.filter((each) => isInside(appDir, each) && /\.[jt]sx?$/.test(each));
  return {
    edits: [{ kind: 'create', path, text: inHouseStyle(repo, neighbours, source, template(source)) }],
    manual: [],
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
export function providerPart(repo: Repo, app: NextApp, { layout, inLayout }: MissingProvider): Part {
  const [existing] = mountablesOf(repo, app);
  const name = existing?.name ?? 'Providers';
  if (inLayout)
    return mountPart(layout, name, 'the layout itself renders a component that asks for the session');
  if (existing && !existing.isReady)
    return mountPart(layout, name, `${existing.path} asks for more than its children`);
  const made = existing
    ? undefined
    : creation(repo, app, join(app.sourceDir, 'components'), name, 'components/Providers');
  const path = existing?.path ?? join(app.sourceDir, 'components', `${name}.${pageExtension(app)}`);
  const module = specifierFor(repo, app, layout, path);
  const text = repo.text(layout);
  const isDefault = existing?.isDefault ?? true;
  const imported = addImport(layout, text, isDefault ? { module, default: name } : { module, named: [name] });
  const wrapped = wrapChildren(layout, text, 'body', name);
  if ('refused' in imported) return mountPart(layout, name, imported.refused);
  if ('refused' in wrapped) return mountPart(layout, name, wrapped.refused);
  if (made?.edits.length === 0) return made;
  return {
    edits: [...(made?.edits ?? []), splice(repo, layout, [...imported.spans, ...wrapped.spans])],
    manual: [],
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
