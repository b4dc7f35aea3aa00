import type { Repo } from '../../../src/contract.ts';
import { findSignIn } from '../../../src/read/sign-in/sign-in.ts';
import { MATERIAL, MODEL, MODEL_FILES, SCHEMA_FILES, TABLE } from '../tables.ts';

/** Where it shows that people's data is handled. */
export interface Sign {
  readonly path: string;
  readonly what: string;
}

/** The first sign of personal data: people sign in, or a table holds their addresses. */
export function findPersons(repo: Repo): Sign | undefined {
  const door = signInPath(repo);
  if (door !== undefined) return { path: door, what: 'people sign in' };
  const path = tablePath(repo);
  return path === undefined ? undefined : { path, what: 'a table holds the e-mail addresses of people' };
}

function signInPath(repo: Repo): string | undefined {
  for (const app of repo.layout.apps) {
    const signIn = findSignIn(repo, app);
    const handlers = signIn?.handlers ?? [];
    // A route about sessions may be about those of a bank.
    const named = handlers.find((each) => /auth|log-?in|sign-?(?:in|up)|register/i.test(each));
    const path = signIn?.configs[0]?.path ?? named ?? signIn?.pages[0] ?? handlers[0];
    if (path !== undefined) return path;
  }
  return undefined;
}

function tablePath(repo: Repo): string | undefined {
  const own = (names: RegExp) => repo.find(names).filter((path) => !MATERIAL.test(path));
  const table = own(SCHEMA_FILES).find((path) => repo.mentions(path, TABLE));
  if (table !== undefined) return table;
  const models = own(MODEL_FILES).filter((path) => repo.mentions(path, MODEL));
  return models.find((path) => /(^|\/)users?\.\w+$/.test(path)) ?? models[0];
}
