import { escaped } from '../../repo/escaped.ts';
import { oncePer } from '../../repo/once.ts';
import { dirname, resolve } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';
import { type ComposeService, composeModel } from './compose.ts';
import { type ComposeCommand, composeCommands } from './compose-commands.ts';
import { interpolate } from './interpolation.ts';
import { type Found, type ProjectEnvironment, projectEnvironment } from './project-environment.ts';
import { type Answer, entriesOf, envFilesOf, type Filled, fileAnswers } from './service-environment.ts';

export interface DeployedService {
  /** The Compose file that declares it. */
  readonly path: string;
  readonly service: ComposeService;
  /** The calls that deploy it so; none where no script of the repository does. */
  readonly commands: readonly ComposeCommand[];
  /** What it gets at run time, by name. */
  readonly variables: ReadonlyMap<string, Answer>;
  /** What its build gets, by name. */
  readonly arguments: ReadonlyMap<string, Answer>;
  /** Its `env_file`s, as paths of the repository. */
  readonly envFiles: readonly string[];
  /** What Compose fills `${…}` from. */
  readonly project: ProjectEnvironment;
}

const NONE: Filled = new Map();

/** The services that an app is built for in the stacks that are deployed, one for each way in which they are. */
export function deployedServices(
  repo: Repo,
  app: NextApp,
  filled: Filled = NONE,
): readonly DeployedService[] {
  return filled === NONE ? unfilled(repo)(app) : readServices(repo, app, filled);
}

const unfilled = oncePer((repo: Repo) => oncePer((app: NextApp) => readServices(repo, app, NONE)));

function readServices(repo: Repo, app: NextApp, filled: Filled): readonly DeployedService[] {
  return repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap(({ path }) =>
      composeModel(repo, { path })
        .services.filter(({ build }) => build === app.dir)
        .flatMap((service) =>
          waysOf(repo, path, service).map((commands) => readService(repo, path, service, commands, filled)),
        ),
    );
}

/** The calls that create the service, those with the same environment together. */
function waysOf(repo: Repo, path: string, { name }: ComposeService): readonly (readonly ComposeCommand[])[] {
  const ways = new Map<string, ComposeCommand[]>();
  for (const command of composeCommands(repo)) {
    const { files, creates, services, envFiles, folder, exports } = command;
    if (!creates || !files.includes(path) || (services.length > 0 && !services.includes(name))) continue;
    const key = JSON.stringify([
      files,
      envFiles,
      folder,
      [...exports.values],
      exports.files,
      exports.isUnknown,
    ]);
    ways.set(key, [...(ways.get(key) ?? []), command]);
  }
  return ways.size === 0 ? [[]] : [...ways.values()];
}

function readService(
  repo: Repo,
  path: string,
  service: ComposeService,
  commands: readonly ComposeCommand[],
  filled: Filled,
): DeployedService {
  const [command] = commands;
  const folder = command?.folder ?? dirname(path);
  const parts = partsOf(repo, path, service.name, command);
  const envFiles = parts.flatMap((part) => envFilesOf(part.value.env_file));
  const paths = envFiles.flatMap((file) => resolve(folder, file.path) ?? []);
  const project = projectEnvironment({ repo, command, folder, filled, others: paths });
  const fromFiles = envFiles.flatMap((file) => [...fileAnswers({ repo, folder, project, filled }, file)]);
  const answers = (declared: (part: Part) => unknown) =>
    parts.flatMap((part) =>
      entriesOf(declared(part)).map(
        ({ name, value }) => [name, answerTo(repo, project, part, name, value)] as const,
      ),
    );
  return {
    path,
    service,
    commands,
    variables: new Map([...fromFiles, ...answers(({ value }) => value.environment)]),
    arguments: new Map(answers(({ value }) => asRecord(value.build).args)),
    envFiles: paths,
    project,
  };
}

interface Part extends ComposeService {
  readonly path: string;
}

/** The service in each file of the call, in their order. */
function partsOf(
  repo: Repo,
  path: string,
  name: string,
  command: ComposeCommand | undefined,
): readonly Part[] {
  return (command?.files ?? [path]).flatMap((file) =>
    composeModel(repo, { path: file })
      .services.filter((service) => service.name === name)
      .map((service) => ({ ...service, path: file })),
  );
}

function answerTo(
  repo: Repo,
  project: ProjectEnvironment,
  part: Part,
  name: string,
  value: string | undefined,
): Answer {
  if (value === undefined) return passedOn(project, name);
  const found: Found[] = [];
  const {
    value: text,
    blank,
    defaulted,
  } = interpolate(value, (each) => {
    const answer = project.find(each);
    found.push(answer);
    return answer.value;
  });
  const unknown = found.find((each) => each.kind === 'unknown');
  if (unknown) return { ...unknown, value: text };
  const names = text === '' ? [...blank, ...defaulted] : blank;
  if (names.length > 0)
    return { kind: 'blank', value: text, names, path: part.path, at: placeOf(repo, part, name) };
  const source = found.find((each) => each.kind === 'value');
  return source ? { kind: 'value', value: text, from: source.from } : { kind: 'literal', value: text };
}

/** A name without a value is handed on from what Compose knows; unset there, it is taken away. */
function passedOn(project: ProjectEnvironment, name: string): Answer {
  const found = project.find(name);
  if (found.kind === 'unknown') return { ...found, value: undefined };
  return found.kind === 'unset' ? { kind: 'unset' } : found;
}

/** Where a variable is written in its service; the service itself where a merge brings it from elsewhere. */
function placeOf(repo: Repo, { path, at }: Part, name: string): number {
  const line = new RegExp(String.raw`^([ \t]*(?:-[ \t]*)?["']?)${escaped(name)}["']?[ \t]*[=:]`, 'm');
  const match = /^\w+$/.test(name) ? line.exec(repo.text(path).slice(at)) : null;
  return match ? at + match.index + (match[1] ?? '').length : at;
}
