import { once, oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import type { ComposeStack } from './compose-stack.ts';
import { withIncluded } from './included.ts';
import { likelyStacks } from './likely-stacks.ts';
import { mergedServices } from './merged-services.ts';
import { withLikelyFrontends, withRoles } from './service-roles.ts';
import { impliedStack, type Stack, startedStacks } from './stacks.ts';

/** What Docker Compose runs where the repository is deployed. */
export interface DeployedStacks {
  /** What a deploy script starts or a person chose, one for each command. */
  readonly started: readonly ComposeStack[];
  /** Files of which nothing says that they are started or that nobody deploys them, with what Compose lays over them. */
  readonly open: readonly ComposeStack[];
  /** Those that count: what is started, or else what may be. */
  readonly counted: readonly ComposeStack[];
}

/**
 * The stacks of a repository: which Compose files count, what they make together, and what of it is made here.
 * @throws SourceError when a file that counts is not YAML.
 */
export const deployedStacks = oncePer((repo: Repo): DeployedStacks => {
  const started = once(() => readStacks(repo, startedStacks(repo)));
  const open = once(() =>
    readStacks(
      repo,
      repo.layout.compose
        .filter(({ deployed, isAside }) => deployed !== 'yes' && !isAside)
        .map((file) => impliedStack(repo, file)),
    ),
  );
  return {
    get started() {
      return started();
    },
    get open() {
      return open();
    },
    get counted() {
      return started().length > 0 ? started() : likelyStacks(repo, open());
    },
  };
});

function readStacks(repo: Repo, all: readonly Stack[]): readonly ComposeStack[] {
  const stacks = all.map((files) => readStack(repo, files));
  const roles = withLikelyFrontends(
    repo,
    stacks.map(({ services }) => services),
  );
  return stacks.map((stack, index) => ({ ...stack, services: roles[index] ?? stack.services }));
}

function readStack(repo: Repo, files: Stack): ComposeStack {
  const own = files.map(({ path }) => path);
  const { paths, isWhole } = withIncluded(repo, own);
  const included = paths.filter((path) => !own.includes(path));
  const services = [
    ...mergedServices(repo, own),
    ...included.flatMap((path) => mergedServices(repo, [path])),
  ];
  return { files, paths, isWhole, services: withRoles(repo, services) };
}
