import { lazy } from '../repo/lazy.ts';
import { parseYaml } from '../repo/yaml.ts';
import { insertion, type Spans } from './outcome.ts';
import { applySpans } from './spans.ts';
import { addYamlEntry, requireOnlyAdded } from './yaml-entry.ts';
import { columnOf, contentEnd, findMap, isParsedMap, lineEnd } from './yaml-places.ts';

/** A plain value for a key of a map. */
export interface Sibling {
  readonly key: string;
  /** As it is to stand in the file, without quotes. */
  readonly value: string;
  /** The key behind which it goes where it is new. */
  readonly after: string;
}

/**
 * Sets a key of the map at a path: a value that is there is replaced between its quotes; a new one goes behind the
 * sibling that is named, or at the end of the map where that cannot be.
 *
 * Refused, with the reason: what `addYamlEntries` refuses, and a value that is no plain scalar.
 */
export function putYamlSibling(path: string, text: string, keys: readonly string[], sibling: Sibling): Spans {
  const { key, value, after } = sibling;
  const { isScalar, isMap } = lazy.yaml();
  const [document] = parseYaml(path, text);
  const place = document ? findMap(document, keys) : 'is not there';
  if (typeof place === 'string' || place.kind !== 'block')
    return addYamlEntry(path, text, keys, key, `"${value}"`);
  const { map } = place;
  const present: unknown = map.get(key, true);
  const behind: unknown = map.get(after, true);
  if (map.has(key) && !(isScalar(present) && present.range && present.anchor === undefined))
    return { refused: `${path}: ${keys.join('.')}.${key} is no plain value` };
  if (isScalar(present) && present.range) {
    const [start, end] = present.range;
    const quote = /^["']/.exec(text.slice(start, end))?.[0] ?? '';
    return checked(path, text, [...keys, key], value, [{ start, end, text: `${quote}${value}${quote}` }]);
  }
  const end =
    isMap(behind) && !behind.flow && isParsedMap(behind) ? contentEnd(text, behind) : flatEnd(text, behind);
  if (end === undefined) return addYamlEntry(path, text, keys, key, value);
  const line = `\n${' '.repeat(columnOf(text, map))}${key}: ${value}`;
  return checked(path, text, [...keys, key], value, [insertion(end, line)]);
}

function flatEnd(text: string, node: unknown): number | undefined {
  const { isNode } = lazy.yaml();
  return isNode(node) && node.range ? lineEnd(text, node.range[1]) : undefined;
}

function checked(
  path: string,
  text: string,
  keys: readonly string[],
  value: string,
  spans: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): Spans {
  requireOnlyAdded(path, text, applySpans(path, text, spans), keys, value);
  return { spans };
}
