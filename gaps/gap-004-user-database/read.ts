import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import type { Place } from '../../src/read/code/code-base.ts';
import { type FormName, findInertForms, type InertForm } from '../../src/read/product/inert-forms.ts';
import { type Accounts, accountsOf } from '../../src/read/sign-in/accounts.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { findUnseenImport } from '../../src/read/sign-in/unseen-imports.ts';
import { type Blank, blanksOf } from './read/blank-environment.ts';
import { findDeclaredUsers } from './read/declared-users.ts';
import { type ForeignPort, foreignPorts } from './read/foreign-port.ts';

/** The users of one app: who keeps them, how they get in, and what the deployed stack leaves of sign-in. */
export interface AppUsers {
  readonly signIn: SignIn;
  readonly accounts: Accounts;
  /** Where users are declared that sign-in does not ask for; undefined where it keeps them, too. */
  readonly declared: Place | undefined;
  readonly inertForms: readonly InertForm[];
  /** Variables that the stack lays a blank over. */
  readonly blanks: readonly Blank[];
  /** Services of the app that listen where nobody asks. */
  readonly ports: readonly ForeignPort[];
}

/** The users of a repository, app by app. */
export interface UsersState {
  readonly repo: Repo;
  readonly apps: readonly AppUsers[];
}

const FORMS: readonly FormName[] = [
  [/^(log-?in|sign-?in)$/i, 'sign-in'],
  [/^(register|sign-?up)$/i, 'sign-up'],
  [/^(settings|profile|account|edit-?profile)$/i, 'settings'],
];

/** Reads the users of every app in which people sign in; unknown where what would keep them is not there to be read. */
export function readUsers(repo: Repo): UsersState | NotApplicable | Unknown {
  const signIns = repo.layout.apps.flatMap((app) => findSignIn(repo, app) ?? []);
  if (signIns.length === 0) return notApplicable('no Next.js app with sign-in');
  const apps = signIns.map((signIn) => usersOf(repo, signIn));
  return unseen(repo, apps) ?? { repo, apps };
}

/** Where nothing else is the matter, an import that leads nowhere leaves open who keeps the users. */
function unseen(repo: Repo, apps: readonly AppUsers[]): Unknown | undefined {
  const isMore = apps.some(
    ({ accounts, inertForms, blanks, ports, declared }) =>
      declared !== undefined || accounts.open.length + inertForms.length + blanks.length + ports.length > 0,
  );
  const without = apps.filter(({ accounts }) => accounts.users === undefined);
  const hidden = without.flatMap(({ signIn }) => findUnseenImport(repo, signIn) ?? []);
  const [first] = hidden;
  return first && !isMore && hidden.length === without.length
    ? unknown(
        `${first.path} imports ${first.specifier}, which is not in this repository; who keeps the users stands there`,
      )
    : undefined;
}

function usersOf(repo: Repo, signIn: SignIn): AppUsers {
  const { app } = signIn.base;
  const accounts = accountsOf(repo, signIn);
  return {
    signIn,
    accounts,
    declared: accounts.users ? undefined : findDeclaredUsers(repo, signIn),
    inertForms: findInertForms(repo, app, FORMS),
    blanks: blanksOf(repo, app),
    ports: foreignPorts(repo, app),
  };
}
