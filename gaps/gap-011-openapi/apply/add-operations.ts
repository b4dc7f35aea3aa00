import type { Span } from '../../../src/contract.ts';
import { setJsonValue } from '../../../src/edit/json.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { columnOf, contentEnd, endsInKeptText, findMap } from '../../../src/edit/yaml-places.ts';
import { parseYaml } from '../../../src/repo/yaml.ts';
import { yamlText } from './description-text.ts';

/** One value to put into a description: where, and what. */
export interface Addition {
  readonly keys: readonly [string, ...string[]];
  readonly value: unknown;
}

/** The text of a description with more in it, everything else as it stands; undefined where its layout is not known. */
export function withAdditions(
  path: string,
  text: string,
  additions: readonly Addition[],
): string | undefined {
  let current: string | undefined = text;
  for (const each of additions) {
    if (current === undefined) return undefined;
    current = path.endsWith('.json') ? inJson(path, current, each) : inYaml(path, current, each);
  }
  return current;
}

function inJson(path: string, text: string, { keys, value }: Addition): string | undefined {
  const outcome = setJsonValue(path, text, [...keys], JSON.parse(JSON.stringify(value)));
  return 'refused' in outcome ? undefined : applySpans(path, text, outcome.spans);
}

/** Behind the last entry of the deepest map that is there, with the keys that are missing around the value. */
function inYaml(path: string, text: string, { keys, value }: Addition): string | undefined {
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

/** The spans between two texts of which one only holds more: what begins and ends alike stays out of them. */
export function addedSpans(before: string, after: string): readonly Span[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [{ start, end: before.length - end, text: after.slice(start, after.length - end) }];
}
