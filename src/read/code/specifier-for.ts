import { dirname, isInside } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { aliasFor } from './aliases.ts';
import type { ImportScope } from './imports.ts';

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/**
 * How a file of the scope would import a path: by the alias, where there is one and the scope's files use it,
 * otherwise relatively. Without extension, as a bundler wants it.
 */
export function specifierFor(repo: Repo, scope: ImportScope, fromPath: string, toPath: string): string {
  const target = toPath.replace(/\.\w+$/, '').replace(/\/index$/, '');
  const alias = aliasFor(repo, scope.dir, target);
  if (alias !== undefined && isUsed(repo, scope, alias)) return alias;
  const folder = dirname(fromPath);
  if (isInside(folder, target)) return `./${folder === '' ? target : target.slice(folder.length + 1)}`;
  const from = folder === '' ? [] : folder.split('/');
  const to = target.split('/');
  const shared = from.findIndex((part, index) => part !== to[index]);
  const common = shared === -1 ? from.length : shared;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

function isUsed(repo: Repo, scope: ImportScope, alias: string): boolean {
  const prefix = alias.slice(0, alias.indexOf('/') + 1);
  if (prefix === '') return false;
  const uses = [`from '${prefix}`, `from "${prefix}`];
  return scope.files.some((path) => CODE.test(path) && uses.some((use) => repo.mentions(path, use)));
}
