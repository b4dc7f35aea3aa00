import { setJsonValue } from '../../../src/edit/json.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { withYamlValue } from '../../../src/edit/yaml-block.ts';

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
    current = path.endsWith('.json')
      ? inJson(path, current, each)
      : withYamlValue(path, current, each.keys, each.value);
  }
  return current;
}

function inJson(path: string, text: string, { keys, value }: Addition): string | undefined {
  const outcome = setJsonValue(path, text, [...keys], JSON.parse(JSON.stringify(value)));
  return 'refused' in outcome ? undefined : applySpans(path, text, outcome.spans);
}
