import { once, oncePer } from '../../repo/once.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { peekModule } from './imports.ts';

/** Like `peekModule`, with a tree that holds all that is said of types: for edits that move or take away types. */
export function peekTypedModule(repo: Repo, path: string): SourceModule | undefined {
  const module = peekModule(repo, path);
  return module && withTypes(module);
}

const withTypes = oncePer((module: SourceModule): SourceModule => {
  // A module parses its typed tree anew each time, and nodes are told apart by what they are.
  const program = once(() => module.typedProgram);
  return Object.create(module, { program: { get: program } });
});
