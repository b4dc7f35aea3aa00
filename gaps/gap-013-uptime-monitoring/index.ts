import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect, unitOf } from './detect.ts';
import { monitorOptions } from './options.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-013',
    slug: 'uptime-monitoring',
    title: 'Uptime monitoring',
    problem: 'Nothing watches the site from outside, so an outage is noticed by its users first.',
    looksFor:
      'Deployed sites without a monitor in the repository, monitors that nothing runs, health routes that the build froze or that a limit counts, and probes that end too early or are turned away.',
    category: 'Observability',
    priority: 'P2',
    effort: '15 min',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/app/api/health/ready/route.{ts,js}',
      '**/route.{ts,js}',
      '**/middleware.{ts,mts,js,mjs}',
      'infra/monitoring/monitors.json',
      'infra/monitoring/*.yml',
      'infra/docker-compose.monitoring.yml',
      '.gitignore',
      'scripts/monitors.mjs',
      '**/*.{sh,bash}',
      '**/*.{ts,mts,cts,js,mjs,cjs}',
    ],
    messages: {
      'no-monitor':
        'This is deployed ({{how}}), and nothing in the repository asks it from outside whether it answers. A monitor that was set up by hand elsewhere leaves no trace here.',
      'idle-monitor': '{{name}} is set up here, and nothing that is deployed runs it.',
      'frozen-health':
        '{{url}} does not look at its request, so Next.js computes it once, when it builds: it answers for ever what was true then.',
      'broken-probe':
        'set -e ends this script at {{command}}, which is false while it counts from 0: at the first success.',
      'blocked-probe':
        'This asks {{word}} as curl, and the middleware answers curl with 403: the probe fails while all is well.',
      'limited-health':
        '{{url}} counts against this limit, so that probes and visitors who come through the same proxy use up each other: the probe is refused, and the service counts as down.',
      'rare-monitor': '{{name}} asks once in {{hours}} hours: an outage in between is noticed by nobody.',
      'same-host-monitor': {
        text: '{{name}} stands on the server that it watches, and goes down with it.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-013',
      'https://nextjs.org/docs/14/app/building-your-application/routing/route-handlers#caching',
      'https://betterstack.com/docs/uptime/api/getting-started-with-uptime-api/',
      'https://express-rate-limit.mintlify.app/reference/configuration#skip',
      'https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html',
    ],
  },

  options: monitorOptions,
  read,
  detect,
  unitOf,
  apply,
  verify,
});
