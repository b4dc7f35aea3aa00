import { readFileSync } from 'node:fs';
import { type CallExpression, type NewExpression, parseSync, Visitor } from 'oxc-parser';
import { type Pattern, sourcesIn } from './patterns.ts';

/** A pattern that is put together while the program runs. */
export interface BuiltPattern extends Pattern {
  /** What is put in although it may be more than the text that it looks like, in the words of the source. */
  readonly unescaped: readonly string[];
}

type Node = CallExpression['arguments'][number] | CallExpression['callee'];
type Constants = ReadonlyMap<string, Node>;

/** What stands for an escaped text, and for what another file holds. */
const SOMETHING = 'x';

/** Every call of RegExp in what is shipped. */
export function builtPatternsIn(folders: readonly string[]): readonly BuiltPattern[] {
  return sourcesIn(folders).flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return text.includes('RegExp(') ? builtIn(path, text) : [];
  });
}

function builtIn(path: string, text: string): readonly BuiltPattern[] {
  const found: BuiltPattern[] = [];
  const constants = new Map<string, Node>();
  const calls: (CallExpression | NewExpression)[] = [];
  const { program } = parseSync(path, text);
  const meet = (call: CallExpression | NewExpression) => void calls.push(call);
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init !== null) constants.set(id.name, init);
    },
    CallExpression: meet,
    NewExpression: meet,
  }).visit(program);
  for (const { callee, arguments: given, start } of calls) {
    const [pattern, flags] = given;
    if (callee.type !== 'Identifier' || callee.name !== 'RegExp' || pattern === undefined) continue;
    found.push({
      path,
      line: text.slice(0, start).split('\n').length,
      source: textOf(pattern, constants),
      flags: flags === undefined ? '' : textOf(flags, new Map()),
      unescaped: partsOf(pattern, constants)
        .map((part) => text.slice(part.start, part.end))
        .filter((part) => !/\bescaped\b|^[A-Z][A-Z_\d]*$/.test(part)),
    });
  }
  return found;
}

/** The text of an expression, as far as the file tells. */
function textOf(node: Node, constants: Constants): string {
  if (node.type === 'Literal') return 'regex' in node ? node.regex.pattern : String(node.value);
  if (node.type === 'Identifier') {
    const value = constants.get(node.name);
    return value === undefined ? SOMETHING : textOf(value, constants);
  }
  if (node.type === 'TaggedTemplateExpression') return templateOf(node.quasi, constants, 'raw');
  if (node.type === 'TemplateLiteral') return templateOf(node, constants, 'cooked');
  if (node.type === 'MemberExpression') return isSource(node) ? textOf(node.object, constants) : SOMETHING;
  if (node.type === 'NewExpression') return node.arguments[0] ? textOf(node.arguments[0], constants) : '';
  const list = listOf(node);
  return list === undefined ? SOMETHING : list.map((each) => textOf(each, constants)).join('|');
}

function templateOf(
  { quasis, expressions }: Extract<Node, { type: 'TemplateLiteral' }>,
  constants: Constants,
  kind: 'raw' | 'cooked',
): string {
  return quasis
    .map(({ value }, index) => {
      const part = expressions[index];
      return (value[kind] ?? '') + (part === undefined ? '' : textOf(part, constants));
    })
    .join('');
}

/** What is put into a pattern: its interpolations, and the members of a list that is joined. */
function partsOf(node: Node, constants: Constants): readonly Node[] {
  if (node.type === 'Literal' || isSource(node)) return [];
  if (node.type === 'TaggedTemplateExpression') return partsOf(node.quasi, constants);
  if (node.type === 'TemplateLiteral') return node.expressions.filter((each) => !isSource(each));
  const value = node.type === 'Identifier' ? constants.get(node.name) : undefined;
  if (value?.type === 'TemplateLiteral' || value?.type === 'TaggedTemplateExpression')
    return partsOf(value, constants);
  if (value?.type === 'Literal') return [];
  return listOf(node)?.flatMap((each) => partsOf(each, constants)) ?? [value ?? node];
}

/** `pattern.source`: that pattern is looked at where it stands. */
function isSource(node: Node): boolean {
  return (
    node.type === 'MemberExpression' && node.property.type === 'Identifier' && node.property.name === 'source'
  );
}

/** `[a, ...b].join('|')`. */
function listOf(node: Node): readonly Node[] | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  if (object.type !== 'ArrayExpression') return undefined;
  return object.elements.flatMap((each) => {
    if (each === null) return [];
    return each.type === 'SpreadElement' ? [each.argument] : [each];
  });
}
