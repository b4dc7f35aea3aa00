import {
  type Detection,
  defineGap,
  type Finding,
  notApplicable,
  type Repo,
  unknown,
} from '../../src/contract.ts';
import { missingAddress } from './address.ts';
import { checksOf } from './checks.ts';
import { findProxyLimit } from './elsewhere.ts';
import { edgeClients, type Limiter, limitersOf } from './limiters.ts';
import { serverPackages } from './server-code.ts';
import { addressesOf } from './shared.ts';
import { stepsFor } from './steps.ts';

export type Code = 'in-memory-store' | 'edge-client' | 'no-address' | 'limiter-unused' | 'dead-limiter';

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

  read: (repo) => ({ repo }),

  detect({ repo }): Detection<Code> {
    const all = limitersOf(repo);
    const used = all.filter((limiter) => limiter.used);
    const findings = [...findingsOf(repo, all, used), ...edgeFindings(repo)];
    const unreadable = used.find(({ keeps }) => keeps === 'unreadable');
    if (unreadable && !findings.some(({ code }) => code !== 'dead-limiter'))
      return unknown(
        `${unreadable.path} hands ${unreadable.name} its options from elsewhere; their store was not read`,
      );
    if (used.length > 0 || findings.some(({ code }) => code !== 'dead-limiter'))
      return { findings, ...(used.length > 0 ? { reason: reasonOf(used) } : {}) };
    return withoutLimiter(repo, all);
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function findingsOf(repo: Repo, all: readonly Limiter[], used: readonly Limiter[]): readonly Finding<Code>[] {
  const addressed = new Set<string>();
  return all.flatMap((limiter): readonly Finding<Code>[] => {
    const { path, at, name, keeps } = limiter;
    const data = { limiter: name };
    if (limiter.used && keeps === 'memory') return [{ code: 'in-memory-store', path, at, data }];
    if (limiter.used) return addressFinding(repo, limiter, addressed);
    if (keeps === 'shared' && used.length === 0) return [{ code: 'limiter-unused', path, at, data }];
    return [{ code: 'dead-limiter', path, at, data }];
  });
}

/** Told once for each place that lacks the address, however many limiters ask for it. */
function addressFinding(repo: Repo, limiter: Limiter, told: Set<string>): readonly Finding<Code>[] {
  const { within, path, at, name: title } = limiter;
  if (!within) return [];
  const names = addressesOf(repo, within, path);
  const missing = missingAddress(repo, within, names);
  if (!missing || told.has(`${missing.path}:${missing.who}:${within.dir}`)) return [];
  told.add(`${missing.path}:${missing.who}:${within.dir}`);
  const data = { limiter: title, variables: names.join(' or '), who: missing.who };
  const place = missing.path === '' ? { path, at } : { path: missing.path, at: missing.at };
  return [{ code: 'no-address', ...place, data }];
}

function edgeFindings(repo: Repo): readonly Finding<Code>[] {
  return edgeClients(repo).map(({ path, at, name }) => ({
    code: 'edge-client',
    path,
    at,
    data: { client: name },
  }));
}

function reasonOf(used: readonly Limiter[]): string {
  const names = (keeps: Limiter['keeps']) => [
    ...new Set(
      used.filter((limiter) => limiter.keeps === keeps).map(({ name, path }) => `${name} (${path})`),
    ),
  ];
  const shared = names('shared');
  return shared.length > 0 ? `counted outside of the process: ${shared.join(', ')}` : 'counted in memory';
}

/** The gap replaces a store: without a limiter there is none, which is not the same as being protected. */
function withoutLimiter(repo: Repo, dead: readonly Limiter[]): Detection<Code> {
  const proxy = findProxyLimit(repo);
  if (proxy)
    return {
      findings: dead.map(({ path, at, name }) => ({
        code: 'dead-limiter',
        path,
        at,
        data: { limiter: name },
      })),
      reason: `only ${proxy.name} limits, in front of the application (${proxy.path})`,
    };
  if (serverPackages(repo).length === 0)
    return notApplicable('no JavaScript or TypeScript server, and no limiter of a Python one');
  const unused = dead[0] ? `; ${dead[0].path} holds a limiter that nothing uses` : '';
  return notApplicable(
    `no store to replace: no limiter was found in the JavaScript and TypeScript servers${unused}`,
  );
}
