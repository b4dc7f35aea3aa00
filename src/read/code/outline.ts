import type { Repo, SourceModule } from '../../repo/repo.ts';
import { peekModule } from './imports.ts';

export function moduleAround(
  repo: Repo,
  path: string,
  _offsets: readonly number[],
): SourceModule | undefined {
  return peekModule(repo, path);
}
