import type { Document } from 'yaml';
import { SourceError } from '../errors.ts';
import { lazy } from './lazy.ts';
import { tooDeep, withinStack } from './stack.ts';
import { positionAt } from './text.ts';

/** A parsed YAML document. Locate with it; never print it back (`toString` loses comments and layout). */
export type YamlDocument = Document.Parsed;

/**
 * Parses every document of a YAML file, with positions. Merge keys stay unmerged, as written; `toJS({...})` of
 * `mergedYaml` gives the merged values. Throws SourceError with the position when it does not parse.
 */
export function parseYaml(path: string, text: string): readonly YamlDocument[] {
  return parse(path, text, false);
}

/** The same with `<<` merge keys resolved in values, for reading what a service ends up with. */
export function parseMergedYaml(path: string, text: string): readonly YamlDocument[] {
  return parse(path, text, true);
}

function parse(path: string, text: string, merge: boolean): readonly YamlDocument[] {
  const options = {
    merge,
    keepSourceTokens: !merge,
    logLevel: 'silent',
    // Each costs the square of what is long: a place in the text for every error, a search among all keys for each key.
    prettyErrors: false,
    uniqueKeys: text.length < LONG,
  } as const;
  const parsed = withinStack(path, () => lazy.yaml().parseAllDocuments(text, options));
  const documents = Array.isArray(parsed) ? parsed : [];
  for (const document of documents) {
    const [error] = document.errors;
    // The parser reports what exhausted its stack like a mistake of the text.
    if (error && /call stack/.test(error.message)) throw tooDeep(path);
    if (error) throw invalid(path, text, error.message.split('\n')[0] ?? '', error.pos[0]);
    const twice = text.length < LONG ? undefined : secondKey(document);
    if (twice !== undefined) throw invalid(path, text, 'Map keys must be unique', twice);
  }
  return documents;
}

/** In characters; a file that a person keeps is shorter. */
const LONG = 100_000;

/** The parser gives no place (-1) to some mistakes. */
function invalid(path: string, text: string, message: string, offset: number): SourceError {
  const place = offset < 0 ? undefined : positionAt(text, offset);
  return new SourceError(path, `invalid YAML: ${message}`, place);
}

/** Where a key stands that its map has already. */
function secondKey(document: YamlDocument): number | undefined {
  const { isScalar, visit } = lazy.yaml();
  let found: number | undefined;
  visit(document, {
    Map(_, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        const value = isScalar(key) ? key.value : key;
        if (keys.has(value)) found ??= isScalar(key) ? key.range?.[0] : 0;
        keys.add(value);
      }
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found;
}
