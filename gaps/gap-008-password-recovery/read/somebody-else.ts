import type { Repo } from '../../../src/contract.ts';
import { isClient } from '../../../src/read/code/client-code.ts';
import { findCode } from '../../../src/read/code/code-base.ts';
import type { Accounts } from '../../../src/read/sign-in/accounts.ts';
import {
  BACKEND,
  COMPLETE,
  IDENTITY_PROVIDER,
  PASSWORD_FIELD_NAME,
  POSTS_RESET,
  RESET_PATH,
  SERVICE_CALL,
} from '../tables.ts';

/** Who lets people back in, in the app's stead, in words for people; undefined where the app must. */
export function somebodyElse(repo: Repo, accounts: Accounts, servers: readonly string[]): string | undefined {
  return byHostedService(accounts) ?? byMailOfService(repo, accounts) ?? byBackend(repo, accounts, servers);
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

function byBackend(repo: Repo, accounts: Accounts, servers: readonly string[]): string | undefined {
  const { signIn, passwords } = accounts;
  const { code } = signIn.base;
  const isHosted = signIn.hosted !== undefined && signIn.hosted.name !== IDENTITY_PROVIDER;
  if (passwords?.kind !== 'service' || isHosted) {
    const clients = code.filter((path) => RESET_PATH.test(path) && isClient(repo.peek(path) ?? ''));
    const backend = findCode(repo, [...servers, ...clients], BACKEND);
    return backend && `another service resets the password (${backend.path})`;
  }
  if (isOwnService(repo, accounts)) {
    const backend = findCode(repo, code, POSTS_RESET);
    return backend && `another service resets the password (${backend.path})`;
  }
  return `another service keeps the passwords (${passwords.path})`;
}

const HASHERS =
  /"(?:bcrypt|bcryptjs|bcrypt-ts|@node-rs\/(?:bcrypt|argon2)|argon2|scrypt-kdf|passlib|@phc\/\w+|oslo)"\s*:/;
const KEEPS =
  /['"](?:bcrypt\w*|@node-rs\/(?:bcrypt|argon2)|argon2|@phc\/\w+|oslo\/password|scrypt-kdf)['"]|\b(?:scrypt|pbkdf2)(?:Sync)?\(|\b(?:hash|compare|verify|check)Passwords?\(/i;

/** A service that is asked by an address without a host, or that stands in this repository, is part of the product. */
function isOwnService(repo: Repo, { signIn }: Accounts): boolean {
  const { packages } = repo.layout;
  const backends = packages.filter(({ dir }) => dir !== signIn.base.app.dir);
  return (
    backends.some(({ path }) => repo.mentions(path, HASHERS)) ||
    findCode(repo, signIn.base.code, KEEPS) !== undefined ||
    backends.some(({ path }) => repo.mentions(path, /"(?:passport-local|@nestjs\/passport)"\s*:/))
  );
}
