import type { VisitorObject } from 'oxc-parser';
import { lazy } from '../../repo/lazy.ts';
import type { SourceModule } from '../../repo/repo.ts';

/** Walks a module's tree; every node type may have a function, and one for `Type:exit`. */
export function walk(module: SourceModule, visitor: VisitorObject): void {
  const { Visitor } = lazy.oxc();
  new Visitor(visitor).visit(module.program);
}
