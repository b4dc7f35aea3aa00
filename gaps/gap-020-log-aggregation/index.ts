import {
  type Detection,
  defineGap,
  type Finding,
  notApplicable,
  type Repo,
  unknown,
} from '../../src/contract.ts';
import { type Deployment, deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { withIncluded } from '../../src/read/deploy/included.ts';
import { checksOf } from './checks.ts';
import { idleCollectors, type Place, stackLogs } from './collectors.ts';
import { findClusterCollector, findDaemon, findInstalledAgent } from './elsewhere.ts';
import { stepsFor } from './steps.ts';
import { forgetfulHosts, isCollected, needsCollector } from './subject.ts';
import { findOwnSink, transports } from './transports.ts';

type Code =
  | 'no-collector'
  | 'nothing-ships'
  | 'blind-collector'
  | 'idle-collector'
  | 'unused-transport'
  | 'unshipped-service'
  | 'short-lived-logs'
  | 'unbounded-log';

export default defineGap({
  meta: {
    id: 'GAP-020',
    slug: 'log-aggregation',
    title: 'Log aggregation setup',
    problem:
      'Logs stay where they are written, so nobody can search them together and nothing keeps them small.',
    looksFor:
      'Deployed stacks that nothing collects the logs of, collectors that nothing runs or feeds, log transports that are installed and unused, and services that log without a limit.',
    category: 'Observability',
    priority: 'P3',
    effort: '2 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-collector':
        'The logs of what this deploys ({{how}}) stay on the server: no collector, no logging driver, no transport in the code.',
      'nothing-ships': '{{name}} keeps the logs that it is sent, and nothing here sends it any.',
      'blind-collector': '{{name}} is a collector, and it is not told to take logs.',
      'unshipped-service':
        'The log of {{name}} stays on the server, while a driver sends away those of others.',
      'idle-collector': '{{name}} is set up here to collect logs, and nothing that is deployed starts it.',
      'unused-transport': '{{name}} would send logs away; it is installed, and no code hands it to a logger.',
      'short-lived-logs': {
        text: '{{host}} forgets logs after hours or days, by plan; a drain that is set up in its account keeps them longer.',
        kind: 'note',
      },
      'unbounded-log': {
        text: 'The log of {{name}} grows without a limit, unless the Docker daemon of the server sets one: no max-size.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-020',
      'https://docs.docker.com/engine/logging/configure/',
      'https://grafana.com/docs/loki/latest/send-data/',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    if (deploymentsOf(repo).length === 0) return sentByCode(repo) ?? notApplicable(notDeployedReason(repo));
    const where = needsCollector(repo);
    return where.length === 0 ? onHosts(repo) : onServers(repo, where);
  },

  apply: (_state, findings) => ({ edits: [], manual: stepsFor(findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function onHosts(repo: Repo): Detection<Code> {
  const sent = sentByCode(repo);
  if (sent) return sent;
  const host = isCollected(repo);
  if (host !== undefined) return keptBy(repo, host);
  const cluster = findClusterCollector(repo);
  if (cluster !== undefined) return { findings: [], reason: `a collector runs in the cluster (${cluster})` };
  return unknown('where the logs go is set up where it runs, not here');
}

/** A log service that the code itself sends to; undefined without one. */
function sentByCode(repo: Repo): Detection<Code> | undefined {
  const used = transports(repo).used[0] ?? findOwnSink(repo);
  return used && { findings: [], reason: `${used.path} sends logs by ${used.name}` };
}

function keptBy(repo: Repo, host: string): Detection<Code> {
  return {
    findings: forgetfulHosts(repo).map(({ path, how }) => ({
      code: 'short-lived-logs',
      path,
      at: 0,
      data: { host: how },
    })),
    reason: `the logs of what runs there are kept by ${host}`,
  };
}

function onServers(repo: Repo, where: readonly Deployment[]): Detection<Code> {
  const stacks = withIncluded(
    repo,
    where.filter(({ kind }) => kind === 'compose').map(({ path }) => path),
  );
  const logs = stacks.paths.map((path) => stackLogs(repo, path));
  const daemon = findDaemon(repo);
  const unbounded = daemon?.isBounded
    ? []
    : placed(
        'unbounded-log',
        logs.flatMap((each) => each.unbounded),
      );
  const { used, unused } = transports(repo);
  const by = findCollecting(repo, [
    ...logs.flatMap(({ collectors }) => collectors),
    ...used,
    ...[findOwnSink(repo) ?? []].flat(),
  ]);
  if (by !== undefined) return { findings: unbounded, reason: by };
  const sent = logs.flatMap((each) => each.sent)[0];
  if (sent) {
    const kept = placed(
      'unshipped-service',
      logs.flatMap((each) => each.kept),
    );
    return {
      findings: [...kept, ...unbounded],
      reason: `a logging driver sends them away (${sent.path})`,
    };
  }
  if (!stacks.isWhole) return unknown('the stack includes files that are not in the repository');
  const amiss = [
    ...placed(
      'nothing-ships',
      logs.flatMap(({ stores }) => stores),
    ),
    ...placed(
      'blind-collector',
      logs.flatMap(({ blind }) => blind),
    ),
    ...placed('idle-collector', idleCollectors(repo, stacks.paths)),
    ...placed('unused-transport', unused),
  ];
  const first = where[0];
  const bare: readonly Finding<Code>[] =
    amiss.length > 0 || !first
      ? amiss
      : [{ code: 'no-collector', path: first.path, at: 0, data: { how: first.how } }];
  return { findings: [...bare, ...unbounded] };
}

/** What collects everything, in words. */
function findCollecting(repo: Repo, inside: readonly Place[]): string | undefined {
  const by = inside[0] ?? findInstalledAgent(repo);
  if (by) return `${by.name} collects them (${by.path})`;
  const daemon = findDaemon(repo);
  return daemon?.sendsAway ? `the Docker daemon sends them away (${daemon.path})` : undefined;
}

function placed(code: Code, places: readonly Place[]): readonly Finding<Code>[] {
  return places.map(({ path, at, name }) => ({ code, path, at, data: { name } }));
}
