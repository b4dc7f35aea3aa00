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
import { withoutComments } from '../code/comments.ts';
import { namedPages } from '../next/named-pages.ts';

/** How people get into an app. */
export interface SignIn {
  readonly base: CodeBase;
  /** Where a library is told who may sign in: `NextAuth({…})`, `betterAuth({…})`; those with providers first. */
  readonly configs: readonly Place[];
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
const LIBRARY_NAME = /next-auth|@auth\/|better-auth|lucia|passport/;
const HANDLER =
  /(^|\/)api\/(.*\/)?(log-?in|sign-?in|sign-?up|register|signup|sessions?)(\/route|\/index)?\.[jt]sx?$|(^|\/)(log-?in|sign-?in|sign-?up|register)\/(actions?|route)\.[jt]s$|(^|\/)actions\/(auth|log-?in|sign-?in|sign-?up|register)\.[jt]s$/i;
const PAGE =
  /(^|\/)@?(log-?in|sign-?in|sign-?up|register|signup)(\/page|\/\[\[?\.\.\.[\w-]+\]?\]\/page|\/index)?\.(?:[jt]sx?)$/i;

/** Packages (as declared), what their use looks like in code, and the name for people. */
const HOSTED: readonly (readonly [readonly string[], RegExp, string])[] = [
  [['@clerk/'], /['"]@clerk\//, 'Clerk'],
  [['@auth0/'], /['"]@auth0\//, 'Auth0'],
  [
    ['@supabase/'],
    /\.auth\s*\.\s*(?:signIn|signUp|getUser|getSession|getClaims|exchangeCode|verifyOtp|onAuth|admin)/,
    'Supabase Auth',
  ],
  [['firebase', 'firebase-admin'], /['"]firebase(?:-admin)?\/auth['"]|\.auth\(\)/, 'Firebase Authentication'],
  [['aws-amplify', '@aws-amplify/'], /aws-amplify\/auth|\bAuth\.signIn\(/, 'Amazon Cognito'],
  [
    ['amazon-cognito-identity-js', '@aws-sdk/client-cognito-identity-provider'],
    /cognito-identity/,
    'Amazon Cognito',
  ],
  // Its single sign-on for companies alone keeps nobody.
  [['@workos-inc/'], /['"]@workos-inc\/authkit|\.userManagement\b/, 'WorkOS'],
  [['@kinde-oss/'], /['"]@kinde-oss\//, 'Kinde'],
  [['@stackframe/'], /['"]@stackframe\//, 'Stack Auth'],
  [['@descope/'], /['"]@descope\//, 'Descope'],
  [['@logto/'], /['"]@logto\//, 'Logto'],
  [['@propelauth/'], /['"]@propelauth\//, 'PropelAuth'],
  [['supertokens-'], /['"]supertokens-/, 'SuperTokens'],
  [['@stytch/', 'stytch'], /['"](?:@stytch\/|stytch['"])/, 'Stytch'],
  [['@ory/'], /['"]@ory\//, 'Ory'],
  [['appwrite', 'node-appwrite'], /\bnew Account\(|['"](?:node-)?appwrite['"]/, 'Appwrite'],
  [['pocketbase'], /authWithPassword|authWithOAuth2/, 'PocketBase'],
  [['@convex-dev/auth'], /['"]@convex-dev\/auth/, 'Convex Auth'],
  [['@okta/'], /['"]@okta\//, 'Okta'],
  [['keycloak-js'], /['"]keycloak-js['"]/, 'Keycloak'],
  [['@azure/msal-'], /['"]@azure\/msal-/, 'Microsoft Entra'],
  [['@privy-io/'], /['"]@privy-io\//, 'Privy'],
  [['payload'], /\bauth:\s*(?:true|\{)/, 'Payload'],
  [
    ['next-auth', '@auth/core'],
    /providers\/(?:auth0|cognito|keycloak|azure-ad|microsoft-entra-id|okta|zitadel|authentik|fusionauth|descope|logto|workos|ory-hydra|duende-identity-server6|onelogin)\b/,
    'an identity provider',
  ],
];

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
  const handlers = base.code.filter((path) => HANDLER.test(path));
  const pages = namedPages(app).flatMap(({ path }) => (PAGE.test(path) ? [path] : []));
  const hosted = findHosted(repo, base);
  if (configs.length + handlers.length + pages.length === 0 && !hosted) return undefined;
  return { base, configs, handlers, pages, hosted };
}

function configsIn(repo: Repo, base: CodeBase): readonly Place[] {
  const found = serverCodeOf(repo, base).flatMap((path) => {
    if (!repo.mentions(path, LIBRARY_NAME) || !repo.mentions(path, CONFIG)) return [];
    const match = CONFIG.exec(withoutComments(repo, path)) ?? CONFIG.exec(repo.text(path));
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
const POSTS =
  /\b\w*(?:fetch|post|request|mutate|axios|ky|got)\w*(?:<[^>]*>)?\(\s*['"`]\/[^'"`\n]*(?:log-?in|sign-?in|auth|tokens?|sessions?)\b|\bsdk\.auth\.(?:login|register)\(/i;

/**
 * Where a sign-in address is asked that the app does not serve: without a library and a handler of its own, it is
 * another service's, however it is written.
 */
export function asksElsewhere(repo: Repo, { base, configs, handlers, hosted }: SignIn): Place | undefined {
  if (configs.length > 0 || handlers.length > 0 || hosted) return undefined;
  return findCode(
    repo,
    base.code.filter((path) => !STAND_IN.test(path)),
    POSTS,
  );
}

/** The files from which signing in starts: configurations, handlers and pages with what stands beside them. */
export function signInEntries({ base, configs, handlers, pages }: SignIn): readonly string[] {
  const beside = pages
    .filter((path) => /\/page\.[jt]sx?$/.test(path))
    .flatMap((path) => base.code.filter((other) => dirname(other) === dirname(path)));
  return [...new Set([...configs.map(({ path }) => path), ...handlers, ...pages, ...beside])];
}
