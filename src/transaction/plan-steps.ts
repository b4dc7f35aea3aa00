import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { list, stat } from './fs.ts';
import type { Step } from './steps.ts';
import { foldersAbove, look, requireDistinct, requireNoTwin, requireSafePath, sha256 } from './target.ts';
import type { Change } from './types.ts';

/**
 * The steps of a run: new folders, creates, updates, deletes, and the folders that the deletes leave empty.
 * Creates come first, so that a run cut short by a crash has lost nothing.
 * @throws RefusedError when a path may not be written, or is not what the plan was made against.
 */
export function planSteps(root: string, changes: readonly Change[]): readonly Step[] {
  for (const { path } of changes) requireSafePath(path);
  requireDistinct(changes.map(({ path }) => path));
  const steps = changes.map((change) => stepOf(root, change));
  const of = (kind: Step['kind']) => steps.filter((step) => step.kind === kind);
  return [
    ...newFolders(root, of('create')),
    ...of('create'),
    ...of('update'),
    ...of('delete'),
    ...emptiedFolders(root, of('create'), of('delete')),
  ];
}

function stepOf(root: string, change: Change): Step {
  const { path } = change;
  const found = look(root, path);
  if (change.kind === 'create') {
    if (found) throw new RefusedError(`${path} exists already; it is not replaced`, 'Plan again.');
    requireNoTwin(root, path);
    return {
      kind: 'create',
      path,
      before: null,
      after: sha256(change.after),
      mode: change.mode,
      owner: null,
    };
  }
  if (!found) throw stale(path, 'is gone');
  if (found.sha256 !== change.before) throw stale(path, 'changed');
  if (change.kind === 'update') {
    return { kind: 'update', path, before: change.before, after: sha256(change.after) };
  }
  return { kind: 'delete', path, before: change.before, after: null, mode: found.mode, owner: found.owner };
}

/** The file is not what the plan was made against. */
export function stale(path: string, what: string): RefusedError {
  return new RefusedError(`${path} ${what} since the plan was made; the plan is stale`, 'Plan again.');
}

function newFolders(root: string, creates: readonly Step[]): readonly Step[] {
  const folders = new Set(creates.flatMap(({ path }) => foldersAbove(path)));
  return [...folders]
    .filter((path) => !stat(join(root, path)))
    .map((path) => ({ kind: 'make-folder', path, mode: null, owner: null }));
}

/** Innermost first. */
function emptiedFolders(root: string, creates: readonly Step[], deletes: readonly Step[]): readonly Step[] {
  const gone = new Set(deletes.map(({ path }) => path));
  const kept = new Set(creates.flatMap(({ path }) => foldersAbove(path)));
  const folders = [...new Set(deletes.flatMap(({ path }) => foldersAbove(path)))];
  const steps: Step[] = [];
  for (const path of folders.sort((a, b) => b.split('/').length - a.split('/').length)) {
    const found = stat(join(root, path));
    if (!found || kept.has(path)) continue;
    if (!list(join(root, path)).every((name) => gone.has(`${path}/${name}`))) continue;
    gone.add(path);
    steps.push({ kind: 'remove-folder', path, mode: found.mode, owner: found.owner });
  }
  return steps;
}
