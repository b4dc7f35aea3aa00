import { composeModel } from '../read/deploy/compose.ts';
import { type DeployedService, deployedServices } from '../read/deploy/deployed-environment.ts';
import { instructionsOf, lastStageOf } from '../read/deploy/dockerfile.ts';
import type { Answer } from '../read/deploy/service-environment.ts';
import { dirname, join, resolve } from '../repo/paths.ts';
import { asRecord } from '../repo/record.ts';
import type { NextApp, Repo } from '../repo/repo.ts';

/** How an app is run in production, as far as the repository says. */
export interface Deployment {
  /** What the container gets: the image's ENV, and over it what Compose resolves. */
  readonly env: Readonly<Record<string, string>>;
  /** What the build gets. */
  readonly build: Readonly<Record<string, string>>;
  /** WORKDIR of the image: paths under it stand in the folder that the app is booted in. */
  readonly workdir: string | undefined;
  /** The image gives up root (USER). */
  readonly unprivileged: boolean;
  /** Folders that the image hands to its user, absolute in the image. */
  readonly owned: readonly string[];
  /** The other Compose services, by name: hosts that a stand-in answers for. */
  readonly hosts: readonly string[];
}

type Environment = Readonly<Record<string, string>>;

/**
 * Reads the deployed Compose file, the script that deploys it and the Dockerfile of an app.
 * @param values stand in the env files of the server, where their examples name them, and in the deployer's shell,
 * where no example does. They reach the app in no other way, unless no stack of the repository runs it.
 */
export function deploymentOf(repo: Repo, app: NextApp, values: Environment = {}): Deployment {
  const [deployed] = deployedServices(repo, app, new Map(Object.entries(values)));
  const { arguments: declared, ...image } = imageOf(repo, dockerfileOf(app, deployed));
  const hosts = repo.layout.compose
    .filter(({ deployed: how }) => how !== 'no')
    .flatMap((file) => composeModel(repo, file).services.map(({ name }) => name))
    .filter((name) => name !== deployed?.service.name);
  if (deployed === undefined)
    return { ...image, env: { ...image.env, ...values }, build: publicOnly(values), hosts };
  return {
    ...image,
    // Compose's environment goes over that of the image.
    env: { ...image.env, ...resolved(deployed.variables, values) },
    build: declaredOnly(resolved(deployed.arguments, values), declared),
    hosts,
  };
}

function dockerfileOf(app: NextApp, deployed: DeployedService | undefined): string {
  const { context, dockerfile } = asRecord(deployed?.service.value.build);
  const folder = resolve(dirname(deployed?.path ?? ''), typeof context === 'string' ? context : '.');
  const named = typeof dockerfile === 'string' ? resolve(folder ?? '', dockerfile) : undefined;
  return named ?? join(app.dir, 'Dockerfile');
}

/** A blank is a blank: it is what Compose would hand over. */
function resolved(answers: ReadonlyMap<string, Answer>, values: Environment): Environment {
  return Object.fromEntries(
    [...answers].flatMap(([name, answer]): (readonly [string, string])[] => {
      if (answer.kind === 'unset') return [];
      const value = answer.kind === 'unknown' ? (values[name] ?? answer.value) : answer.value;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What a build inlines, where nothing says what it is handed. */
function publicOnly(values: Environment): Environment {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('NEXT_PUBLIC_')));
}

/** A build sees the arguments that its Dockerfile declares. */
function declaredOnly(values: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

interface Image extends Pick<Deployment, 'env' | 'workdir' | 'unprivileged' | 'owned'> {
  /** The names of its build arguments. */
  readonly arguments: readonly string[];
}

function imageOf(repo: Repo, path: string): Image {
  const text = repo.peek(path);
  if (text === undefined)
    return { env: {}, arguments: [], workdir: undefined, unprivileged: false, owned: [] };
  const instructions = instructionsOf(text);
  const final = lastStageOf(text);
  const workdir = final.findLast(({ keyword }) => keyword === 'WORKDIR')?.words.trim();
  const user = final.findLast(({ keyword }) => keyword === 'USER')?.words.trim();
  return {
    env: Object.fromEntries(
      final.filter(({ keyword }) => keyword === 'ENV').flatMap(({ words }) => variablesIn(words)),
    ),
    arguments: instructions
      .filter(({ keyword }) => keyword === 'ARG')
      .flatMap(({ words }) => /^\w+/.exec(words.trim())?.[0] ?? []),
    workdir,
    unprivileged: user !== undefined && !/^(root|0)(:|$)/.test(user),
    owned: final
      .filter(({ keyword, words }) => keyword === 'RUN' && /\bchown\b|\binstall\b.{0,300}-o\b/.test(words))
      .flatMap(({ words }) => pathsIn(words, workdir ?? '/')),
  };
}

/** `A=1 B="two words"`, or the old `A 1` (https://docs.docker.com/reference/dockerfile/#env). */
function variablesIn(words: string): readonly (readonly [name: string, value: string])[] {
  const old = /^([A-Za-z_]\w*)\s([\s\S]*)$/.exec(words.trim());
  if (old?.[1] !== undefined) return [[old[1], (old[2] ?? '').trimStart()]];
  return [...words.matchAll(/(?<!\w)([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|(\S*))/g)].map(
    ([, name = '', double, single, bare]) => [name, double ?? single ?? bare ?? ''],
  );
}

function pathsIn(words: string, workdir: string): readonly string[] {
  const named = words.match(/(?<=\s)\.{0,2}\/[\w./-]+/g) ?? [];
  return named.map((path) => (path.startsWith('/') ? path : `/${join(workdir.slice(1), path)}`));
}
