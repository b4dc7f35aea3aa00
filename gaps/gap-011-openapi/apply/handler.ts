import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { bare, type Callable, calledBy, isCallable, symbolOf } from './meaning.ts';

/** What runs when an operation is called. */
export interface Handler {
  /** The function itself, then the ones around it: `withAuth(async (request) => …)`. */
  readonly functions: readonly Callable[];
  /** Where the operation is written, for its comment. */
  readonly declared: ts.Node;
}

/** The handler that a module exports under a name, wherever it is written; undefined where that is not code of here. */
export function handlerOf(code: TypedCode, source: ts.SourceFile, name: string): Handler | undefined {
  const ts = typescript();
  const module = code.checker.getSymbolAtLocation(source);
  const exported = module && code.checker.getExportsOfModule(module).find((each) => each.name === name);
  const isAlias = exported && exported.flags & ts.SymbolFlags.Alias;
  const declared = (isAlias ? code.checker.getAliasedSymbol(exported) : exported)?.declarations?.[0];
  if (!declared) return undefined;
  const functions = functionsIn(code, declared);
  return functions.length === 0 ? undefined : { functions, declared };
}

function functionsIn(code: TypedCode, node: ts.Node, steps = 6): readonly Callable[] {
  const ts = typescript();
  if (steps === 0) return [];
  if (isCallable(node)) return [node];
  if (ts.isVariableDeclaration(node))
    return node.initializer ? functionsIn(code, bare(node.initializer), steps - 1) : [];
  if (ts.isExportAssignment(node)) return functionsIn(code, bare(node.expression), steps - 1);
  if (ts.isIdentifier(node)) {
    const declaration = symbolOf(code, node)?.valueDeclaration;
    return declaration ? functionsIn(code, declaration, steps - 1) : [];
  }
  if (!ts.isCallExpression(node)) return [];
  const inner = node.arguments.flatMap((each) => functionsIn(code, bare(each), steps - 1));
  const around = calledBy(code, node);
  return around && inner.length > 0 ? [...inner, ...returnedBy(around)] : inner;
}

/** The functions that a wrapper hands back. */
function returnedBy(around: Callable): readonly Callable[] {
  const ts = typescript();
  const found: Callable[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression && isCallable(bare(node.expression))) {
      const value = bare(node.expression);
      if (isCallable(value)) found.push(value);
      return;
    }
    if (!isCallable(node)) ts.forEachChild(node, visit);
  };
  if (!around.body) return [];
  if (ts.isBlock(around.body)) ts.forEachChild(around.body, visit);
  else if (isCallable(bare(around.body))) {
    const value = bare(around.body);
    if (isCallable(value)) found.push(value);
  }
  return found;
}
