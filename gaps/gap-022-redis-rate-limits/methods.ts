import type { Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { peekModule } from '../../src/read/code/imports.ts';
import { nodesAt } from '../../src/read/code/nodes-at.ts';

/** A name that says what the method is for; a framework calls others (`increment`, `canActivate`) by themselves. */
const LIMITS = /limit|throttl/i;
const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** Whether an offset stands in a method that limits and that no code calls: the client it belongs to does other things. */
export function isUncalledMethod(repo: Repo, path: string, at: number): boolean {
  const name = methodAround(repo, path, at);
  if (name === undefined || !LIMITS.test(name)) return false;
  const called = new RegExp(`[.#]${name}\\b|\\{[^{}]*\\b${name}\\b[^{}]*\\}\\s*=`);
  return !repo.files.some((file) => {
    if (!CODE.test(file) || !repo.mentions(file, name)) return false;
    return called.test(withoutComments(repo, file));
  });
}

/** The method of a class of its own around an offset: what a class inherits or implements is called by others. */
function methodAround(repo: Repo, path: string, at: number): string | undefined {
  const module = repo.mentions(path, /\bclass\b/) ? peekModule(repo, path) : undefined;
  if (!module) return undefined;
  let isOwn = false;
  let name: string | undefined;
  for (const node of nodesAt(module, at)) {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression')
      isOwn = !node.superClass && (node.implements ?? []).length === 0;
    if (node.type === 'MethodDefinition' && node.kind === 'method' && node.key.type === 'Identifier')
      name = node.key.name;
  }
  return isOwn ? name : undefined;
}
