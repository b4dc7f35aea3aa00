import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import type { SignIn } from '../../../src/read/sign-in/sign-in.ts';

/** A handler of this repository, outside of the app, that serves an address which the app asks. */
export interface Backend {
  readonly path: string;
  readonly address: string;
}

const SERVERS = /(?<!\.d)\.(?:[cm]?[jt]s|py|go|rb|php|java|kt|cs|rs|exs?)$/;
const NO_SERVERS =
  /(^|\/)(?:tests?|__tests__|e2e|cypress|playwright|mocks?|__mocks__|msw|fixtures?|examples?|docs?|node_modules|dist|build|vendor)\/|[._-](?:test|spec|mock)s?\.\w+$|(^|\/)test_\w+\.py$/i;
/** What a route of sign-in or of a reset is called. */
const NAMED = '(?:log-?_?in|sign-?_?in|authenticate|token|password|forg[eo]t|reset|recover)';
/** `app.post('/login')`, `@Post('login')`, `@router.post("/login")`, `@PostMapping("/login")`, `Route::post('/login')`. */
const SERVES = new RegExp(
  `(?:@|\\.|::)(?:post|put|route|PostMapping|HandleFunc)(?:<[^>()]{0,80}>)?\\(\\s{0,20}['"\`]([\\w/:{}<>.-]{0,60}${NAMED}[\\w/:{}<>.-]{0,60})['"\`]`,
  'gi',
);
const LITERAL = /['"`]([^'"`\s]{2,160})['"`]/g;
const ASKED = new RegExp(NAMED, 'i');

/** The handler that serves one of the addresses that these files of the app ask. */
export function backendOf(repo: Repo, { base }: SignIn, asking: readonly string[]): Backend | undefined {
  const asked = asking.flatMap((path) => addressesIn(withoutComments(repo, path)));
  if (asked.length === 0) return undefined;
  const own = new Set(base.code);
  for (const path of repo.find(SERVERS)) {
    if (own.has(path) || NO_SERVERS.test(path) || !repo.mentions(path, ONE)) continue;
    for (const [, served = ''] of withoutComments(repo, path).matchAll(SERVES))
      if (asked.some((address) => isSame(address, partsOf(served)))) return { path, address: served };
  }
  return undefined;
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
