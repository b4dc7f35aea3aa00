import type { Expression, Node } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { dottedName } from '../../../src/read/code/bindings.ts';
import { walk } from '../../../src/read/code/walk.ts';

/** A variable or property that holds something to count in, for as long as the process runs. */
export interface Holder {
  /** As the code calls it: `hits`, `this.hits`, `globalThis.hits`, `Limiter.hits`. */
  readonly name: string;
  readonly at: number;
  /** It forgets by itself what is old or too much. */
  readonly forgets: boolean;
}

/** A place where the entries of something are read or written. */
export interface Access {
  readonly at: number;
  readonly reads: boolean;
  readonly writes: boolean;
}

const MAPS = /^(?:Map|LRU\w*|TTLCache|NodeCache|QuickLRU|TTLMap|Keyv)$/;
const FORGETS = /^(?:LRU|TTL|NodeCache|Keyv)/i;
const READS: ReadonlySet<string> = new Set(['get', 'has', 'peek', 'filter', 'some', 'find']);
const WRITES: ReadonlySet<string> = new Set(['set', 'push', 'unshift']);

/** The holders of a module: variables, fields of classes, and properties of objects such as `globalThis`. */
export function holdersIn(module: SourceModule): readonly Holder[] {
  const found = new Map<string, Holder>();
  const add = (name: string | undefined, at: number, value: Expression | null) => {
    const kind = value ? kindOf(value) : undefined;
    if (name === undefined || kind === undefined || found.has(name)) return;
    found.set(name, { name, at, forgets: FORGETS.test(kind) });
  };
  const addField = (owner: string | undefined, field: Node) => {
    if (field.type !== 'PropertyDefinition') return;
    const name = field.key.type === 'PrivateIdentifier' ? `#${field.key.name}` : dottedName(field.key);
    add(`${field.static ? owner : 'this'}.${name}`, field.key.start, field.value);
    if (field.static) add(`this.${name}`, field.key.start, field.value);
  };
  walk(module, {
    VariableDeclarator: ({ id, init }) => add(dottedName(id), id.start, init),
    AssignmentExpression: ({ left, right }) => add(dottedName(left), left.start, right),
    ClassDeclaration: ({ id, body }) => {
      for (const field of body.body) addField(id?.name, field);
    },
    ClassExpression: ({ id, body }) => {
      for (const field of body.body) addField(id?.name, field);
    },
  });
  return [...found.values()];
}

/** What is made to hold the counts, whichever branch or default makes it; undefined for any other value. */
function kindOf(value: Node): string | undefined {
  switch (value.type) {
    case 'NewExpression':
    case 'CallExpression':
      return kindOfCall(value.callee, value.arguments, value.type === 'NewExpression');
    case 'ObjectExpression':
      return value.properties.length === 0 ? 'object' : undefined;
    case 'ArrayExpression':
      return value.elements.length === 0 ? 'array' : undefined;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return kindOf(value.expression);
    case 'LogicalExpression':
      return kindOf(value.right) ?? kindOf(value.left);
    case 'ConditionalExpression':
      return kindOf(value.consequent) ?? kindOf(value.alternate);
    case 'AssignmentExpression':
      return kindOf(value.right);
    default:
      return undefined;
  }
}

function kindOfCall(callee: Node, given: readonly Node[], isNew: boolean): string | undefined {
  const name = dottedName(callee) ?? '';
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (name === 'Object.create') return 'object';
  // Keyv keeps what it is told in the store that it is handed.
  if (last === 'Keyv' && given.some(isStore)) return undefined;
  return (isNew && MAPS.test(last)) || /^lru(?:-?cache)?$/i.test(last) ? last : undefined;
}

function isStore(node: Node): boolean {
  if (node.type !== 'ObjectExpression') return true;
  return node.properties.some(
    (each) => each.type === 'SpreadElement' || !/^(?:namespace|ttl)$/.test(dottedName(each.key) ?? ''),
  );
}

/** Where entries are read and written, by the name of what holds them. */
export function accessesIn(module: SourceModule): ReadonlyMap<string, readonly Access[]> {
  const found = new Map<string, Access[]>();
  const add = (object: Node, access: Access) => {
    const name = dottedName(object);
    const known = name === undefined ? undefined : found.get(name);
    if (known) known.push(access);
    else if (name !== undefined) found.set(name, [access]);
  };
  walk(module, {
    CallExpression: ({ callee }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const { name, start } = callee.property;
      add(callee.object, { at: start, reads: READS.has(name), writes: WRITES.has(name) });
    },
    // Whether an entry is read or written is told by what is counted.
    MemberExpression: ({ object, property, computed, start }) => {
      if (computed && property.type !== 'Literal') add(object, { at: start, reads: true, writes: false });
    },
    AssignmentExpression: ({ left }) => {
      if (left.type === 'MemberExpression' && left.computed && left.property.type !== 'Literal')
        add(left.object, { at: left.start, reads: false, writes: true });
      // `requests = requests.filter(...)`: the list is kept by its name.
      else if (left.type === 'Identifier') add(left, { at: left.start, reads: false, writes: true });
    },
    UpdateExpression: ({ argument }) => {
      if (argument.type === 'MemberExpression' && argument.computed)
        add(argument.object, { at: argument.start, reads: true, writes: true });
    },
  });
  return found;
}
