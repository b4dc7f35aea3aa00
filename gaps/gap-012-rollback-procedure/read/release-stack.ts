import type { Repo } from '../../../src/contract.ts';
import { deployedStacks } from '../../../src/read/deploy/deployed-stacks.ts';
import type { StackService } from '../../../src/read/deploy/service-roles.ts';
import { CHOOSE_COMPOSE } from '../../../src/read/deploy/stacks.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { basename, dirname } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { type DeployScript, deployScriptFor } from './deploy-script.ts';
import type { Overwritten } from './overwritten-images.ts';

/** A service whose image gets a tag per release. */
export interface ReleasedService {
  readonly name: string;
  readonly path: string;
  /** Without its tag. */
  readonly image: string;
}

/** The stack that a script deploys as releases. */
export interface ReleaseStack {
  readonly script: DeployScript;
  /** Of Compose; undefined where the file leaves it to the name of a folder. */
  readonly project: string | undefined;
  readonly released: readonly ReleasedService[];
  /** Everything that the files make. */
  readonly services: readonly StackService[];
}

/** What the tags are filled in from. */
export const RELEASE = 'RELEASE';
/** How a released image stands in a Compose file. */
export function taggedImage({ image }: ReleasedService): string {
  return `${image}:\${${RELEASE}:-latest}`;
}

/** The stack of images that are overwritten, by the path of its Compose file; in words why it cannot be released. */
export function releaseStackOf(
  repo: Repo,
  overwritten: readonly Overwritten[],
): ReleaseStack | { readonly refused: string } {
  const paths = [...new Set(overwritten.map(({ path }) => path))];
  if (paths.length === 0) return { refused: 'no image is overwritten' };
  const tried = paths.map((path) => ({ path, script: deployScriptFor(repo, path) }));
  const usable = tried.flatMap(({ script }) => ('refused' in script ? [] : [script]));
  const [script] = usable;
  if (!script) {
    const [first] = tried;
    return first && 'refused' in first.script ? first.script : { refused: CHOOSE_COMPOSE };
  }
  return stackOf(repo, script, overwritten);
}

function stackOf(
  repo: Repo,
  script: DeployScript,
  overwritten: readonly Overwritten[],
): ReleaseStack | { readonly refused: string } {
  const { files } = script;
  if (files.some((file) => repo.mentions(file, `\${${RELEASE}`) || repo.mentions(file, `$${RELEASE}`)))
    return { refused: `${files.join(' + ')} uses ${RELEASE} already` };
  const [top = ''] = files;
  const names = files
    .map((file) => asRecord(yamlValue(repo, file)).name)
    .filter((name) => typeof name === 'string');
  const project = names.at(-1);
  const prefix = project ?? (basename(dirname(top)) || 'app');
  const mine = overwritten.filter(({ path }) => files.includes(path));
  const services =
    deployedStacks(repo).started.find((stack) => stack.files.map(({ path }) => path).join() === files.join())
      ?.services ?? [];
  const released = mine.map(({ service, path, image }) => ({
    name: service,
    path,
    image: image === undefined ? `${prefix}-${service}` : withoutTag(image),
  }));
  return { script, project, released: [...released, ...sharing(services, mine)], services };
}

/** Services that start an image which another one builds. */
function sharing(
  services: readonly StackService[],
  built: readonly Overwritten[],
): readonly ReleasedService[] {
  return services.flatMap(({ name, path, value }) => {
    const { image } = value;
    const isBuilt = built.some(({ service }) => service === name);
    if (isBuilt || typeof image !== 'string' || value.profiles !== undefined) return [];
    return built.some((each) => each.image === image) ? [{ name, path, image: withoutTag(image) }] : [];
  });
}

function withoutTag(image: string): string {
  return image.replace(/:[\w.-]*$/, '');
}
