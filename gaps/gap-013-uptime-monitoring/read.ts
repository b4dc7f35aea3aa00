import {
  type NextApp,
  type NotApplicable,
  notApplicable,
  type Repo,
  type Unknown,
  unknown,
} from '../../src/contract.ts';
import { type Deployment, deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { once } from '../../src/repo/once.ts';
import { isInside } from '../../src/repo/paths.ts';
import { addressOf } from './read/address.ts';
import { type Backend, backendsOf } from './read/backends.ts';
import { type BlockedProbe, blockedProbes } from './read/blocked-probes.ts';
import { type BrokenProbe, brokenProbes } from './read/broken-probes.ts';
import { type FrozenRoute, frozenHealth, healthRoutesOf } from './read/frozen-health.ts';
import { type IdleMonitor, idleMonitorsOf } from './read/idle-monitors.ts';
import { type LimitedHealth, limitedHealth } from './read/limited-health.ts';
import { type Monitor, monitorsOf } from './read/monitors.ts';
import { type Trace, traceOf } from './read/traces.ts';
import { watchProgramsOf } from './read/watch-programs.ts';

/** What is deployed and what watches it. */
export interface MonitoringState {
  readonly repo: Repo;
  readonly deployments: readonly Deployment[];
  /** The file that stands for the deployment in a finding. */
  readonly place: string | undefined;
  readonly monitors: readonly Monitor[];
  /** Set up and not run; empty where a monitor runs. */
  readonly idle: readonly IdleMonitor[];
  /** What outside of the repository seems to watch. */
  readonly elsewhere: Trace | undefined;
  readonly frozen: readonly FrozenRoute[];
  readonly broken: readonly BrokenProbe[];
  readonly limited: readonly LimitedHealth[];
  readonly blocked: readonly BlockedProbe[];
  /** The app whose readiness is to be asked, with what it needs; undefined where it has a route for that, or no health route. */
  readonly watched: { readonly app: NextApp; readonly backends: readonly Backend[] } | undefined;
  /** What a monitor should ask, for the steps. */
  readonly targets: () => readonly string[];
  /** The script whose backups leave a file that grows old, where one does. */
  readonly backupScript: () => string | undefined;
}

/** Reads what is deployed, what watches it, and what would mislead who watches. */
export function read(repo: Repo): MonitoringState | NotApplicable | Unknown {
  const deployments = deploymentsOf(repo);
  const programs = watchProgramsOf(repo, deployments);
  const monitors = monitorsOf(repo, deployments, programs);
  if (deployments.length + monitors.length === 0) return notApplicable(notDeployedReason(repo));
  const idle = monitors.length > 0 ? [] : idleMonitorsOf(repo, deployments, programs);
  const frozen = repo.layout.apps.flatMap((app) => frozenHealth(repo, app));
  const broken = brokenProbes(repo);
  const isDeployed = deployments.length > 0;
  const limited = isDeployed ? limitedHealth(repo) : [];
  const blocked = isDeployed ? blockedProbes(repo) : [];
  const trace = monitors.length > 0 ? undefined : traceOf(repo);
  if (trace && idle.length + frozen.length + broken.length + limited.length + blocked.length === 0)
    return unknown(
      `${trace.path} says that ${trace.name} watches the site; whether it does cannot be read here`,
    );
  return {
    repo,
    deployments,
    place: placeOf(repo, deployments),
    monitors,
    idle,
    elsewhere: trace,
    frozen,
    broken,
    limited,
    blocked,
    get watched() {
      return watchedOf(repo);
    },
    targets: once(() => targetsOf(repo)),
    backupScript: once(() => repo.find(/\.sh$/).find((path) => repo.mentions(path, 'last-success'))),
  };
}

function watchedOf(repo: Repo): MonitoringState['watched'] {
  const app = repo.layout.apps.find(
    (each) =>
      each.appDir !== undefined && healthRoutesOf(repo, each).some(({ url }) => url === '/api/health'),
  );
  if (!app || healthRoutesOf(repo, app).some(({ url }) => /ready|readiness/.test(url))) return undefined;
  return { app, backends: backendsOf(repo, app) };
}

/** The place that says most about the product: its own stack or app before a part of it that stands elsewhere. */
function placeOf(repo: Repo, deployments: readonly Deployment[]): string | undefined {
  const rank = ({ path, kind }: Deployment) => {
    if (kind === 'compose' || repo.layout.apps.some(({ dir }) => dir !== '' && isInside(dir, path))) return 0;
    if (kind !== 'platform') return 1;
    return path.includes('/') && !path.startsWith('.') ? 2 : 0;
  };
  return [...deployments].sort((a, b) => rank(a) - rank(b))[0]?.path;
}

/** A health route, where there is one, and the front page. */
function targetsOf(repo: Repo): readonly string[] {
  const address = addressOf(repo);
  const all = repo.layout.apps.flatMap((app) => healthRoutesOf(repo, app));
  const health = all.find(({ url }) => url.includes('health')) ?? all[0];
  return [...(health ? [`${address}${health.url}`] : []), `${address}/`];
}
