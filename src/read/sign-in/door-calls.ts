import type { CallExpression, Node } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../repo/repo.ts';
import { peekModule } from '../code/imports.ts';
import { childrenOf } from '../code/nodes-at.ts';
import { addressOf } from './own-address.ts';
import { namesOf, type OwnFunction, ownFunction } from './own-functions.ts';
import { type TypedInput, typedInput } from './typed-input.ts';
import { isTyped, type Typed } from './typed-values.ts';

/** Something that what was typed takes part in, in a door or in what it calls. */
export interface DoorCall {
  readonly module: SourceModule;
  readonly node: Node;
  readonly input: TypedInput;
}

interface Walk {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly found: DoorCall[];
  readonly identity: RegExp | undefined;
  readonly seen: Set<string>;
}

/**
 * The calls, queries and comparisons that get something of what was typed, in a door and in the functions of this
 * repository to which the door hands it; the routes that it asks of its own app are followed, too.
 */
export function callsBehind(
  repo: Repo,
  app: NextApp,
  door: OwnFunction,
  input: TypedInput,
  identity?: RegExp,
): readonly DoorCall[] {
  const walk: Walk = { repo, app, found: [], identity, seen: new Set() };
  enter(walk, door, input);
  return walk.found;
}

function enter(walk: Walk, { module, node }: OwnFunction, input: TypedInput): void {
  const key = `${module.path} ${node.start}`;
  if (walk.seen.has(key) || !node.body) return;
  walk.seen.add(key);
  visit(walk, module, node.body, input);
}

function visit(walk: Walk, module: SourceModule, node: Node, input: TypedInput): void {
  if (takesPart(node, input)) {
    walk.found.push({ module, node, input });
    if (node.type === 'CallExpression') follow(walk, module, node, input);
  }
  for (const child of childrenOf(node)) visit(walk, module, child, input);
}

function takesPart(node: Node, input: TypedInput): boolean {
  if (node.type === 'CallExpression' || node.type === 'NewExpression')
    return node.arguments.some((each) => isTyped(input.of(each))) || isTyped(input.of(node.callee));
  if (node.type === 'TaggedTemplateExpression') return isTyped(input.of(node.quasi));
  return node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator) && isTyped(input.of(node));
}

function follow(walk: Walk, module: SourceModule, call: CallExpression, input: TypedInput): void {
  const { repo, app, identity } = walk;
  const own = ownFunction(repo, app, module, call.callee);
  if (own)
    enter(
      walk,
      own,
      typedInput(
        own.node,
        call.arguments.map((each) => handed(each, input)),
        identity,
      ),
    );
  const [target] = call.arguments;
  const address = target && isFetch(call) ? addressOf(repo, app, module, target) : undefined;
  if (address?.kind !== 'own') return;
  const route = peekModule(repo, address.route);
  for (const [name, node] of route ? namesOf(route).functions : [])
    if (route && /^(?:POST|default|handler|PUT|GET)$/.test(name))
      enter(walk, { module: route, node }, typedInput(node, ['request'], identity));
}

/** An object with fields in it is a form again. */
function handed(node: Node, input: TypedInput): Typed {
  const typed = input.of(node);
  return node.type === 'ObjectExpression' && isTyped(typed) ? 'all' : typed;
}

const FETCH = /^(?:\$?fetch|axios|ky|got|ofetch)$/;

function isFetch({ callee }: CallExpression): boolean {
  if (callee.type === 'Identifier') return FETCH.test(callee.name);
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    FETCH.test(callee.object.name)
  );
}
