import detectIndent from 'detect-indent';
import type { Node } from 'jsonc-parser';
import type { Span } from '../contract.ts';
import { lazy } from '../repo/lazy.ts';
import { insertion } from './outcome.ts';

/** What JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

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

/** A property that is to go into an object. */
export interface Insertion {
  readonly text: string;
  readonly object: Node;
  readonly key: string;
  readonly value: JsonValue;
  /** Whether the object is the whole file. */
  readonly root: boolean;
  /** Whether the keys are sorted, even where fewer than two of them show it. */
  readonly sorted: boolean;
}

/** Where and how the property is written, in the layout of the object. */
export function insertProperty(request: Insertion): readonly Span[] {
  const { text, object, key, value, root, sorted } = request;
  const siblings = object.children ?? [];
  const first = siblings[0];
  if (!first) return insertIntoEmpty(request);
  const names = siblings.map((property) => String(property.children?.[0]?.value));
  const index = placeOf(key, names, sorted, root);
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
  const line = `\n${indent}${JSON.stringify(key)}${colon}${printJson(text, value, indent)}`;
  if (!previous) return [insertion(endOfLine(text, object.offset + 1), `${line},`)];
  const comma = commaAfter(text, endOf(previous));
  if (comma !== undefined) return [insertion(endOfLine(text, comma + 1), `${line},`)];
  const end = endOf(previous);
  const at = endOfLine(text, end);
  return at === end ? [insertion(end, `,${line}`)] : [insertion(end, ','), insertion(at, line)];
}

function insertIntoEmpty({ text, object, key, value, root }: Insertion): readonly Span[] {
  const start = object.offset + 1;
  const end = endOf(object) - 1;
  if (!root && isInline(text))
    return [{ start, end, text: `${JSON.stringify(key)}:${JSON.stringify(value)}` }];
  const outer = indentAt(text, object.offset);
  const indent = outer + unitOf(text);
  const line = `\n${indent}${JSON.stringify(key)}: ${printJson(text, value, indent)}`;
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

/** The offset behind a node. */
export function endOf({ offset, length }: Node): number {
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
  const trailing = /(?:[ \t]|\/\*(?:[^*\n]|\*(?!\/))*\*\/)*(?:\/\/[^\n]*)?(?=\n)/y;
  trailing.lastIndex = offset;
  return trailing.test(text) ? trailing.lastIndex : offset;
}

/** The indentation of the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function unitOf(text: string): string {
  return detectIndent(text).indent || '  ';
}

/** Whether the file is written on one line, and so is to stay on one. */
export function isInline(text: string): boolean {
  return !text.trim().includes('\n');
}

/** JSON with the indentation of the file, its further lines indented by `indent` too. */
export function printJson(text: string, value: JsonValue, indent: string): string {
  return JSON.stringify(value, null, unitOf(text)).replaceAll('\n', `\n${indent}`);
}
