import type { Fix, Repo } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import { wrapChildren } from '../../../src/edit/ts-jsx.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import { componentsFolder } from '../../../src/read/next/app-look.ts';
import { pageExtension } from '../../../src/read/next/app-router.ts';
import { join } from '../../../src/repo/paths.ts';
import type { MissingProvider } from '../read/session.ts';
import type { AppBoundaries } from '../read.ts';
import { mountStep, occupiedStep } from '../steps.ts';
import { createFrom } from './creation.ts';

/** Mounts the app's own provider around the children of the root layout; makes one where there is none. */
export function providerPart(
  repo: Repo,
  { app, mountables }: AppBoundaries,
  { layout, inLayout, callers }: MissingProvider,
): Fix {
  const [existing] = mountables();
  const name = existing?.name ?? 'Providers';
  const byHand = (why: string): Fix => ({ edits: [], manual: [mountStep(layout, name, why)] });
  if (inLayout) return byHand('the layout itself renders a component that asks for the session');
  if (existing && !existing.isReady) return byHand(`${existing.path} asks for more than its children`);
  const path = existing?.path ?? join(componentsFolder(app), `${name}.${pageExtension(app)}`);
  if (!existing && repo.occupied(path)) return { edits: [], manual: [occupiedStep(path)] };
  const made = existing ? [] : [createFrom(repo, app, path, 'components/Providers', [])];
  const module = specifierFor(repo, app, layout, path);
  const text = repo.text(layout);
  const isDefault = existing?.isDefault ?? true;
  const imported = addImport(layout, text, isDefault ? { module, default: name } : { module, named: [name] });
  const wrapped = wrapChildren(layout, text, 'body', name);
  if ('refused' in imported) return byHand(imported.refused);
  if ('refused' in wrapped) return byHand(wrapped.refused);
  return {
    edits: [...made, splice(repo, layout, [...imported.spans, ...wrapped.spans])],
    manual: [],
    alsoChanges: [`Mounts SessionProvider for every page, which ${whoNeeds(callers)}.`],
  };
}

/** Who needs it, as the end of a sentence; the plan's finding names every file. */
function whoNeeds([first = '', second, ...others]: readonly string[]): string {
  if (second === undefined) return `${first} needs`;
  return others.length === 0
    ? `${first} and ${second} need`
    : `${first} and ${others.length + 1} others need`;
}
