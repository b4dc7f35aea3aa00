import type { Repo } from '../../src/contract.ts';
import { findSignIn } from '../../src/read/sign-in/sign-in.ts';

/** Where it shows that people's data is handled. */
export interface Sign {
  readonly path: string;
  readonly what: string;
}

const TABLE =
  /\bmodel\s+(?:User|Account|Customer|Person|Profile|Member)\b[\s\S]{0,600}?\bemail\b|\bCREATE TABLE\s+(?:IF NOT EXISTS\s+)?["`]?\w*(?:users?|accounts|customers|profiles|members)["`]?[\s\S]{0,600}?\bemail\b|\b(?:pg|sqlite|mysql)Table\(\s*['"]\w*(?:users?|accounts|customers|profiles|members)['"][\s\S]{0,600}?\bemail\b|\bnew (?:mongoose\.)?Schema\([\s\S]{0,400}?\bemail\s*:/i;
/** Models of Python and Ruby. */
const MODEL =
  /^class\s+\w*(?:User|Account|Customer|Person|Profile|Member)\w*\b[\s\S]{0,1500}?\bemail\s*(?::|=)|create_table\s+[:"'](?:users|accounts|customers|profiles|members)\b[\s\S]{0,1500}?\bemail\b/m;
const MODELS = /(^|\/)models?(?:\/[\w-]+)*\.py$|(^|\/)db\/(?:migrate\/[\w-]+|schema)\.rb$/;
const SCHEMA = /\.prisma$|\.sql$|(^|\/)(?:schema|models?|entities|db|migrations?)[\w./-]*\.[cm]?[jt]s$/i;

const ASIDE = /node_modules|(^|\/)(?:tests?|examples?|fixtures|templates?)\//;

/** The first sign of personal data: people sign in, or a table holds their addresses. */
export function findPersons(repo: Repo): Sign | undefined {
  for (const app of repo.layout.apps) {
    const signIn = findSignIn(repo, app);
    const handlers = signIn?.handlers ?? [];
    // A route about sessions may be about those of a bank.
    const named = handlers.find((each) => /auth|log-?in|sign-?(?:in|up)|register/i.test(each));
    const path = signIn?.configs[0]?.path ?? named ?? signIn?.pages[0] ?? handlers[0];
    if (path !== undefined) return { path, what: 'people sign in' };
  }
  const table = repo.find(SCHEMA).find((path) => !ASIDE.test(path) && repo.mentions(path, TABLE));
  const models = repo.find(MODELS).filter((path) => !ASIDE.test(path) && repo.mentions(path, MODEL));
  const model = table ?? models.find((path) => /(^|\/)users?\.\w+$/.test(path)) ?? models[0];
  return model === undefined
    ? undefined
    : { path: model, what: 'a table holds the e-mail addresses of people' };
}
