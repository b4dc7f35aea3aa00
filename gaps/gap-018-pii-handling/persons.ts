import type { Repo } from '../../src/contract.ts';
import { findSignIn } from '../../src/read/sign-in.ts';

/** Where it shows that people's data is handled. */
export interface Sign {
  readonly path: string;
  readonly what: string;
}

const TABLE =
  /\bmodel\s+(?:User|Account|Customer|Person|Profile|Member)\b[\s\S]{0,600}?\bemail\b|\bCREATE TABLE\s+(?:IF NOT EXISTS\s+)?["`]?\w*(?:users?|accounts|customers|profiles|members)["`]?[\s\S]{0,600}?\bemail\b|\b(?:pg|sqlite|mysql)Table\(\s*['"]\w*(?:users?|accounts|customers|profiles|members)['"][\s\S]{0,600}?\bemail\b|\bnew (?:mongoose\.)?Schema\([\s\S]{0,400}?\bemail\s*:/i;
const SCHEMA = /\.prisma$|\.sql$|(^|\/)(?:schema|models?|entities|db|migrations?)[\w./-]*\.[cm]?[jt]s$/i;

/** The first sign of personal data: people sign in, or a table holds their addresses. */
export function findPersons(repo: Repo): Sign | undefined {
  for (const app of repo.layout.apps) {
    const signIn = findSignIn(repo, app);
    const path = signIn?.configs[0]?.path ?? signIn?.handlers[0] ?? signIn?.pages[0];
    if (path !== undefined) return { path, what: 'people sign in' };
  }
  const table = repo
    .find(SCHEMA)
    .find(
      (path) =>
        !/node_modules|(^|\/)(?:tests?|examples?|fixtures|templates?)\//.test(path) &&
        repo.mentions(path, TABLE),
    );
  return table === undefined
    ? undefined
    : { path: table, what: 'a table holds the e-mail addresses of people' };
}
