import {
  type Detection,
  defineGap,
  type Finding,
  notApplicable,
  type Repo,
  unknown,
} from '../../src/contract.ts';
import { type Deployment, deploymentsOf } from '../../src/read/deployments.ts';
import { checksOf } from './checks.ts';
import { idleCollectors, type Place, stackLogs, transports } from './collectors.ts';
import { stepsFor } from './steps.ts';
import { isCollected, needsCollector } from './subject.ts';

type Code = 'no-collector' | 'nothing-ships' | 'idle-collector' | 'unused-transport' | 'unbounded-log';

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
      'idle-collector': '{{name}} is set up here to collect logs, in a stack that nothing deploys.',
      'unused-transport': '{{name}} would send logs away; it is installed, and no code hands it to a logger.',
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

  detect(repo) {
    if (deploymentsOf(repo).length === 0) return notApplicable('nothing here says that it is deployed');
    const where = needsCollector(repo);
    return where.length === 0 ? onHosts(repo) : onServers(repo, where);
  },

  apply: (_repo, findings) => ({ edits: [], manual: stepsFor(findings) }),

  verify: checksOf,
});

function onHosts(repo: Repo): Detection<Code> {
  const host = isCollected(repo);
  if (host !== undefined)
    return { kind: 'findings', findings: [], reason: `${host} keeps the logs of what it runs` };
  const used = transports(repo).used[0];
  if (used) return { kind: 'findings', findings: [], reason: `${used.path} sends logs by ${used.name}` };
  return unknown('where the logs go is set up where it runs, not here');
}

function onServers(repo: Repo, where: readonly Deployment[]): Detection<Code> {
  const stacks = where.filter(({ kind }) => kind === 'compose').map(({ path }) => path);
  const logs = stacks.map((path) => stackLogs(repo, path));
  const unbounded = placed(
    'unbounded-log',
    logs.flatMap((each) => each.unbounded),
  );
  const shippers = logs.flatMap(({ shippers: own }) => own);
  const { used, unused } = transports(repo);
  const by = shippers[0] ?? used[0];
  if (by) return { kind: 'findings', findings: unbounded, reason: `${by.name} collects them (${by.path})` };
  const amiss = [
    ...placed(
      'nothing-ships',
      logs.flatMap(({ stores }) => stores),
    ),
    ...placed('idle-collector', idleCollectors(repo, new Set(stacks))),
    ...placed('unused-transport', unused),
  ];
  const first = where[0];
  const bare: readonly Finding<Code>[] =
    amiss.length > 0 || !first
      ? amiss
      : [{ code: 'no-collector', path: first.path, at: 0, data: { how: first.how } }];
  return { kind: 'findings', findings: [...bare, ...unbounded] };
}

function placed(code: Code, places: readonly Place[]): readonly Finding<Code>[] {
  return places.map(({ path, at, name }) => ({ code, path, at, data: { name } }));
}
