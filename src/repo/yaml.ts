import type { Document } from 'yaml';
import { SourceError } from '../errors.ts';
import { lazy } from './lazy.ts';
import { tooDeep, withinStack } from './stack.ts';

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
  const options = { merge, keepSourceTokens: !merge, logLevel: 'silent' } as const;
  const parsed = withinStack(path, () => lazy.yaml().parseAllDocuments(text, options));
  const documents = Array.isArray(parsed) ? parsed : [];
  for (const document of documents) {
    const error = document.errors[0];
    if (!error) continue;
    // The parser reports what exhausted its stack like a mistake of the text.
    if (/call stack/.test(error.message)) throw tooDeep(path);
    const at = error.linePos?.[0];
    throw new SourceError(
      path,
      `invalid YAML: ${error.message.split('\n')[0]}`,
      at && { line: at.line, column: at.col },
    );
  }
  return documents;
}
