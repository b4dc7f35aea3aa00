import type { NextApp, Repo, Workspace } from '../../../src/contract.ts';
import { isClient } from '../../../src/read/code/client-code.ts';
import { findCode } from '../../../src/read/code/code-base.ts';
import type { Accounts } from '../../../src/read/sign-in/accounts.ts';
import { dirname, isInside } from '../../../src/repo/paths.ts';
import {
  BACKEND,
  COMPLETE,
  IDENTITY_PROVIDER,
  PASSWORD_FIELD_NAME,
  POSTS_RESET,
  RESET_PATH,
  SERVICE_CALL,
} from '../tables.ts';

/** Who lets people back in, in the app's stead. */
export interface SomebodyElse {
  /** In words for people. */
  readonly by: string;
  /** The files of the app that ask it, where it may stand in this repository, too. */
  readonly asking: readonly string[];
}

/** Who lets people back in, in the app's stead; undefined where the app must. */
export function somebodyElse(
  repo: Repo,
  accounts: Accounts,
  servers: readonly string[],
): SomebodyElse | undefined {
  const by = byHostedService(accounts) ?? byMailOfService(repo, accounts);
  return by === undefined ? byBackend(repo, accounts, servers) : { by, asking: [] };
}

/** Beside passwords of the app's own, an identity provider lets only its own people back in. */
function byHostedService({ signIn: { hosted }, doors }: Accounts): string | undefined {
  const hasOwn = doors.some(({ fields }) => fields.some((field) => PASSWORD_FIELD_NAME.test(field)));
  return hosted && COMPLETE.test(hosted.name) && !(hasOwn && hosted.name === IDENTITY_PROVIDER)
    ? `${hosted.name} lets people back in (${hosted.place.path})`
    : undefined;
}

function byMailOfService(repo: Repo, { signIn }: Accounts): string | undefined {
  const { hosted, configs, base } = signIn;
  const paths = configs.map(({ path }) => path);
  const isBetter = findCode(repo, paths, /\bsendResetPassword\b/) !== undefined;
  const isService = hosted !== undefined && hosted.name !== IDENTITY_PROVIDER;
  const call = isService || isBetter ? findCode(repo, base.code, SERVICE_CALL) : undefined;
  return call && `${isBetter ? 'better-auth' : hosted?.name} mails and checks the reset (${call.path})`;
}

function byBackend(repo: Repo, accounts: Accounts, servers: readonly string[]): SomebodyElse | undefined {
  const { signIn, passwords } = accounts;
  const { code } = signIn.base;
  const isHosted = signIn.hosted !== undefined && signIn.hosted.name !== IDENTITY_PROVIDER;
  if (passwords?.kind !== 'service' || isHosted) {
    const clients = code.filter((path) => RESET_PATH.test(path) && isClient(repo.peek(path) ?? ''));
    const backend = findCode(repo, [...servers, ...clients], BACKEND);
    return backend && otherService('resets the password', backend.path);
  }
  if (isOwnService(repo, accounts)) {
    const clients = code.filter((path) => !repo.mentions(path, ROUTES));
    const backend = findCode(repo, clients, POSTS_RESET);
    return backend && otherService('resets the password', backend.path);
  }
  return otherService('keeps the passwords', passwords.path);
}

/** `router.post('/reset-password', …)` serves what `api.post('/reset-password', …)` asks. */
const ROUTES = /\b(?:[eE]xpress|Router|[fF]astify|Hono|Koa|Elysia)\s*(?:<[^>]{0,80}>)?\(/;

function otherService(what: string, path: string): SomebodyElse {
  return { by: `another service ${what} (${path})`, asking: [path] };
}

const HASHERS =
  /"(?:bcrypt|bcryptjs|bcrypt-ts|@node-rs\/(?:bcrypt|argon2)|argon2|scrypt-kdf|@phc\/\w+|oslo|passport-local|@nestjs\/passport)"\s*:/;
const KEEPS =
  /['"](?:bcrypt\w*|@node-rs\/(?:bcrypt|argon2)|argon2|@phc\/\w+|oslo\/password|scrypt-kdf)['"]|\b(?:scrypt|pbkdf2)(?:Sync)?\(|\b(?:hash|compare|verify|check)Passwords?\(/i;

/** A service that stands in this repository, or whose part the app does itself, is part of the product. */
function isOwnService(repo: Repo, { signIn }: Accounts): boolean {
  return (
    backendsOf(repo, signIn.base.app).length > 0 || findCode(repo, signIn.base.code, KEEPS) !== undefined
  );
}

/** The packages of the repository beside the app that hash passwords. */
function backendsOf(repo: Repo, app: NextApp): readonly Workspace[] {
  return repo.layout.packages.filter(({ dir, path }) => dir !== app.dir && repo.mentions(path, HASHERS));
}

/** The code of the packages beside the app in which a reset may be served; none where the app has its own server. */
export function backendCode(repo: Repo, { signIn, passwords }: Accounts): readonly string[] {
  if (passwords?.kind !== 'service') return [];
  const dirs = backendsOf(repo, signIn.base.app).map(({ dir }) => dir);
  return repo.find(CODE).filter((path) => dirs.some((dir) => dir !== '' && isInside(dir, path)));
}

/** The code of the package in which a file stands. */
export function codeBeside(repo: Repo, path: string): readonly string[] {
  const dirs = repo.layout.packages.map(({ dir }) => dir).filter((dir) => dir !== '' && isInside(dir, path));
  const dir = dirs.sort((left, right) => right.length - left.length)[0] ?? dirname(path);
  return repo.find(CODE).filter((each) => isInside(dir, each));
}

const CODE = /(?<!\.d)(?<!\.(?:test|spec))\.[cm]?[jt]sx?$/;
