import type { Repo } from '../../src/contract.ts';
import { isClient } from '../../src/read/code/client-code.ts';
import { findCode } from '../../src/read/code/code-base.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import { isPage, namedPages } from '../../src/read/next/named-pages.ts';
import { asksElsewhere, type SignIn, signInEntries } from '../../src/read/sign-in/sign-in.ts';

/** A server file that asks for a reset, carries one out, or both. */
export interface Handler {
  readonly path: string;
  /** Where the token is made or the password is set. */
  readonly at: number;
}

/** What an app has of a way back in. */
export interface Recovery {
  /** Somebody else does it; undefined where the app must. */
  readonly by: string | undefined;
  readonly request: Handler | undefined;
  readonly reset: Handler | undefined;
  /** A page on which a person asks for the mail. */
  readonly askPage: string | undefined;
  /** A page on which a person types the new password. */
  readonly resetPage: string | undefined;
  readonly mails: boolean;
  readonly expires: boolean;
  readonly digests: boolean;
  readonly singleUse: boolean;
}

const PASSWORD_LOGIN =
  /type=\{?['"]password['"]|\bCredentials(?:Provider)?\(|emailAndPassword(?!\s*:\s*\{\s*enabled\s*:\s*false)|signInWithPassword|signInWithEmailAndPassword|createEmailPasswordSession|authWithPassword|\bpassword\b/i;
const EMAIL_AND_PASSWORD = /\bemailAndPassword\b(?!\s*:\s*\{\s*enabled\s*:\s*false)/;
const RESET_PATH = /forgot|reset|recover/i;
/** By its name, or by the token in its address: `forgot/[token]`. */
const RESET_PAGE =
  /reset|new-?password|set-?password|recover|(?:forgot|password)[^/]*\/\[\w*(?:token|code|key|hash)\w*\]/i;
const RESET_CODE =
  /forg[eo]t\w*Password|reset\w*Password|password_?\w*reset|reset_?token|recover\w*Password/i;
const MAKES_TOKEN =
  /randomBytes\(|randomUUID\(|getRandomValues\(|\bnanoid\(|\bcuid\(|\buuid\w*\(|(?:generate|create|make|issue|sign|new)\w*Token\w*\(|jwt\.sign\(|new SignJWT\(/i;
const MAILS =
  /\bresend\b|emails\.send\(|sendMail\(|nodemailer|sendgrid|postmark|mailgun|client-ses|SendEmailCommand|mailjet|brevo|loops\.|plunk|send\w*(?:Mail|Email|Reset|Link)\w*\(|\bmailer?\w*\.send/i;
const EXPIRES = /expir|\bttl\b|valid_?until|\bexp\b|setex|['"]EX['"]|\bex:\s*\d|\bPX\b/i;
const DIGESTS =
  /createHash\(|subtle\.digest\(|sha-?256|token_?hash|hashed_?token|hash\w*\(\s*\w*token|createHmac\(|jwt\.sign\(|new SignJWT\(/i;
/** In other files, where much may be hashed, only what says that it is a token. */
const DIGESTS_TOKEN =
  /token_?hash|hashed_?token|(?:hash|digest|sha\w*)\w*\(\s*[\w.]*token|createH(?:ash|mac)\([^;]{0,80}?token/i;
const ENDS =
  /\.delete\w*\(|\bDELETE\s+FROM|\bused\w*\s*[:=]|used_at|consume|\.del\(|getdel|(?:token|hash)\w*["'`]?\s*[:=]\s*(?:null|NULL|undefined)|invalidate|passwordHash\.slice|jwtVerify\([^)]*[pP]assword/i;
const SETS_PASSWORD =
  /password\w*["'`]?\s*[:=](?!=)|set\w*Password\(|update\w*Password\(|change\w*Password\(|hash\w*\(\s*[\w.]*password/i;
const BACKEND =
  /\b(?:fetch|axios|ky|got)(?:\.\w+)?\(\s*(?!['"`]\/(?!\/))[^;]{0,200}?(?:forgot|reset|recover)/i;
const POSTS_RESET =
  /\b\w*(?:fetch|post|request|mutate|axios|ky|got)\w*(?:<[^>]*>)?\(\s*['"`]\/[^'"`\n]*(?:forgot|reset|recover)/i;
const MAGIC_LINK =
  /providers\/(?:email|nodemailer|resend|sendgrid|postmark|mailgun|forwardemail|loops)\b|\bEmailProvider\(|\bmagicLink\(|\bemailOTP\(|sendVerificationRequest|signInWithOtp\(|sendSignInLinkToEmail\(/;
/** Services with a hosted sign-in, where the way back in is theirs. */
const COMPLETE =
  /^(Clerk|Auth0|WorkOS|Kinde|Stack Auth|Descope|Logto|PropelAuth|SuperTokens|Stytch|Ory|Okta|Keycloak|Microsoft Entra|Privy|Payload|an identity provider)$/;
/** What an app calls to have a service mail a reset. */
const SERVICE_CALL =
  /resetPasswordForEmail\(|sendPasswordResetEmail\(|generatePasswordResetLink\(|requestPasswordReset\(|createRecovery\(|\b(?:resetPassword|forgotPassword)\(|ForgotPasswordCommand/;

/** A password field as a form names it; a component that may show any field names none. */
const PASSWORD_FIELD =
  /\?\s*['"]text['"]\s*:\s*['"]password['"]|\b(?:name|id)=\{?['"`]password['"`]|\bautoComplete=\{?['"`](?:current|new)-password|\bregister\(\s*['"`]password['"`]/;

const EMAIL_FIELD = /\b(?:name|id|type)=\{?['"`]email['"`]|\bregister\(\s*['"`]email['"`]/;

/** Whether people sign in with a password anywhere in this app. */
export function hasPasswordLogin(repo: Repo, { configs, handlers, pages, hosted, base }: SignIn): boolean {
  const configPaths = configs.map(({ path }) => path);
  // better-auth has passwords where it is told so; what else a page asks for is no user's.
  if (!hosted && findCode(repo, configPaths, /\bbetterAuth\(/))
    return findCode(repo, configPaths, EMAIL_AND_PASSWORD) !== undefined;
  const paths = [...configPaths, ...handlers];
  if (findCode(repo, paths, PASSWORD_LOGIN) || (hosted && COMPLETE.test(hosted.name))) return true;
  if (hosted && findCode(repo, base.code, /WithPassword\(|WithEmailAndPassword\(/)) return true;
  // A page often leaves its form to a component. A password beside no name is one that many share.
  return [...reachableFrom(repo, base.app, pages)].some(
    (path) =>
      findCode(repo, [path], pages.includes(path) ? PASSWORD_LOGIN : PASSWORD_FIELD) &&
      findCode(repo, [path], /e-?mail|user_?name|phone|identifier|credentials/i),
  );
}

/** What keeps or compares passwords of its own. */
const KEEPS_PASSWORDS =
  /['"](?:bcrypt\w*|@node-rs\/(?:bcrypt|argon2)|argon2|@phc\/\w+|oslo\/password|scrypt-kdf)['"]|\b(?:scrypt|pbkdf2)(?:Sync)?\(|\b(?:hash|compare|verify|check)Passwords?\(/i;

/** Whether passwords are sent to another service, whose part of the way back in is not to be seen here. */
export function isCheckedElsewhere(repo: Repo, signIn: SignIn): boolean {
  return asksElsewhere(repo, signIn) !== undefined && !findCode(repo, signIn.base.code, KEEPS_PASSWORDS);
}

/** A password that leaves for an address that is not the app's, or opens a connection of its own. */
const SENDS_PASSWORD =
  /\b(?:fetch|axios|ky|got)(?:\.\w{1,20})?(?:<[^>;]{0,80}>)?\(\s{0,20}(?!['"`]\/(?!\/))[^;]{0,400}?\bpass(?:word|wd)?\b|\.connect\(\{[^;}]{0,200}\bpassword\b/i;

/**
 * Where sign-in hands the password to a service whose accounts are not kept in this repository: nothing here could set
 * another one. A backend in the repository would be told by what it hashes passwords with.
 */
export function passwordLeaves(repo: Repo, signIn: SignIn): string | undefined {
  const { base } = signIn;
  const reached = [...reachableFrom(repo, base.app, signInEntries(signIn))];
  const sent = findCode(
    repo,
    reached.filter((path) => CODE.test(path) && !isClient(repo.peek(path) ?? '')),
    SENDS_PASSWORD,
  );
  return sent && !findCode(repo, repo.find(CODE), KEEPS_PASSWORDS) ? sent.path : undefined;
}

const CODE = /\.[cm]?[jt]sx?$/;

/** Reads what the app has of a way back in. */
export function recoveryOf(repo: Repo, signIn: SignIn): Recovery {
  const { base } = signIn;
  const pages = namedPages(base.app).map(({ path }) => path);
  const servers = serverFiles(repo, signIn);
  const texts = new Map(servers.map((path) => [path, withoutComments(repo, path)]));
  const around = [...reachableFrom(repo, base.app, servers)].filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  const has = (pattern: RegExp) => findCode(repo, around, pattern) !== undefined;
  const request = pick(texts, (path, text) => isRequest(path, text));
  const reset = pick(texts, (path, text) => isReset(path, text));
  const askPage = pages.find((path) => /forgot|recover|reset/i.test(path) && repo.mentions(path, /email/i));
  // A thin page called `reset` is the one that asks where its form has an address in it and no password.
  const resetPages = pages.filter((path) => /reset/i.test(path));
  const asks = (path: string) => {
    const near = [...reachableFrom(repo, base.app, [path])].filter((each) => RESET_PATH.test(each));
    return findCode(repo, near, EMAIL_FIELD) !== undefined && !findCode(repo, near, PASSWORD_FIELD);
  };
  const other = somebodyElse(repo, signIn, servers);
  // A link that lets people in without a password leaves a reset of one's own as good or bad as it is.
  const isLibrarys = signIn.configs.some(({ path }) => path === request?.path);
  const isOwn = request !== undefined && reset !== undefined && !isLibrarys && other?.isLink;
  return {
    by: isOwn ? undefined : other?.reason,
    request,
    reset,
    askPage: askPage ?? pages.find((path) => /forgot|recover/i.test(path)) ?? resetPages.find(asks),
    resetPage:
      pages.find((path) => path !== askPage && RESET_PAGE.test(path)) ??
      findCode(
        repo,
        clientFiles(repo, base.code),
        /newPassword|confirmPassword[\s\S]*reset|\?token=|get\(['"]token['"]\)/,
      )?.path,
    mails: has(MAILS),
    expires: has(EXPIRES),
    digests: has(DIGESTS_TOKEN) || [request, reset].some((handler) => isDigested(repo, handler)),
    singleUse: has(ENDS),
  };
}

function isRequest(path: string, text: string): number | undefined {
  const token = MAKES_TOKEN.exec(text);
  if (token) return token.index;
  const isNamed = /forgot|request/i.test(path) && /\bPOST\b|export default|['"]use server['"]/.test(text);
  return isNamed ? Math.max(text.search(/export/), 0) : undefined;
}

function isReset(_path: string, text: string): number | undefined {
  const isTokenRead = /token/i.test(text);
  const sets = SETS_PASSWORD.exec(text);
  return isTokenRead && sets && /update|set|save|\bPATCH\b|insert|put/i.test(text) ? sets.index : undefined;
}

function pick(
  texts: ReadonlyMap<string, string>,
  find: (path: string, text: string) => number | undefined,
): Handler | undefined {
  for (const [path, text] of texts) {
    const at = find(path, text);
    if (at !== undefined) return { path, at };
  }
  return undefined;
}

/** Handlers, server actions and routers that speak of resetting a password. */
function serverFiles(repo: Repo, { base }: SignIn): readonly string[] {
  return base.code.filter((path) => {
    const text = repo.peek(path) ?? '';
    if (isClient(text) || /schema|migrations?\//.test(path)) return false;
    if (!/password/i.test(path) && !/password/i.test(text)) return false;
    if (!RESET_PATH.test(path) && !RESET_CODE.test(text)) return false;
    if (isPage(base.app, path) && !/['"]use server['"]/.test(text)) return false;
    return RESET_CODE.test(blankComments(text)) || RESET_PATH.test(path);
  });
}

function isDigested(repo: Repo, handler: Handler | undefined): boolean {
  return handler !== undefined && findCode(repo, [handler.path], DIGESTS) !== undefined;
}

function clientFiles(repo: Repo, paths: readonly string[]): readonly string[] {
  return paths.filter(
    (path) => /(reset|recover|new-?password)/i.test(path) && repo.mentions(path, /<input|<Input|useForm/),
  );
}

function somebodyElse(repo: Repo, signIn: SignIn, servers: readonly string[]): Helper | undefined {
  const { base, hosted, configs } = signIn;
  const configPaths = configs.map(({ path }) => path);
  // Beside passwords of the app's own, an identity provider lets only its own people back in.
  const hasOwn = findCode(repo, configPaths, OWN_PASSWORDS) !== undefined;
  if (hosted && COMPLETE.test(hosted.name) && !(hasOwn && hosted.name === IDENTITY_PROVIDER))
    return { reason: `${hosted.name} lets people back in (${hosted.place.path})` };
  const isBetter = findCode(repo, configPaths, /\bsendResetPassword\b/);
  const isService = (hosted && hosted.name !== IDENTITY_PROVIDER) || isBetter;
  const call = isService ? findCode(repo, base.code, SERVICE_CALL) : undefined;
  if (call)
    return {
      reason: `${isBetter ? 'better-auth' : hosted?.name} mails and checks the reset (${call.path})`,
    };
  const link = findCode(repo, hosted ? base.code : reachableFrom(repo, base.app, configPaths), MAGIC_LINK);
  if (link)
    return { reason: `a link by e-mail lets people in without a password (${link.path})`, isLink: true };
  const left = passwordLeaves(repo, signIn);
  if (left !== undefined) return { reason: `another service keeps the passwords (${left})` };
  const isElsewhere = isCheckedElsewhere(repo, signIn);
  const backend = isElsewhere
    ? findCode(repo, base.code, POSTS_RESET)
    : findCode(repo, [...servers, ...clientFilesOfReset(repo, base.code)], BACKEND);
  return backend && { reason: `another service resets the password (${backend.path})` };
}

/** Who lets people back in, in the app's stead. */
interface Helper {
  readonly reason: string;
  readonly isLink?: true;
}

const IDENTITY_PROVIDER = 'an identity provider';
const OWN_PASSWORDS = /\bCredentials(?:Provider)?\([\s\S]{0,600}?\bpassword\b/;

function clientFilesOfReset(repo: Repo, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => RESET_PATH.test(path) && isClient(repo.peek(path) ?? ''));
}
