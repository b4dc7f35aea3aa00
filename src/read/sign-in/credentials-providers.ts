import type { CallExpression, Node, ObjectExpression } from 'oxc-parser';
import { oncePer } from '../../repo/once.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import type { ImportScope } from '../code/imports.ts';
import { nodesAt } from '../code/nodes-at.ts';
import { walk } from '../code/walk.ts';
import {
  isFunction,
  lastName,
  nameOf,
  type OwnFunction,
  ownFunction,
  rootOf,
  specifierOf,
} from './own-functions.ts';
import type { Test } from './proof-of-identity.ts';

/** A credentials provider as it is configured, and its `authorize` function. */
export interface CredentialsProvider {
  readonly module: SourceModule;
  readonly config: ObjectExpression;
  readonly authorize: OwnFunction;
  /** What has to hold for the provider to be offered at all. */
  readonly conditions: readonly Test[];
  /** Whether the list that it stands in holds no other. */
  readonly isOnly: boolean;
}

/** The credentials providers that a module configures; `authorize` may stand in another one. */
export function credentialsProviders(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  module: SourceModule,
): readonly CredentialsProvider[] {
  return configsOf(module).flatMap((config) => {
    const value = propertyOf(config, 'authorize');
    const node = value && unwrapped(value);
    if (!node) return [];
    const authorize = isFunction(node) ? { module, node } : ownFunction(repo, scope, module, node);
    return authorize ? [{ module, config, authorize, ...surroundings(module, config) }] : [];
  });
}

/** `authorize: withLog(async (credentials) => …)`. */
function unwrapped(value: Node): Node {
  if (value.type === 'TSAsExpression' || value.type === 'TSSatisfiesExpression')
    return unwrapped(value.expression);
  const inner =
    value.type === 'CallExpression' ? value.arguments.find((each) => isFunction(each)) : undefined;
  return inner ?? value;
}

const configsOf = oncePer((module: SourceModule): readonly ObjectExpression[] => {
  const found: ObjectExpression[] = [];
  walk(module, {
    CallExpression: (call) => {
      const [config] = call.arguments;
      if (config?.type === 'ObjectExpression' && isCredentials(module, call)) found.push(config);
    },
    ObjectExpression: (node) => {
      if (propertyOf(node, 'authorize') && isPlainConfig(node) && !found.includes(node)) found.push(node);
    },
  });
  return found;
});

function isCredentials(module: SourceModule, { callee }: CallExpression): boolean {
  const root = rootOf(callee);
  const specifier = root.type === 'Identifier' ? specifierOf(module, root.name) : undefined;
  return /credentials/i.test(lastName(callee) ?? '') || /providers\/credentials$/.test(specifier ?? '');
}

function isPlainConfig(node: ObjectExpression): boolean {
  const type = propertyOf(node, 'type');
  return (
    propertyOf(node, 'credentials') !== undefined || (type !== undefined && nameOf(type) === 'credentials')
  );
}

/** The value of a property of an object literal. */
export function propertyOf({ properties }: ObjectExpression, name: string): Node | undefined {
  for (const property of properties)
    if (property.type === 'Property' && nameOf(property.key) === name) return property.value;
  return undefined;
}

/** Conditions around the provider, and whether it is alone in its list. */
function surroundings(
  module: SourceModule,
  config: ObjectExpression,
): Pick<CredentialsProvider, 'conditions' | 'isOnly'> {
  const around = nodesAt(module, config.start).filter(({ end }) => end >= config.end);
  const list = around.findLast((node) => node.type === 'ArrayExpression');
  const conditions = around.flatMap((node): readonly Test[] => {
    if (node.type === 'LogicalExpression' && node.operator === '&&' && isIn(config, node.right))
      return [{ node: node.left, isTrue: true }];
    if (node.type !== 'ConditionalExpression' && node.type !== 'IfStatement') return [];
    return isIn(config, node.test) ? [] : [{ node: node.test, isTrue: isIn(config, node.consequent) }];
  });
  const isOnly = list?.type === 'ArrayExpression' && list.elements.length === 1 && conditions.length === 0;
  return { conditions, isOnly };
}

function isIn(inner: Node, outer: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
