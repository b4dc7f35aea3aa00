import type { Repo } from '../../../src/contract.ts';
import { findCode } from '../../../src/read/code/code-base.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import type { SignIn } from '../../../src/read/sign-in/sign-in.ts';

/** A handler of this repository, outside of the app, that serves an address which the app asks. */
export interface Backend {
  readonly path: string;
  readonly at: number;
  readonly address: string;
  /** It keeps the passwords, and no server of the repository speaks of a forgotten one. */
  readonly letsNobodyIn: boolean;
}

const SERVERS = /(?<!\.d)\.(?:[cm]?[jt]s|py|go|rb|php|java|kt|cs|rs|exs?)$/;
const NO_SERVERS =
  /(^|\/)(?:tests?|__tests__|e2e|cypress|playwright|mocks?|__mocks__|msw|fixtures?|examples?|docs?|node_modules|dist|build|vendor|s?venv|\.venv|site-packages)\/|[._-](?:test|spec|mock)s?\.\w+$|(^|\/)test_\w+\.py$/i;
/** What a route of sign-in or of a reset is called. */
const NAMED = '(?:log-?_?in|sign-?_?in|authenticate|token|password|forg[eo]t|reset|recover)';
/** `app.post('/login')`, `@Post('login')`, `@router.post("/login")`, `@PostMapping("/login")`, `Route::post('/login')`. */
const SERVES = new RegExp(
  `(?:@|\\.|::)(?:post|put|route|PostMapping|HandleFunc)(?:<[^>()]{0,80}>)?\\(\\s{0,20}['"\`]([\\w/:{}<>.-]{0,60}${NAMED}[\\w/:{}<>.-]{0,60})['"\`]`,
  'gi',
);
const LITERAL = /['"`]([^'"`\s]{2,160})['"`]/g;
const ASKED = new RegExp(NAMED, 'i');

/** Code that sends what people type to sign in. */
const SENDS_SIGN_IN =
  /\b(?:fetch|post|request|axios|mutate)\w{0,20}\([^)]{0,120}(?:log-?in|sign-?in|password)/i;

/** The handler that serves one of the addresses that these files of the app ask, or any other file that signs in. */
export function backendAsked(repo: Repo, signIn: SignIn, asking: readonly string[]): Backend | undefined {
  if (asking.length === 0) return undefined;
  const others = () => signIn.base.code.filter((path) => repo.mentions(path, SENDS_SIGN_IN));
  return backendOf(repo, signIn, asking) ?? backendOf(repo, signIn, others());
}

function backendOf(repo: Repo, { base }: SignIn, asking: readonly string[]): Backend | undefined {
  const asked = asking.flatMap((path) => addressesIn(withoutComments(repo, path)));
  if (asked.length === 0) return undefined;
  const own = new Set(base.code);
  for (const path of repo.find(SERVERS)) {
    if (own.has(path) || NO_SERVERS.test(path) || !repo.mentions(path, ONE)) continue;
    for (const { 1: served = '', index } of withoutComments(repo, path).matchAll(SERVES))
      if (asked.some((address) => isSame(address, partsOf(served))))
        return { path, at: index, address: served, letsNobodyIn: letsNobodyIn(repo, own) };
  }
  return undefined;
}

const SERVES_RESET =
  /(?:@|\.|::)(?:post|put|route|PostMapping|HandleFunc)(?:<[^>()]{0,80}>)?\(\s{0,20}['"`]([\w/:{}<>.-]{0,60}(?:forg[eo]t|reset|recover)[\w/:{}<>.-]{0,60})['"`]/i;
const LIBRARY_RESET = /\bsendResetPassword\b/;

/** What of this repository, outside of the app, serves the reset that its pages ask for by a client of their own. */
export function resetServer(repo: Repo, { base }: SignIn): string | undefined {
  const own = new Set(base.code);
  const servers = repo.find(SERVERS).filter((path) => !own.has(path) && !NO_SERVERS.test(path));
  const speaking = servers.filter((path) => repo.mentions(path, WAY_BACK));
  return (
    findCode(repo, speaking, SERVES_RESET)?.path ??
    findCode(
      repo,
      servers.filter((path) => repo.mentions(path, 'betterAuth')),
      LIBRARY_RESET,
    )?.path
  );
}

const HASHES_PASSWORDS =
  /bcrypt|argon2|pbkdf2|scrypt|passlib|pwdlib|CompareHashAndPassword|(?:hash|verify|check)_?password|password_?hash|PasswordEncoder|has_secure_password/i;
const WAY_BACK =
  /forg[eo]t|(?:reset|recover|lost)\w{0,12}[-_ ]?pass|pass(?:word|wd)?[-_ ]?(?:reset|recover)|reset[-_]?token/i;

/** A word of it anywhere, be it in a comment, leaves open what there is. */
function letsNobodyIn(repo: Repo, own: ReadonlySet<string>): boolean {
  const servers = repo.find(SERVERS).filter((path) => !own.has(path) && !NO_SERVERS.test(path));
  return (
    servers.some((path) => repo.mentions(path, HASHES_PASSWORDS)) &&
    !servers.some((path) => WAY_BACK.test(path) || repo.mentions(path, WAY_BACK))
  );
}

const ONE = new RegExp(SERVES.source, 'i');

function addressesIn(code: string): readonly (readonly string[])[] {
  return [...code.matchAll(LITERAL)]
    .flatMap(([, text = '']) =>
      ASKED.test(text) && text.includes('/') && !/^(?:\.|@|~)/.test(text) ? [partsOf(text)] : [],
    )
    .filter((parts) => parts.length > 0);
}

/** The fixed parts of an address, without its host and what stands behind it. */
function partsOf(address: string): readonly string[] {
  const [path = ''] = address.replace(/^https?:\/\/[^/]*/, '').split(/[?#]/, 1);
  return path
    .split('/')
    .filter((part) => part !== '' && !/[${}:<>]/.test(part))
    .map((part) => part.toLowerCase());
}

/** What is served is often told without what stands before it. */
function isSame(asked: readonly string[], served: readonly string[]): boolean {
  const most = Math.min(asked.length, served.length, 2);
  return most > 0 && asked.slice(-most).join('/') === served.slice(-most).join('/');
}
