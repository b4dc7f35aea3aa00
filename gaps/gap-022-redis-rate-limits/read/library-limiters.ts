import type { CallExpression, NewExpression, Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import { bindingsOf, dottedName, isRequest } from '../../../src/read/code/bindings.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { childrenOf, holds, nodesAt } from '../../../src/read/code/nodes-at.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { type Counts, LIBRARIES, type LimiterLibrary } from '../tables.ts';
import type { Place } from './place.ts';

/** A limiter of a library. */
export interface LibraryLimiter extends Place {
  readonly counts: Counts;
  /** How to let it count in Redis. */
  readonly advice: string | undefined;
}

type Call = CallExpression | NewExpression;

/** The limiters of libraries that a file makes; what stands in for a shared one is left out. */
export function libraryLimiters(repo: Repo, path: string): readonly LibraryLimiter[] {
  const specifiers = specifiersOf(repo, path);
  const used = LIBRARIES.filter(({ packages }) => specifiers.some((name) => packages.test(name)));
  const module = used.length > 0 ? peekModule(repo, path) : undefined;
  if (!module) return [];
  const found = used
    .flatMap((library) => limitersOf(module, library))
    .filter(({ at }) => !isInsurance(module, at));
  const shared = found.filter(({ counts }) => counts === 'outside');
  return found.filter(
    ({ counts, at }) =>
      counts !== 'in memory' || !nodesAt(module, at).some((node) => isOtherChoice(node, at, shared)),
  );
}

function limitersOf(module: SourceModule, library: LimiterLibrary): readonly LibraryLimiter[] {
  const bindings = bindingsOf(module, library.packages);
  const found: LibraryLimiter[] = [];
  const visit = (node: Call) => {
    if (!isMade(library, bindings, node)) return;
    const { name, advice } = library;
    found.push({ path: module.path, at: node.start, name, counts: countsOf(module, library, node), advice });
  };
  walk(module, { CallExpression: visit, NewExpression: visit });
  return found;
}

function isMade(
  { calls, packages }: LimiterLibrary,
  bindings: ReadonlyMap<string, string>,
  { callee, arguments: [first] }: Call,
): boolean {
  if (calls === 'plugin') {
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
    if (callee.property.name !== 'register' || !first) return false;
    return first.type === 'Identifier' ? bindings.has(first.name) : isRequest(first, packages);
  }
  const [head = '', ...rest] = dottedName(callee)?.split('.') ?? [];
  const imported = bindings.get(head);
  if (imported === undefined) return false;
  const isAll = imported === 'default' || imported === '*';
  const names = [[imported, ...rest].join('.'), [head, ...rest].join('.')];
  return names.some((name) => calls.test(name)) || (isAll && calls.test(rest.at(-1) ?? ' '));
}

function countsOf(module: SourceModule, { counts }: LimiterLibrary, { arguments: given }: Call): Counts {
  if (counts === 'in memory' || counts === 'outside') return counts;
  if (counts === 'by its first argument') return given[0] && !isMemory(given[0]) ? 'outside' : 'in memory';
  const told = given.map((each) => storeIn(module, each, counts));
  if (told.includes('outside')) return 'outside';
  return told.includes('unreadable') ? 'unreadable' : 'in memory';
}

/** Whether an argument hands over a store by one of these options: written out, spread, or in a constant of the file. */
function storeIn(module: SourceModule, node: Node, options: readonly string[]): Counts {
  if (node.type === 'Identifier') {
    const value = constantOf(module, node.name);
    return value ? storeIn(module, value, options) : isImportedPlugin(module, node.name);
  }
  if (node.type === 'Property' && node.key.type === 'Identifier' && options.includes(node.key.name))
    return isMemory(node.value) ? 'in memory' : 'outside';
  const parts = node.type === 'SpreadElement' ? [node.argument] : partsOf(node);
  const told = parts.map((part) => storeIn(module, part, options));
  if (told.includes('outside')) return 'outside';
  return node.type === 'ObjectExpression' || node.type === 'SpreadElement'
    ? (told.find((each) => each === 'unreadable') ?? 'in memory')
    : 'in memory';
}

/** What may hold options: names among values say nothing of them. */
function partsOf(node: Node): readonly Node[] {
  if (node.type === 'ObjectExpression') return node.properties;
  return childrenOf(node).filter(({ type }) => type !== 'Identifier');
}

/** A plugin is itself an argument; any other name that the file does not declare may hold everything. */
function isImportedPlugin(module: SourceModule, name: string): Counts {
  const isImported = LIBRARIES.some(({ packages }) => bindingsOf(module, packages).has(name));
  return isImported ? 'in memory' : 'unreadable';
}

function constantOf(module: SourceModule, name: string): Node | undefined {
  let found: Node | undefined;
  walk(module, {
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && id.name === name && init?.type === 'ObjectExpression') found = init;
    },
  });
  return found;
}

/** `undefined`, `null`, `new MemoryStore()`, `new Map()`. */
function isMemory(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'undefined';
  if (node.type === 'Literal') return node.value === null;
  return node.type === 'NewExpression' && /(?:^|\.)(?:MemoryStore|Map)$/.test(dottedName(node.callee) ?? '');
}

/** The other branch makes the limiter with a shared store: which one runs is a matter of the settings. */
function isOtherChoice(node: Node, at: number, shared: readonly LibraryLimiter[]): boolean {
  if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') return false;
  const { consequent, alternate } = node;
  if (!alternate) return false;
  const other = holds(consequent, at) ? alternate : holds(alternate, at) ? consequent : undefined;
  return other !== undefined && shared.some((limiter) => holds(other, limiter.at));
}

const INSURANCE = /^insurance/;

/** A limiter that stands in when the shared one is away, by the option that takes it. */
function isInsurance(module: SourceModule, at: number): boolean {
  const around = nodesAt(module, at);
  const names = around.flatMap((node) =>
    node.type === 'VariableDeclarator' && node.id.type === 'Identifier' ? [node.id.name] : [],
  );
  let isTaken = around.some(isInsuranceOption) || names.some((name) => INSURANCE.test(name));
  walk(module, {
    Property: (node) => {
      if (isInsuranceOption(node) && node.value.type === 'Identifier')
        isTaken ||= names.includes(node.value.name);
    },
  });
  return isTaken;
}

function isInsuranceOption(node: Node): boolean {
  return node.type === 'Property' && node.key.type === 'Identifier' && INSURANCE.test(node.key.name);
}
