import type { Repo } from '../../../src/contract.ts';
import { findCode } from '../../../src/read/code/code-base.ts';
import { reachedThat } from '../../../src/read/code/reach.ts';
import type { Accounts } from '../../../src/read/sign-in/accounts.ts';
import { COMPLETE, PASSWORD_FIELD, PASSWORD_FIELD_NAME, PASSWORD_INPUT, WHO_FIELD } from '../tables.ts';

const EMAIL_AND_PASSWORD = /\bemailAndPassword\b(?!\s*:\s*\{\s*enabled\s*:\s*false)/;
const CONVEX_PASSWORD = /@convex-dev\/auth\/providers\/Password/;

/** A component that is called like what people sign in with. */
const FORM_FILE = /(?:log-?in|sign-?in)[^/]{0,100}\.[jt]sx$/i;

/** Whether people type a password anywhere to sign in to this app. */
export function asksForPassword(repo: Repo, { signIn, doors }: Accounts): boolean {
  const { base, hosted, mounted, configs, pages } = signIn;
  const paths = (mounted.length > 0 ? mounted : configs).map(({ path }) => path);
  // better-auth has passwords where it is told so; what else a page asks for is no user's.
  if (!hosted && findCode(repo, paths, /\bbetterAuth\(/))
    return findCode(repo, paths, EMAIL_AND_PASSWORD) !== undefined;
  if (doors.some(({ fields }) => fields.some((field) => PASSWORD_FIELD_NAME.test(field)))) return true;
  if (hosted && COMPLETE.test(hosted.name)) return true;
  if (hosted && findCode(repo, base.code, /WithPassword\(|WithEmailAndPassword\(/)) return true;
  if (hosted?.name === 'Convex Auth') return base.code.some((path) => repo.mentions(path, CONVEX_PASSWORD));
  // A page often leaves its form to a component. A password beside no name is one that many share.
  const isAsked = (path: string) =>
    findCode(repo, [path], pages.includes(path) ? PASSWORD_INPUT : PASSWORD_FIELD) ??
    (FORM_FILE.test(path) ? findCode(repo, [path], PASSWORD_INPUT) : undefined);
  const asks = (path: string) =>
    isAsked(path) !== undefined && findCode(repo, [path], WHO_FIELD) !== undefined;
  return reachedThat(repo, base.app, pages, asks).length > 0;
}
