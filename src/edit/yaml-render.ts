import type { YAMLMap } from 'yaml';
import { lazy } from '../repo/lazy.ts';
import type { YamlDocument } from '../repo/yaml.ts';
import { columnOf, isParsedMap } from './yaml-places.ts';

/** What is inserted: a scalar as it is to stand in the file (`2G`, `'0.5'`; '' for none), a list, or a map. */
export type YamlValue = string | readonly string[] | { readonly [key: string]: YamlValue };

/** Keys and their values, in the order in which they are to stand. */
export type YamlEntries = Readonly<Record<string, YamlValue>>;

/** How a file indents. */
export interface Indents {
  /** A map inside of a map. */
  readonly unit: number;
  /** The dashes of a list, from its key. */
  readonly list: number;
}

/** The indentation that a file shows; two blanks where it shows none. */
export function indentsOf(text: string, document: YamlDocument): Indents {
  return { unit: indentUnit(text, document), list: listIndent(text) };
}

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

function listIndent(text: string): number {
  const found = /^( *)(?:- )?[\w.-]+:[ \t]*\n( *)- /m.exec(text);
  return found ? Math.max(0, (found[2] ?? '').length - (found[1] ?? '').length) : 2;
}

/** The lines of entries in block style, without line feeds. */
export function renderBlock(entries: YamlEntries, column: number, indents: Indents): readonly string[] {
  const indent = ' '.repeat(column);
  return Object.entries(entries).flatMap(([key, value]) => {
    if (typeof value === 'string') return [value === '' ? `${indent}${key}:` : `${indent}${key}: ${value}`];
    const inner = isList(value)
      ? value.map((item) => `${indent}${' '.repeat(indents.list)}- ${item}`)
      : renderBlock(value, column + indents.unit, indents);
    return [`${indent}${key}:`, ...inner];
  });
}

/** Entries in flow style, without the braces around them; `pad` is what stands inside of braces. */
export function renderFlow(entries: YamlEntries, pad: string): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}: ${flowValue(value, pad)}`)
    .join(', ');
}

function flowValue(value: YamlValue, pad: string): string {
  if (typeof value === 'string') return flowScalar(value);
  if (isList(value)) return `[${value.map(flowScalar).join(', ')}]`;
  return `{${pad}${renderFlow(value, pad)}${pad}}`;
}

/** Brackets and commas end a plain scalar in flow style. */
function flowScalar(value: string): string {
  if (value === '') return 'null';
  return /^(?!['"]).*[{}[\],]/.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
}

/** What stands inside of a flow map's braces: a blank, unless the map itself has none. */
export function flowPad(text: string, map: YAMLMap.Parsed): string {
  return /^\{\S/.test(text.slice(map.range[0])) && map.items.length > 0 ? '' : ' ';
}

function isList(value: YamlValue): value is readonly string[] {
  return Array.isArray(value);
}

/** The value that entries have once they are parsed. */
export function parsedEntries(entries: YamlEntries): unknown {
  return lazy.yaml().parse(renderBlock(entries, 0, { unit: 2, list: 2 }).join('\n'));
}
