import type { Node, Program } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';

/** A place where a module uses one of its own names. */
export interface Use {
  readonly at: number;
  /** From the program down to the name. */
  readonly nodes: readonly Node[];
}

/** A statement of a module, outside of its functions. */
export type Top = Program['body'][number];

/** Where a module uses a name that it declares at its top: the declaration itself, and fields of that name, are none. */
export function usesOf(module: SourceModule, name: string): readonly Use[] {
  return placesOf(module.text, name).flatMap((at) => {
    const nodes = nodesAt(module, at);
    return isUse(nodes, name, at) ? [{ at, nodes }] : [];
  });
}

function placesOf(text: string, name: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length))
    if (!/[\w$]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[at + name.length] ?? '')) found.push(at);
  return found;
}

function isUse(nodes: readonly Node[], name: string, at: number): boolean {
  const [leaf, parent] = [nodes.at(-1), nodes.at(-2)];
  if (leaf?.type !== 'Identifier' && leaf?.type !== 'JSXIdentifier') return false;
  if (leaf.name !== name || leaf.start !== at || !parent) return false;
  if (parent.type === 'MemberExpression') return parent.computed || parent.object.start === at;
  if (parent.type === 'Property') return parent.shorthand || parent.computed || parent.value.start === at;
  return !isDeclaration(parent, at);
}

function isDeclaration(parent: Node, at: number): boolean {
  switch (parent.type) {
    case 'VariableDeclarator':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'FunctionDeclaration':
      return parent.id?.start === at;
    case 'TSPropertySignature':
    case 'JSXAttribute':
    case 'ImportSpecifier':
      return true;
    default:
      return false;
  }
}

/** The statement at the top of its module that a use stands in. */
export function topOf(module: SourceModule, { at }: Use): Top | undefined {
  return module.program.body.find(({ start, end }) => start <= at && at < end);
}

/** The component that a statement at the top of a module declares: a function with a block and a capital. */
export function componentIn(top: Top): { readonly name: string; readonly start: number } | undefined {
  const declared = top.type === 'ExportDefaultDeclaration' ? top.declaration : top;
  if (declared.type !== 'FunctionDeclaration' || !declared.body || !declared.id) return undefined;
  const { name } = declared.id;
  return /^[A-Z]/.test(name) && !declared.async ? { name, start: declared.body.start } : undefined;
}
