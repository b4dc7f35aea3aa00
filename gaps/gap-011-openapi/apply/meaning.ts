import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';

/** A value without what only types say of it: `x as const`, `x satisfies T`, `(x)!`, `await x`. */
export function bare(node: ts.Expression): ts.Expression {
  const ts = typescript();
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
    ? bare(node.expression)
    : node;
}

/** The symbol that a name stands for, imports followed. */
export function symbolOf({ checker }: TypedCode, node: ts.Node): ts.Symbol | undefined {
  const ts = typescript();
  const shorthand = ts.isIdentifier(node) && ts.isShorthandPropertyAssignment(node.parent);
  const symbol = shorthand
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
  const target = checker.getAliasedSymbol(symbol);
  return target.declarations ? target : symbol;
}

/** What an expression stands for: names are followed to the constants that they were declared as. */
export function meant(code: TypedCode, node: ts.Expression, steps = 8): ts.Expression | undefined {
  const ts = typescript();
  const value = bare(node);
  if (!ts.isIdentifier(value) || steps === 0) return value;
  const declaration = symbolOf(code, value)?.valueDeclaration;
  if (declaration && ts.isExportAssignment(declaration))
    return meant(code, declaration.expression, steps - 1);
  const isConstant =
    declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
  return isConstant && declaration.initializer ? meant(code, declaration.initializer, steps - 1) : value;
}

/** The text, number or truth value that an expression always has. */
export function constantOf(
  code: TypedCode,
  node: ts.Expression,
): string | number | boolean | null | undefined {
  const ts = typescript();
  const value = meant(code, node);
  if (!value) return undefined;
  if (ts.isStringLiteralLike(value)) return value.text;
  if (ts.isNumericLiteral(value)) return Number(value.text);
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.MinusToken) {
    const inner = constantOf(code, value.operand);
    return typeof inner === 'number' ? -inner : undefined;
  }
  if (value.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (value.kind === ts.SyntaxKind.FalseKeyword) return false;
  return value.kind === ts.SyntaxKind.NullKeyword ? null : undefined;
}

/** Whether a name is imported from a package. */
export function isFrom(code: TypedCode, node: ts.Expression, pack: string): boolean {
  const ts = typescript();
  if (!ts.isIdentifier(node)) return false;
  return (code.checker.getSymbolAtLocation(node)?.declarations ?? []).some((declaration) => {
    const statement = ts.findAncestor(declaration, ts.isImportDeclaration);
    const from =
      statement && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : '';
    return from === pack || from.startsWith(`${pack}/`);
  });
}

/** A function with a body. */
export type Callable =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration;

/** Whether a node is a function. */
export function isCallable(node: ts.Node): node is Callable {
  const ts = typescript();
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node)
  );
}

/** The function of the repository that a call runs; undefined for what is installed or not known. */
export function calledBy(code: TypedCode, call: ts.CallExpression): Callable | undefined {
  const ts = typescript();
  const declaration = symbolOf(code, call.expression)?.valueDeclaration;
  if (!declaration || declaration.getSourceFile().fileName.startsWith('/node_modules/')) return undefined;
  if (isCallable(declaration)) return declaration;
  const value =
    ts.isVariableDeclaration(declaration) && declaration.initializer && bare(declaration.initializer);
  return value && isCallable(value) ? value : undefined;
}

/** The property of an object that is written out, by its name. */
export function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const ts = typescript();
  for (const each of object.properties) {
    if (ts.isShorthandPropertyAssignment(each) && each.name.text === name) return each.name;
    if (!ts.isPropertyAssignment(each)) continue;
    const isNamed = (ts.isIdentifier(each.name) || ts.isStringLiteral(each.name)) && each.name.text === name;
    if (isNamed) return each.initializer;
  }
  return undefined;
}
