import { type Check, defineGap, type Finding, type Verdict } from '../../src/contract.ts';
import { asRecord } from '../../src/repo/record.ts';
import { limitEdits } from './edits.ts';
import { subjectOf } from './files.ts';
import { amount, type Lack, lacksOf } from './limits.ts';
import { liveChecks } from './live.ts';
import type { RoledService } from './roles.ts';

type Code = Lack | 'sibling-without-limits';

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
    messages: {
      'no-limits': 'The service {{service}} has no CPU and no memory limit.',
      'no-memory-limit': 'The service {{service}} has no memory limit.',
      'no-cpu-limit': 'The service {{service}} has no CPU limit.',
      'no-reservations': 'The service {{service}} reserves neither CPU nor memory.',
      'sibling-without-limits': {
        text: 'The service {{service}} beside them has no limits either; --option GAP-003.siblings=true adds them.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-003',
      'https://github.com/compose-spec/compose-spec/blob/main/deploy.md#resources',
    ],
  },

  options: (zod) =>
    zod.object({
      siblings: zod
        .boolean()
        .default(false)
        .describe('Also limit the long-running services beside the front end and the gateway.'),
    }),

  detect(repo) {
    const subject = subjectOf(repo);
    if ('answer' in subject) return subject.answer;
    const { file, services } = subject;
    return {
      kind: 'findings',
      findings: services.flatMap(findingsOf),
      reason: file.evidence,
    };
  },

  apply(repo, findings, { siblings }) {
    const subject = subjectOf(repo);
    if ('answer' in subject) return { edits: [] };
    const wanted = new Set(
      findings
        .filter(({ code }) => siblings || code !== 'sibling-without-limits')
        .map(({ data }) => data?.service),
    );
    return limitEdits(
      repo,
      subject.services.filter(({ name }) => wanted.has(name)),
    );
  },

  verify(repo) {
    const subject = subjectOf(repo);
    if ('answer' in subject) return [];
    const { stack, services } = subject;
    const own = services.filter(({ role }) => role !== 'sibling');
    const paths = stack.map(({ path }) => path);
    return [
      ...own.map(
        (service): Check => ({
          title: `The merged Compose model limits ${service.name}, and reserves no more than the limit`,
          level: 'static',
          run: () => limited(paths, service),
        }),
      ),
      ...liveChecks(
        paths,
        own.map(({ name }) => name),
      ),
    ];
  },
});

function findingsOf({ path, name, at, role, value, isLongRunning }: RoledService): readonly Finding<Code>[] {
  const lacks = lacksOf(value);
  if (role !== 'sibling') return lacks.map((code) => ({ code, path, at, data: { service: name } }));
  if (!isLongRunning || lacks[0] !== 'no-limits') return [];
  return [{ code: 'sibling-without-limits', path, at, data: { service: name } }];
}

/** The Compose specification's oldest way to limit CPUs: microseconds in every period of 100 ms, or of another. */
function quotaOf({ cpu_quota: quota, cpu_period: period = 100_000 }: RoledService['value']): unknown {
  return typeof quota === 'number' && typeof period === 'number' ? quota / period : quota;
}

/** Reads the numbers themselves, where detect asks what is missing. */
function limited(paths: readonly string[], { name, value: service }: RoledService): Verdict {
  const resources = asRecord(asRecord(service.deploy).resources);
  const limits = asRecord(resources.limits);
  const reservations = asRecord(resources.reservations);
  const [cpus, memory] = [
    amount(limits.cpus ?? service.cpus ?? quotaOf(service)),
    amount(limits.memory ?? service.mem_limit),
  ];
  const reserved = [amount(reservations.cpus ?? 0), amount(reservations.memory ?? 0)] as const;
  if (cpus !== 'environment' && !(cpus > 0)) return { verdict: 'fail', reason: `${name} has no CPU limit` };
  if (memory !== 'environment' && !(memory > 0))
    return { verdict: 'fail', reason: `${name} has no memory limit` };
  const isLegacy = service.mem_limit !== undefined || service.cpus !== undefined;
  if (!isLegacy && Object.keys(reservations).length === 0)
    return { verdict: 'fail', reason: `${name} reserves nothing` };
  if (reserved[0] > cpus || reserved[1] > memory)
    return { verdict: 'fail', reason: `${name} reserves more than its limit` };
  if (cpus === 'environment' || memory === 'environment' || reserved.includes('environment'))
    return {
      verdict: 'skip',
      reason: `only the environment of the deployment knows what ${name} may use`,
      remedy: 'give each variable a default, with :- and the number inside its braces',
    };
  return {
    verdict: 'pass',
    evidence: [
      {
        subject: `${paths.join(' + ')}: services.${name}`,
        observed: `${cpus} CPUs, ${memory / 2 ** 20} MiB`,
      },
    ],
  };
}
