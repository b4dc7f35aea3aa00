import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { readLogFlow } from './read.ts';
import { stepsFor } from './steps.ts';

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
      'switched-off': '{{name}} would send logs away, and it is off: {{by}}.',
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

  read: readLogFlow,
  detect,
  apply: (_state, wanted) => ({ edits: [], manual: stepsFor(wanted) }),
  verify: () => [],
});
