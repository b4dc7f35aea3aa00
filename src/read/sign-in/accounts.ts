import { once, oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { findCode } from '../code/code-base.ts';
import { reachedThat } from '../code/reach.ts';
import { findRedirectElsewhere, findRequestElsewhere } from './asked-services.ts';
import {
  mayAuthorize,
  type OpenDoor,
  openDoors,
  type PasswordDoor,
  passwordDoors,
} from './password-doors.ts';
import { keeperOf, lookupOf, type PasswordKeeper, serviceOf } from './password-keeper.ts';
import { type SignIn, signInEntries } from './sign-in.ts';
import { findUserUse } from './user-use.ts';

/** What keeps the users, in words for people, and the file to look at. */
export interface UserStore {
  readonly how: string;
  readonly path: string;
}

/** What stands behind the sign-in of an app: its doors, who keeps its people, and who keeps their passwords. */
export interface Accounts {
  readonly signIn: SignIn;
  readonly doors: readonly PasswordDoor[];
  /** Sessions that are answered to anybody. */
  readonly open: readonly OpenDoor[];
  /** What sign-in reads or writes users with; undefined where it keeps nobody. */
  readonly users: UserStore | undefined;
  /** Who keeps the passwords, as far as doors or forms say it. */
  readonly passwords: PasswordKeeper | undefined;
}

/** What stands behind a sign-in, worked out once. */
export function accountsOf(repo: Repo, signIn: SignIn): Accounts {
  return accounts(repo)(signIn);
}

const accounts = oncePer((repo: Repo) => oncePer((signIn: SignIn) => readAccounts(repo, signIn)));

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

function readAccounts(repo: Repo, signIn: SignIn): Accounts {
  const { app } = signIn.base;
  // Where no route is seen to mount one, what is configured still says how people are meant to come in.
  const configs = signIn.mounted.length > 0 ? signIn.mounted : signIn.configs;
  const providers = reachedThat(
    repo,
    app,
    configs.map(({ path }) => path),
    (path) => CODE.test(path) && mayAuthorize(repo, path),
  );
  const handlers = [...new Set([...signIn.handlers, ...actionsOf(repo, signIn)])];
  const doors = passwordDoors(repo, app, { providers, handlers });
  const open = once(() => openDoors(repo, app, doors));
  const users = once(() => usersOf(repo, signIn, doors));
  const passwords = once(() => passwordsOf(repo, signIn, doors));
  return {
    signIn,
    doors,
    get open() {
      return open();
    },
    get users() {
      return users();
    },
    get passwords() {
      return passwords();
    },
  };
}

/** Server actions that the sign-in pages call. */
function actionsOf(repo: Repo, { base, pages }: SignIn): readonly string[] {
  return reachedThat(
    repo,
    base.app,
    pages,
    (path) => CODE.test(path) && repo.mentions(path, /(?:^|\n)[ \t]{0,16}['"]use server['"]/),
  );
}

/** An adapter that a library is given: NextAuth's, Auth.js's, Lucia's; better-auth calls it `database`. */
const ADAPTER = /\badapter\s*:\s*(?!undefined\b|null\b)|\badapter\s*,|\bnew Lucia\(\s*\w/;
const DATABASE = /\bdatabase\s*[:,](?!\s*(?:undefined|null)\b)/;

function usersOf(repo: Repo, signIn: SignIn, doors: readonly PasswordDoor[]): UserStore | undefined {
  const { hosted, base } = signIn;
  const adapter = findAdapter(repo, signIn);
  if (adapter !== undefined)
    return { how: 'the sign-in library writes users through its adapter', path: adapter };
  if (hosted) return { how: `${hosted.name} keeps the users`, path: hosted.place.path };
  const used = findUserUse(repo, base.app, signInEntries(signIn));
  if (used !== undefined) return { how: 'sign-in reads or writes users', path: used };
  const called = doors.filter(({ kind }) => kind !== 'authorize' || signIn.mounted.length > 0);
  const lookup = firstOf(called, (door) => lookupOf(repo, base.app, door));
  if (lookup !== undefined) return { how: 'sign-in looks people up', path: lookup };
  const service =
    firstOf(called, (door) => serviceOf(repo, base.app, door)) ?? findRequestElsewhere(repo, signIn);
  if (service !== undefined) return { how: 'another service answers for the users', path: service };
  const client = firstOf(base.code, (path) => authClientIn(repo, signIn, path));
  if (client !== undefined) return { how: 'another service answers for the users', path: client };
  const redirect = findRedirectElsewhere(repo, signIn);
  if (redirect !== undefined) return { how: 'sign-in is handed over to another service', path: redirect };
  if (signIn.configs.length > 0) return undefined;
  const anywhere = findUserUse(repo, base.app, [], base.code);
  return anywhere === undefined ? undefined : { how: 'the app reads or writes users', path: anywhere };
}

/** The client of a sign-in library that is set up elsewhere: what it asks for is answered there. */
function authClientIn(repo: Repo, { configs }: SignIn, path: string): string | undefined {
  const isClient = configs.length === 0 && repo.mentions(path, AUTH_CLIENT);
  return isClient && findCode(repo, [path], AUTH_CLIENT) ? path : undefined;
}

const AUTH_CLIENT = /\bcreateAuthClient\(/;

function firstOf<T, U>(items: readonly T[], look: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** NextAuth had a `database` until its third version; what later ones are told so, they pass over. */
function findAdapter(repo: Repo, { mounted, base }: SignIn): string | undefined {
  const paths = mounted.map(({ path }) => path);
  const adapter = findCode(repo, paths, ADAPTER);
  if (adapter) return adapter.path;
  const takesDatabase = mounted.filter(
    ({ path }) => repo.mentions(path, /\bbetterAuth\(/) || isThird(base, path),
  );
  return findCode(
    repo,
    takesDatabase.map(({ path }) => path),
    DATABASE,
  )?.path;
}

function isThird(base: SignIn['base'], _path: string): boolean {
  const range = base.packages.flatMap(({ manifest }) => manifest.dependencies['next-auth'] ?? [])[0] ?? '';
  return /^[\^~]?[1-3](?:\.|$)/.test(range);
}

function passwordsOf(repo: Repo, signIn: SignIn, doors: readonly PasswordDoor[]): PasswordKeeper | undefined {
  const { app } = signIn.base;
  const asking = doors.filter(({ fields }) => fields.some((field) => /passw|pwd|^pw$|^pass$/i.test(field)));
  const keepers = asking.flatMap((door) => keeperOf(repo, app, door) ?? []);
  const [first] = ['store', 'service', 'constant', 'environment'].flatMap(
    (kind) => keepers.find((each) => each.kind === kind) ?? [],
  );
  if (first) return first;
  const path = asking.length === 0 ? findRequestElsewhere(repo, signIn) : undefined;
  return path === undefined ? undefined : { kind: 'service', path };
}
