import type { Repo } from '../../src/contract.ts';
import { documentOf, envFileValues } from '../../src/read/env-file.ts';
import { basename } from '../../src/repo/paths.ts';
import type { Blank } from './blank-environment.ts';

/** What must not be so when a stack is started with another env file than before. */
export interface DeployCheck {
  /** In words, as in "stops while …". */
  readonly unwanted: string;
  /** As lines of a shell script; `file` is the word for the env file, to stand between double quotes. */
  shell(file: string, indent: string): ShellCheck;
}

export interface ShellCheck {
  readonly comment?: string;
  /** What has to be found out first. */
  readonly before?: readonly string[];
  readonly condition: string;
  readonly message: string;
}

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
/** What may stand behind a value. */
const END = `([[:space:]]+#.*)?[[:space:]]*$`;

/** A variable as the example has it. */
interface Example {
  readonly name: string;
  /** Anybody can read it. */
  readonly published: string;
}

type Message = (example: Example, word: string) => string;

/** The names that Compose fills in, `${NAME}` or `$NAME`. */
export function filledNames(stack: string): readonly string[] {
  return [...stack.matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)/g)].flatMap(([, name]) => name ?? []);
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
    ...others.map((secret) => exampleCheck(secret, file, secretMessage)),
    ...examplesIn(repo, file, OWN_ADDRESS, NOBODYS_ADDRESS).map((address) =>
      exampleCheck(address, file, addressMessage),
    ),
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

/**
 * Compose read `old`, which lies beside the file that it is handed.
 * @param stack the text of the Compose file: what it is not filled with may stay behind
 */
export function oldFileCheck(old: string, file: string, stack: string): DeployCheck {
  const names = [...new Set([...filledNames(stack), 'COMPOSE_PROJECT_NAME', 'COMPOSE_PROFILES'])].sort();
  return {
    unwanted: `${old} sets what ${file} does not`,
    shell(word, indent) {
      const path = word.endsWith(basename(file))
        ? `${word.slice(0, -basename(file).length)}${basename(old)}`
        : `$(dirname "${word}")/${basename(old)}`;
      return {
        comment: 'Compose reads no .env of its own once a file is named.',
        before: [
          'LEFT_BEHIND=""',
          `if [ -f "${path}" ]; then`,
          `${indent}for NAME in ${inLines(names, indent)}; do`,
          `${indent}${indent}if grep -q "^\${NAME}=." "${path}" && ! grep -q "^\${NAME}=." "${word}"; then`,
          `${indent}${indent}${indent}LEFT_BEHIND="\${LEFT_BEHIND} \${NAME}"`,
          `${indent}${indent}fi`,
          `${indent}done`,
          'fi',
        ],
        condition: '[ -n "$LEFT_BEHIND" ]',
        message: `Compose no longer reads ${path}. Copy these from it to ${word}:\${LEFT_BEHIND}`,
      };
    },
  };
}

/** Nobody signs in without it, and whoever knows it signs in as anybody. */
function signInCheck({ name, published }: Example, file: string): DeployCheck {
  const known = PLAIN.test(published) ? published : '';
  return {
    unwanted: `${name} in ${file} is empty${known === '' ? '' : ' or still the value of the example'}`,
    shell: (word, indent) => ({
      condition: `! grep -q '^${name}=' "${word}" ||\n${indent}${hasValue(name, known === '' ? '' : `(${literal(known)})?`, word)}`,
      message: secretMessage({ name }, word),
    }),
  };
}

/** A value that may be left empty, where nothing asks for it, but not as it is published. */
function exampleCheck({ name, published }: Example, file: string, message: Message): DeployCheck {
  return {
    unwanted: `${name} in ${file} is still the value of the example`,
    shell: (word) => ({
      condition: hasValue(name, literal(published), word),
      message: message({ name, published }, word),
    }),
  };
}

/** Without a word of the operator sign-up is closed, and whoever came with Google before is a stranger now. */
function signUpCheck(file: string): DeployCheck {
  return {
    unwanted: `SIGN_UP in ${file} is neither open nor closed`,
    shell: (word) => ({
      condition: `! ${hasValue('SIGN_UP', '(open|closed)', word)}`,
      message: `Set SIGN_UP in ${word} to open or closed. Until it is open, only owners get a new account, with Google too.`,
    }),
  };
}

function hasValue(name: string, value: string, word: string): string {
  return `grep -Eq "^${name}=[\\"']?${value}[\\"']?${END}" "${word}"`;
}

function literal(value: string): string {
  return value.replace(/[.+]/g, '[$&]');
}

function secretMessage({ name }: Pick<Example, 'name'>, word: string): string {
  return `Set ${name} in ${word} to a secret of its own: openssl rand -hex 32`;
}

function addressMessage({ name, published }: Example, word: string): string {
  return `Set ${name} in ${word}: ${published} is only the example's.`;
}

const WIDTH = 100;

/** Words in lines of a readable length; the shell reads them as one list. */
function inLines(words: readonly string[], indent: string): string {
  const lines = words.reduce<string[]>((all, word) => {
    const last = all.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
    return all;
  }, []);
  return lines.join(` \\\n${indent}${indent}`);
}
