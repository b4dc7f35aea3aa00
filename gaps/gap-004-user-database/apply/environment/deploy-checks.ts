import type { Repo } from '../../../../src/contract.ts';
import { documentOf, envFileValues } from '../../../../src/read/deploy/env-file.ts';
import type { Blank } from '../../read/blank-environment.ts';
import { type DeployCheck, READER, stopIf } from './shell-checks.ts';

/** What else the run changes about the app that the file is for. */
export interface Deployment {
  /** The app keeps its users from now on, so that nobody has an account yet. */
  readonly isUserStoreNew: boolean;
}

const SIGN_IN_SECRET = /^(?:NEXTAUTH|AUTH)_SECRET$/;
const SECRET = /(?:^|_)(?:SECRET|KEY|TOKEN|PASSWORD)$/;
/** A value that asks for another one of one's own making. */
const PLACEHOLDER = /^(?:generate|random|change|replace)(?:[-_ ]|me\b|this\b)/i;
/** Where mails lead to, and who gets in as an owner: with the example's value both are a stranger's. */
const OWN_ADDRESS = /^(?:NEXTAUTH|AUTH)_URL$|^(?:OWNER|ADMIN)_EMAILS?$/;
const NOBODYS_ADDRESS =
  /\b(?:your?|my)[-_.]?(?:domain|site|host|app|company|email|name|address)|\byour?@|@(?:email|yourdomain)\.|\bexample\.(?:com|org|net)\b/i;
/** Characters that a shell leaves alone between double quotes. */
const PLAIN = /^[\w.+/=<>:@, -]*$/;

/** A variable as the example has it. */
interface Example {
  readonly name: string;
  /** Anybody can read it. */
  readonly published: string;
}

/** Everything but the old file, which depends on how the stack is called. */
export function checksOf(
  repo: Repo,
  blanks: readonly Blank[],
  file: string,
  { isUserStoreNew }: Deployment,
): readonly DeployCheck[] {
  const signIn = signInSecretsOf(repo, blanks, file);
  const others = examplesIn(repo, file, SECRET, PLACEHOLDER).filter(({ name }) =>
    signIn.every((known) => known.name !== name),
  );
  return [
    ...signIn.map((secret) => signInCheck(secret, file)),
    ...others.map((secret) => secretCheck(secret, file)),
    ...examplesIn(repo, file, OWN_ADDRESS, NOBODYS_ADDRESS).map((address) => addressCheck(address, file)),
    ...(isUserStoreNew ? [signUpCheck(file)] : []),
  ];
}

/** The sign-in secrets that the app is handed from now on, as the example has them. */
export function signInSecretsOf(repo: Repo, blanks: readonly Blank[], file: string): readonly Example[] {
  const values = valuesOf(repo, file);
  const names = blanks
    .filter((blank) => blank.file === file && !blank.isBuilt && SIGN_IN_SECRET.test(blank.name))
    .flatMap(({ answer }) => answer.names);
  return [...new Set(names)].map((name) => ({ name, published: values.get(name) ?? '' }));
}

/** The variables whose example has a value that nobody should deploy. */
function examplesIn(repo: Repo, file: string, names: RegExp, values: RegExp): readonly Example[] {
  return [...valuesOf(repo, file)]
    .filter(([name, value]) => names.test(name) && values.test(value) && PLAIN.test(value))
    .map(([name, published]) => ({ name, published }));
}

function valuesOf(repo: Repo, file: string): ReadonlyMap<string, string> {
  const document = documentOf(repo, file);
  return envFileValues(document === undefined ? '' : repo.text(document));
}

/** Nobody signs in without it, and whoever knows it signs in as anybody. */
function signInCheck({ name, published }: Example, file: string): DeployCheck {
  const known = PLAIN.test(published) ? published : '';
  return {
    unwanted: `${name} in ${file} is empty${known === '' ? '' : ' or still the value of the example'}`,
    shell: (word, indent) =>
      stopIf(['""', ...(known === '' ? [] : [`"${known}"`])], name, word, indent, SECRET_WORDS),
  };
}

/** A secret that may be left empty, where nothing asks for it, but not as it is published. */
function secretCheck({ name, published }: Example, file: string): DeployCheck {
  return {
    unwanted: `${name} in ${file} is still the value of the example`,
    shell: (word, indent) => stopIf([`"${published}"`], name, word, indent, SECRET_WORDS),
  };
}

/** The example's address, also as one of several, or with another scheme or a path. */
function addressCheck({ name, published }: Example, file: string): DeployCheck {
  const address = published.replace(/^https?:\/\/|(?<!\/)\/+$/g, '');
  return {
    unwanted: `${name} in ${file} is still the value of the example`,
    shell: (word, indent) =>
      stopIf([`*"${address}"*`], name, word, indent, `: ${address} is only the example's.`),
  };
}

/** Without a word of the operator sign-up is closed, and whoever came with Google before is a stranger now. */
function signUpCheck(file: string): DeployCheck {
  return {
    unwanted: `SIGN_UP in ${file} is neither open nor closed`,
    shell: (word, indent) => (stop) => [
      `case "$(${READER} SIGN_UP "${word}")" in`,
      `open | closed) ;;`,
      '*)',
      ...stop(
        `Set SIGN_UP in ${word} to open or closed. Until it is open, only owners get a new account, with Google too.`,
      ).map((line) => indent + line),
      `${indent};;`,
      'esac',
    ],
  };
}

const SECRET_WORDS = ' to a secret of its own: openssl rand -hex 32';
