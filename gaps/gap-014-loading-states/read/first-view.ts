import type { Argument, Expression, Node } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { declarationAt } from '../../../src/read/code/declarations.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { childElements, type JsxElement } from '../../../src/read/markup/markup.ts';
import { oncePer } from '../../../src/repo/once.ts';

/** The elements directly inside that are there before anybody has done anything: no closed panel, no other tab. */
export function firstChildren(module: SourceModule, element: JsxElement): readonly JsxElement[] {
  return childElements(element).filter((child) => isThere(module, element, child));
}

function isThere(module: SourceModule, parent: JsxElement, child: JsxElement): boolean {
  const path = nodesAt(module, child.start).filter((node) => node.start > parent.start);
  const until = path.findIndex(({ type }) => type === 'JSXElement' || type === 'JSXFragment');
  return path.slice(0, until === -1 ? path.length : until).every((node) => admits(module, node, child));
}

/** Whether an expression around an element shows it at first. */
function admits(module: SourceModule, node: Node, { start }: JsxElement): boolean {
  if (node.type === 'LogicalExpression' && node.operator === '&&')
    return start < node.right.start || truth(module, node.left) === true;
  if (node.type === 'ConditionalExpression') {
    const { test, consequent, alternate } = node;
    const isLonger = consequent.end - consequent.start >= alternate.end - alternate.start;
    return (truth(module, test) ?? isLonger) === start < consequent.end;
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return true;
  return atFirst(module, node.callee.object)?.value !== EMPTY;
}

const EMPTY = Symbol('a list of nothing');

/** What an expression is at first, where the code tells. */
interface Known {
  readonly value: string | number | bigint | boolean | null | undefined | RegExp | typeof EMPTY;
}

function truth(module: SourceModule, expression: Node): boolean | undefined {
  const known = atFirst(module, expression);
  return known && Boolean(known.value);
}

function atFirst(module: SourceModule, node: Node): Known | undefined {
  switch (node.type) {
    case 'Literal':
      return { value: node.value };
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
      return atFirst(module, node.expression);
    case 'ArrayExpression':
      return node.elements.length === 0 ? { value: EMPTY } : undefined;
    case 'UnaryExpression': {
      const is = node.operator === '!' ? truth(module, node.argument) : undefined;
      return is === undefined ? undefined : { value: !is };
    }
    case 'Identifier':
      return stateAt(module, node.name, node.start);
    case 'MemberExpression':
      return memberOf(
        atFirst(module, node.object),
        module.text.slice(node.property.start, node.property.end),
      );
    case 'LogicalExpression':
      return either(node.operator, atFirst(module, node.left), atFirst(module, node.right));
    case 'BinaryExpression':
      return compared(node.operator, atFirst(module, node.left), atFirst(module, node.right));
    default:
      return undefined;
  }
}

function memberOf(object: Known | undefined, property: string): Known | undefined {
  if (object?.value === EMPTY && property === 'length') return { value: 0 };
  return object && (object.value === null || object.value === undefined) ? { value: undefined } : undefined;
}

function either(operator: string, left: Known | undefined, right: Known | undefined): Known | undefined {
  const decides = operator === '&&' ? false : operator === '||' ? true : undefined;
  if (decides === undefined) return undefined;
  if (left) return Boolean(left.value) === decides ? left : right;
  return right && Boolean(right.value) === decides ? { value: decides } : undefined;
}

function compared(operator: string, left: Known | undefined, right: Known | undefined): Known | undefined {
  if (!left || !right) return undefined;
  if (/^===?$/.test(operator)) return { value: left.value === right.value };
  if (/^!==?$/.test(operator)) return { value: left.value !== right.value };
  if (typeof left.value !== 'number' || typeof right.value !== 'number') return undefined;
  if (operator === '>') return { value: left.value > right.value };
  if (operator === '<') return { value: left.value < right.value };
  if (operator === '>=') return { value: left.value >= right.value };
  return operator === '<=' ? { value: left.value <= right.value } : undefined;
}

/** The first value of a state. What waits is over by then: the outline stands for what comes after it. */
function stateAt(module: SourceModule, name: string, at: number): Known | undefined {
  if (name === 'undefined') return { value: undefined };
  if (/^(?:is)?(?:loading|pending|fetching)/i.test(name)) return { value: false };
  const declared = declarationAt(module, name, at);
  const first = declared && firstValues(module).get(`${declared.start} ${name}`);
  if (first === undefined) return undefined;
  return first === 'nothing' ? { value: undefined } : atFirst(module, first);
}

/** What `useState` is given, by the offset of the declaration and the name of the state. */
const firstValues = oncePer(
  (module: SourceModule): ReadonlyMap<string, Argument | Expression | 'nothing'> => {
    const found = new Map<string, Argument | Expression | 'nothing'>();
    walk(module, {
      VariableDeclarator: ({ id, init, start }) => {
        if (id.type !== 'ArrayPattern' || init?.type !== 'CallExpression') return;
        if (!/^(?:React\.)?useState$/.test(module.text.slice(init.callee.start, init.callee.end))) return;
        const [state] = id.elements;
        if (state?.type === 'Identifier') found.set(`${start} ${state.name}`, init.arguments[0] ?? 'nothing');
      },
    });
    return found;
  },
);
