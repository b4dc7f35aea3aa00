import { oncePer } from '../../repo/once.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { peekModule } from './imports.ts';

/** Like `peekModule`, with a tree that holds all that is said of types: for edits that move or take away types. */
export function peekTypedModule(repo: Repo, path: string): SourceModule | undefined {
  const module = peekModule(repo, path);
  return module && withTypes(module);
}

const withTypes = oncePer(
  (module: SourceModule): SourceModule =>
    Object.create(module, { program: { get: () => module.typedProgram } }),
);
