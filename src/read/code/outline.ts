import { SourceError } from '../../errors.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { peekModule } from './imports.ts';
import { holds } from './nodes-at.ts';

/** A tree grows with what functions do, and costs far more than the search for their ends; that of a short file does not. */
const LONG = 20_000;

/**
 * The module that answers what stands at these offsets and around them; undefined where it cannot be read or parsed.
 * Of a long one the outline is enough, where none of the offsets stands in a body that it leaves out.
 */
export function moduleAround(repo: Repo, path: string, offsets: readonly number[]): SourceModule | undefined {
  const outline = (repo.scan(path) ?? '').length > LONG ? peekOutline(repo, path) : undefined;
  const isEnough = outline && !offsets.some((at) => outline.bodies.some((body) => holds(body, at)));
  return isEnough ? outline.module : peekModule(repo, path);
}

function peekOutline(repo: Repo, path: string) {
  try {
    return repo.outline(path);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
