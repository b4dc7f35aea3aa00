import type { IgnoreRule } from '../read/product/gitignore.ts';
import { dirname } from '../repo/paths.ts';
import type { Repo } from '../repo/repo.ts';
import type { Spans } from './outcome.ts';
import { appendLines } from './text.ts';

/**
 * The lines of an ignore file that bring back what its rules leave out: the folder that a rule for folders has
 * swallowed, or else the file itself.
 * @param paths with the rule that leaves each out; all rules stand in this one file
 */
export function bringBack(
  repo: Repo,
  file: string,
  paths: readonly { readonly path: string; readonly rule: IgnoreRule }[],
): Spans {
  const lines = paths.map(({ path, rule }) => lineFor(path, rule));
  return appendLines(repo.text(file), [...new Set(lines)], '# Code, whatever the rules above say');
}

/** `!/app/build/` for `app/build/loading.tsx` under the rule `build/`. */
export function lineFor(path: string, rule: IgnoreRule): string {
  const folder = rule.path.includes('/') ? `${dirname(rule.path)}/` : '';
  const swallowed = rule.pattern.endsWith('/') ? `${folderOf(path, rule.pattern)}/` : path;
  return `!/${swallowed.slice(folder.length)}`;
}

/** The folder of a path that a pattern for folders has swallowed. */
function folderOf(path: string, pattern: string): string {
  const name = pattern.replace(/\/$/, '').split('/').at(-1) ?? '';
  const parts = dirname(path).split('/');
  const at = parts.indexOf(name);
  return at === -1 ? dirname(path) : parts.slice(0, at + 1).join('/');
}
