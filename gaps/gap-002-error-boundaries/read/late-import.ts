import type { Repo } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';

/** The module that a name is loaded from late: `const Late = dynamic(() => import('./providers'))`. */
export function lateImportOf(repo: Repo, path: string, name: string): string | undefined {
  const module = repo.mentions(path, 'import(') ? peekModule(repo, path) : undefined;
  if (!module) return undefined;
  const ranges: { readonly start: number; readonly end: number }[] = [];
  let found: string | undefined;
  walk(module, {
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && id.name === name && init) ranges.push(init);
    },
    ImportExpression: ({ source, start }) => {
      const isOfName = ranges.some((range) => range.start <= start && start < range.end);
      if (isOfName && source.type === 'Literal' && typeof source.value === 'string') found = source.value;
    },
  });
  return found;
}
