import type { Expression, ObjectExpression } from 'oxc-parser';
import type { Repo } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { resolvedValue, type ValueAt } from '../../../src/read/code/resolved-value.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { HTTP_METHODS, MATERIAL, SAYS_VERSION } from '../tables.ts';
import type { Description, Operation } from './description.ts';
import { basePath } from './file-descriptions.ts';

/** What could be read of a part of a description. */
interface Read {
  readonly operations: readonly Operation[];
  /** Whether a part of it is made elsewhere, by a call or a loop. */
  readonly isPartial: boolean;
}

/** The descriptions that are objects in the code, by hand or for a generator: `{ openapi: '3.1.0', paths: {…} }`. */
export function codeDescriptions(repo: Repo): readonly Description[] {
  return repo
    .find(/(?<!\.d)\.[cm]?[jt]sx?$/)
    .filter(
      (path) => !MATERIAL.test(path) && ['openapi', 'swagger'].some((word) => repo.mentions(path, word)),
    )
    .filter((path) => repo.mentions(path, SAYS_VERSION))
    .flatMap((path) => {
      const scope = scopeOf(repo, path);
      return rootsIn(repo, path).map((root): Description => {
        const paths = propertyOf(root.value, 'paths');
        const read: Read = paths
          ? pathsIn(repo, scope, { module: root.module, value: paths })
          : { operations: [], isPartial: false };
        return { path, name: path, bases: basesIn(repo, scope, root), tellers: [path], ...read };
      });
    });
}

/** The folder whose settings say how a file's imports are resolved. */
function scopeOf(repo: Repo, path: string): { readonly dir: string } {
  const dirs = [...repo.layout.apps, ...repo.layout.packages].map(({ dir }) => dir);
  const around = dirs.filter((dir) => dir === '' || isInside(dir, path));
  return { dir: around.sort((a, b) => b.length - a.length)[0] ?? '' };
}

interface Root extends ValueAt {
  readonly value: ObjectExpression;
}

function rootsIn(repo: Repo, path: string): readonly Root[] {
  const module = peekModule(repo, path);
  const roots: Root[] = [];
  if (module)
    walk(module, {
      ObjectExpression: (value) => {
        const version = propertyOf(value, 'openapi') ?? propertyOf(value, 'swagger');
        if (version?.type === 'Literal' && /^[23]\b/.test(String(version.value)))
          roots.push({ module, value });
      },
    });
  return roots;
}

/** The value of a property by its name, as written. */
function propertyOf(object: ObjectExpression, name: string): Expression | undefined {
  for (const each of object.properties)
    if (each.type === 'Property' && keyOf(each) === name) return each.value;
  return undefined;
}

function keyOf(property: Extract<ObjectExpression['properties'][number], { readonly type: 'Property' }>) {
  const { key, computed } = property;
  if (key.type === 'Literal') return String(key.value);
  return !computed && key.type === 'Identifier' ? key.name : undefined;
}

/** The operations of a `paths` object, spreads and constants of other modules included. */
function pathsIn(repo: Repo, scope: { readonly dir: string }, from: ValueAt): Read {
  const found = resolvedValue(repo, scope, from);
  if (found?.value.type !== 'ObjectExpression') return { operations: [], isPartial: true };
  const { module } = found;
  const parts = found.value.properties.map((each): Read => {
    if (each.type === 'SpreadElement') return pathsIn(repo, scope, { module, value: each.argument });
    const path = keyOf(each);
    if (!path?.startsWith('/')) return { operations: [], isPartial: true };
    const methods = methodsIn(repo, scope, { module, value: each.value });
    const place = { path, file: module.path, at: each.start };
    return { operations: methods.map((method) => ({ method, ...place })), isPartial: false };
  });
  return {
    operations: parts.flatMap(({ operations }) => operations),
    isPartial: parts.some(({ isPartial }) => isPartial),
  };
}

function methodsIn(repo: Repo, scope: { readonly dir: string }, from: ValueAt): readonly string[] {
  const item = resolvedValue(repo, scope, from)?.value;
  if (item?.type !== 'ObjectExpression' || item.properties.some(({ type }) => type === 'SpreadElement'))
    return ['*'];
  return item.properties.flatMap((each) => {
    const key = each.type === 'Property' ? keyOf(each) : undefined;
    return key !== undefined && HTTP_METHODS.has(key) ? [key.toUpperCase()] : [];
  });
}

/** The paths of its servers, as far as they are written out. */
function basesIn(repo: Repo, scope: { readonly dir: string }, { module, value }: Root): readonly string[] {
  const servers = propertyOf(value, 'servers');
  const list = servers && resolvedValue(repo, scope, { module, value: servers })?.value;
  if (list?.type !== 'ArrayExpression') return [''];
  const bases = list.elements.flatMap((each) => {
    if (each?.type !== 'ObjectExpression') return [];
    const url = propertyOf(each, 'url');
    return url ? [basePath(writtenIn(url))] : [];
  });
  return bases.length === 0 ? [''] : [...new Set(bases)];
}

/** `${origin}/api/v1`, with what is filled in left out. */
function writtenIn(url: Expression): string {
  if (url.type === 'Literal') return String(url.value);
  if (url.type !== 'TemplateLiteral') return '';
  return url.quasis.map(({ value }) => value.cooked ?? '').join('{}');
}
