import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { bare, isCallable, symbolOf } from './meaning.ts';

/** What a body that was read is kept in. */
export interface Holder {
  /** The name that stands for it. */
  readonly symbol: ts.Symbol | undefined;
  /** `const { name, age } = await request.json()` */
  readonly pattern: ts.ObjectBindingPattern | undefined;
  /** The call that it is handed to at once. */
  readonly call: ts.CallExpression | undefined;
  /** The type that somebody wrote for it. */
  readonly type: ts.TypeNode | undefined;
  readonly read: ts.Expression;
}

/** Follows what is read to where it is kept: through `await`, casts, `.catch(() => ({}))` and `?? {}`. */
export function holderOf({ checker }: TypedCode, read: ts.Expression): Holder {
  const ts = typescript();
  const none = { symbol: undefined, pattern: undefined, call: undefined, type: undefined, read };
  let node: ts.Node = read;
  let type: ts.TypeNode | undefined;
  while (isPassedOn(node)) {
    if (ts.isAsExpression(node.parent)) type ??= node.parent.type;
    node = node.parent;
  }
  const { parent } = node;
  if (ts.isCallExpression(parent)) return { ...none, call: parent, type };
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const symbol = checker.getSymbolAtLocation(parent.left);
    const declared = symbol?.valueDeclaration;
    const annotated = declared && ts.isVariableDeclaration(declared) ? declared.type : undefined;
    return { ...none, symbol, type: type ?? annotated };
  }
  if (!ts.isVariableDeclaration(parent)) return { ...none, type };
  if (ts.isObjectBindingPattern(parent.name))
    return { ...none, pattern: parent.name, type: type ?? parent.type };
  return { ...none, symbol: checker.getSymbolAtLocation(parent.name), type: type ?? parent.type };
}

function isPassedOn({ parent }: ts.Node): boolean {
  const ts = typescript();
  if (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent))
    return true;
  if (ts.isBinaryExpression(parent)) return /^(?:\?\?|\|\|)$/.test(parent.operatorToken.getText());
  if (ts.isPropertyAccessExpression(parent)) return /^(?:catch|then)$/.test(parent.name.text);
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.arguments.length < 2 &&
    /^(?:catch|then)$/.test(parent.expression.name.text)
  );
}

/** What is done with a body. */
export interface BodyUses {
  /** The properties that are taken, and where first. */
  readonly names: ReadonlyMap<string, ts.Node>;
  /** `form.get('file')` */
  readonly fields: ReadonlyMap<string, ts.CallExpression>;
  /** The calls that it is handed to. */
  readonly calls: readonly ts.CallExpression[];
  /** Whether all of it goes on to somewhere else. */
  readonly isSpread: boolean;
}

/** Finds what the function around it does with a body. */
export function usesOf(code: TypedCode, { symbol, pattern, read }: Holder): BodyUses {
  const ts = typescript();
  const uses: Uses = { names: new Map(), fields: new Map(), calls: [], isSpread: false };
  if (pattern) takePattern(uses, pattern);
  // `req.body.name`, without a name for the body itself
  if (ts.isPropertyAccessExpression(read) && ts.isPropertyAccessExpression(read.parent))
    uses.names.set(read.parent.name.text, read.parent);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && symbolOf(code, node) === symbol) takeUse(uses, outermost(node).parent);
    ts.forEachChild(node, visit);
  };
  const around = symbol && ts.findAncestor(read, isCallable);
  if (around) visit(around);
  return uses;
}

interface Uses extends BodyUses {
  readonly names: Map<string, ts.Node>;
  readonly fields: Map<string, ts.CallExpression>;
  readonly calls: ts.CallExpression[];
  isSpread: boolean;
}

function takePattern(uses: Uses, { elements }: ts.ObjectBindingPattern): void {
  for (const element of elements) {
    if (element.dotDotDotToken) uses.isSpread = true;
    else uses.names.set((element.propertyName ?? element.name).getText(), element);
  }
}

/** What stands around the body's name says what becomes of it. */
function takeUse(uses: Uses, parent: ts.Node): void {
  const ts = typescript();
  if (ts.isPropertyAccessExpression(parent)) {
    if (isWritten(parent)) return;
    const field = fieldOf(parent);
    if (field) uses.fields.set(field.name, field.call);
    else if (!uses.names.has(parent.name.text)) uses.names.set(parent.name.text, parent);
  } else if (ts.isVariableDeclaration(parent)) {
    if (ts.isObjectBindingPattern(parent.name)) takePattern(uses, parent.name);
  } else if (ts.isCallExpression(parent)) {
    uses.calls.push(parent);
    if (parent.expression.getText() === 'JSON.stringify') uses.isSpread = true;
  } else if (
    ts.isSpreadAssignment(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent)
  )
    uses.isSpread = true;
}

/** `body.userId = …` takes nothing from it. */
function isWritten(access: ts.PropertyAccessExpression): boolean {
  const ts = typescript();
  const { parent } = access;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === access &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** A name with the casts and parentheses around it. */
function outermost(node: ts.Node): ts.Node {
  const ts = typescript();
  return ts.isAsExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent) ||
    ts.isNonNullExpression(node.parent)
    ? outermost(node.parent)
    : node;
}

function fieldOf(
  access: ts.PropertyAccessExpression,
): { readonly name: string; readonly call: ts.CallExpression } | undefined {
  const ts = typescript();
  const call = access.parent;
  if (!/^(?:get|getAll|has)$/.test(access.name.text) || !ts.isCallExpression(call)) return undefined;
  const [first] = call.arguments;
  return first && ts.isStringLiteralLike(bare(first)) && ts.isStringLiteralLike(first)
    ? { name: first.text, call }
    : undefined;
}
