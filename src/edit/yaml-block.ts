import { lazy } from '../repo/lazy.ts';
import { parseYaml } from '../repo/yaml.ts';
import { insertion } from './outcome.ts';
import { applySpans } from './spans.ts';
import { columnOf, contentEnd, endsInKeptText, findMap } from './yaml-places.ts';

/** A value as block YAML; long texts are not folded, so that a changed word is one changed line. */
export function yamlText(value: unknown, comment?: string): string {
  const { Document } = lazy.yaml();
  const document = new Document(value, { aliasDuplicateObjects: false });
  if (comment !== undefined) document.commentBefore = comment;
  return document.toString({ lineWidth: 0, singleQuote: true });
}

/**
 * A text with a value of any shape behind the last entry of the deepest map on its way, in the keys that are missing.
 * Undefined where that map is not in block style, is shared, or has the key already.
 */
export function withYamlValue(
  path: string,
  text: string,
  keys: readonly string[],
  value: unknown,
): string | undefined {
  const [document, ...more] = parseYaml(path, text);
  if (!document || more.length > 0) return undefined;
  for (let depth = keys.length - 1; depth >= 0; depth -= 1) {
    const place = findMap(document, keys.slice(0, depth));
    if (typeof place === 'string') continue;
    const key = keys[depth];
    if (place.kind !== 'block' || key === undefined || place.map.has(key) || endsInKeptText(text, place.map))
      return undefined;
    const wrapped = keys.slice(depth + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
    const indent = ' '.repeat(columnOf(text, place.map));
    const lines = yamlText({ [key]: wrapped })
      .trimEnd()
      .split('\n');
    const block = lines.map((line) => `\n${line === '' ? '' : indent + line}`).join('');
    return applySpans(path, text, [insertion(contentEnd(text, place.map), block)]);
  }
  return undefined;
}
