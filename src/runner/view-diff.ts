import type { RawRepo } from '../repo/repo.ts';
import { unifiedDiff } from '../words/diff.ts';

/** The unified diff between two views of the same repository, which differ in `paths` at most. */
export function diffBetween(before: RawRepo, after: RawRepo, paths: Iterable<string>): string {
  const changed = [...new Set(paths)].sort().filter((path) => rawText(before, path) !== rawText(after, path));
  return unifiedDiff(
    changed.map((path) => ({
      path,
      before: rawText(before, path),
      after: rawText(after, path),
      mode: after.exists(path) ? after.mode(path) : before.mode(path),
    })),
  );
}

function rawText(repo: RawRepo, path: string): string | undefined {
  return repo.exists(path) ? Buffer.from(repo.bytes(path)).toString('utf8') : undefined;
}
