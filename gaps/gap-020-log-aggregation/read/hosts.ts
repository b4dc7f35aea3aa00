import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { type Deployment, deploymentsOf } from '../../../src/read/deploy/deployments.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { basename } from '../../../src/repo/paths.ts';
import { DEPLOY_BUTTONS, FORGETFUL_HOSTS, KEEPING_HOSTS } from '../tables.ts';

/** Cloud Build deploys to many places; these run the application for their owner. */
const MANAGED =
  /\brun\b[\s'",-]+deploy|\bapp\b[\s'",-]+deploy|\bfunctions\b[\s'",-]+deploy|gke-deploy|\bdeploy\b[\s'",-]+run\b/;
const ON_A_SERVER = /\b(?:ssh|pm2|systemctl|rsync|scp)\b/;

/** The hosts that run what is deployed for its owner. */
export interface Hosts {
  /** The hosts that keep the logs, for people, where everything runs on such hosts; undefined otherwise. */
  readonly keepers: string | undefined;
  /** The first file of each host whose logs are gone soon. */
  readonly forgetful: readonly Deployment[];
}

/** Deployments on servers of one's own: nobody keeps their logs unless somebody sees to it. */
export function serversOf(repo: Repo): readonly Deployment[] {
  const stacks = deploymentsOf(repo).filter(({ kind }) => kind === 'compose');
  if (stacks.length > 0) return stacks;
  return deploymentsOf(repo).filter(
    ({ path, kind }) =>
      (kind === 'script' || kind === 'workflow') && ON_A_SERVER.test(withoutComments(repo, path)),
  );
}

/** The hosts of a repository without servers of its own. */
export function hostsOf(repo: Repo): Hosts {
  // A Procfile says what is run, not who runs it; a template says what somebody else may run.
  const platforms = deploymentsOf(repo).filter(
    (each) => each.kind === 'platform' && each.how !== 'a Procfile' && !isTemplate(repo, each),
  );
  const isKept = ({ how, path }: Deployment) =>
    KEEPING_HOSTS.has(how) && (how !== 'Cloud Build' || MANAGED.test(repo.peek(path) ?? ''));
  const names = [...new Set(platforms.map(({ how }) => (how === 'Cloud Build' ? 'Google Cloud' : how)))];
  const forgetful = platforms.filter(({ how }) => FORGETFUL_HOSTS.has(how));
  return {
    keepers: platforms.length > 0 && platforms.every(isKept) ? names.join(' and ') : undefined,
    forgetful: forgetful.filter(
      ({ how }, index) => forgetful.findIndex((other) => other.how === how) === index,
    ),
  };
}

/**
 * Whoever presses a button deploys a copy of their own: its file says nothing about the logs of this one, unless a
 * script or a workflow deploys there, too.
 */
function isTemplate(repo: Repo, { path, how }: Deployment): boolean {
  const button = DEPLOY_BUTTONS.get(how);
  const name = new RegExp(`\\b${escaped(how.replace(/\W.*/, ''))}\\b`, 'i');
  const isOurs = deploymentsOf(repo).some(
    (each) => (each.kind === 'script' || each.kind === 'workflow') && repo.mentions(each.path, name),
  );
  if (isOurs) return false;
  return (
    /template/i.test(basename(path)) ||
    (button !== undefined && repo.find(/(^|\/)README[\w.-]*$/i).some((each) => repo.mentions(each, button)))
  );
}
