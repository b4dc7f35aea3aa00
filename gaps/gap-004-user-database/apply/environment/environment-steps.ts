import type { ManualStep, Repo } from '../../../../src/contract.ts';
import { placeInWords } from '../../../../src/read/code/place-in-words.ts';
import { composeModel } from '../../../../src/read/deploy/compose.ts';
import { documentOf, envFileValues } from '../../../../src/read/deploy/env-file.ts';
import type { Found } from '../../../../src/read/deploy/project-environment.ts';
import { escaped } from '../../../../src/repo/escaped.ts';
import { basename } from '../../../../src/repo/paths.ts';
import type { Blank } from '../../read/blank-environment.ts';
import { checksOf, type Deployment, signInSecretsOf } from './deploy-checks.ts';
import { filledNames, oldFileCheck } from './old-file-check.ts';

/** What the people who run the stack should know before the next deployment. */
export function changedStep(
  repo: Repo,
  blanks: readonly Blank[],
  guarded: readonly string[],
  deployment: Deployment,
): ManualStep {
  const [files, stack] = [list(blanks.map(({ file }) => file)), blanks[0]?.deployed.path ?? ''];
  const changed = changedNames(repo, blanks);
  const instead = list(replacedFiles(blanks));
  const others = changed.length === 0 ? '' : ` (${some(changed)} as well)`;
  const lost = instead === '' ? '' : `, and no longer from ${instead}: move over what stands only there`;
  const redis = usesRedisPassword(repo, stack, changed)
    ? '; Redis takes its password from its command line at every start, so that its data stay readable'
    : '';
  const stops =
    guarded.length === 0
      ? ''
      : ` ${list(guarded)} stops while ${unwanted(repo, blanks, deployment).join(', or while ')}.`;
  return {
    title: `Before the next deployment, read ${files} on the server: from then on Compose fills every \${…} of ${stack} from it${others}${lost}`,
    why: `Until now these were blank or had their defaults, whatever the file said${redis}.${stops}`,
    seenBy: `docker compose --env-file ${files} -f ${stack} config prints the values; it cannot be seen in the repository.`,
  };
}

/** The files that Compose read by itself, and no longer reads. */
function replacedFiles(blanks: readonly Blank[]): readonly string[] {
  const files = blanks.flatMap(({ deployed: { commands, project } }) =>
    commands.some(({ envFiles }) => envFiles === undefined) ? project.files : [],
  );
  return [...new Set(files)];
}

/** What must not be so when the stack is started with the file. */
function unwanted(repo: Repo, blanks: readonly Blank[], deployment: Deployment): readonly string[] {
  const files = [...new Set(blanks.map(({ file }) => file))];
  const stack = [...new Set(blanks.map(({ deployed }) => deployed.path))]
    .map((path) => repo.text(path))
    .join('\n');
  return files
    .flatMap((file) => [
      ...replacedFiles(blanks).map((old) => oldFileCheck(old, file, stack)),
      ...checksOf(repo, blanks, file, deployment),
    ])
    .map((check) => check.unwanted);
}

/** A check for a person to write into a script that has no safe place for it. */
export function guardSteps(
  repo: Repo,
  blanks: readonly Blank[],
  scripts: readonly string[],
  deployment: Deployment,
): readonly ManualStep[] {
  const conditions = unwanted(repo, blanks, deployment);
  if (scripts.length === 0 || conditions.length === 0) return [];
  return [
    {
      title: `In ${list(scripts)}, stop before the first call of Compose while ${conditions.join(', or while ')}`,
      why: 'Compose would start the stack with defaults and blanks, or with a secret that everybody can read.',
      seenBy: 'The script ends with an error in each of these cases.',
    },
  ];
}

/** The app gets the secret from now on, also one that nobody has set. */
export function secretSteps(repo: Repo, blanks: readonly Blank[]): readonly ManualStep[] {
  const files = [...new Set(blanks.map(({ file }) => file))];
  return files.flatMap((file) =>
    signInSecretsOf(repo, blanks, file).map(({ name }) => ({
      title: `Before the next deployment, set ${name} in ${file} on the server to a secret of its own: openssl rand -hex 32`,
      why: 'Until now the app got a blank and let nobody sign in; with the value of the example anybody can forge a session.',
      seenBy: 'It cannot be seen in the repository.',
    })),
  );
}

/** Names that other services are filled with, and that the file has. */
function changedNames(repo: Repo, blanks: readonly Blank[]): readonly string[] {
  const own = new Set(blanks.map(({ name }) => name));
  const names = new Set<string>();
  for (const { deployed, file } of blanks) {
    const document = documentOf(repo, file);
    const known = envFileValues(document === undefined ? '' : repo.text(document));
    for (const name of filledNames(repo.text(deployed.path)))
      if (known.has(name) && !own.has(name) && isElsewhere(deployed.project.find(name), document))
        names.add(name);
  }
  return [...names].sort();
}

function isElsewhere(found: Found, document: string | undefined): boolean {
  return found.kind === 'unset' || (found.kind === 'value' && found.from !== document);
}

function usesRedisPassword(repo: Repo, path: string, names: readonly string[]): boolean {
  return composeModel(repo, { path }).services.some(({ value }) => {
    const command = JSON.stringify(value.command ?? '');
    return command.includes('requirepass') && names.some((name) => command.includes(name));
  });
}

const ELSEWHERE =
  /\.(?:md|mdx|service|timer|ya?ml)$|(^|\/)(?:Makefile|justfile|crontab|README)[\w.-]*$|(^|\/)cron\//;
const MOST = 4;

/** Other places that tell people, or a machine, to start the stack without the file. */
export function elsewhereSteps(repo: Repo, blanks: readonly Blank[]): readonly ManualStep[] {
  const stack = basename(blanks[0]?.deployed.path ?? '');
  const files = list(blanks.map(({ file }) => file));
  const starts = new RegExp(
    String.raw`compose\b(?![^\n]*--env-file)[^\n]{0,300}${escaped(stack)}[^\n]{0,300}\s(?:up|build|create|run)\b`,
    'g',
  );
  const places = repo.find(ELSEWHERE).flatMap((path) => {
    const text = repo.mentions(path, stack) ? (repo.peek(path) ?? '') : '';
    return [...text.matchAll(starts)].map(({ index }) => placeInWords(repo, path, index));
  });
  if (places.length === 0) return [];
  const more = places.length > MOST ? ` and ${places.length - MOST} more` : '';
  return [
    {
      title: `Add --env-file ${files} to the commands that start the stack in ${places.slice(0, MOST).join(', ')}${more}`,
      why: 'Whoever follows them starts the stack with blanks again. What is written for people is not edited.',
      seenBy: 'Each of these lines names --env-file.',
    },
  ];
}

/** What to write where neither the script nor the stack can be edited safely. */
export function optionStep(blanks: readonly Blank[], lost: readonly string[]): ManualStep {
  const { deployed } = blanks[0] ?? {};
  const files = list(blanks.map(({ file }) => file));
  const scripts = list(blanks.flatMap(({ deployed: { commands } }) => commands.map(({ script }) => script)));
  const moved = lost.length === 0 ? '' : `, after ${lost.join(', ')} moved into it`;
  return {
    title: `In ${scripts}, give every call of Compose for ${deployed?.path ?? 'the stack'} --env-file ${files}${moved}; or take the lines of ${list(blanks.map(({ name }) => name))} out of ${deployed?.path ?? 'it'} where env_file has them`,
    why:
      lost.length > 0
        ? `Compose would no longer read ${lost.join(', ')} from the file that it reads today.`
        : 'The calls are written in a way that cannot be edited safely.',
    seenBy: 'The finding is gone from the next audit.',
  };
}

const MANY = 8;

function some(names: readonly string[]): string {
  return names.length > MANY
    ? `${names.slice(0, MANY).join(', ')} and ${names.length - MANY} more`
    : names.join(', ');
}

function list(values: readonly string[]): string {
  return [...new Set(values)].join(', ');
}
