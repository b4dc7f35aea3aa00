import type { Edit, NextApp, Repo } from '../contract.ts';
import { join } from '../repo/paths.ts';
import { template } from '../repo/templates.ts';
import { createFromTemplate, placeOf } from './from-template.ts';

type Create = Edit & { readonly kind: 'create' };

const GAP = 'gap-010-api-routes';
/** For an app that keeps its users in its own way. */
const PLAIN = `${GAP}/plain`;
const BODY = 'lib/json-body.ts';
/** What the modules import of the users' database; each by words that only the current one holds. */
const OF_USERS: Readonly<Record<string, string>> = {
  'lib/session-refusal.ts': 'refusal',
  'lib/unavailable.ts': 'logOutage',
  'lib/db/attempts.ts': 'isWithinLimit',
};
const DIFFERENT = ['lib/api/caller.ts', 'lib/api/limits.ts'];

/** Whether the app keeps its users in the database that the modules count in. */
export function hasUsersDatabase(repo: Repo, app: NextApp): boolean {
  return Object.entries(OF_USERS).every(([file, word]) => repo.mentions(placeOf(app, file), word));
}

/** Whether people sign up at the app in a way of its own, to which a database of ours has nothing to add. */
export function keepsUsersOtherwise(repo: Repo, app: NextApp): boolean {
  const signsUp = app.files.some((path) =>
    /\/api\/(?:auth\/)?(?:register|sign-?up)\/route\.[jt]s$/.test(path),
  );
  return signsUp && !hasUsersDatabase(repo, app);
}

/**
 * The modules that API routes share, as far as these need them and the app has none; undefined where other files stand
 * in their place.
 * @param roots paths under lib/api, as the templates name them
 * @param authPath the file that stands for `@/lib/auth` in this app
 */
export function apiModules(
  repo: Repo,
  app: NextApp,
  authPath: string,
  roots: readonly string[],
): readonly Create[] | undefined {
  const isUsers = hasUsersDatabase(repo, app);
  const missing = needed(roots, isUsers).filter((file) => !isOurs(repo, app, file));
  if (missing.some((file) => repo.occupied(placeOf(app, file)))) return undefined;
  return missing.map((file) => createFromTemplate(repo, app, folderOf(file, isUsers), file, authPath));
}

function folderOf(file: string, isUsers: boolean): string {
  if (file === BODY) return 'gap-004-user-database';
  return !isUsers && DIFFERENT.includes(file) ? PLAIN : GAP;
}

/** The modules and what they import in turn, those of the users' database aside. */
function needed(roots: readonly string[], isUsers: boolean): readonly string[] {
  const found = new Set<string>();
  const waiting = [...roots];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = template(join(folderOf(file, isUsers), 'frontend', file));
    const imports = [...text.matchAll(/from '@\/(lib\/(?:api\/[\w/-]+|json-body))'/g)];
    waiting.push(...imports.map(([, name]) => `${name}.ts`));
  }
  return [...found].sort();
}

/** A module that an earlier run left: it exports what the template does. */
function isOurs(repo: Repo, app: NextApp, file: string): boolean {
  const path = placeOf(app, file);
  if (!repo.exists(path)) return false;
  const exported = template(join(folderOf(file, true), 'frontend', file)).match(
    /export (?:async )?(?:function|const) \w+/g,
  );
  return (
    (exported ?? []).every((words) => repo.mentions(path, words)) &&
    (file !== BODY || repo.mentions(path, 'maxBytes'))
  );
}
