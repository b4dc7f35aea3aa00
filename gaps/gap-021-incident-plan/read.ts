import { type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { findPlan, type Plan } from './read/plan.ts';

/** A service that is deployed, and the plan for the day on which it fails. */
export interface IncidentReadiness {
  /** The ways in which it is deployed, for people. */
  readonly deployedBy: readonly string[];
  /** The Compose file whose services a plan would restart. */
  readonly stack: string | undefined;
  readonly plan: Plan | undefined;
}

/** Reads how the service is deployed and what is written about its outages. */
export function readReadiness(repo: Repo): IncidentReadiness | NotApplicable {
  const deployments = deploymentsOf(repo);
  if (deployments.length === 0) return notApplicable(notDeployedReason(repo));
  return {
    deployedBy: [...new Set(deployments.map(({ how }) => how))],
    stack: repo.layout.compose.find(({ deployed }) => deployed === 'yes')?.path,
    plan: findPlan(repo),
  };
}
