import type { Repo } from '../../../../src/contract.ts';
import { documentOf, envFileValues } from '../../../../src/read/deploy/env-file.ts';
import { basename } from '../../../../src/repo/paths.ts';
import type { Blank } from '../../read/blank-environment.ts';

/** What must not be so when a stack is started with another env file than before. */
export interface DeployCheck {
  /** In words, as in "stops while …". */
  readonly unwanted: string;
  /** As lines of a shell script; `file` is the word for the env file, to stand between double quotes. */
  shell(file: string, indent: string): ShellCheck;
}

/** Lines that end with a complaint; `stop` writes it, in the words of the script, and ends the script. */
export type ShellCheck = (stop: (message: string) => readonly string[]) => readonly string[];

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
      return (stop) => [
        '# Compose reads no .env of its own once a file is named.',
        'LEFT_BEHIND=""',
        `if [ -f "${path}" ]; then`,
        `${indent}for NAME in ${inLines(names, indent)}; do`,
        `${indent}${indent}OLD_VALUE="$(${READER} "$NAME" "${path}")"`,
        `${indent}${indent}if [ -n "$OLD_VALUE" ] && [ "$OLD_VALUE" != "$(${READER} "$NAME" "${word}")" ]; then`,
        `${indent}${indent}${indent}LEFT_BEHIND="$LEFT_BEHIND $NAME"`,
        `${indent}${indent}fi`,
        `${indent}done`,
        'fi',
        'if [ -n "$LEFT_BEHIND" ]; then',
        ...stop(
          `Compose no longer reads ${path}. Copy these from it to ${word}, or remove them from it:$LEFT_BEHIND`,
        ).map((line) => indent + line),
        'fi',
      ];
    },
  };
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

function stopIf(
  patterns: readonly string[],
  name: string,
  word: string,
  indent: string,
  words: string,
): ShellCheck {
  return (stop) => [
    `case "$(${READER} ${name} "${word}")" in`,
    `${patterns.join(' | ')})`,
    ...stop(`Set ${name} in ${word}${words}`).map((line) => indent + line),
    `${indent};;`,
    'esac',
  ];
}

const READER = 'env_file_value';

/** The function with which the checks read a value: without quotes, comments and blanks; the last line has the word. */
export function readerLines(indent: string): readonly string[] {
  return [
    `# ${READER} NAME FILE: the value that Compose reads.`,
    `${READER}() {`,
    `${indent}sed -n "s/^[[:space:]]*\\(export[[:space:]]\\{1,\\}\\)\\{0,1\\}$1[[:space:]]*=[[:space:]]*//p" "$2" | tail -n 1 |`,
    `${indent}${indent}sed -e 's/^#.*//' -e 's/[[:space:]]\\{1,\\}#.*//' -e 's/[[:space:]]*$//' -e "s/^\\([\\"']\\)\\(.*\\)\\1$/\\2/" \\`,
    `${indent}${indent}${indent}-e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//'`,
    '}',
  ];
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
