import type { Repo } from '../../repo/repo.ts';

/** Fewer may be the parts of one system. */
const LEAST = 6;

/**
 * Whether a repository collects stacks that have nothing to do with each other, as examples do: a Compose file in many
 * folders, and at the root neither one nor a package that would hold them together.
 */
export function isCollection(repo: Repo): boolean {
  const { compose, packages } = repo.layout;
  const folders = compose.map(({ path }) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : ''));
  if (folders.includes('') || packages.some(({ dir }) => dir === '')) return false;
  return new Set(folders).size >= LEAST;
}
