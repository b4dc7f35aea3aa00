import { type ComposeService, composeModel } from '../read/compose.ts';
import { instructionsOf } from '../read/dockerfile.ts';
import { join } from '../repo/paths.ts';
import { asRecord } from '../repo/record.ts';
import type { NextApp, Repo } from '../repo/repo.ts';

/** How an app is run in production, as far as the repository says. */
export interface Deployment {
  /** The environment of its Compose service; `${…}` filled from defaults, since no env file is at hand. */
  readonly env: Readonly<Record<string, string>>;
  /** WORKDIR of the image: paths under it stand in the folder that the app is booted in. */
  readonly workdir: string | undefined;
  /** The image gives up root (USER). */
  readonly unprivileged: boolean;
  /** Folders that the image hands to its user, absolute in the image. */
  readonly owned: readonly string[];
  /** The other Compose services, by name: hosts that a stand-in answers for. */
  readonly hosts: readonly string[];
}

/** Reads the deployed Compose file and the Dockerfile of an app. */
export function deploymentOf(repo: Repo, app: NextApp): Deployment {
  const services = repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap((file) => composeModel(repo, file).services);
  const service = services.find(({ build }) => build === app.dir);
  const image = imageOf(repo, join(app.dir, dockerfileOf(service)));
  return {
    ...image,
    // Compose's environment goes over that of the image.
    env: { ...image.env, ...environmentOf(service) },
    hosts: services.map(({ name }) => name).filter((name) => name !== service?.name),
  };
}

function dockerfileOf(service: ComposeService | undefined): string {
  const { dockerfile } = asRecord(service?.value.build);
  return typeof dockerfile === 'string' ? dockerfile : 'Dockerfile';
}

function environmentOf(service: ComposeService | undefined): Readonly<Record<string, string>> {
  const declared = service?.value.environment;
  const pairs = Array.isArray(declared)
    ? declared.map((line) => /^([^=]+)=([\s\S]*)$/.exec(String(line))?.slice(1) ?? [])
    : Object.entries(asRecord(declared));
  return Object.fromEntries(
    pairs.flatMap(([name, value]) =>
      name === undefined || value === null || value === undefined
        ? []
        : [[String(name), interpolate(String(value))]],
    ),
  );
}

/** Compose's interpolation with every variable unset (https://docs.docker.com/reference/compose-file/interpolation/). */
export function interpolate(value: string): string {
  return value.replace(
    /\$\$|\$\{(\w+)(?::?([-+?])([^}]*))?\}|\$(\w+)/g,
    (match, _name, operator: string | undefined, fallback: string | undefined) => {
      if (match === '$$') return '$';
      return operator === '-' ? (fallback ?? '') : '';
    },
  );
}

function imageOf(repo: Repo, path: string): Omit<Deployment, 'hosts'> {
  const text = repo.peek(path);
  if (text === undefined) return { env: {}, workdir: undefined, unprivileged: false, owned: [] };
  const instructions = instructionsOf(text);
  const last = instructions.at(-1)?.stage;
  const final = instructions.filter(({ stage }) => stage === last);
  const workdir = final.findLast(({ keyword }) => keyword === 'WORKDIR')?.words.trim();
  const user = final.findLast(({ keyword }) => keyword === 'USER')?.words.trim();
  return {
    env: Object.fromEntries(
      final.filter(({ keyword }) => keyword === 'ENV').flatMap(({ words }) => variablesIn(words)),
    ),
    workdir,
    unprivileged: user !== undefined && !/^(root|0)(:|$)/.test(user),
    owned: final
      .filter(({ keyword, words }) => keyword === 'RUN' && /\bchown\b|\binstall\b.*-o\b/.test(words))
      .flatMap(({ words }) => pathsIn(words, workdir ?? '/')),
  };
}

/** `A=1 B="two words"`, or the old `A 1` (https://docs.docker.com/reference/dockerfile/#env). */
function variablesIn(words: string): readonly (readonly [name: string, value: string])[] {
  const old = /^([A-Za-z_]\w*)\s+([\s\S]*)$/.exec(words.trim());
  if (old?.[1] !== undefined) return [[old[1], old[2] ?? '']];
  return [...words.matchAll(/([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|(\S*))/g)].map(
    ([, name = '', double, single, bare]) => [name, double ?? single ?? bare ?? ''],
  );
}

function pathsIn(words: string, workdir: string): readonly string[] {
  const named = words.match(/(?<=\s)\.{0,2}\/[\w./-]+/g) ?? [];
  return named.map((path) => (path.startsWith('/') ? path : `/${join(workdir.slice(1), path)}`));
}
