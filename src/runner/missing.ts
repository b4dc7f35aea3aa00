import type { GapMeta } from '../contract.ts';
import { isInside, join } from '../repo/paths.ts';
import type { Repo } from '../repo/repo.ts';
import { matcherOf } from './declared-paths.ts';

/** Files in which the answer to a gap may stand: code, settings, scripts and documents of the product. */
const TELLING = new Set(
  'js jsx ts tsx mjs cjs mts cts json yml yaml toml sh bash md mdx htm html conf sql prisma tf py go rb php java cs rs'.split(
    ' ',
  ),
);
const TELLING_NAME = /(?:^|\/)(?:Dockerfile|Makefile|Procfile|crontab)[^/]*$/;
const CODE = /\.[cm]?[jt]sx?$/;
const ASIDE =
  /(^|\/)(tests?|__tests__|__mocks__|fixtures?|testdata|e2e|examples?|data|public|assets|\.[^/]*)\//;

/** Why "nothing is there" cannot be said: something that may hold it could not be read. */
export function whatIsMissing(
  repo: Repo,
  { writes }: Pick<GapMeta, 'writes'>,
  unread: readonly string[],
): string | undefined {
  const [folder] = repo.closedFolders;
  if (folder !== undefined)
    return `the folder ${folder} may not be read; let this user read it, or run as one who may`;
  const [file] = unread.filter((path) => isTelling(path) && !ASIDE.test(path)).sort();
  if (file !== undefined)
    return `${file} is no UTF-8 text, too large or not readable, and the answer may stand in it; save it as UTF-8 or remove it`;
  const link = linkInTheWay(repo, writes);
  return link === undefined
    ? undefined
    : `${link} is a link, which is not followed, and the answer may stand behind it; put the files themselves in its place`;
}

function isTelling(path: string): boolean {
  return TELLING.has(path.slice(path.lastIndexOf('.') + 1)) || TELLING_NAME.test(path);
}

/** A link behind which the gap would have written, had it found there what it looks for. */
function linkInTheWay(repo: Repo, writes: readonly string[]): string | undefined {
  const links = repo.links.filter((path) => !ASIDE.test(path));
  if (links.length === 0) return undefined;
  const isOwn = matcherOf(writes);
  return links.find((link) => namesBehind(repo, link).some((path) => isOwn(path)));
}

/** What is usually found behind a link that leads out of the repository, where nobody looks. */
const USUAL = ['page.tsx', 'layout.tsx', 'route.ts', 'index.ts'];

/**
 * The names that what stands behind a link has for a build, which follows it. A file that is no code is read under the
 * name that it has itself; a link to a folder around it is a circle.
 */
function namesBehind(repo: Repo, link: string): readonly string[] {
  const { kind, target } = repo.leadOf(link) ?? {};
  if (kind === 'file') return CODE.test(link) || target === undefined ? [link] : [];
  if (kind === undefined || (target !== undefined && isInside(target, link))) return [];
  if (target === undefined) return USUAL.map((name) => join(link, name));
  return repo.files
    .filter((file) => CODE.test(file) && isInside(target, file))
    .map((file) => `${link}${file.slice(target.length)}`);
}
