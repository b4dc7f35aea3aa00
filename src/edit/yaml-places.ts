import type { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { lazy } from '../repo/lazy.ts';
import type { YamlDocument } from '../repo/yaml.ts';

/** Where entries can be put: a map with keys, in block or flow style, or a key of a block map without a value. */
export type MapPlace =
  | { readonly kind: 'block'; readonly map: YAMLMap.Parsed }
  | { readonly kind: 'flow'; readonly map: YAMLMap.Parsed }
  | { readonly kind: 'empty'; readonly outer: YAMLMap.Parsed; readonly value: Scalar.Parsed };

/** The map at a path, or in people's words why it cannot be edited. */
export function findMap(document: YamlDocument, keys: readonly string[]): MapPlace | string {
  let node: unknown = document.contents;
  let outer: YAMLMap.Parsed | undefined;
  for (const depth of [...keys.keys(), keys.length]) {
    const key = keys[depth];
    const empty = key === undefined ? emptyPlace(outer, node) : undefined;
    if (empty) return empty;
    const map = editableMap(node, depth);
    if (typeof map === 'string') return map;
    if (key === undefined) return { kind: map.flow ? 'flow' : 'block', map };
    outer = map;
    node = map.get(key, true);
  }
  return 'is not there';
}

/** `deploy:` and nothing behind it, or a null that is written out. */
function emptyPlace(outer: YAMLMap.Parsed | undefined, node: unknown): MapPlace | undefined {
  if (!outer || outer.flow || !isNull(node) || node.anchor !== undefined || node.tag !== undefined)
    return undefined;
  return { kind: 'empty', outer, value: node };
}

function isNull(node: unknown): node is Scalar.Parsed {
  const { isScalar } = lazy.yaml();
  return isScalar(node) && node.value === null && Array.isArray(node.range);
}

function editableMap(node: unknown, depth: number): YAMLMap.Parsed | string {
  const { isAlias, isMap } = lazy.yaml();
  if (isAlias(node)) return 'is an alias, so an edit there would change others too';
  if (node === null || node === undefined || isNull(node)) return 'is not there or empty';
  if (!isMap(node)) return 'is not a map';
  if (depth > 0 && node.anchor !== undefined)
    return `carries the anchor &${node.anchor}, which others may share`;
  return isParsedMap(node) && (node.flow || node.items.length > 0) ? node : 'is empty';
}

/** Whether a map stands in a text. */
export function isParsedMap(node: YAMLMap): node is YAMLMap.Parsed {
  return Array.isArray(node.range);
}

/** The offset after the last line of a block map's content and the comments that belong to it, before the line feed. */
export function contentEnd(text: string, map: YAMLMap.Parsed): number {
  const last: Pair | undefined = map.items.at(-1);
  const end = endOf(last?.value) ?? endOf(last?.key) ?? map.range[1];
  const column = columnOf(text, map);
  return withComments(text, lineEnd(text, end), column, listAt(text, last?.value) === column);
}

/** The end of the line on which a node's text ends. */
export function lineEnd(text: string, end: number): number {
  const at = text.indexOf('\n', Math.max(0, end - (text[end - 1] === '\n' ? 1 : 0)));
  return at === -1 ? text.length : at;
}

/**
 * Goes on over the comments that belong to the last entry: they follow without a blank line and stand deeper than the
 * keys. Where that entry is a list whose dashes stand at the column of the keys, an item that is commented out does too.
 */
export function withComments(text: string, from: number, column: number, isListAtColumn = false): number {
  const comment = /\n( *)#([ \t]*- )?[^\n]*/y;
  for (let end = from; ; end = comment.lastIndex) {
    comment.lastIndex = end;
    const [, indent = '', dash] = comment.exec(text) ?? [];
    const isOwn =
      indent.length > column || (isListAtColumn && indent.length === column && dash !== undefined);
    if (!isOwn) return end;
  }
}

/** The column of a block list's dashes. */
function listAt(text: string, node: unknown): number | undefined {
  const { isSeq } = lazy.yaml();
  return isSeq(node) && !node.flow ? dashIndent(text, node).length : undefined;
}

/** The blanks before the dash of a list's first item. */
export function dashIndent(text: string, list: YAMLSeq): string {
  const start = list.range?.[0] ?? 0;
  return /^\s*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
}

/** Where the text of a node ends, without the blank lines and comments that the parser counts to it. */
export function endOf(node: unknown): number | undefined {
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
export function endsInKeptText(text: string, map: YAMLMap.Parsed): boolean {
  const { isMap, isPair, isSeq } = lazy.yaml();
  let last: unknown = map;
  while (isMap(last) || isSeq(last) || isPair(last)) last = isPair(last) ? last.value : last.items.at(-1);
  return isBlockScalar(last) && /^[|>]\d*\+/.test(text.slice(last.range?.[0]));
}

/** A block scalar's range covers the blank lines after it; its text ends with its last line. */
function trimmedBlockEnd({ range, srcToken }: Scalar): number | undefined {
  const source = srcToken && 'source' in srcToken ? srcToken.source : '';
  const blank = source.indexOf('\n', source.trimEnd().length);
  return range ? range[1] - (blank === -1 ? 0 : source.length - blank) : undefined;
}

/** The column of a block map's keys: a tag or an anchor may stand before the first one. */
export function columnOf(text: string, map: YAMLMap.Parsed): number {
  const first = map.items[0]?.key;
  const start = first && typeof first === 'object' && 'range' in first ? first.range[0] : map.range[0];
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const words = before.split(/(?<=[ \t])(?=[^ \t])/);
  while (/^[!&]/.test(words.at(-1) ?? '')) words.pop();
  return words.join('').length;
}
