import { gitPattern, isMadeOf } from '../../repo/glob.ts';
import { oncePer } from '../../repo/once.ts';
import { dirname, join } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';

/** The line that keeps a path out of git. */
export interface IgnoreRule {
  /** The .gitignore file. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** As written. */
  readonly pattern: string;
}

interface Rule extends IgnoreRule {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  readonly matches: (path: string) => boolean;
}

/**
 * The rule under which `git add` leaves a path out, whether or not a file stands there; undefined where none does
 * (git-scm.com/docs/gitignore). What was tracked before the rule stays tracked: that is git's knowledge, not ours.
 */
export function ignoreRuleFor(repo: Repo, path: string): IgnoreRule | undefined {
  // What is in an ignored folder cannot be brought back by a later rule.
  return folderRuleFor(repo, dirname(path)) ?? ownRuleFor(repo, path, false);
}

const folders = oncePer((_repo: Repo) => new Map<string, IgnoreRule | undefined>([['', undefined]]));

/** Told once for a folder: many files stand in it. */
function folderRuleFor(repo: Repo, folder: string): IgnoreRule | undefined {
  const known = folders(repo);
  if (!known.has(folder))
    known.set(folder, folderRuleFor(repo, dirname(folder)) ?? ownRuleFor(repo, folder, true));
  return known.get(folder);
}

function ownRuleFor(repo: Repo, path: string, isFolder: boolean): IgnoreRule | undefined {
  const rule = lastMatch(repo, path.split('/'), isFolder);
  return rule && !rule.negated ? { path: rule.path, line: rule.line, pattern: rule.pattern } : undefined;
}

/** Rules nearer to the path and further down in a file win. */
function lastMatch(repo: Repo, parts: readonly string[], isFolder: boolean): Rule | undefined {
  for (let depth = parts.length - 1; depth >= 0; depth -= 1) {
    const rest = parts.slice(depth).join('/');
    const rule = rulesIn(repo, join(...parts.slice(0, depth))).findLast(
      ({ foldersOnly, matches }) => (isFolder || !foldersOnly) && matches(rest),
    );
    if (rule) return rule;
  }
  return undefined;
}

const read = oncePer((_repo: Repo) => new Map<string, readonly Rule[]>());

function rulesIn(repo: Repo, folder: string): readonly Rule[] {
  const known = read(repo);
  let rules = known.get(folder);
  if (!rules) {
    const path = join(folder, '.gitignore');
    rules = (repo.peek(path) ?? '').split('\n').flatMap((line, index) => ruleOf(path, line, index + 1) ?? []);
    known.set(folder, rules);
  }
  return rules;
}

/** No path is longer (Linux: PATH_MAX). */
const LONGEST = 4096;

function ruleOf(path: string, text: string, line: number): Rule | undefined {
  if (text.length > LONGEST) return undefined;
  const pattern = text.replace(/(?<!\\|(?<!\\)\s)\s+$/, '');
  if (pattern === '' || pattern.startsWith('#')) return undefined;
  const negated = pattern.startsWith('!');
  const bare = pattern.replace(/^!/, '').replace(/\/$/, '');
  const matches = globOf(bare.replace(/^\//, ''), bare.includes('/'));
  return { path, line, pattern, negated, foldersOnly: pattern.endsWith('/'), matches };
}

/** A slash inside ties a pattern to its folder; without one it matches at any depth. Most are plain names. */
function globOf(glob: string, anchored: boolean): Rule['matches'] {
  if (/^[\w./-]+$/.test(glob)) return (path) => path === glob || (!anchored && path.endsWith(`/${glob}`));
  const pieces = gitPattern(anchored ? glob : `**/${glob}`);
  return (path) => isMadeOf(pieces, path);
}
