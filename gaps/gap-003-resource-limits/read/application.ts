import {
  type ComposeFile,
  type ManualStep,
  type NotApplicable,
  notApplicable,
  type Repo,
  type Unknown,
  unknown,
} from '../../../src/contract.ts';
import type { ComposeStack } from '../../../src/read/deploy/compose-stack.ts';
import { deployedStacks } from '../../../src/read/deploy/deployed-stacks.ts';
import { developersReason } from '../../../src/read/deploy/developer-stacks.ts';
import { likelyStacks, runsApplication } from '../../../src/read/deploy/likely-stacks.ts';
import { CHOOSE_COMPOSE } from '../../../src/read/deploy/stacks.ts';

/**
 * The stacks that run the application where it is deployed; where nothing says which are, or what is deployed is
 * something else, the only one that runs it. Otherwise why there is nothing to look at.
 */
export function applicationStacks(repo: Repo): readonly ComposeStack[] | NotApplicable | Unknown {
  const { compose } = repo.layout;
  if (compose.length === 0) return notApplicable('no Compose file');
  const stacks = deployedStacks(repo);
  const started = stacks.started.filter(runsApplication);
  if (started.length > 0) return started;
  if (stacks.started.length === 0 && stacks.open.length === 0) return nobodyDeploys(compose);
  const running = stacks.open.filter(runsApplication);
  const deployable = running.filter((stack) => developersReason(repo, stack) === undefined);
  if (running.length > 0 && deployable.length === 0) return developersDo(repo, running);
  const candidates = likelyStacks(repo, deployable);
  if (candidates.length > 1) return ambiguous(candidates);
  return candidates.length === 1 ? candidates : withoutApplication([...stacks.started, ...stacks.open]);
}

function nobodyDeploys(compose: readonly ComposeFile[]): NotApplicable {
  return noneDeployed(compose.map(({ path, evidence }) => `${path}: ${evidence}`));
}

function developersDo(repo: Repo, stacks: readonly ComposeStack[]): NotApplicable {
  return noneDeployed(
    stacks.map((stack) => `${stack.files[0]?.path ?? ''}: ${developersReason(repo, stack) ?? ''}`),
  );
}

function noneDeployed(reasons: readonly string[]): NotApplicable {
  return notApplicable(
    `no Compose file here is deployed (${shortened(reasons, '; ')}); where one is, ${CHOOSE_COMPOSE}`,
  );
}

function withoutApplication(stacks: readonly ComposeStack[]): NotApplicable | Unknown {
  return stacks.every(({ isWhole }) => isWhole)
    ? notApplicable('no Compose file builds or runs the front end or a gateway of this repository')
    : unknown('the Compose file takes its services from other files with include, and they are not here');
}

const CHOOSE: ManualStep = {
  title: `Say which Compose file is deployed: ${CHOOSE_COMPOSE}`,
  why: 'Which of the files is started on the server is not written in the repository.',
  seenBy: 'The audit answers for that file.',
};

function ambiguous(candidates: readonly ComposeStack[]): Unknown {
  const names = candidates.map(({ files }) => files.map(({ path }) => path).join(' + '));
  return unknown(
    `several Compose files run the application (${shortened(names, ', ')}) and nothing says which of them is deployed; ${CHOOSE_COMPOSE}`,
    [CHOOSE],
  );
}

const SHOWN = 3;

function shortened(names: readonly string[], separator: string): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${names.slice(0, SHOWN).join(separator)}${more}`;
}
