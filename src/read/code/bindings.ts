import type { Expression, Node } from 'oxc-parser';
import type { SourceModule } from '../../repo/repo.ts';
import { requestsOf } from './imports.ts';
import { walk } from './walk.ts';

/** The local names that imports of these packages have in a module, and what each is in its package; '*' is all of it. */
export function bindingsOf(module: SourceModule, packages: RegExp): ReadonlyMap<string, string> {
  const imported = requestsOf(module).flatMap(
    ({ specifier, name, local }): readonly (readonly [string, string])[] =>
      local !== undefined && packages.test(specifier) ? [[local, name]] : [],
  );
  const required: (readonly [string, string])[] = [];
  walk(module, {
    VariableDeclarator: ({ id, init }) => {
      const member = init?.type === 'MemberExpression' ? memberOf(init) : undefined;
      const call = init?.type === 'MemberExpression' ? init.object : init;
      if (!call || !isRequest(call, packages)) return;
      if (id.type === 'Identifier') required.push([id.name, member ?? 'default']);
      if (id.type !== 'ObjectPattern') return;
      for (const each of id.properties)
        if (each.type === 'Property' && each.key.type === 'Identifier' && each.value.type === 'Identifier')
          required.push([each.value.name, each.key.name]);
    },
  });
  return new Map([...imported, ...required]);
}

/** `require('x')`, `import('x')` or `await import('x')` of one of these packages. */
export function isRequest(node: Expression | Node, packages: RegExp): boolean {
  if (node.type === 'AwaitExpression') return isRequest(node.argument, packages);
  if (node.type === 'ImportExpression') return isNamed(node.source, packages);
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return false;
  const [first] = node.arguments;
  return node.callee.name === 'require' && first !== undefined && isNamed(first, packages);
}

function isNamed(node: Node, packages: RegExp): boolean {
  return node.type === 'Literal' && typeof node.value === 'string' && packages.test(node.value);
}

function memberOf(node: Node): string | undefined {
  return node.type === 'MemberExpression' && node.property.type === 'Identifier'
    ? node.property.name
    : undefined;
}

/** `a.b.c` of an expression that is nothing but names, whatever type it is cast to; undefined for any other. */
export function dottedName(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'ThisExpression':
      return 'this';
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'ChainExpression':
      return dottedName(node.expression);
    case 'MemberExpression': {
      const object = dottedName(node.object);
      const name = propertyName(node.property, node.computed);
      return object === undefined || name === undefined ? undefined : `${object}.${name}`;
    }
    default:
      return undefined;
  }
}

function propertyName(node: Node, isComputed: boolean): string | undefined {
  if (node.type === 'PrivateIdentifier') return `#${node.name}`;
  if (!isComputed) return node.type === 'Identifier' ? node.name : undefined;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
