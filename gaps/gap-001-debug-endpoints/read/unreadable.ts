import type { NextApp, Repo } from '../../../src/contract.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { CODE, SETTINGS } from '../tables.ts';
import { isTest } from './caller.ts';
import { isDebugUrl } from './routes.ts';

/** Data that calls nothing, and is often too large to be read. */
const DATA = /\.(?:json|xml|html?|sql|csv|txt)$|(^|\/)public\//i;

/** The files that may call a route and cannot be read: no UTF-8 text, too large, or without permission. */
export function unreadableCode(repo: Repo): readonly string[] {
  return repo.files.filter(
    (path) =>
      (CODE.test(path) || SETTINGS.test(path)) &&
      !DATA.test(path) &&
      !isTest(path) &&
      repo.peek(path) === undefined,
  );
}

/** A link in an app at which a debug route may stand: what it leads to is not among the files. */
export function linkToRoutes(repo: Repo, { appDir, pagesDir }: NextApp): string | undefined {
  return repo.links.find((path) =>
    [appDir, pagesDir].some((dir) => {
      if (dir === undefined || !isInside(dir, path)) return false;
      const segments = path
        .slice(dir.length + 1)
        .replace(/\/route\.\w+$|\.[jt]sx?$/, '')
        .split('/')
        .filter((segment) => !/^(\(.*\)|@.*)$/.test(segment));
      const url = `/${segments.join('/')}`;
      return isDebugUrl(url) || /^\/(?:api(?:\/v\d+)?)?$/.test(url);
    }),
  );
}
