import { type Check, defineGap, type Finding, type Verdict } from '../../src/contract.ts';
import { asRecord } from '../../src/repo/record.ts';
import { limitEdits } from './edits.ts';
import { subjectOf } from './files.ts';
import { type Lack, lacksOf } from './limits.ts';
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
      findings: services.flatMap((service) => findingsOf(file.path, service)),
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
      subject.file.path,
      subject.services.filter(({ name }) => wanted.has(name)),
    );
  },

  verify(repo) {
    const subject = subjectOf(repo);
    if ('answer' in subject) return [];
    const { file, services } = subject;
    const own = services.filter(({ role }) => role !== 'sibling');
    return [
      ...own.map(
        (service): Check => ({
          title: `The merged Compose model limits ${service.name}, and reserves no more than the limit`,
          level: 'static',
          run: () => limited(file.path, service),
        }),
      ),
      ...liveChecks(
        file.path,
        own.map(({ name }) => name),
      ),
    ];
  },
});

function findingsOf(
  path: string,
  { name, at, role, value, isLongRunning }: RoledService,
): readonly Finding<Code>[] {
  const lacks = lacksOf(value);
  if (role !== 'sibling') return lacks.map((code) => ({ code, path, at, data: { service: name } }));
  if (!isLongRunning || lacks[0] !== 'no-limits') return [];
  return [{ code: 'sibling-without-limits', path, at, data: { service: name } }];
}

/** Reads the numbers themselves, where detect asks what is missing. */
function limited(path: string, { name, value: service }: RoledService): Verdict {
  const resources = asRecord(asRecord(service.deploy).resources);
  const limits = asRecord(resources.limits);
  const reservations = asRecord(resources.reservations);
  const [cpus, memory] = [Number(limits.cpus ?? service.cpus), bytes(limits.memory ?? service.mem_limit)];
  if (!(cpus > 0)) return { verdict: 'fail', reason: `${name} has no CPU limit` };
  if (!(memory > 0)) return { verdict: 'fail', reason: `${name} has no memory limit` };
  const isLegacy = service.mem_limit !== undefined || service.cpus !== undefined;
  if (!isLegacy && Object.keys(reservations).length === 0)
    return { verdict: 'fail', reason: `${name} reserves nothing` };
  if (Number(reservations.cpus ?? 0) > cpus || bytes(reservations.memory ?? 0) > memory) {
    return { verdict: 'fail', reason: `${name} reserves more than its limit` };
  }
  return {
    verdict: 'pass',
    evidence: [{ subject: `${path}: services.${name}`, observed: `${cpus} CPUs, ${memory / 2 ** 20} MiB` }],
  };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** The Compose specification's byte values: `512M`, `2gb`, `1048576`. NaN for anything else. */
function bytes(value: unknown): number {
  const match = /^([\d.]+)\s*([bkmg]?)b?$/i.exec(String(value));
  return match ? Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? Number.NaN) : Number.NaN;
}
