import type { Repo } from '../../repo/repo.ts';
import { positionAt } from '../../repo/text.ts';

/** A place as people write it: `deploy.sh:14`. */
export function placeInWords(repo: Repo, path: string, at: number): string {
  return `${path}:${positionAt(repo.text(path), at).line}`;
}
