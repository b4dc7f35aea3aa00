import type { Repo } from '../../src/contract.ts';
import { serverCodeOf } from '../../src/read/code/client-code.ts';
import { findCode, type Place } from '../../src/read/code/code-base.ts';
import { reachedThat } from '../../src/read/code/reach.ts';
import { findLookup } from '../../src/read/sign-in/door-lookups.ts';
import { asksElsewhere, type SignIn, STAND_IN, signInEntries } from '../../src/read/sign-in/sign-in.ts';
import { isInside } from '../../src/repo/paths.ts';

/** What people call the table of those who sign in. */
const USERS = '(?:app_?|auth_?)?(?:users?|accounts?|members?|customers?|profiles?)';

/** A way in which code reads or writes users. */
interface Way {
  /** A few words that each match holds, so that the wide pattern is compiled for few files. */
  readonly words: RegExp;
  readonly use: RegExp;
}

const anyOf = (...patterns: readonly string[]) => new RegExp(patterns.join('|'), 'i');

const ORM: Way = {
  words:
    /(?:user|account|member|customer|profile)s?(?:Model|Repository|Repo)?\.(?:find|create|upsert|update|count|select|insert|query|where)/i,
  use: anyOf(
    `\\b\\w*(?:prisma|db|client|tx|database|orm)\\w*\\.${USERS}\\.(?:find|create|upsert|update|count|select|insert)\\w*\\(`,
    `\\bquery\\.${USERS}\\.find`,
    `\\b(?:User|Account|Member|Customer|Profile)s?(?:Model|Repository|Repo)?\\.(?:findOne|findById|findByPk|findUnique|findFirst|findByEmail|create|insert|query|where|upsert)\\w*\\(`,
  ),
};
const QUERY_BUILDER: Way = {
  words: /\.(?:from|into|insert|update|insertInto|selectFrom|updateTable|table)\(/i,
  use: anyOf(
    `(?<!Array|Buffer|Object|Set)\\.(?:from|into|insert|update|insertInto|selectFrom|updateTable|table)\\(\\s*(?:\\w+\\.)?['"\`]?${USERS}(?:Table)?['"\`]?\\s*\\)`,
  ),
};
const SQL: Way = {
  words:
    /\b(?:from|into|table|exists|update)\s+["`[]?(?:\w+\.)?(?:app_?|auth_?)?(?:user|account|member|customer|profile)/i,
  use: anyOf(
    `\\b(?:SELECT\\b[^;\`]{1,200}?\\bFROM|INSERT\\s+(?:OR\\s+\\w+\\s+)?INTO|CREATE\\s+TABLE(?:\\s+IF\\s+NOT\\s+EXISTS)?)\\s+["\`[]?(?:\\w+\\.)?${USERS}\\b`,
    `\\bUPDATE\\s+["\`[]?${USERS}["\`\\]]?\\s+SET\\b`,
  ),
};
/** A document store, a key, a JSON file. */
const STORE: Way = {
  words: /getRepository\(|collection[(:]|['"`]users?:|\bdb\.(?:insert|query|get|patch)\(|writeFile/i,
  use: anyOf(
    `getRepository\\(\\s*['"]?User`,
    `collection\\(\\s*['"\`]${USERS}['"\`]`,
    `collection:\\s*['"\`]${USERS}['"\`]`,
    `(?:redis|kv|client|db)\\w*\\.(?:hset|set|get|hgetall|json\\.set)\\(\\s*['"\`]users?:`,
    `\\bdb\\.(?:insert|query|get|patch)\\(\\s*['"]${USERS}['"]`,
    `writeFile(?:Sync)?\\([^)\\n]*users`,
  ),
};
const WAYS: readonly Way[] = [ORM, QUERY_BUILDER, SQL, STORE];

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

/** An adapter that a library is given: NextAuth's, Auth.js's, Lucia's; better-auth calls it `database`. */
const ADAPTER =
  /\badapter\s*:\s*(?!undefined|null)|\badapter\s*,|\bdatabase\s*:\s*(?!undefined|null|process\.env\.\w+\s*,?\s*\/)|\bnew Lucia\(\s*\w/;

/** What keeps the users, in words for people, and the file to look at. */
export interface UserStore {
  readonly how: string;
  readonly path: string;
}

/** What sign-in reads or writes users with; undefined where it keeps nobody. */
export function findUserStore(repo: Repo, signIn: SignIn): UserStore | undefined {
  const { hosted, configs, handlers, pages, base } = signIn;
  const configPaths = configs.map(({ path }) => path);
  const adapter = findCode(repo, configPaths, ADAPTER);
  if (adapter) return { how: 'the sign-in library writes users through its adapter', path: adapter.path };
  if (hosted) return { how: `${hosted.name} keeps the users`, path: hosted.place.path };
  const asks = (path: string) => findCode(repo, [path], BACKEND) !== undefined;
  const reached = reachedThat(
    repo,
    base.app,
    signInEntries(signIn),
    (path) => /\.[cm]?[jt]sx?$/.test(path) && (usesUsers(repo, path) || asks(path)),
  );
  const used = reached.find((path) => usesUsers(repo, path));
  if (used !== undefined) return { how: 'sign-in reads or writes users', path: used };
  const lookup = findLookup(repo, base.app, configPaths);
  if (lookup !== undefined) return { how: 'sign-in looks people up', path: lookup };
  const servers = reached.filter((path) => !pages.includes(path) || configs.length === 0);
  const backend = [...configPaths, ...handlers, ...servers].find(asks);
  if (backend !== undefined) return { how: 'another service answers for the users', path: backend };
  return configs.length === 0 ? findElsewhere(repo, signIn) : undefined;
}

/** Whether code outside of comments reads or writes users. */
function usesUsers(repo: Repo, path: string): boolean {
  return WAYS.some(({ words, use }) => repo.mentions(path, words) && findCode(repo, [path], use));
}

/** An app that signs in without a library may do so far from the usual names: use anywhere counts. */
function findElsewhere(repo: Repo, signIn: SignIn): UserStore | undefined {
  const used = signIn.base.code.find((path) => !STAND_IN.test(path) && usesUsers(repo, path));
  if (used !== undefined) return { how: 'the app reads or writes users', path: used };
  const asked = asksElsewhere(repo, signIn);
  return asked && { how: 'another service answers for the users', path: asked.path };
}

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
