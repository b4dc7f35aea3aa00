import type { Edit, NextApp, Repo } from '../../../src/contract.ts';
import { componentsFolder, usesTailwind } from '../../../src/read/next/app-look.ts';
import { pageExtension } from '../../../src/read/next/app-router.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { join } from '../../../src/repo/paths.ts';
import { PANEL_NAMES, PANEL_PROPS } from '../tables.ts';
import { createFrom } from './creation.ts';

/** The component that boundaries show: where it stands, and the edit that makes it where it does not yet. */
export interface Panel {
  readonly name: string;
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** The panel of the app's boundaries. A file of the app's own under its name is left alone. */
export function panelFor(repo: Repo, app: NextApp): Panel {
  const folder = componentsFolder(app);
  const extension = pageExtension(app);
  const places = PANEL_NAMES.map((name) => ({ name, path: join(folder, `${name}.${extension}`) }));
  const made = places.find(({ path }) => isPanel(repo, path));
  if (made) return { ...made, edits: [] };
  const free = places.find(({ name }) => !isTaken(repo, folder, name)) ?? places[0] ?? { name: '', path: '' };
  const source = usesTailwind(repo, app) ? 'components/ErrorPanel' : 'components/plain/ErrorPanel';
  return { ...free, edits: [createFrom(repo, app, free.path, source, [['ErrorPanel', free.name]])] };
}

function isPanel(repo: Repo, path: string): boolean {
  const text = repo.exists(path) ? (repo.peek(path) ?? '') : '';
  return (
    text.includes('export default') &&
    PANEL_PROPS.every((prop) => new RegExp(`\\b${escaped(prop)}\\b`).test(text))
  );
}

function isTaken(repo: Repo, folder: string, name: string): boolean {
  return ['tsx', 'ts', 'jsx', 'js'].some((extension) => repo.occupied(join(folder, `${name}.${extension}`)));
}
