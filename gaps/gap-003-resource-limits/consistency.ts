import { asRecord } from '../../src/repo/record.ts';
import { amount, type Fields, inUnits, isSet, plain } from './amounts.ts';

/** The two places in which Compose takes the same limit (compose-go, loader/validate.go, checkConsistency). */
export const PAIRS = [
  { field: 'cpus', section: 'limits', key: 'cpus' },
  { field: 'mem_limit', section: 'limits', key: 'memory' },
  { field: 'pids_limit', section: 'limits', key: 'pids' },
  { field: 'mem_reservation', section: 'reservations', key: 'memory' },
] as const;

const KEYS: Readonly<Record<string, RegExp>> = {
  limits: /^(?:cpus|memory|pids|x-.*)$/,
  reservations: /^(?:cpus|memory|devices|generic_resources|x-.*)$/,
};
/** The Docker Engine gives no container less. */
const LEAST_MEMORY = 6 * 2 ** 20;

/** Why Compose or Docker refuses what a service says of its resources; empty where they accept it. */
export function consistency(service: Fields): readonly string[] {
  const resources = asRecord(asRecord(service.deploy).resources);
  return [
    ...distinctValues(service, resources),
    ...schemaProblems(resources),
    ...engineProblems(service, resources),
  ];
}

/** As soon as a section is there, Compose wants the same value in it as beside it; one that is missing counts as 0. */
function distinctValues(service: Fields, resources: Fields): readonly string[] {
  return PAIRS.flatMap(({ field, section, key }) => {
    const [own, within] = [service[field], asRecord(resources[section])[key]];
    const isThere = resources[section] !== undefined && resources[section] !== null;
    if (!isThere || !isCounted(own) || isSame(own, within)) return [];
    return [
      `${field} (${String(own)}) and deploy.resources.${section}.${key} (${String(within ?? 'none')}) differ`,
    ];
  });
}

function isCounted(value: unknown): boolean {
  return value !== undefined && value !== null && plain(value) !== 0;
}

/** Compose keeps CPUs in 32 bits. Of variables only the same text is known to be the same, and none to differ. */
function isSame(own: unknown, within: unknown): boolean {
  if (String(own).trim() === String(within).trim()) return true;
  const [one, other] = [amount(own), amount(within ?? 0)];
  if (one === 'environment' || other === 'environment') return within !== undefined;
  return Math.fround(one) === Math.fround(other);
}

function schemaProblems(resources: Fields): readonly string[] {
  return Object.entries(KEYS).flatMap(([section, known]) => {
    const values = asRecord(resources[section]);
    const strange = Object.keys(values).filter((key) => !known.test(key));
    return [
      ...strange.map((key) => `deploy.resources.${section} does not take ${key}`),
      ...(typeof values.memory === 'number'
        ? [`deploy.resources.${section}.memory has to be a text, with a unit or in quotes`]
        : []),
    ];
  });
}

/** What the Docker Engine checks before it makes a container (moby, daemon_unix.go, verifyPlatformContainerResources). */
function engineProblems(service: Fields, resources: Fields): readonly string[] {
  const [limits, reservations] = [asRecord(resources.limits), asRecord(resources.reservations)];
  const cpus = plain(isSet(limits.cpus) ? limits.cpus : service.cpus);
  const memory = plain(isSet(limits.memory) ? limits.memory : service.mem_limit);
  const reserved = plain(isSet(reservations.memory) ? reservations.memory : service.mem_reservation);
  const swap = plain(service.memswap_limit);
  const quota = ['cpu_quota', 'cpu_period'].find((field) => plain(service[field]) > 0);
  const rules: readonly (readonly [boolean, string])[] = [
    [cpus > 0 && quota !== undefined, `a limit of CPUs and ${quota} exclude each other`],
    [
      plain(reservations.cpus) > cpus && cpus > 0,
      `it reserves more CPUs (${plain(reservations.cpus)}) than its limit (${cpus})`,
    ],
    [
      reserved > memory && memory > 0,
      `it reserves more memory (${inUnits(reserved)}) than its limit (${inUnits(memory)})`,
    ],
    [
      memory > 0 && memory < LEAST_MEMORY,
      `a limit of memory (${inUnits(memory)}) is below the least of 6 MiB`,
    ],
    [swap > 0 && memory === 0, 'memswap_limit needs a limit of memory beside it'],
    [
      swap > 0 && swap < memory,
      `memswap_limit (${inUnits(swap)}) is below the limit of memory (${inUnits(memory)})`,
    ],
  ];
  return rules.flatMap(([isBroken, reason]) => (isBroken ? [reason] : []));
}
