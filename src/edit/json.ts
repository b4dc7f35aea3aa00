import detectIndent from 'detect-indent';
import type { Node, ParseError } from 'jsonc-parser';
import { parseJson } from '../repo/json.ts';
import { lazy } from '../repo/lazy.ts';
import { insertion, NOTHING_TO_DO, type Spans } from './outcome.ts';

/** What JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export interface JsonEditOptions {
  /** Whether another value at the path gives way; without it that is a refusal. */
  readonly replace?: boolean;
  /** `sorted`: keep the keys sorted even where fewer than two of them show it. */
  readonly keys?: 'as-found' | 'sorted';
}

/** Where people look for a section of package.json: after the nearest of these that stands before it here. */
const SECTIONS = [
  'name',
  'version',
  'private',
  'description',
  'type',
  'engines',
  'main',
  'exports',
  'bin',
  'files',
  'workspaces',
  'scripts',
  'dependencies',
  'devDependencies',
];

/**
 * Sets the value at a path of keys and creates the objects on the way. Comments, layout and key order stay.
 * @throws SourceError when the text is not JSON (comments and trailing commas are fine).
 */
export function setJsonValue(
  path: string,
  text: string,
  keys: readonly [string, ...string[]],
  value: JsonValue,
  options: JsonEditOptions = {},
): Spans {
  let node = parseTree(path, text);
  for (const [depth, key] of keys.entries()) {
    const name = keys.slice(0, depth).join('.');
    if (node?.type !== 'object')
      return { refused: `${path}: ${name === '' ? 'the file' : name} is not an object` };
    const found = propertyOf(node, key);
    if (!found) {
      const rest = keys.slice(depth + 1).reduceRight<JsonValue>((inner, next) => ({ [next]: inner }), value);
      return { spans: insertProperty({ text, object: node, key, value: rest, root: depth === 0 }, options) };
    }
    node = found.children?.[1];
  }
  return node ? replaceValue(path, text, keys.join('.'), node, value, options) : NOTHING_TO_DO;
}

/** Adds a script to package.json. An equal one is nothing to do; another one of that name is a refusal. */
export function addScript(path: string, text: string, name: string, command: string): Spans {
  return setJsonValue(path, text, ['scripts', name], command);
}

/** Adds a package to a section of package.json, in the order that package managers keep. */
export function addPackage(
  path: string,
  text: string,
  section: 'dependencies' | 'devDependencies',
  { name, range, replace = false }: { name: string; range: string; replace?: boolean },
): Spans {
  return setJsonValue(path, text, [section, name], range, { replace, keys: 'sorted' });
}

function parseTree(path: string, text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = lazy.jsonc().parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !root) parseJson(path, text);
  return root;
}

/** The property of that name; of two, the last one, whose value counts. */
function propertyOf(object: Node, key: string): Node | undefined {
  return object.children?.findLast((property) => property.children?.[0]?.value === key);
}

function replaceValue(
  path: string,
  text: string,
  name: string,
  node: Node,
  value: JsonValue,
  { replace }: JsonEditOptions,
): Spans {
  if (isSame(parseJson(path, text.slice(node.offset, endOf(node))), value)) return NOTHING_TO_DO;
  if (!replace) return { refused: `${path}: ${name} is set already, to another value` };
  const printed = isInline(text) ? JSON.stringify(value) : print(text, value, indentAt(text, node.offset));
  return { spans: [{ start: node.offset, end: node.offset + node.length, text: printed }] };
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [mine, theirs] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && isSame(value, theirs.get(key)))
  );
}

interface Insertion {
  readonly text: string;
  readonly object: Node;
  readonly key: string;
  readonly value: JsonValue;
  /** Whether the object is the whole file. */
  readonly root: boolean;
}

function insertProperty(request: Insertion, options: JsonEditOptions) {
  const { text, object, key, value, root } = request;
  const siblings = object.children ?? [];
  const first = siblings[0];
  if (!first) return insertIntoEmpty(request);
  const names = siblings.map((property) => String(property.children?.[0]?.value));
  const index = placeOf(key, names, options.keys === 'sorted', root);
  const previous = siblings[index - 1];
  const colon = /:\s*$/.exec(text.slice(0, first.children?.[1]?.offset))?.[0].includes(' ') ? ': ' : ':';
  if (!text.slice(object.offset, first.offset).includes('\n')) {
    const property = `${JSON.stringify(key)}${colon}${JSON.stringify(value)}`;
    const gap = colon === ':' ? '' : ' ';
    return previous
      ? [insertion(endOf(previous), `,${gap}${property}`)]
      : [insertion(first.offset, `${property},${gap}`)];
  }
  const indent = indentAt(text, first.offset);
  const line = `\n${indent}${JSON.stringify(key)}${colon}${print(text, value, indent)}`;
  if (!previous) return [insertion(endOfLine(text, object.offset + 1), `${line},`)];
  const comma = commaAfter(text, endOf(previous));
  if (comma !== undefined) return [insertion(endOfLine(text, comma + 1), `${line},`)];
  const end = endOf(previous);
  const at = endOfLine(text, end);
  return at === end ? [insertion(end, `,${line}`)] : [insertion(end, ','), insertion(at, line)];
}

function insertIntoEmpty({ text, object, key, value, root }: Insertion) {
  const start = object.offset + 1;
  const end = endOf(object) - 1;
  if (!root && isInline(text))
    return [{ start, end, text: `${JSON.stringify(key)}:${JSON.stringify(value)}` }];
  const outer = indentAt(text, object.offset);
  const indent = outer + unitOf(text);
  const line = `\n${indent}${JSON.stringify(key)}: ${print(text, value, indent)}`;
  return text.slice(start, end).trim() === ''
    ? [{ start, end, text: `${line}\n${outer}` }]
    : [insertion(endOfLine(text, start), line)];
}

/** The index at which the key goes among its siblings. */
function placeOf(key: string, names: readonly string[], sorted: boolean, root: boolean): number {
  if (root && SECTIONS.includes(key)) {
    const before = SECTIONS.slice(0, SECTIONS.indexOf(key));
    const last = names.findLastIndex((name) => before.includes(name));
    return last === -1 ? names.length : last + 1;
  }
  const compare = [byLocale, byCodeUnit].find((order) => isSorted(names, order));
  if (!compare || (names.length < 2 && !sorted)) return names.length;
  const next = names.findIndex((name) => compare(name, key) > 0);
  return next === -1 ? names.length : next;
}

function byLocale(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function isSorted(names: readonly string[], compare: (a: string, b: string) => number): boolean {
  return names.every((name, index) => index === 0 || compare(names[index - 1] ?? '', name) <= 0);
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** The offset of the comma that follows, comments skipped. */
function commaAfter(text: string, offset: number): number | undefined {
  const scanner = lazy.jsonc().createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  return text[scanner.getTokenOffset()] === ',' ? scanner.getTokenOffset() : undefined;
}

/** The end of the line if nothing but comments follows on it, so that a comment stays with its value. */
function endOfLine(text: string, offset: number): number {
  const trailing = /(?:[ \t]|\/\*[^\n]*?\*\/)*(?:\/\/[^\n]*)?(?=\n)/y;
  trailing.lastIndex = offset;
  return trailing.test(text) ? trailing.lastIndex : offset;
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function unitOf(text: string): string {
  return detectIndent(text).indent || '  ';
}

/** A file written on one line stays so. */
function isInline(text: string): boolean {
  return !text.trim().includes('\n');
}

function print(text: string, value: JsonValue, indent: string): string {
  return JSON.stringify(value, null, unitOf(text)).replaceAll('\n', `\n${indent}`);
}
