import type { Node } from 'oxc-parser';
import { escaped } from '../../repo/escaped.ts';
import type { NextApp, Repo, SourceModule } from '../../repo/repo.ts';
import { codeBaseOf, findCode } from '../code/code-base.ts';
import { importersOf, peekModule } from '../code/imports.ts';
import { holds } from '../code/nodes-at.ts';
import { firstReached } from '../code/reach.ts';
import { STAND_IN } from './sign-in.ts';

/** What people call the table of those who sign in. */
const USERS = '(?:app_?|auth_?)?(?:users?|accounts?|members?|customers?|profiles?)';

/** A way in which code reads or writes users. */
interface Way {
  /** A few words that each match holds, so that the wide pattern is compiled for few files. */
  readonly words: RegExp;
  readonly use: RegExp;
}

const ORM: Way = {
  words:
    /(?:user|account|member|customer|profile)s?(?:Model|Repository|Repo)?\.(?:find|create|upsert|update|count|select|insert|query|where)/i,
  use: new RegExp(
    [
      `\\b\\w{0,40}(?:prisma|db|client|tx|database|orm)\\w{0,40}\\.${USERS}\\.(?:find|create|upsert|update|count|select|insert)\\w*\\(`,
      `\\bquery\\.${USERS}\\.find`,
      `\\b(?:User|Account|Member|Customer|Profile)s?(?:Model|Repository|Repo)?\\.(?:findOne|findById|findByPk|findUnique|findFirst|findByEmail|create|insert|query|where|upsert)\\w*\\(`,
    ].join('|'),
    'i',
  ),
};
const QUERY_BUILDER: Way = {
  words: /\.(?:from|into|insert|update|insertInto|selectFrom|updateTable|table)\(/i,
  use: new RegExp(
    [
      `(?<!Array|Buffer|Object|Set)\\.(?:from|into|insert|update|insertInto|selectFrom|updateTable|table)\\(\\s*(?:\\w+\\.)?['"\`]?${USERS}(?:Table)?['"\`]?\\s*\\)`,
    ].join('|'),
    'i',
  ),
};
const SQL: Way = {
  words:
    /\b(?:from|into|table|exists|update)\s+["`[]?(?:\w+\.)?(?:app_?|auth_?)?(?:user|account|member|customer|profile)/i,
  use: new RegExp(
    [
      `\\b(?:SELECT\\b[^;\`]{1,200}?\\bFROM|INSERT\\s+(?:OR\\s+\\w+\\s+)?INTO|CREATE\\s+TABLE(?:\\s+IF\\s+NOT\\s+EXISTS)?)\\s+["\`[]?(?:\\w+\\.)?${USERS}\\b`,
      `\\bUPDATE\\s+["\`[]?${USERS}["\`\\]]?\\s+SET\\b`,
    ].join('|'),
    'i',
  ),
};
/** A document store, a key, a JSON file. */
const STORE: Way = {
  words: /getRepository\(|collection[(:]|['"`]users?:|\bdb\.(?:insert|query|get|patch)\(|writeFile/i,
  use: new RegExp(
    [
      `getRepository\\(\\s*['"]?User`,
      `collection\\(\\s*['"\`]${USERS}['"\`]`,
      `collection:\\s*['"\`]${USERS}['"\`]`,
      `(?:redis|kv|client|db)\\w{0,40}\\.(?:hset|set|get|hgetall|json\\.set)\\(\\s*['"\`]users?:`,
      `\\bdb\\.(?:insert|query|get|patch)\\(\\s*['"]${USERS}['"]`,
      `writeFile(?:Sync)?\\([^)\\n]{0,300}users`,
    ].join('|'),
    'i',
  ),
};
const WAYS: readonly Way[] = [ORM, QUERY_BUILDER, SQL, STORE];

/** What a table of another meaning may be called, too: only with what people sign in by it is one of people. */
const AMBIGUOUS = /(?:account|member|customer|profile)/i;
const KEY = /e_?mail|user_?name|user_?id|\bphone|\bsub\b|\bid\b|login|provider|google|github|external|auth/i;

const CODE = /\.[cm]?[jt]sx?$/;

/** A file that reads or writes users: among those that the entries lead to, or among these. */
export function findUserUse(
  repo: Repo,
  app: NextApp,
  entries: readonly string[],
  files: readonly string[] = [],
): string | undefined {
  const uses = (path: string) => CODE.test(path) && isUsed(repo, app, path);
  const reached = entries.length > 0 ? firstReached(repo, app, entries, uses) : undefined;
  return reached ?? files.find((path) => !STAND_IN.test(path) && uses(path));
}

/** Whether code outside of comments, which something calls, reads or writes users. */
function isUsed(repo: Repo, app: NextApp, path: string): boolean {
  return WAYS.some(({ words, use }) => {
    const place = repo.mentions(path, words) ? findCode(repo, [path], use) : undefined;
    if (!place) return false;
    const text = repo.peek(path) ?? '';
    const around = text.slice(place.at, place.at + 300);
    if (
      AMBIGUOUS.test(place.match) &&
      !/user/i.test(place.match) &&
      !KEY.test(around.slice(place.match.length))
    )
      return false;
    const module = peekModule(repo, path);
    return !module || isCalled(repo, app, module, place.at);
  });
}

/** Whether the function at the top of a module that holds an offset is called by anything. */
function isCalled(repo: Repo, app: NextApp, module: SourceModule, at: number): boolean {
  const statement = module.program.body.find((each) => holds(each, at));
  const name = statement && functionName(statement);
  // A package is imported by its name, whatever its file is called.
  if (!statement || name === undefined || /(^|\/)index\.\w+$/.test(module.path)) return true;
  const code = module.withoutComments;
  if ((code.match(new RegExp(`\\b${escaped(name)}\\b`, 'g'))?.length ?? 0) > 1) return true;
  if (statement.type !== 'ExportNamedDeclaration') return false;
  if (/^(?:GET|POST|PUT|PATCH|DELETE)$/.test(name) || /(?:^|\n)[ \t]{0,16}['"]use server['"]/.test(code))
    return true;
  const { code: files } = codeBaseOf(repo, app);
  return importersOf(repo, { dir: app.dir, files }, module.path).some(
    (each) => each.name === name || each.name === '*',
  );
}

/** The name of a function that a statement declares alone. */
function functionName(statement: Node): string | undefined {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declared?.type === 'FunctionDeclaration') return declared.id?.name;
  if (declared?.type !== 'VariableDeclaration') return undefined;
  const [only] = declared.declarations;
  const isFunction =
    only?.init?.type === 'ArrowFunctionExpression' || only?.init?.type === 'FunctionExpression';
  return only && isFunction && only.id.type === 'Identifier' ? only.id.name : undefined;
}
