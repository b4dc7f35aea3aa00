import { isDeepStrictEqual } from 'node:util';
import type { YAMLMap } from 'yaml';
import type { Span } from '../contract.ts';
import { EditError } from '../errors.ts';
import { lazy } from '../repo/lazy.ts';
import { parseYaml, type YamlDocument } from '../repo/yaml.ts';
import { insertion, NOTHING_TO_DO, type Spans } from './outcome.ts';
import { applySpans } from './spans.ts';
import {
  columnOf,
  contentEnd,
  dashIndent,
  endOf,
  endsInKeptText,
  findMap,
  lineEnd,
  type MapPlace,
  withComments,
} from './yaml-places.ts';
import {
  flowPad,
  indentsOf,
  parsedEntries,
  renderBlock,
  renderFlow,
  type YamlEntries,
  type YamlValue,
} from './yaml-render.ts';

export type { YamlEntries, YamlValue } from './yaml-render.ts';

/** Adds `key: value` to the map at a path: see `addYamlEntries`. */
export function addYamlEntry(
  path: string,
  text: string,
  keys: readonly string[],
  key: string,
  value: YamlValue,
): Spans {
  return addYamlEntries(path, text, keys, { [key]: value });
}

/**
 * Adds entries at the end of the map at a path. In a block map the text is spliced after its last line of content and
 * the comments that belong to it, before blank lines and banners that belong to what follows, in the file's
 * indentation; below a key without a value likewise. A map in flow style stays one.
 *
 * Refused, with the reason: maps behind an alias or an anchor that others share, keys that exist.
 * @throws SourceError when the text is not YAML; EditError when the splice would change anything else (our bug).
 */
export function addYamlEntries(
  path: string,
  text: string,
  keys: readonly string[],
  entries: YamlEntries,
): Spans {
  const [document, ...more] = parseYaml(path, text);
  const name = keys.join('.');
  if (!document || more.length > 0) return { refused: `${path} does not hold exactly one YAML document` };
  const place = findMap(document, keys);
  if (typeof place === 'string') return { refused: `${path}: ${name} ${place}` };
  const present = Object.keys(entries).find((key) => place.kind !== 'empty' && place.map.has(key));
  if (present !== undefined) return { refused: `${path}: ${name}.${present} exists already` };
  const spans = spansIn(text, document, place, entries);
  if (typeof spans === 'string') return { refused: `${path}: ${name} ${spans}` };
  requireOnlyAdded(path, text, applySpans(path, text, spans), keys, parsedEntries(entries));
  return { spans };
}

function spansIn(
  text: string,
  document: YamlDocument,
  place: MapPlace,
  entries: YamlEntries,
): readonly Span[] | string {
  if (place.kind === 'flow') return inFlow(text, place.map, entries);
  const map = place.kind === 'block' ? place.map : place.outer;
  const indents = indentsOf(text, document);
  const lines = (column: number) =>
    renderBlock(entries, column, indents)
      .map((line) => `\n${line}`)
      .join('');
  const column = columnOf(text, map);
  if (place.kind === 'empty') {
    const [start, end] = place.value.range;
    const at = withComments(text, lineEnd(text, end), column);
    const blanks = start - text.slice(0, start).trimEnd().length;
    return [
      ...(start < end ? [{ start: start - blanks, end, text: '' }] : []),
      insertion(at, lines(column + indents.unit)),
    ];
  }
  if (endsInKeptText(text, map)) return 'ends in a text that keeps its last blank lines (|+)';
  return [insertion(contentEnd(text, map), lines(column))];
}

function inFlow(text: string, map: YAMLMap.Parsed, entries: YamlEntries): readonly Span[] | string {
  const last = map.items.at(-1);
  const added = renderFlow(entries, flowPad(text, map));
  if (!last) {
    const inside = text.slice(map.range[0] + 1, map.range[1] - 1);
    if (inside.trim() !== '') return 'holds nothing but a comment';
    return [{ start: map.range[0] + 1, end: map.range[1] - 1, text: ` ${added} ` }];
  }
  const value: unknown = last.value;
  const { isScalar } = lazy.yaml();
  if (value === null || (isScalar(value) && value.source === '')) return 'ends in a key without a value';
  const end = endOf(value);
  return end === undefined ? 'cannot be read' : [insertion(end, `, ${added}`)];
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
  const list: unknown = found.kind === 'empty' ? undefined : found.map.get(keys.at(-1), true);
  const last = isSeq(list) ? list.items.at(-1) : undefined;
  const end = endOf(last);
  if (isAlias(list) || !isSeq(list) || list.flow || list.anchor !== undefined || end === undefined)
    return { refused: `${path}: ${name} is not a list with an item on each line` };
  const present: unknown = list.toJS(document);
  if (!Array.isArray(present) || present.includes(item)) return NOTHING_TO_DO;
  const indent = dashIndent(text, list);
  const at = withComments(text, lineEnd(text, end), indent.length);
  const spans = [insertion(at, `\n${indent}- ${item}`)];
  requireOnlyAdded(path, text, applySpans(path, text, spans), keys, [...present, item]);
  return { spans };
}

/** Whether a list or map at a path has something in it: asked of a text that is to be written. */
export function holdsAny(path: string, text: string, keys: readonly string[]): boolean {
  const { isMap, isSeq } = lazy.yaml();
  const node: unknown = parseYaml(path, text)[0]?.getIn(keys, true);
  return (isMap(node) || isSeq(node)) && node.items.length > 0;
}

/** The proof of a splice: the file parses to what it was plus exactly the new entries. */
export function requireOnlyAdded(
  path: string,
  before: string,
  after: string,
  keys: readonly string[],
  value: unknown,
): void {
  const old: unknown = parseYaml(path, before)[0]?.toJS({ maxAliasCount: -1 });
  const expected = withValue(old, keys, value);
  if (isDeepStrictEqual(parseYaml(path, after)[0]?.toJS({ maxAliasCount: -1 }), expected)) return;
  throw new EditError(`${path}: an addition to ${keys.join('.')} would change more than that`);
}

/** What is added goes into a map that is there; anything else takes its place. */
function withValue(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  const record = typeof node === 'object' && node !== null && !Array.isArray(node) ? node : {};
  if (key === undefined)
    return Array.isArray(value) || typeof value !== 'object' ? value : { ...record, ...value };
  return {
    ...record,
    [key]: withValue(Object.entries(record).find(([name]) => name === key)?.[1], rest, value),
  };
}
