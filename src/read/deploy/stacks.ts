import { CHOSEN } from '../../repo/compose-files.ts';
import { basename, dirname } from '../../repo/paths.ts';
import type { ComposeFile, Repo } from '../../repo/repo.ts';
import { composeModel } from './compose.ts';

/** How a person settles which Compose file is meant, for messages. */
export const CHOOSE_COMPOSE = 'choose it with --compose FILE, or set `compose` in the configuration';

/** The Compose files that one command reads together, lowest first: a later one is laid over an earlier. */
export type Stack = readonly ComposeFile[];

/** The stacks that are started, one for each command that starts one; a part of a larger stack is none of its own. */
export function startedStacks(repo: Repo): readonly Stack[] {
  const { compose } = repo.layout;
  const commands = new Set(
    compose.filter(({ deployed }) => deployed === 'yes').flatMap((file) => [...file.commands.keys()]),
  );
  const stacks = [...commands].flatMap((command) => {
    const stack = compose
      .filter((file) => file.commands.has(command))
      .sort((a, b) => (a.commands.get(command) ?? 0) - (b.commands.get(command) ?? 0));
    return command === CHOSEN ? chosenStacks(repo, stack) : [stack];
  });
  return stacks.filter((stack, index) => !stacks.some((other, at) => isPartOf(stack, index, other, at)));
}

/** Of two that are the same the first one counts. */
function isPartOf(stack: Stack, index: number, other: Stack, at: number): boolean {
  if (at === index || !stack.every((file) => other.includes(file))) return false;
  return stack.length < other.length || at < index;
}

/** Files that were chosen are stacks of their own, unless one completes services of another. */
function chosenStacks(repo: Repo, files: Stack): readonly Stack[] {
  const names = files.map((file) => new Set(composeModel(repo, file).services.map(({ name }) => name)));
  const isOverlay = files.some((file, index) =>
    composeModel(repo, file).services.some(
      ({ name, build, value }) =>
        build === undefined &&
        value.image === undefined &&
        value.extends === undefined &&
        names.some((others, at) => at < index && others.has(name)),
    ),
  );
  return isOverlay ? [files] : files.map((file) => [file]);
}

const DEFAULT = /^(docker-)?compose\.ya?ml$/;
const OVERRIDE = /^(docker-)?compose\.override\.ya?ml$/;

/** A file of which nothing says how it is started, among those that Compose loads with it by their names. */
export function impliedStack(repo: Repo, file: ComposeFile): Stack {
  const beside = repo.layout.compose.filter(({ path }) => dirname(path) === dirname(file.path));
  const named = (name: RegExp) => beside.filter(({ path }) => name.test(basename(path)));
  if (DEFAULT.test(basename(file.path))) return [file, ...named(OVERRIDE)];
  return OVERRIDE.test(basename(file.path)) ? [...named(DEFAULT).slice(0, 1), file] : [file];
}
