import { isDeepStrictEqual } from 'node:util';
import type { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { EditError } from '../errors.ts';
import { lazy } from '../repo/lazy.ts';
import { parseYaml, type YamlDocument } from '../repo/yaml.ts';
import { insertion, NOTHING_TO_DO, type Spans } from './outcome.ts';
import { applySpans } from './spans.ts';

/** What is inserted: a scalar as it is to stand in the file (`2G`, `'0.5'`; '' for none), a list, or a map. */
export type YamlValue = string | readonly string[] | { readonly [key: string]: YamlValue };

/**
 * Adds `key: value` at the end of the block map at a path. The text is spliced after the map's last line of
 * content, before blank lines and banners that belong to what follows, in the file's indentation.
 *
 * Refused, with the reason: maps in flow style, behind an alias or an anchor that others share, keys that exist.
 * @throws SourceError when the text is not YAML; EditError when the splice would change anything else (our bug).
 */
export function addYamlEntry(
  path: string,
  text: string,
  keys: readonly string[],
  key: string,
  value: YamlValue,
): Spans {
  const [document, ...more] = parseYaml(path, text);
  const name = keys.join('.');
  if (!document || more.length > 0) return { refused: `${path} does not hold exactly one YAML document` };
  const found = findMap(document, keys);
  if (typeof found === 'string') return { refused: `${path}: ${name} ${found}` };
  if (found.map.has(key)) return { refused: `${path}: ${name}.${key} exists already` };
  if (endsInKeptText(text, found.map))
    return { refused: `${path}: ${name} ends in a text that keeps its last blank lines (|+)` };
  const at = contentEnd(text, found.map);
  const lines = render(key, value, columnOf(text, found.map), {
    unit: indentUnit(text, document),
    list: listIndent(text),
  });
  const spans = [insertion(at, lines.map((line) => `\n${line}`).join(''))];
  requireOnlyAdded(path, text, applySpans(path, text, spans), [...keys, key], parsedValue(value));
  return { spans };
}

/**
 * Adds an item at the end of the block list at a path. An item that is there already is nothing to do.
 *
 * Refused, with the reason: lists in flow style, behind an alias or an anchor, and what is no list.
 * @throws SourceError when the text is not YAML; EditError when the splice would change anything else (our bug).
 */
export function addYamlItem(path: string, text: string, keys: readonly string[], item: string): Spans {
  const { isAlias, isSeq } = lazy.yaml();
  const [document, ...more] = parseYaml(path, text);
  const name = keys.join('.');
  if (!document || more.length > 0) return { refused: `${path} does not hold exactly one YAML document` };
  const found = findMap(document, keys.slice(0, -1));
  if (typeof found === 'string') return { refused: `${path}: ${name} ${found}` };
  const list: unknown = found.map.get(keys.at(-1), true);
  const last = isSeq(list) ? list.items.at(-1) : undefined;
  const end = endOf(last);
  if (isAlias(list) || !isSeq(list) || list.flow || list.anchor !== undefined || end === undefined)
    return { refused: `${path}: ${name} is not a list with an item on each line` };
  const present: unknown = list.toJS(document);
  if (!Array.isArray(present) || present.includes(item)) return NOTHING_TO_DO;
  const lineEnd = text.indexOf('\n', Math.max(0, end - (text[end - 1] === '\n' ? 1 : 0)));
  const at = lineEnd === -1 ? text.length : lineEnd;
  const spans = [insertion(at, `\n${dashIndent(text, list)}- ${item}`)];
  requireOnlyAdded(path, text, applySpans(path, text, spans), keys, [...present, item]);
  return { spans };
}

/** Whether a list or map at a path has something in it: asked of a text that is to be written. */
export function holdsAny(path: string, text: string, keys: readonly string[]): boolean {
  const { isMap, isSeq } = lazy.yaml();
  const node: unknown = parseYaml(path, text)[0]?.getIn(keys, true);
  return (isMap(node) || isSeq(node)) && node.items.length > 0;
}

/** The blanks before the dash of a list's first item. */
function dashIndent(text: string, list: YAMLSeq): string {
  const start = list.range?.[0] ?? 0;
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replace(/\S.*$/, '');
}

interface Found {
  readonly map: YAMLMap.Parsed;
}

/** The block map at a path, or why it cannot be edited. */
function findMap(document: YamlDocument, keys: readonly string[]): Found | string {
  let node: unknown = document.contents;
  for (const depth of [...keys.keys(), keys.length]) {
    const map = editableMap(node, depth);
    const key = keys[depth];
    if (typeof map === 'string' || key === undefined) return typeof map === 'string' ? map : { map };
    node = map.get(key, true);
  }
  return 'is not there';
}

function editableMap(node: unknown, depth: number): YAMLMap.Parsed | string {
  const { isAlias, isMap, isScalar } = lazy.yaml();
  if (isAlias(node)) return 'is an alias, so an edit there would change others too';
  if (node === null || node === undefined || (isScalar(node) && node.value === null))
    return 'is not there or empty';
  if (!isMap(node)) return 'is not a map';
  if (node.flow) return 'is written in flow style ({ … })';
  if (depth > 0 && node.anchor !== undefined)
    return `carries the anchor &${node.anchor}, which others may share`;
  return isParsedMap(node) && node.items.length > 0 ? node : 'is empty';
}

function isParsedMap(node: YAMLMap): node is YAMLMap.Parsed {
  return Array.isArray(node.range);
}

/** The offset after the last line of a block map's content, before the line feed. */
function contentEnd(text: string, map: YAMLMap.Parsed): number {
  const last: Pair | undefined = map.items.at(-1);
  const end = endOf(last?.value) ?? endOf(last?.key) ?? map.range[1];
  const lineEnd = text.indexOf('\n', Math.max(0, end - (text[end - 1] === '\n' ? 1 : 0)));
  return lineEnd === -1 ? text.length : lineEnd;
}

/** Where the text of a node ends, without the blank lines and comments that the parser counts to it. */
function endOf(node: unknown): number | undefined {
  const { isCollection, isNode, isPair } = lazy.yaml();
  if (isPair(node)) return endOf(node.value) ?? endOf(node.key);
  if (!isNode(node) || !node.range) return undefined;
  if (isCollection(node) && !node.flow) return endOf(node.items.at(-1)) ?? node.range[1];
  return isBlockScalar(node) ? trimmedBlockEnd(node) : node.range[1];
}

function isBlockScalar(node: unknown): node is Scalar {
  const { isScalar } = lazy.yaml();
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

/** With `|+` every line that follows belongs to the text, so nothing can be put after it. */
function endsInKeptText(text: string, map: YAMLMap.Parsed): boolean {
  const { isMap, isPair, isSeq } = lazy.yaml();
  let last: unknown = map;
  while (isMap(last) || isSeq(last) || isPair(last)) last = isPair(last) ? last.value : last.items.at(-1);
  return isBlockScalar(last) && /^[|>]\d*\+/.test(text.slice(last.range?.[0]));
}

/** A block scalar's range covers the blank lines after it; its text ends with its last line. */
function trimmedBlockEnd({ range, srcToken }: Scalar): number | undefined {
  const source = srcToken && 'source' in srcToken ? srcToken.source : '';
  const trailing = /\n[ \t\n]*$/.exec(source)?.[0].length ?? 0;
  return range ? range[1] - trailing : undefined;
}

function columnOf(text: string, map: YAMLMap.Parsed): number {
  const first = map.items[0]?.key;
  const start = first && typeof first === 'object' && 'range' in first ? first.range[0] : map.range[0];
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

/** How far a map inside a map is indented in this file; two where the file does not show it. */
function indentUnit(text: string, document: YamlDocument): number {
  const { isMap, visit } = lazy.yaml();
  let unit = 2;
  visit(document, {
    Map(_key, node, ancestors) {
      const outer = ancestors.findLast((ancestor) => isMap(ancestor));
      if (node.flow || !isMap(outer) || outer.flow || !isParsedMap(node) || !isParsedMap(outer))
        return undefined;
      unit = columnOf(text, node) - columnOf(text, outer);
      return unit > 0 ? lazy.yaml().visit.BREAK : undefined;
    },
  });
  return unit > 0 ? unit : 2;
}

interface Indents {
  readonly unit: number;
  /** How far the dashes of a list stand in from its key. */
  readonly list: number;
}

function listIndent(text: string): number {
  const found = /^( *)(?:- )?[\w.-]+:[ \t]*\n( *)- /m.exec(text);
  return found ? Math.max(0, (found[2] ?? '').length - (found[1] ?? '').length) : 2;
}

function render(key: string, value: YamlValue, column: number, indents: Indents): readonly string[] {
  const indent = ' '.repeat(column);
  if (typeof value === 'string') return [value === '' ? `${indent}${key}:` : `${indent}${key}: ${value}`];
  const inner = isList(value)
    ? value.map((item) => `${indent}${' '.repeat(indents.list)}- ${item}`)
    : Object.entries(value).flatMap(([name, each]) => render(name, each, column + indents.unit, indents));
  return [`${indent}${key}:`, ...inner];
}

function isList(value: YamlValue): value is readonly string[] {
  return Array.isArray(value);
}

function parsedValue(value: YamlValue): unknown {
  return lazy.yaml().parse(render('k', value, 0, { unit: 2, list: 2 }).join('\n')).k;
}

/** The proof of the splice: the file parses to what it was plus exactly the new entry. */
function requireOnlyAdded(
  path: string,
  before: string,
  after: string,
  keys: readonly string[],
  value: unknown,
): void {
  const old: unknown = parseYaml(path, before)[0]?.toJS({ maxAliasCount: -1 });
  const expected = withEntry(old, keys, value);
  if (isDeepStrictEqual(parseYaml(path, after)[0]?.toJS({ maxAliasCount: -1 }), expected)) return;
  throw new EditError(`${path}: adding ${keys.join('.')} would change more than that`);
}

function withEntry(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const record = typeof node === 'object' && node !== null ? node : {};
  return {
    ...record,
    [key]: withEntry(Object.entries(record).find(([name]) => name === key)?.[1], rest, value),
  };
}
