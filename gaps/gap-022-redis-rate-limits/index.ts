import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { readRateLimits } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-022',
    slug: 'redis-rate-limits',
    title: 'Redis-backed rate limiting',
    problem: 'Rate limits are counted in memory: every instance counts for itself and a deploy forgets.',
    looksFor:
      'Rate limiters in use that count in the memory of one process, and limiters on Redis that nothing uses, that have no address of Redis, or that cannot run where they stand.',
    category: 'Security',
    priority: 'P3',
    effort: '1 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'in-memory-store':
        '{{limiter}} counts requests in the memory of one process: a second instance counts for itself, and a restart forgets.',
      'edge-client':
        'The middleware loads {{client}} and runs on the Edge, which has no sockets: this cannot be built.',
      'no-address': '{{limiter}} needs {{variables}}, and {{who}} names none of them.',
      'limiter-unused': '{{limiter}} is set up here and nothing that runs uses it: nothing is limited.',
      'dead-limiter': { text: '{{limiter}} counts here, and nothing that runs uses it.', kind: 'note' },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-022',
      'https://express-rate-limit.mintlify.app/reference/stores',
      'https://redis.io/docs/latest/commands/incr/#pattern-rate-limiter',
      'https://nextjs.org/docs/app/api-reference/edge',
    ],
  },

  read: readRateLimits,
  detect,
  apply: (state, wanted) => ({ edits: [], manual: stepsFor(state, wanted) }),
  verify: () => [],
});
