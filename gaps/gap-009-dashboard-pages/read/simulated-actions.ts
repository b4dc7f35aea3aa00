import type { Function as AnyFunction, Expression, Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { WORKS } from '../tables.ts';

/** A function that waits and does nothing else, where the reader believes that something is saved or started. */
export interface SimulatedAction {
  /** Where it waits. */
  readonly at: number;
  /** Its name, or what to call it. */
  readonly name: string;
}

type Func = AnyFunction | Extract<Expression, { readonly type: 'ArrowFunctionExpression' }>;

/** The functions of a file that only wait, in the order in which they stand. */
export function simulatedActions(repo: Repo, path: string, code: string): readonly SimulatedAction[] {
  const module = code.includes('setTimeout') ? peekModule(repo, path) : undefined;
  if (!module) return [];
  return [...code.matchAll(/\bsetTimeout\(/g)].flatMap(({ index }) => {
    const nodes = nodesAt(module, index);
    const wait = sleepIn(nodes) ?? spinIn(module, nodes);
    if (!wait || WORKS.test(code.slice(wait.handler.start, wait.handler.end))) return [];
    return [{ at: wait.at, name: nameOf(nodes, wait.handler) ?? 'A function' }];
  });
}

interface Wait {
  readonly at: number;
  readonly handler: Func;
}

/** `await new Promise((resolve) => setTimeout(resolve, 2000))` */
function sleepIn(nodes: readonly Node[]): Wait | undefined {
  const at = nodes.findLastIndex(
    (node) =>
      node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Promise',
  );
  const before = nodes.slice(0, at);
  const waits = before.findLast((node) => node.type === 'AwaitExpression');
  const handler = before.findLast(isFunction);
  // The promise's own function holds nothing but the timer.
  const inner = nodes.slice(at).filter(isFunction);
  return at !== -1 && waits && handler && inner.length === 1 ? { at: waits.start, handler } : undefined;
}

/** `{ setRefreshing(true); setTimeout(() => setRefreshing(false), 1500); }` */
function spinIn({ text }: SourceModule, nodes: readonly Node[]): Wait | undefined {
  const handler = nodes.findLast(isFunction);
  const body = handler?.body;
  if (!handler || body?.type !== 'BlockStatement') return undefined;
  const [first, second] = body.body.map(({ start, end }) => text.slice(start, end));
  const isBusy =
    /^set(?:Is)?(?:Refresh|Load|Sav|Sync|Submit|Launch|Deploy|Process|Upload|Send)\w*\(true\)/.test(
      first ?? '',
    );
  return isBusy && second?.startsWith('setTimeout(') ? { at: body.start, handler } : undefined;
}

function isFunction(node: Node): node is Func {
  return (
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration'
  );
}

/** As it is declared: `const handleSave = async () => {…}`, also inside of a `useCallback`. */
function nameOf(nodes: readonly Node[], handler: Func): string | undefined {
  if (handler.id) return handler.id.name;
  const above = nodes.slice(0, nodes.indexOf(handler)).reverse();
  for (const node of above) {
    if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' ? node.id.name : undefined;
    if (node.type !== 'CallExpression') return undefined;
  }
  return undefined;
}
