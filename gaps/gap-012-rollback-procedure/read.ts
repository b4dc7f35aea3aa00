import { type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { type Deployment, deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { once } from '../../src/repo/once.ts';
import { type Overwritten, overwrittenImages } from './read/overwritten-images.ts';
import { type Procedure, proceduresOf } from './read/procedures.ts';
import { type Pruned, prunedReleases } from './read/pruned-releases.ts';
import { type ReleaseStack, releaseStackOf } from './read/release-stack.ts';
import { KEEPS_DEPLOYMENTS } from './tables.ts';

/** How the repository is put into service, and what there is to go back by. */
export interface ReleaseState {
  readonly repo: Repo;
  readonly deployments: readonly Deployment[];
  /** The hosts, where each of them keeps earlier deployments and puts one back; empty where one does not. */
  readonly keepers: readonly string[];
  readonly procedures: readonly Procedure[];
  readonly overwritten: readonly Overwritten[];
  readonly pruned: readonly Pruned[];
  /** The stack whose images can get a tag per release; in words why there is none. */
  readonly stack: ReleaseStack | { readonly refused: string };
}

/** Reads how releases get out and how they could be taken back. */
export function read(repo: Repo): ReleaseState | NotApplicable {
  const deployments = deploymentsOf(repo);
  if (deployments.length === 0) return notApplicable(notDeployedReason(repo));
  const nothing = {
    procedures: [],
    overwritten: [],
    pruned: [],
    stack: { refused: 'nothing is built here' },
  };
  if (deployments.every(({ how }) => KEEPS_DEPLOYMENTS.test(how))) {
    const keepers = [...new Set(deployments.map(({ how }) => how))];
    return { repo, deployments, keepers, ...nothing };
  }
  const overwritten = overwrittenImages(repo, deployments);
  const stack = once(() => releaseStackOf(repo, overwritten));
  return {
    repo,
    deployments,
    keepers: [],
    procedures: proceduresOf(repo),
    overwritten,
    pruned: prunedReleases(repo, deployments),
    get stack() {
      return stack();
    },
  };
}
