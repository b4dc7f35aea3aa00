import { SourceError } from '../../errors.ts';
import type { Repo } from '../../repo/repo.ts';

/** More than any file that a person wrote needs; what is beyond would fill the memory ("billion laughs"). */
const MAX_ALIASES = 100_000;

/**
 * The value of a file's first YAML document, merge keys resolved; undefined for an empty file.
 * @throws SourceError when it is not YAML, or its aliases multiply beyond measure, lead nowhere or cannot be merged.
 */
export function yamlValue(repo: Repo, path: string): unknown {
  try {
    const value: unknown = repo.mergedYaml(path)[0]?.toJS({ maxAliasCount: MAX_ALIASES });
    return value;
  } catch (error) {
    if (error instanceof SourceError || !(error instanceof Error)) throw error;
    throw new SourceError(path, `invalid YAML: ${error.message}`);
  }
}
