import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { type FormName, findInertForms, type InertForm } from '../../src/read/product/inert-forms.ts';
import { type Accounts, accountsOf } from '../../src/read/sign-in/accounts.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { dirname } from '../../src/repo/paths.ts';
import { type Backend, backendAsked, resetServer } from './read/own-backend.ts';
import { asksForPassword } from './read/password-login.ts';
import { findReset, type Reset, resetFiles, reusableResets } from './read/recovery.ts';
import type { Handler } from './read/reset-code.ts';
import { type ResetPages, resetPagesOf } from './read/reset-pages.ts';
import { findRequest, otherRequests, type ResetRequest, rawRequests } from './read/reset-requests.ts';
import { backendCode, codeBeside, somebodyElse } from './read/somebody-else.ts';
import { type Takeover, takeoverRoutes } from './read/takeover-routes.ts';

/** What one app has of a way back in for whoever forgot the password. */
export interface AppRecovery {
  readonly signIn: SignIn;
  /** Somebody else does it, in words; undefined where the app must. */
  readonly by: string | undefined;
  /** What is said to be somebody else, and stands in this repository. */
  readonly backend: Backend | undefined;
  /** The file of this repository outside of the app that serves the reset which its pages ask for by some client. */
  readonly server: string | undefined;
  /** Where that makes tokens that it keeps as they are. */
  readonly served: readonly ResetRequest[];
  /** Where a backend sets a password by a signed token that it does not end. */
  readonly servedAgain: readonly Handler[];
  readonly inertForms: readonly InertForm[];
  readonly pages: ResetPages;
  readonly request: ResetRequest | undefined;
  /** Where else a token of a reset is made. */
  readonly others: readonly ResetRequest[];
  readonly reset: Reset | undefined;
  readonly takeovers: readonly Takeover[];
}

/** The ways back in of a repository, an app in which people sign in with a password each. */
export interface RecoveryState {
  readonly repo: Repo;
  readonly apps: readonly AppRecovery[];
}

const FORMS: readonly FormName[] = [
  [/forg[eo]t|recover|lost/i, 'forgotten-password'],
  [/^(reset|new|set)-?password$|^reset$/i, 'new-password'],
];

/** Reads the ways back in; not applicable where nobody has a password that could be forgotten. */
export function readRecovery(repo: Repo): RecoveryState | NotApplicable | Unknown {
  const asking = repo.layout.apps
    .flatMap((app) => findSignIn(repo, app) ?? [])
    .map((signIn) => accountsOf(repo, signIn))
    .filter((accounts) => asksForPassword(repo, accounts));
  if (asking.length === 0) return notApplicable('no Next.js app in which people sign in with a password');
  const forgettable = asking.filter(({ passwords }) => passwords?.kind !== 'environment');
  if (forgettable.length === 0) return notApplicable(operatorReason(asking));
  const apps = forgettable.map((accounts) => recoveryOf(repo, accounts));
  return unread(apps) ?? { repo, apps };
}

/** Where nothing else is the matter, a backend in a folder of this repository leaves open what it does. */
function unread(apps: readonly AppRecovery[]): Unknown | undefined {
  const isMore = apps.some(
    ({ by, inertForms, takeovers, served, servedAgain }) =>
      by === undefined || inertForms.length + takeovers.length + served.length + servedAgain.length > 0,
  );
  const [first] = apps.flatMap(({ backend }) => backend ?? []);
  return first && !isMore
    ? unknown(
        `${first.path} serves ${first.address}: the passwords are kept in ${dirname(first.path)}, which is part of this repository, and how people get back in there is not read`,
      )
    : undefined;
}

function operatorReason(asking: readonly Accounts[]): string {
  const said = asking.flatMap(({ passwords }) =>
    passwords?.kind === 'environment' ? [`${passwords.name} (${passwords.path})`] : [],
  );
  return `the password is the operator's, who sets it in the environment: ${said.join(', ')}`;
}

function recoveryOf(repo: Repo, accounts: Accounts): AppRecovery {
  const { signIn } = accounts;
  const { base } = signIn;
  const servers = backendCode(repo, accounts);
  const files = resetFiles(repo, base, [...base.code, ...servers]);
  const other = somebodyElse(repo, accounts, files);
  const asking = other?.asking ?? (accounts.passwords?.kind === 'service' ? [accounts.passwords.path] : []);
  const asked = backendAsked(repo, signIn, asking);
  // Where the app asks nobody for a reset, a backend counts as the place at which one is missing.
  const backend = other || asked?.letsNobodyIn ? asked : undefined;
  const beside = backend ? codeBeside(repo, backend.path) : [];
  const request = findRequest(repo, base, files);
  const reset = findReset(repo, base, files);
  const pages = resetPagesOf(repo, signIn);
  const isServed = !other && !backend && !request && !reset;
  const server = isServed ? resetServer(repo, signIn) : undefined;
  return {
    signIn,
    by: backend?.letsNobodyIn ? undefined : ((backend && servedBy(backend)) ?? other?.by),
    backend,
    server,
    served: rawRequests(repo, base, resetFiles(repo, base, beside)),
    servedAgain: reusableResets(repo, base, [...new Set([...servers, ...beside])]),
    inertForms: findInertForms(repo, base.app, FORMS),
    pages,
    request,
    others: otherRequests(repo, base, files, request),
    reset,
    takeovers: takeoverRoutes(repo, base),
  };
}

function servedBy({ path, address }: Backend): string {
  return `a backend of this repository serves ${address} (${path})`;
}
