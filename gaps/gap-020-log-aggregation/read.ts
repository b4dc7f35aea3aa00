import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { type Deployment, deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { withIncluded } from '../../src/read/deploy/included.ts';
import { readableStack } from '../../src/read/deploy/readable-stack.ts';
import { hostsOf, serversOf } from './read/hosts.ts';
import type { Place } from './read/place.ts';
import { findClusterCollector, findDaemon, findInstalledAgent } from './read/server-setup.ts';
import { collectorsAside, type StackLogs, stackLogs } from './read/stack-logs.ts';
import { type SwitchedOff, type Transports, transportsIn } from './read/transports.ts';

/** What was meant to take the logs and does not. */
export interface Misses {
  /** Stores of logs that nothing feeds. */
  readonly unfed: readonly Place[];
  /** Collectors that are told to take other things than logs. */
  readonly blind: readonly Place[];
  /** Collectors that nothing starts. */
  readonly idle: readonly Place[];
  readonly unused: readonly Place[];
  readonly off: readonly SwitchedOff[];
}

/** Where the logs of what is deployed go. */
export interface LogFlow {
  /** What takes all of them away, as a sentence without its period; undefined where nothing does. */
  readonly taken: string | undefined;
  /** Hosts that keep them for a short time, where nothing else does. */
  readonly forgetful: readonly Deployment[];
  /** What runs on servers of one's own; undefined where nothing does. */
  readonly server: Deployment | undefined;
  /** A service whose own logs a driver sends away, and the services whose logs stay. */
  readonly sent: Place | undefined;
  readonly kept: readonly Place[];
  /** Services whose logs grow without a limit. */
  readonly unbounded: readonly Place[];
  readonly misses: Misses;
}

const NO_MISSES: Misses = { unfed: [], blind: [], idle: [], unused: [], off: [] };
const ON_HOSTS: LogFlow = {
  taken: undefined,
  forgetful: [],
  server: undefined,
  sent: undefined,
  kept: [],
  unbounded: [],
  misses: NO_MISSES,
};

/** Reads where the logs of what is deployed go. */
export function readLogFlow(repo: Repo): LogFlow | NotApplicable | Unknown {
  const servers = deploymentsOf(repo).length === 0 ? [] : serversOf(repo);
  const transports = transportsIn(repo);
  if (servers.length > 0) return onServers(repo, servers, transports);
  const [used] = transports.used;
  if (used) return { ...ON_HOSTS, taken: `${used.path} sends logs by ${used.name}` };
  if (deploymentsOf(repo).length === 0) return notApplicable(notDeployedReason(repo));
  const { keepers, forgetful } = hostsOf(repo);
  if (keepers !== undefined)
    return { ...ON_HOSTS, taken: `the logs of what runs there are kept by ${keepers}`, forgetful };
  const cluster = findClusterCollector(repo);
  if (cluster !== undefined) return { ...ON_HOSTS, taken: `a collector runs in the cluster (${cluster})` };
  return unknown('where the logs go is set up where it runs, not here');
}

function onServers(repo: Repo, servers: readonly Deployment[], transports: Transports): LogFlow | Unknown {
  const stacks = withIncluded(repo, readableOf(repo, servers));
  const logs = stacks.paths.map((path) => stackLogs(repo, path));
  const all = (part: keyof StackLogs) => logs.flatMap((each) => each[part]);
  const daemon = findDaemon(repo);
  const by = all('collectors')[0] ?? transports.used[0] ?? findInstalledAgent(repo);
  const away = daemon?.sendsAway ? `the Docker daemon sends them away (${daemon.path})` : undefined;
  const taken = by ? `${by.name} collects them (${by.path})` : away;
  const [sent] = all('sent');
  if (taken === undefined && sent === undefined && !stacks.isWhole)
    return unknown('the stack includes files that are not in the repository');
  return {
    ...ON_HOSTS,
    taken,
    server: servers[0],
    sent,
    kept: all('kept'),
    unbounded: daemon?.isBounded ? [] : all('unbounded'),
    misses: {
      unfed: all('stores'),
      blind: all('blind'),
      idle: [...all('idle'), ...collectorsAside(repo, stacks.paths)],
      unused: transports.unused,
      off: transports.off,
    },
  };
}

/** The stacks that can be read: a draft beside them says nothing of what is deployed, unless it is the only one. */
function readableOf(repo: Repo, servers: readonly Deployment[]): readonly string[] {
  const paths = servers.filter(({ kind }) => kind === 'compose').map(({ path }) => path);
  const readable = repo.layout.compose
    .filter((file) => paths.includes(file.path) && readableStack(repo, file) !== undefined)
    .map(({ path }) => path);
  return readable.length > 0 ? readable : paths;
}
