import type { Repo } from '../../../src/contract.ts';
import { type ComposeService, composeModel } from '../../../src/read/deploy/compose.ts';
import type { Deployment } from '../../../src/read/deploy/deployments.ts';

/** A service whose image is built where it runs, over the one that ran before. */
export interface Overwritten {
  readonly path: string;
  readonly at: number;
  readonly service: string;
}

/** Services of the deployed stacks of whose last image nothing is left by name once the next one is built. */
export function overwrittenImages(repo: Repo, deployments: readonly Deployment[]): readonly Overwritten[] {
  const kept = deployments.flatMap((deployment) => namesKept(repo, deployment));
  return deployments
    .filter(({ kind }) => kind === 'compose')
    .flatMap(({ path }) =>
      composeModel(repo, { path })
        .services.filter((service) => isBuiltInPlace(service) && !isKept(service, kept))
        .map(({ name, at }) => ({ path, at, service: name })),
    );
}

/** `image: app:${TAG}` names every build apart; `app`, `app:latest` and no name do not. */
function isBuiltInPlace({ build, value, isWhole }: ComposeService): boolean {
  const { image, profiles } = value;
  const isVersioned = typeof image === 'string' && /:[^/:$]*\$|@sha256:|:v?\d[\w.-]*$/.test(image);
  return isWhole && build !== undefined && profiles === undefined && !isVersioned;
}

function isKept({ name, value }: ComposeService, kept: readonly string[]): boolean {
  const image =
    typeof value.image === 'string' ? /(?<![\w.-])([\w.-]+)(?::[\w.-]*)?$/.exec(value.image)?.[1] : undefined;
  return kept.some(
    (each) =>
      each === ANY ||
      each === name ||
      each === image ||
      each.endsWith(`-${name}`) ||
      each.endsWith(`_${name}`),
  );
}

/** Stands for an image whose name is a variable. */
const ANY = '*';
const NAMES_IMAGES = /\b(?:docker|podman|buildx|images?|tags)\b|(?:^|\s)(?:-t|--tag)[\s=]|\.(?:dev|io|com)\//;
/** `registry/app:$SHA`, and what `docker save` and the action that makes tags are told. */
const VERSIONED = /(\$\{?\w+\}?|(?<![\w.-])[\w.-]+):["']?\$|\bdocker save\s+([\w./-]+)|^\s*images:\s*(\S+)$/g;

/** The images that a deploy script, a workflow or a build gives a name of its own each time. */
function namesKept(repo: Repo, { path, kind, how }: Deployment): readonly string[] {
  if (kind === 'compose' || (kind === 'platform' && how !== 'Cloud Build')) return [];
  const lines = (repo.peek(path) ?? '').split('\n').filter((line) => !/^\s*#/.test(line));
  return lines
    .filter((line) => NAMES_IMAGES.test(line))
    .flatMap((line) =>
      [...line.matchAll(VERSIONED)].map(([, tagged, saved, listed]) => {
        const name = (tagged ?? saved ?? listed ?? '').replace(/^.*\//s, '');
        return name.startsWith('$') ? ANY : name;
      }),
    );
}
