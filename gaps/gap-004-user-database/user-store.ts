import type { Repo } from '../../src/contract.ts';
import { findCode, type Place } from '../../src/read/code-base.ts';
import { reachableFrom } from '../../src/read/imports.ts';
import { asksElsewhere, type SignIn, STAND_IN, signInEntries } from '../../src/read/sign-in.ts';
import { isInside } from '../../src/repo/paths.ts';

/** What people call the table of those who sign in. */
const USERS = '(?:app_?|auth_?)?(?:users?|accounts?|members?|customers?|profiles?)';

/** Code that reads or writes users: an ORM, a query builder, SQL, a document store, a key, a JSON file. */
const USE = new RegExp(
  [
    `\\b\\w*(?:prisma|db|client|tx|database|orm)\\w*\\.${USERS}\\.(?:find|create|upsert|update|count|select|insert)\\w*\\(`,
    `\\bquery\\.${USERS}\\.find`,
    `(?<!Array|Buffer|Object|Set)\\.(?:from|into|insert|update|insertInto|selectFrom|updateTable|table)\\(\\s*(?:\\w+\\.)?['"\`]?${USERS}(?:Table)?['"\`]?\\s*\\)`,
    `\\b(?:SELECT\\b[^;\`]{1,200}?\\bFROM|INSERT\\s+(?:OR\\s+\\w+\\s+)?INTO|CREATE\\s+TABLE(?:\\s+IF\\s+NOT\\s+EXISTS)?)\\s+["\`[]?(?:\\w+\\.)?${USERS}\\b`,
    `\\bUPDATE\\s+["\`[]?${USERS}["\`\\]]?\\s+SET\\b`,
    `\\b(?:User|Account|Member|Customer|Profile)s?(?:Model|Repository|Repo)?\\.(?:findOne|findById|findByPk|findUnique|findFirst|findByEmail|create|insert|query|where|upsert)\\w*\\(`,
    `getRepository\\(\\s*['"]?User`,
    `collection\\(\\s*['"\`]${USERS}['"\`]`,
    `collection:\\s*['"\`]${USERS}['"\`]`,
    `(?:redis|kv|client|db)\\w*\\.(?:hset|set|get|hgetall|json\\.set)\\(\\s*['"\`]users?:`,
    `\\bdb\\.(?:insert|query|get|patch)\\(\\s*['"]${USERS}['"]`,
    `writeFile(?:Sync)?\\([^)\\n]*users`,
  ].join('|'),
  'i',
);

/** Where users are declared: a schema, a table, a model. */
const DECLARED = new RegExp(
  [
    '^\\s*model\\s+(?:User|Account|Member|Customer|Profile)s?\\s*\\{',
    `\\b(?:pg|sqlite|mysql|create)Table\\(\\s*['"\`]\\w*${USERS}['"\`]`,
    `CREATE\\s+TABLE(?:\\s+IF\\s+NOT\\s+EXISTS)?\\s+["\`[]?(?:\\w+\\.)?${USERS}\\b`,
    `(?:createTable|define|model)(?:<\\w+>)?\\(\\s*['"\`]${USERS}['"\`]`,
    `@Entity\\([^)]*\\)\\s*(?:export\\s+)?class\\s+User`,
    `slug:\\s*['"]users['"]`,
    `\\busers:\\s*defineTable\\(`,
  ].join('|'),
  'im',
);

/** Sign-in that leaves the answer to another service: a request of a sign-in address that is not the app's own. */
const BACKEND =
  /(?:\bfetch|\.(?:post|request)|\baxios|\bky|\bgot)(?:<[^>]*>)?\(\s*(?!['"`]\/(?!\/))[^;]{0,160}?(?:log-?in|sign-?in|auth|token|session|users?|credentials)/i;

/** Cheap words without which nothing is declared. */
const MAY_DECLARE = /Table\(|[Tt]able\W|TABLE\W|@Entity|\.define\(|\bmodel[(<]|slug:/;

/** An adapter that a library is given: NextAuth's, Auth.js's, Lucia's; better-auth calls it `database`. */
const ADAPTER =
  /\badapter\s*:\s*(?!undefined|null)|\badapter\s*,|\bdatabase\s*:\s*(?!undefined|null|process\.env\.\w+\s*,?\s*\/)|\bnew Lucia\(\s*\w/;

/** What keeps the users, in words for people and a place to look at. */
export interface UserStore {
  readonly how: string;
  readonly place: Place;
}

/** What sign-in reads or writes users with; undefined where it keeps nobody. */
export function findUserStore(repo: Repo, signIn: SignIn): UserStore | undefined {
  const { hosted, base, configs, handlers } = signIn;
  const configPaths = configs.map(({ path }) => path);
  const adapter = findCode(repo, configPaths, ADAPTER);
  if (adapter) return { how: 'the sign-in library writes users through its adapter', place: adapter };
  if (hosted) return { how: `${hosted.name} keeps the users`, place: hosted.place };
  const entries = signInEntries(signIn);
  const reached = [...reachableFrom(repo, base.app, entries)].filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  const used = findCode(repo, reached, USE);
  if (used) return { how: 'sign-in reads or writes users', place: used };
  const pages = new Set(signIn.pages);
  const servers = reached.filter((path) => !pages.has(path) || configs.length === 0);
  const backend = findCode(repo, [...configPaths, ...handlers, ...servers], BACKEND);
  if (backend) return { how: 'another service answers for the users', place: backend };
  return configs.length === 0 ? findElsewhere(repo, signIn) : undefined;
}

/** An app that signs in without a library may do so far from the usual names: use anywhere counts. */
function findElsewhere(repo: Repo, signIn: SignIn): UserStore | undefined {
  const { base } = signIn;
  const code = base.code.filter((path) => !STAND_IN.test(path));
  const used = findCode(repo, code, USE);
  if (used) return { how: 'the app reads or writes users', place: used };
  const asked = asksElsewhere(repo, signIn);
  return asked && { how: 'another service answers for the users', place: asked };
}

/** Where the code base declares users, used or not. */
export function findDeclaredUsers(repo: Repo, { base }: SignIn): Place | undefined {
  const folders = base.packages.map(({ dir }) => dir).filter((dir) => dir !== '' || base.app.dir === '');
  const schemas = repo.files.filter(
    (path) => /\.(prisma|sql)$/.test(path) && folders.some((dir) => isInside(dir, path)),
  );
  const candidates = base.code.filter((path) => repo.mentions(path, MAY_DECLARE));
  return findCode(repo, [...schemas, ...candidates], DECLARED);
}
