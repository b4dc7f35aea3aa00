import type { Repo } from '../../../src/contract.ts';
import { serverCodeOf } from '../../../src/read/code/client-code.ts';
import { findCode, type Place } from '../../../src/read/code/code-base.ts';
import type { SignIn } from '../../../src/read/sign-in/sign-in.ts';
import { isInside } from '../../../src/repo/paths.ts';

const USERS = '(?:app_?|auth_?)?(?:users?|accounts?|members?|customers?|profiles?)';

/** Where users are declared: a schema, a table, a model. */
const DECLARED = new RegExp(
  [
    '^[ \\t]*model\\s+(?:User|Account|Member|Customer|Profile)s?\\s*\\{',
    `\\b(?:pg|sqlite|mysql|create)Table\\(\\s*['"\`]\\w{0,40}${USERS}['"\`]`,
    `CREATE\\s+TABLE(?:\\s+IF\\s+NOT\\s+EXISTS)?\\s+["\`[]?(?:\\w+\\.)?${USERS}\\b`,
    `(?:createTable|define|model)(?:<\\w+>)?\\(\\s*['"\`]${USERS}['"\`]`,
    `@Entity\\([^)]{0,500}\\)\\s*(?:export\\s+)?class\\s+User`,
    `slug:\\s*['"]users['"]`,
    `\\busers:\\s*defineTable\\(`,
  ].join('|'),
  'im',
);

/** Where the code base declares users, used or not. */
export function findDeclaredUsers(repo: Repo, { base }: SignIn): Place | undefined {
  const folders = base.packages.map(({ dir }) => dir).filter((dir) => dir !== '' || base.app.dir === '');
  const schemas = repo.find(/\.(?:prisma|sql)$/).filter((path) => folders.some((dir) => isInside(dir, path)));
  const candidates = serverCodeOf(repo, base).filter((path) => mayDeclare(repo, path));
  return findCode(repo, [...schemas, ...candidates], DECLARED);
}

/** Whether the words of a file leave room for a declaration. Most tables in code are markup. */
function mayDeclare(repo: Repo, path: string): boolean {
  if (repo.mentions(path, /table\W/i) && repo.mentions(path, /table[(<]|create\s+table\W/i)) return true;
  return (
    repo.mentions(path, '@Entity') || repo.mentions(path, /\.define\(|\bmodel[(<]|slug:\s*['"]users['"]/)
  );
}
