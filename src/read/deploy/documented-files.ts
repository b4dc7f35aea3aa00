import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { isMaterial, standingOf } from '../../repo/standing.ts';

/** A file of a branch or a tag, as whoever runs the product downloads it. */
const DOWNLOADED =
  /raw\.githubusercontent\.com\/[\w.-]{1,80}\/[\w.-]{1,100}\/(?:refs\/(?:heads|tags)\/)?[\w.-]{1,80}\/([\w./-]{1,200})/g;
/** Pages for the people who write the product. */
const FOR_DEVELOPERS = /contribut|develop/i;

/** The files that the documentation tells people to download, by their paths in the repository. */
export const documentedFiles = oncePer((repo: Repo): ReadonlySet<string> => {
  const pages = repo.find(/\.mdx?$/i).filter(
    (path) =>
      standingOf(path) === 'docs' &&
      !isMaterial(path) &&
      !FOR_DEVELOPERS.test(path) &&
      // A file beside others says how to try those.
      (path.includes('docs/') || !path.includes('/')) &&
      repo.mentions(path, 'raw.githubusercontent.com'),
  );
  return new Set(
    pages.flatMap((path) =>
      [...(repo.peek(path) ?? '').matchAll(DOWNLOADED)]
        .flatMap(([, file]) => file ?? [])
        .filter((file) => repo.exists(file)),
    ),
  );
});
