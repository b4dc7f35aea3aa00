import type { Argument, CallExpression, Expression, Node, Statement } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { declarationAt } from '../../../src/read/code/declarations.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { deedIn, wordsIn } from './words.ts';

/** What happens when a handler runs, each deed in words; `test` where it is one of two. */
export interface Deeds {
  readonly deeds: readonly string[];
  /** `open ? close : show`: what is asked, and what is done in either case. */
  readonly either?: { readonly test: string; readonly yes: string; readonly no: string };
}

const NONE: Deeds = { deeds: [] };

/** Reads what a handler does from its names: `() => setOpen(false)` is "close open", `onClose` is "close". */
export function deedsOf(module: SourceModule, handler: Expression): Deeds {
  return read({ module, hops: 1 }, handler);
}

interface From {
  readonly module: SourceModule;
  /** How many functions with names that say nothing are looked into. */
  readonly hops: number;
}

function read(from: From, node: Node): Deeds {
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return node.body ? read(from, node.body) : NONE;
    case 'BlockStatement':
      return all(node.body.map((each) => readStatement(from, each)));
    case 'ConditionalExpression':
      return eitherOf(from, from.module.text.slice(node.test.start, node.test.end), node);
    case 'LogicalExpression':
      return read(from, node.right);
    case 'AwaitExpression':
    case 'UnaryExpression':
      return read(from, node.argument);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
      return read(from, node.expression);
    case 'SequenceExpression':
      return all(node.expressions.map((each) => read(from, each)));
    case 'CallExpression':
      return calls(from, node);
    case 'Identifier':
      return named(from, node.name, node.start);
    case 'MemberExpression':
      return node.property.type === 'Identifier' ? named(from, node.property.name, -1) : NONE;
    default:
      return NONE;
  }
}

function readStatement(from: From, statement: Statement): Deeds {
  if (statement.type === 'ExpressionStatement') return read(from, statement.expression);
  if (statement.type === 'ReturnStatement') return statement.argument ? read(from, statement.argument) : NONE;
  if (statement.type !== 'IfStatement') return NONE;
  // A guard in front of the deed is no deed.
  if (!statement.alternate) return read(from, statement.consequent);
  return all([read(from, statement.consequent), read(from, statement.alternate)]);
}

function all(parts: readonly Deeds[]): Deeds {
  const [only, ...more] = parts.filter(({ deeds }) => deeds.length > 0);
  return only && more.length === 0 ? only : { deeds: parts.flatMap(({ deeds }) => deeds) };
}

function eitherOf(
  from: From,
  test: string,
  { consequent, alternate }: { readonly consequent: Expression; readonly alternate: Expression },
): Deeds {
  const [yes, no] = [read(from, consequent).deeds, read(from, alternate).deeds];
  const deeds = [...yes, ...no];
  return yes.length === 1 && no.length === 1
    ? { deeds, either: { test, yes: yes[0] ?? '', no: no[0] ?? '' } }
    : { deeds };
}

/** What says only that something was pressed is looked into. */
const OPAQUE = /^(?:|toggle|submit|go|action|select|change)$/;

function named(from: From, name: string, at: number): Deeds {
  const deed = deedIn(name);
  if (!OPAQUE.test(deed) || at < 0 || from.hops === 0) return deed === '' ? NONE : { deeds: [deed] };
  const declared = declarationAt(from.module, name, at);
  const inside = declared && read({ ...from, hops: 0 }, functionAt(from.module, declared.start));
  if (inside && inside.deeds.length > 0) return inside;
  return deed === '' ? NONE : { deeds: [deed] };
}

/** The function behind `function x() {}`, `const x = () => {}` and `const x = useCallback(() => {}, [])`. */
function functionAt(module: SourceModule, at: number): Node {
  const node = nodesAt(module, at).find((each) => each.start === at && /Declarat/.test(each.type));
  if (node?.type === 'VariableDeclarator' && node.init) {
    const { init } = node;
    const [first] = init.type === 'CallExpression' ? init.arguments : [];
    return first ?? init;
  }
  return node ?? module.program;
}

/** Methods that carry out what stands before them: `remove.mutate(id)`, `chain().toggleBold().run()`. */
const CARRIES_OUT = /^(?:run|then|catch|finally|mutate|mutateAsync|call|apply|bind|execute|trigger)$/;
/** Calls that keep the event, tell somebody, or write it down. */
const ASIDE =
  /^(?:stopPropagation|stopImmediatePropagation|preventDefault|focus|blur|log|warn|error|info|success|track|capture|vibrate|setTimeout)$/;

function calls(from: From, call: CallExpression): Deeds {
  const { callee } = call;
  if (callee.type === 'Identifier') {
    const setter = /^set([A-Z]\w*)$/.exec(callee.name)?.[1];
    if (setter !== undefined) return { deeds: [setting(from, setter, call.arguments[0])] };
    return ASIDE.test(callee.name) ? NONE : named(from, callee.name, callee.start);
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return NONE;
  const { name } = callee.property;
  if (CARRIES_OUT.test(name)) return read(from, callee.object);
  if (ASIDE.test(name)) return NONE;
  const owner = from.module.text.slice(callee.object.start, callee.object.end);
  const deed = methodDeed(owner, name, call.arguments[0]) ?? deedIn(name);
  return deed === '' ? NONE : { deeds: [deed] };
}

/** Methods of the browser and of a router, which say less by their names than people know of them. */
function methodDeed(owner: string, name: string, given: Argument | undefined): string | undefined {
  if (name === 'writeText') return 'copy';
  if (name === 'click') return /input|upload|file/i.test(owner) ? 'pick file' : '';
  if (!/^(?:router|navigation|nav|history|window\.history)$/i.test(owner)) return undefined;
  if (name === 'back') return 'back';
  return /^(?:push|replace|navigate)$/.test(name) ? addressDeed(given) : undefined;
}

function addressDeed(address: Argument | undefined): string {
  const path = address?.type === 'Literal' && typeof address.value === 'string' ? address.value : '';
  return `go ${routeWords(path)}`.trim();
}

/** The words of an address: its last part that is written out; the root is the home. */
export function routeWords(path: string): string {
  if (path === '/') return 'home';
  const [last = ''] =
    path
      .split(/[?#]/)[0]
      ?.split('/')
      .filter((part) => /^[\w-]+$/.test(part))
      .slice(-1) ?? [];
  return wordsIn(last).join(' ');
}

const SHOWN = /^(?:is|show|shows|open|opened|visible|has|expanded|active|shown|display)$/;

/** `setMenuOpen(false)` closes a menu, `setCount(count + 1)` increases a count. */
function setting({ module }: From, name: string, value: Argument | undefined): string {
  const what = wordsIn(name).join(' ');
  if (value?.type === 'Literal') return settingTo(wordsIn(name), value.value, isGate(module.text, name));
  const result =
    value?.type === 'ArrowFunctionExpression' && value.body.type !== 'BlockStatement' ? value.body : value;
  if (result?.type === 'UnaryExpression' && result.operator === '!') return `toggle ${what}`;
  return `${stepOf(result)} ${what}`;
}

/** `{prices && (`: the state says whether something is shown. */
function isGate(text: string, name: string): boolean {
  return text.includes(`{${name.charAt(0).toLowerCase()}${name.slice(1)} && (`);
}

function settingTo(words: readonly string[], value: unknown, isGating: boolean): string {
  const isShown = isGating || words.some((word) => SHOWN.test(word) || BOX.test(word));
  const what = words.join(' ');
  const thing = words.filter((word) => !SHOWN.test(word)).join(' ');
  if (value === '') return `clear ${what}`;
  if (value === null) return `unset ${what}`;
  if (!isShown || typeof value !== 'boolean') return `${value === false ? 'unset' : 'set'} ${what}`;
  return `${value ? 'open' : 'close'} ${thing}`.trim();
}

/** What is shown and goes away again. */
const BOX = /^(?:modal|dialog|menu|drawer|popup|panel|sidebar)$/;

/** `x + 1`, `Math.max(0, x - 1)`. */
function stepOf(value: Node | undefined): 'increase' | 'decrease' | 'set' {
  if (value?.type === 'BinaryExpression' && value.operator === '+') return 'increase';
  if (value?.type === 'BinaryExpression' && value.operator === '-') return 'decrease';
  if (value?.type !== 'CallExpression') return 'set';
  return value.arguments.map(stepOf).find((step) => step !== 'set') ?? 'set';
}
