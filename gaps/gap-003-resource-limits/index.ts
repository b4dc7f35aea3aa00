import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { type Code, detect } from './detect.ts';
import { read } from './read.ts';
import { limitOptions } from './sizes.ts';
import { verify } from './verify.ts';

const messages = {
  'no-limits': 'The service {{service}} has no CPU and no memory limit.',
  'no-memory-limit': 'The service {{service}} has no memory limit.',
  'no-cpu-limit': 'The service {{service}} has no CPU limit.',
  'no-reservations': 'The service {{service}} reserves neither CPU nor memory.',
  contradiction: 'Compose or Docker refuses the service {{service}}: {{why}}.',
  'sibling-without-limits': {
    text: 'The service {{service}} beside them has no limits either; --option GAP-003.siblings=true adds them.',
    kind: 'note',
  },
  'host-size': {
    text: 'The limits of this stack add up to {{sum}}, which the server has to hold; {{rest}}.',
    kind: 'note',
  },
} as const satisfies Record<Code, unknown>;

export default defineGap({
  meta: {
    id: 'GAP-003',
    slug: 'resource-limits',
    title: 'Add resource limits to frontend and gateway',
    problem: 'A container without limits can take the whole server down with it.',
    looksFor:
      'CPU and memory limits and reservations of the front end and the gateway, in the Compose file that is deployed.',
    category: 'Deployment',
    priority: 'P0',
    effort: '5 min',
    fix: 'automatic',
    requires: [],
    writes: ['**/*.yml', '**/*.yaml'],
    messages,
    references: [
      'runbook: GAP-003',
      'https://github.com/compose-spec/compose-spec/blob/main/deploy.md#resources',
      'https://github.com/compose-spec/compose-go/blob/main/loader/validate.go',
    ],
  },
  options: limitOptions,
  read,
  detect,
  apply,
  verify,
});
