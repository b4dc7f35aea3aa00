import { oncePer } from '../../repo/once.ts';
import { dirname } from '../../repo/paths.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';
import { serverCodeOf } from '../code/client-code.ts';
import {
  type CodeBase,
  codeBaseOf,
  declaresAny,
  dependencyOf,
  findCode,
  type Place,
} from '../code/code-base.ts';
import { blankComments } from '../code/comments.ts';
import { resolveImport } from '../code/imports.ts';
import { specifiersOf } from '../code/specifier-words.ts';
import { namedPages } from '../next/named-pages.ts';
import { HOSTED } from './hosted-services.ts';
import { mountedConfigs } from './mounted-configs.ts';

/** How people get into an app. */
export interface SignIn {
  readonly base: CodeBase;
  /** Where a library is told who may sign in: `NextAuth({…})`, `betterAuth({…})`; those with providers first. */
  readonly configs: readonly Place[];
  /** Those of them that requests get to. */
  readonly mounted: readonly Place[];
  /** Handlers and server actions of one's own that sign in or sign up. */
  readonly handlers: readonly string[];
  /** Sign-in and sign-up pages. */
  readonly pages: readonly string[];
  /** Who keeps users and passwords in the app's stead. */
  readonly hosted: { readonly name: string; readonly place: Place } | undefined;
}

const CONFIG =
  /\bNextAuth\(|:\s*(?:NextAuthOptions|NextAuthConfig|AuthOptions)\b|satisfies\s+(?:NextAuthConfig|NextAuthOptions|AuthOptions)|\bbetterAuth\(|\bnew Lucia\(|\bpassport\.use\(|@type\s*\{import\(['"]next-auth['"]\)\.(?:AuthOptions|NextAuthOptions)|\bconst (?:authOptions|nextAuthOptions|authConfig)\s*=/;
const LIBRARY = /^(next-auth|@auth\/|better-auth$|lucia$|passport$|iron-session$|@oslojs\/)/;
/** Each configuration of one of these libraries holds such words; `uth` stands for `Auth` and `auth`. */
const CONFIG_WORDS = ['uth', 'Lucia', '.use('];
const LIBRARY_NAME = /next-auth|@auth\/|better-auth|lucia|passport/;
const HANDLER =
  /(^|\/)api\/(.*\/)?(log-?in|sign-?in|sign-?up|register|signup|sessions?)(\/route|\/index)?\.[jt]sx?$|(^|\/)(log-?in|sign-?in|sign-?up|register)\/(actions?|route)\.[jt]s$|(^|\/)actions\/(auth|log-?in|sign-?in|sign-?up|register)\.[jt]s$/i;
const PAGE =
  /(^|\/)@?(log-?in|sign-?in|sign-?up|register|signup)(\/page|\/\[\[?\.\.\.[\w-]+\]?\]\/page|\/index)?\.(?:[jt]sx?)$/i;

/** Reads how people sign in to an app; undefined where nothing in it says that they do. */
export function findSignIn(repo: Repo, app: NextApp): SignIn | undefined {
  return signIns(repo)(app);
}

/** Several gaps ask. */
const signIns = oncePer((repo: Repo) => oncePer((app: NextApp) => readSignIn(repo, app)));

function readSignIn(repo: Repo, app: NextApp): SignIn | undefined {
  const base = codeBaseOf(repo, app);
  const library = dependencyOf(base, LIBRARY);
  const configs = library ? configsIn(repo, base) : [];
  const handlers = base.code.filter((path) => HANDLER.test(path) && letsIn(repo, path));
  const hosted = findHosted(repo, base);
  const pages = signInPages(repo, app, configs.length > 0 || hosted !== undefined);
  if (configs.length + handlers.length + pages.length === 0 && !hosted) return undefined;
  return { base, configs, mounted: mountedConfigs(repo, base, configs), handlers, pages, hosted };
}

/** People also register for a newsletter, and a chat has sessions, too. */
const SIGNS_IN = /(?:log-?in|sign-?in)[^/]{0,200}(?:\/[^/]*)?$/i;
const SECRET = /passw|pwd|credential|\bsignIn|\bsignUp|cookies\(|\bjwt\b|createSession|webauthn|passkey/i;

function letsIn(repo: Repo, path: string): boolean {
  return SIGNS_IN.test(path) || repo.mentions(path, SECRET);
}

const PASSWORD_INPUT = /\btype=\{?['"`]password['"`]|<(?:Input\.Password|PasswordInput)\b/;
const WHO_INPUT = /e-?mail|user_?name|phone|identifier/i;
const SIGN_IN_CALL = /\bsign(?:In|Up)\w*\(|\bsignUp\b|<Sign(?:In|Up)\b|\bcreateUserWith|\boauth|authClient/;

/** Pages on which people sign in or up; a home page with a password field is one, too. */
function signInPages(repo: Repo, app: NextApp, isSetUp: boolean): readonly string[] {
  const named = namedPages(app).flatMap(({ path }) => (PAGE.test(path) ? [path] : []));
  const sure = named.filter((path) => SIGNS_IN.test(path));
  if (sure.length > 0 || isSetUp) return named;
  const imported = (path: string) =>
    specifiersOf(repo, path).flatMap((each) => resolveImport(repo, app, path, each) ?? []);
  const near = (path: string) => [path, ...imported(path)];
  // A page of tabs leaves the forms to them.
  const inside = (path: string) => (GATE.test(path) ? near(path).flatMap(near) : near(path));
  const asks = (path: string) =>
    inside(path).some(
      (each) =>
        (repo.mentions(each, PASSWORD_INPUT) && repo.mentions(each, WHO_INPUT)) ||
        (named.includes(path) && repo.mentions(each, SIGN_IN_CALL)),
    );
  const others = namedPages(app).flatMap(({ path }) => (HOME.test(path) || GATE.test(path) ? [path] : []));
  return [...named, ...others].filter(asks);
}

const GATE = /(^|\/)auth(?:\/page|\/index)?\.[jt]sx?$/;
const HOME = /(^|\/)app\/(?:[([][^/]*\/)*page\.[jt]sx?$|(^|\/)pages\/index\.[jt]sx?$/;

function configsIn(repo: Repo, base: CodeBase): readonly Place[] {
  const found = serverCodeOf(repo, base).flatMap((path) => {
    const text = repo.peek(path);
    if (text === undefined || !CONFIG_WORDS.some((word) => text.includes(word))) return [];
    if (!LIBRARY_NAME.test(text) || !CONFIG.test(text)) return [];
    const match = CONFIG.exec(blankComments(text)) ?? CONFIG.exec(text);
    return match ? [{ path, at: match.index, match: match[0] }] : [];
  });
  const tells = ({ path }: Place) => repo.mentions(path, /\bproviders\s*[:,]|betterAuth\(/);
  return [...found.filter(tells), ...found.filter((place) => !tells(place))];
}

/** What configures or is a tool names packages that the app need not use. */
const TOOL =
  /(^|\/)(?:scripts|tools)\/|(^|\/)(?:knip|eslint|oxlint|prettier|vitest|jest|playwright|cypress|tailwind|postcss|commitlint)\.config\.\w+$/;

function findHosted(repo: Repo, base: CodeBase): SignIn['hosted'] {
  for (const [packages, use, name] of HOSTED) {
    if (!declaresAny(base, packages)) continue;
    const users = base.code.filter((path) => repo.mentions(path, use) && !TOOL.test(path));
    const place = findCode(repo, users, use);
    if (place) return { name, place };
  }
  return undefined;
}

/** What a test or a story puts in the place of a server. */
export const STAND_IN = /(^|\/)(?:mocks?|msw|testing)\//;
/** The files from which signing in starts: configurations, handlers and pages with what stands beside them. */
export function signInEntries({ base, mounted, handlers, pages }: SignIn): readonly string[] {
  const beside = pages
    .filter((path) => /\/page\.[jt]sx?$/.test(path))
    .flatMap((path) => base.code.filter((other) => dirname(other) === dirname(path)));
  return [...new Set([...mounted.map(({ path }) => path), ...handlers, ...pages, ...beside])];
}
