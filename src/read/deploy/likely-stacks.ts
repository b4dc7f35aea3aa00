import { basename, dirname, isInside } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import type { ComposeStack } from './compose-stack.ts';
import { documentedFiles } from './documented-files.ts';

/** Parts of a stack that are built or laid over it, by their names. */
const PARTS = /[._-](build|override)[._-]/;
const DEFAULT = /^(docker-)?compose\.ya?ml$/;
/** Words for what is put into service, in the name of a file. */
const SERVED = /prod|deploy|release|server|vps|swarm|stack|live|cloud/i;

/**
 * Of stacks of which nothing says that they are deployed, those that may be: without what another one includes or is
 * laid over by, without parts where there is a whole, and without variants of the one that Compose takes by its name;
 * of several that are left, those that the documentation tells people to download.
 */
export function likelyStacks(repo: Repo, stacks: readonly ComposeStack[]): readonly ComposeStack[] {
  const roots = stacks.filter(
    (one, index) => !stacks.some((other, at) => at !== index && isPart(one, other, at < index)),
  );
  const whole = roots.filter(({ files }) => files.some(({ path }) => !PARTS.test(basename(path))));
  const left = whole.length > 0 ? whole : roots;
  const likely = left.filter((one) => !left.some((other) => isVariant(one, other, left)));
  const documented = likely.length > 1 ? likely.filter((stack) => isDocumented(repo, stack)) : [];
  return documented.length > 0 ? documented : likely;
}

function isDocumented(repo: Repo, stack: ComposeStack): boolean {
  return runsApplication(stack) && stack.files.some(({ path }) => documentedFiles(repo).has(path));
}

function isPart(one: ComposeStack, other: ComposeStack, isFirst: boolean): boolean {
  const isHeld = one.files.every(({ path }) => other.paths.includes(path));
  if (isHeld) return one.files.length < other.paths.length || isFirst;
  return isOfOnePackage(one, other);
}

/** A stack of one package, for whoever works on it, below the one of all packages. */
function isOfOnePackage(one: ComposeStack, other: ComposeStack): boolean {
  const builds = ({ services }: ComposeStack) => services.flatMap(({ build }) => build ?? []);
  const [few, more] = [builds(one), builds(other)];
  return (
    folderOf(one) !== folderOf(other) &&
    isInside(folderOf(other), folderOf(one)) &&
    few.length > 0 &&
    few.length < more.length &&
    few.every((folder) => more.includes(folder))
  );
}

/** A file that has to be named to be started, beside one that Compose takes by itself and that runs the same. */
function isVariant(one: ComposeStack, other: ComposeStack, all: readonly ComposeStack[]): boolean {
  const rivals = all.filter((each) => folderOf(each) === folderOf(other));
  const isServed = rivals.some(({ files }) => files.some(({ path }) => SERVED.test(basename(path))));
  return (
    !isServed &&
    isDefault(other) &&
    !isDefault(one) &&
    folderOf(one) === folderOf(other) &&
    (runSame(one, other) || [one, other].every(runsApplication))
  );
}

function isDefault({ files }: ComposeStack): boolean {
  return files.some(({ path }) => DEFAULT.test(basename(path)));
}

function runSame(one: ComposeStack, other: ComposeStack): boolean {
  const names = other.services.map(({ name }) => name);
  return one.services.some(({ name }) => names.includes(name));
}

/** Whether a stack runs the front end or a gateway. */
export function runsApplication({ services }: ComposeStack): boolean {
  return services.some(({ role }) => role !== 'sibling');
}

function folderOf({ files }: ComposeStack): string {
  return dirname(files[0]?.path ?? '');
}
