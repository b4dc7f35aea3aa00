import type { CallExpression, Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { importersOf, peekModule } from '../../../src/read/code/imports.ts';
import { childrenOf, holds } from '../../../src/read/code/nodes-at.ts';
import { ownFunction } from '../../../src/read/sign-in/own-functions.ts';

/** A place of code on the server. */
export interface Handler {
  readonly path: string;
  readonly at: number;
}

/** A piece of code: a node of a module. */
export interface Piece {
  readonly module: SourceModule;
  readonly node: Node;
}

const DEEPEST = 8;

/** A piece with all functions of the repository that it calls, directly or through others. */
export function withCalled(repo: Repo, { app }: CodeBase, piece: Piece): readonly Piece[] {
  const found: Piece[] = [];
  const enter = (each: Piece, depth: number): void => {
    if (depth > DEEPEST || found.some(({ module, node }) => module === each.module && node === each.node))
      return;
    found.push(each);
    for (const call of callsIn(each.node)) {
      const own = ownFunction(repo, app, each.module, call.callee);
      if (own) enter(own, depth + 1);
    }
  };
  enter(piece, 0);
  return found;
}

/** The calls in a node, outermost first. */
export function callsIn(node: Node): readonly CallExpression[] {
  const own = node.type === 'CallExpression' ? [node] : [];
  return [...own, ...childrenOf(node).flatMap(callsIn)];
}

/** The statement at the top of a module that holds an offset. */
export function pieceAt(module: SourceModule, at: number): Piece | undefined {
  const node = module.program.body.find((each) => holds(each, at));
  return node && { module, node };
}

/** The code of a piece; comments are blanks. */
export function codeOf({ module, node }: Piece): string {
  return module.withoutComments.slice(node.start, node.end);
}

/** The pieces of other modules that use what a piece exports. */
export function callersOf(repo: Repo, base: CodeBase, { module, node }: Piece): readonly Piece[] {
  const names = exportedNames(node);
  if (names.length === 0) return [];
  const scope = { dir: base.app.dir, files: base.code };
  return importersOf(repo, scope, module.path).flatMap(({ path, name, local }) => {
    const other = names.includes(name) || name === '*' ? peekModule(repo, path) : undefined;
    const word = name === '*' ? names : [local ?? name];
    return (other?.program.body ?? [])
      .filter((each) => each.type !== 'ImportDeclaration')
      .map((each) => ({ module: other ?? module, node: each }))
      .filter((each) => word.some((one) => codeOf(each).includes(one)));
  });
}

function exportedNames(node: Node): readonly string[] {
  if (node.type === 'ExportDefaultDeclaration') return ['default'];
  if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return [];
  const { declaration } = node;
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration')
    return declaration.id ? [declaration.id.name] : [];
  return declaration.type === 'VariableDeclaration'
    ? declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
    : [];
}

/** The first thing that is found in one of these files. */
export function firstOf<T>(paths: readonly string[], look: (path: string) => T | undefined): T | undefined {
  for (const path of paths) {
    const found = look(path);
    if (found !== undefined) return found;
  }
  return undefined;
}
