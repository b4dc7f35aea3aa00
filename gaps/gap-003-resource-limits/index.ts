import { type Check, defineGap, type Finding } from '../../src/contract.ts';
import { capacityOf, capacitySentences, cpuSteps } from './capacity.ts';
import { limited } from './check.ts';
import { consistency } from './consistency.ts';
import { limitEdits, type Wanted } from './edits.ts';
import { type ReadStack, subjectOf } from './files.ts';
import { type Lack, lacksOf } from './limits.ts';
import { liveChecks } from './live.ts';
import type { RoledService } from './roles.ts';
import { limitOptions, sizesOf } from './sizes.ts';

type Code = Lack | 'sibling-without-limits' | 'host-size';

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
      contradiction: 'Compose or Docker refuses the service {{service}}: {{why}}.',
      'sibling-without-limits': {
        text: 'The service {{service}} beside them has no limits either; --option GAP-003.siblings=true adds them.',
        kind: 'note',
      },
      'host-size': {
        text: 'The limits of this stack add up to {{sum}}, which the server has to hold; {{rest}}.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-003',
      'https://github.com/compose-spec/compose-spec/blob/main/deploy.md#resources',
      'https://github.com/compose-spec/compose-go/blob/main/loader/validate.go',
    ],
  },

  options: limitOptions,

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const subject = subjectOf(repo);
    if ('answer' in subject) return subject.answer;
    const { stacks, evidence } = subject;
    const findings = distinct(stacks.flatMap(({ services }) => services.flatMap(findingsOf)));
    const isClosed = findings.every(({ code }) => code === 'sibling-without-limits');
    return {
      findings: isClosed ? [...findings, ...distinct(stacks.map(hostNote))] : findings,
      reason: evidence,
    };
  },

  apply({ repo }, findings, options) {
    const subject = subjectOf(repo);
    if ('answer' in subject) return { edits: [] };
    const sizes = sizesOf(options);
    const wanted = wantedIn(subject.stacks, findings, options.siblings);
    const { edits, manual, done } = limitEdits(repo, wanted, sizes);
    return {
      edits,
      manual: [...manual, ...cpuSteps(subject.stacks, done, sizes)],
      alsoChanges: capacitySentences(subject.stacks, done, sizes),
    };
  },

  verify({ repo }) {
    const subject = subjectOf(repo);
    if ('answer' in subject) return [];
    return subject.stacks.flatMap(checksOf);
  },
});

function checksOf({ files, services }: ReadStack): readonly Check[] {
  const own = services.filter(({ role }) => role !== 'sibling');
  const paths = files.map(({ path }) => path);
  return [
    ...own.map(
      (service): Check => ({
        title: `Compose and Docker accept the limits of ${service.name} in ${paths.join(' + ')}`,
        level: 'static',
        run: () => limited(paths, service),
      }),
    ),
    ...liveChecks(
      paths,
      own.map(({ name }) => name),
    ),
  ];
}

function findingsOf(service: RoledService): readonly Finding<Code>[] {
  const { path, name, at, role, value, isLongRunning, profiles } = service;
  if (role !== 'sibling')
    return lacksIn(service).map((code) => {
      const why = code === 'contradiction' ? { why: consistency(value).join('; ') } : {};
      return { code, path, at, data: { service: name, ...why } };
    });
  if (!isLongRunning || profiles.length > 0 || lacksOf(value)[0] !== 'no-limits') return [];
  return [{ code: 'sibling-without-limits', path, at, data: { service: name } }];
}

/** Nothing has to be kept for a copy. */
function lacksIn({ value, isCopy }: RoledService): readonly Lack[] {
  return lacksOf(value).filter((lack) => !isCopy || lack !== 'no-reservations');
}

/** What the server has to hold, once the application keeps to its limits. */
function hostNote(stack: ReadStack): Finding<Code> {
  const [file] = stack.files;
  const { sum, rest } = capacityOf(stack);
  return { code: 'host-size', path: file?.path ?? '', at: 0, data: { sum, rest } };
}

/** A file of several stacks is told once. */
function distinct(findings: readonly Finding<Code>[]): readonly Finding<Code>[] {
  const keys = new Map(
    findings.map((finding) => [`${finding.code} ${finding.path} ${finding.data?.service}`, finding]),
  );
  return [...keys.values()];
}

/** The services of the findings, each with what is wanted of it. */
function wantedIn(
  stacks: readonly ReadStack[],
  findings: readonly Finding<Code>[],
  siblings: boolean,
): readonly Wanted[] {
  const services = new Map(
    stacks.flatMap((stack) => stack.services).map((each) => [`${each.path} ${each.name}`, each]),
  );
  return [...services].flatMap(([key, service]) => {
    const own = findings.filter(({ path, data }) => `${path} ${data?.service}` === key);
    const lacks = own.flatMap(({ code }): Lack[] => {
      if (code === 'host-size') return [];
      if (code === 'sibling-without-limits') return siblings ? ['no-limits'] : [];
      return [code];
    });
    return lacks.length > 0 ? [{ service, lacks }] : [];
  });
}
