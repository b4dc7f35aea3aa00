import type { Repo } from '../../../src/contract.ts';
import { findCode } from '../../../src/read/code/code-base.ts';
import { reachedThat } from '../../../src/read/code/reach.ts';
import { namedPages } from '../../../src/read/next/named-pages.ts';
import type { SignIn } from '../../../src/read/sign-in/sign-in.ts';
import { ASK_PAGE, EMAIL_FIELD, PASSWORD_FIELD, RESET_PAGE, RESET_PATH } from '../tables.ts';

/** The pages of a way back in; a dialog or a tab of another page is one, too. */
export interface ResetPages {
  /** On which a person asks for the mail. */
  readonly ask: string | undefined;
  /** On which a person types the new password. */
  readonly reset: string | undefined;
}

/** Finds the pages by their addresses, and by what they ask for where one address may be either. */
export function resetPagesOf(repo: Repo, signIn: SignIn): ResetPages {
  const { base, pages } = signIn;
  const all = namedPages(base.app).map(({ path }) => path);
  const isLeaf = (path: string) => !RESET_TOKEN.test(path);
  const asking = all.filter((path) => ASK_PAGE.test(nearEnd(path)) && isLeaf(path));
  const setting = all.filter((path) => RESET_PAGE.test(path) && !asking.includes(path));
  const words = (path: string) => formOf(repo, signIn, path);
  const ask =
    asking[0] ??
    setting.find((path) => isLeaf(path) && words(path).asksEmail && !words(path).asksPassword) ??
    dialogIn(repo, signIn, pages) ??
    // One page may do both, one step after the other.
    setting.find((path) => isLeaf(path) && words(path).asksEmail);
  const reset =
    setting.find((path) => path !== ask) ??
    all.find((path) => (path === ask || setting.includes(path)) && words(path).asksPassword) ??
    componentIn(repo, signIn);
  return { ask, reset };
}

const RESET_TOKEN = /\[\w{0,40}(?:token|code|key|hash)\w{0,40}\]/i;

/** The last folders of an address: `forgot` of `app/(auth)/forgot/page.tsx`. */
function nearEnd(path: string): string {
  return path.split('/').slice(-3).join('/');
}

function formOf(repo: Repo, { base }: SignIn, path: string) {
  const near = reachedThat(repo, base.app, [path], (each) => each === path || RESET_PATH.test(each));
  return {
    asksEmail:
      findCode(repo, near, EMAIL_FIELD) !== undefined || findCode(repo, [path], /\bemail\b/i) !== undefined,
    asksPassword:
      findCode(repo, near, PASSWORD_FIELD) !== undefined ||
      findCode(repo, near, /type=\{?['"]password/) !== undefined,
  };
}

/** What a client sends when a reset is asked for: a request to such an address, or an action of that name. */
const ASKS =
  /(?:fetch|post|mutate|axios|request|ky)\w{0,40}(?:<[^>]{0,80}>)?\(\s*['"`][^'"`\n]{0,80}(?:forg[eo]t|reset|recover)|\b(?:forg[eo]t\w{0,20}Password|request\w{0,20}Reset|send\w{0,20}Reset|recover\w{0,20}Password)\w{0,20}\(|\baction=\{\s*\w{0,20}(?:forg[eo]t|reset|recover)\w{0,20}\}/i;

/** A dialog or a tab of the sign-in page, or of another page near to it. */
function dialogIn(repo: Repo, { base }: SignIn, pages: readonly string[]): string | undefined {
  const near = reachedThat(
    repo,
    base.app,
    pages,
    (path) => /\.[jt]sx$/.test(path) && repo.mentions(path, ASKS),
  );
  const others = base.code.filter((path) => /\.[jt]sx$/.test(path) && repo.mentions(path, EMAIL_FIELD));
  return (findCode(repo, near, ASKS) ?? findCode(repo, others, ASKS))?.path;
}

function componentIn(repo: Repo, { base }: SignIn): string | undefined {
  const named = base.code.filter(
    (path) => /(reset|recover|new-?password)/i.test(path) && repo.mentions(path, /<input|<Input|useForm/),
  );
  return findCode(repo, named, /newPassword|confirmPassword[\s\S]{0,9999}reset|\?token=|get\(['"]token['"]\)/)
    ?.path;
}
