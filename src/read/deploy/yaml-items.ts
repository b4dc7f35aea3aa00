import { lazy } from '../../repo/lazy.ts';
import type { Repo } from '../../repo/repo.ts';

/** An item of a list in a YAML file: its value, and where it is written, from behind the dash to its last character. */
export interface YamlItem {
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
}

/** The items of the block list at a path of keys in a file's first document; none where there is no such list. */
export function yamlItems(repo: Repo, path: string, keys: readonly string[]): readonly YamlItem[] {
  const { isNode, isSeq } = lazy.yaml();
  const document = repo.yaml(path)[0];
  const list: unknown = document?.getIn(keys, true);
  if (!document || !isSeq(list) || list.flow) return [];
  const text = repo.text(path);
  return list.items.flatMap((item): YamlItem[] => {
    if (!isNode(item) || !item.range) return [];
    const [start, end] = item.range;
    const value: unknown = item.toJS(document);
    return [{ value, start, end: start + text.slice(start, end).trimEnd().length }];
  });
}
