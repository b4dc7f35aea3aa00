import { type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { type Deployment, deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { type Overwritten, overwrittenImages } from './read/overwritten-images.ts';
import { type Procedure, proceduresOf } from './read/procedures.ts';
import { KEEPS_DEPLOYMENTS } from './tables.ts';

/** How the repository is put into service, and what there is to go back by. */
export interface ReleaseState {
  readonly deployments: readonly Deployment[];
  /** The hosts, where each of them keeps earlier deployments and puts one back; empty where one does not. */
  readonly keepers: readonly string[];
  readonly procedures: readonly Procedure[];
  readonly overwritten: readonly Overwritten[];
}

/** Reads how releases get out and how they could be taken back. */
export function read(repo: Repo): ReleaseState | NotApplicable {
  const deployments = deploymentsOf(repo);
  if (deployments.length === 0) return notApplicable(notDeployedReason(repo));
  if (deployments.every(({ how }) => KEEPS_DEPLOYMENTS.test(how))) {
    const keepers = [...new Set(deployments.map(({ how }) => how))];
    return { deployments, keepers, procedures: [], overwritten: [] };
  }
  return {
    deployments,
    keepers: [],
    procedures: proceduresOf(repo),
    overwritten: overwrittenImages(repo, deployments),
  };
}
