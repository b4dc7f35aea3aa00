import type { Repo } from '../../../src/contract.ts';
import { type ComposeService, composeModel } from '../../../src/read/deploy/compose.ts';
import type { Deployment } from '../../../src/read/deploy/deployments.ts';
import { asRecord } from '../../../src/repo/record.ts';

/** A service whose image is built where it runs, over the one that ran before. */
export interface Overwritten {
  readonly path: string;
  readonly at: number;
  readonly service: string;
  /** The image's name as it is written today, with its tag; undefined where Compose makes one up. */
  readonly image: string | undefined;
}

/** Services of the deployed stacks of whose last image nothing is left by name once the next one is built. */
export function overwrittenImages(repo: Repo, deployments: readonly Deployment[]): readonly Overwritten[] {
  const kept = deployments.flatMap((deployment) => namesKept(repo, deployment));
  return deployments
    .filter(({ kind }) => kind === 'compose')
    .flatMap(({ path }) =>
      composeModel(repo, { path })
        .services.filter((service) => isBuiltInPlace(service) && !isKept(service, kept))
        .map(({ name, at, value }) => ({
          path,
          at,
          service: name,
          image: typeof value.image === 'string' ? value.image : undefined,
        })),
    );
}

/** `image: app:${TAG}` names every build apart; `app`, `app:latest` and no name do not. */
function isBuiltInPlace({ build, value, isWhole }: ComposeService): boolean {
  const { image, profiles, scale, deploy } = value;
  const isStarted = profiles === undefined && scale !== 0 && asRecord(deploy).replicas !== 0;
  const isVersioned = typeof image === 'string' && /:[^/:$]*\$|@sha256:|:v?\d[\w.-]*$/.test(image);
  return isWhole && build !== undefined && isStarted && !isVersioned;
}

/**
 * A script that tags what it has built keeps the image of a service by its name. What is pushed elsewhere is only
 * kept for a service that takes its image from there.
 */
function isKept({ name, value }: ComposeService, kept: readonly Kept[]): boolean {
  const image = typeof value.image === 'string' ? value.image.replace(/:[\w.-]*$/, '') : undefined;
  const label = image?.replace(/^.*\//s, '');
  return kept.some(({ label: each, isHere }) => {
    if (!isHere && (image === undefined || !image.includes('/'))) return false;
    return (
      each === ANY ||
      each === name ||
      each === label ||
      each.endsWith(`-${name}`) ||
      each.endsWith(`_${name}`)
    );
  });
}

interface Kept {
  /** The last part of an image's name. */
  readonly label: string;
  /** A script tags it where it is run; with a registry in front it is pushed there. */
  readonly isHere: boolean;
}

/** Stands for an image whose name is a variable. */
const ANY = '*';

const NAMES_IMAGES = /\b(?:docker|podman|buildx|images?|tags)\b|(?:^|\s)(?:-t|--tag)[\s=]|\.(?:dev|io|com)\//;
/** `registry/app:$SHA`, and what `docker save` and the action that makes tags are told. */
const VERSIONED = /(\$\{?\w+\}?|(?<![\w.-])[\w.-]+):["']?\$|\bdocker save\s+([\w./-]+)|^\s*images:\s*(\S+)$/g;

/** The images that a deploy script, a workflow or a build gives a name of its own each time. */
function namesKept(repo: Repo, { path, kind, how }: Deployment): readonly Kept[] {
  if (kind === 'compose' || (kind === 'platform' && how !== 'Cloud Build')) return [];
  const lines = (repo.peek(path) ?? '').split('\n').filter((line) => !/^\s*#/.test(line));
  return lines
    .filter((line) => NAMES_IMAGES.test(line))
    .flatMap((line) =>
      [...line.matchAll(VERSIONED)].map(({ index, 1: tagged, 2: saved, 3: listed }) => {
        const name = (tagged ?? saved ?? listed ?? '').replace(/^.*\//s, '');
        const isLocal = kind === 'script' && line[index - 1] !== '/';
        return { label: name.startsWith('$') ? ANY : name, isHere: isLocal };
      }),
    );
}
