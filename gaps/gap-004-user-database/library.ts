import type { Dependency, Edit, NextApp, Repo } from '../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../src/edit/from-template.ts';
import { CLIENT } from './client-files.ts';

const GAP = 'gap-004-user-database';
/** What is created, by the paths of the templates; `app/` is the app folder, the rest stands beside it. */
const SERVER = [
  'lib/db/migrations.ts',
  'lib/db/index.ts',
  'lib/db/attempts.ts',
  'lib/db/password-hash.ts',
  'lib/db/users.ts',
  'lib/password-rule.ts',
  'lib/client-address.ts',
  'lib/auth-users.ts',
  'app/api/auth/register/route.ts',
  'app/api/profile/route.ts',
];
/** Whether the tables and the functions around them are there already. */
export function hasLibrary(repo: Repo, app: NextApp): boolean {
  return SERVER.every((file) => repo.exists(placeOf(app, file)));
}

/** A path at which something else stands; nothing is created then. */
export function findConflict(repo: Repo, app: NextApp): string | undefined {
  return [...SERVER, ...CLIENT].map((file) => placeOf(app, file)).find((path) => repo.occupied(path));
}

/** The database, the functions of sign-in and the two routes. */
export function serverEdits(repo: Repo, app: NextApp, authPath: string): readonly Edit[] {
  return SERVER.map((file) => createFromTemplate(repo, app, GAP, file, authPath));
}

/** The packages that the files above import. */
export function dependenciesOf(app: NextApp): readonly Dependency[] {
  const { dir } = app;
  const why = "keeps the users; the gateway's database is its kind too";
  return [
    { dir, name: 'better-sqlite3', range: '~12.6.2', dev: false, why },
    {
      dir,
      name: '@types/better-sqlite3',
      range: '^7.6.13',
      dev: true,
      why: 'types, without which the build fails',
    },
    { dir, name: 'zod', range: '^3.22.4', dev: false, why: 'checks what the new routes are sent' },
  ];
}
