import type { Edit, NextApp, Repo } from '../../../src/contract.ts';
import { beside } from '../../../src/edit/beside.ts';
import { createFromTemplate, placeOf } from '../../../src/edit/from-template.ts';
import { migrationEdit } from '../../../src/edit/migration.ts';
import { splice } from '../../../src/edit/spans.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import type { SignIn } from '../../../src/read/sign-in/sign-in.ts';
import { dirname, join } from '../../../src/repo/paths.ts';
import { template } from '../../../src/repo/templates.ts';

const GAP = 'gap-010-api-routes';
const ROUTE = 'app/api/invite/route.ts';
const PAGE = 'app/(auth)/accept-invitation/page.tsx';
const CREATED = [
  'app/api/invite/accept/route.ts',
  'lib/db/invitations.ts',
  'lib/invitation-mail.ts',
  'components/auth/AcceptInvitationForm.tsx',
];
const MIGRATIONS = 'lib/db/migrations.ts';

/**
 * Invitations that are kept, mailed and accepted, in place of a route that mails whoever it is told; undefined where
 * the route does more than that, or the app has no users' database to keep them in.
 */
export function invitationEdits(repo: Repo, signIn: SignIn, path: string): readonly Edit[] | undefined {
  const { app } = signIn.base;
  const authPath = signIn.configs[0]?.path;
  const [page] = signIn.pages.filter((each) => /\/page\.tsx$/.test(each));
  if (authPath === undefined || page === undefined || !isOnlyMail(repo, app, path) || !hasGround(repo, app))
    return undefined;
  const made = (file: string) => createFromTemplate(repo, app, GAP, file, authPath);
  const accept = join(dirname(dirname(page)), 'accept-invitation/page.tsx');
  const created = [...CREATED.map(made), beside(repo, page, made(PAGE), accept)];
  const migration = migrationEdit(repo, placeOf(app, MIGRATIONS), {
    name: 'invitations',
    source: `${GAP}/parts/invitations.sql`,
  });
  if (!migration || created.some((edit) => repo.occupied(edit.path))) return undefined;
  const route = splice(repo, path, [{ start: 0, end: repo.text(path).length, text: made(ROUTE).text }]);
  return [...created, migration, route];
}

/** A handler that takes an address and mails it, and keeps nothing. */
function isOnlyMail(repo: Repo, app: NextApp, path: string): boolean {
  const methods = routeHandlers(repo, app).find((route) => route.path === path)?.methods;
  const text = repo.peek(path) ?? '';
  const imported = [...text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
  return (
    methods !== 'unknown' &&
    methods?.join() === 'POST' &&
    /\.emails\.send\(/.test(text) &&
    imported.every((name) => /^(?:next\/server|resend)$/.test(name)) &&
    path === placeOf(app, ROUTE)
  );
}

/** Whether the files stand there that the new ones import: what closing the users' gap leaves. */
function hasGround(repo: Repo, app: NextApp): boolean {
  const own = [...CREATED, PAGE].map((file) => file.replace(/\.tsx?$/, ''));
  const imported = [...CREATED, PAGE, ROUTE]
    .flatMap((file) => [...template(`${GAP}/frontend/${file}`).matchAll(/from '@\/([\w/-]+)'/g)])
    .flatMap(([, name]) =>
      name === undefined || own.includes(name) || name.startsWith('lib/api/') ? [] : [name],
    );
  return [...new Set(imported)].every((name) =>
    ['.ts', '.tsx'].some((extension) => repo.exists(placeOf(app, name + extension))),
  );
}
