import { type MergedService, mergedFields } from '../../../src/read/deploy/merged-services.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { type Fields, isSet } from '../amounts.ts';
import { consistency, PAIRS } from '../consistency.ts';
import { type Lack, limitsCpus, limitsMemory, OLDER } from '../limits.ts';
import type { Size } from '../sizes.ts';

/** Values to add to one map of a service. */
export interface Addition {
  /** From the service down. */
  readonly keys: readonly string[];
  readonly entries: Fields;
}

/**
 * What closes the lacks of a service in the style that it has: the older keys beside older keys, `deploy.resources`
 * elsewhere, with what Compose wants to be the same in both places. In words where that cannot be.
 */
export function additionsFor(
  { value: service, own }: Pick<MergedService, 'value' | 'own'>,
  lacks: readonly Lack[],
  size: Size,
): readonly Addition[] | string {
  const resources = asRecord(asRecord(service.deploy).resources);
  const zero = Object.entries(asRecord(resources.limits)).find(([, value]) => !isSet(value));
  if (zero) return `sets ${zero[0]} to ${String(zero[1])}, which limits nothing`;
  const additions = isOlderStyle(service, resources)
    ? [{ keys: [], entries: olderLimits(lacks, size) }]
    : placed(own, wantedResources(service, resources, lacks, size));
  const after = additions.map(asValue).reduce(mergedFields, service);
  const [problem] = consistency(after);
  return problem ?? additions;
}

function isOlderStyle(service: Fields, { limits, reservations }: Fields): boolean {
  const isBare = Object.keys({ ...asRecord(limits), ...asRecord(reservations) }).length === 0;
  return isBare && OLDER.some((field) => service[field] !== undefined);
}

function wants(lacks: readonly Lack[]) {
  return {
    cpus: limitsCpus(lacks),
    memory: limitsMemory(lacks),
    reservations: lacks.includes('no-limits') || lacks.includes('no-reservations'),
  };
}

function olderLimits(lacks: readonly Lack[], size: Size): Fields {
  const wanted = wants(lacks);
  return {
    ...(wanted.cpus ? { cpus: size.cpus } : {}),
    ...(wanted.memory ? { mem_limit: size.memory } : {}),
  };
}

type Section = 'limits' | 'reservations';

function wantedResources(
  service: Fields,
  resources: Fields,
  lacks: readonly Lack[],
  size: Size,
): Readonly<Record<Section, Fields>> {
  const wanted = wants(lacks);
  const reserved = asRecord(resources.reservations);
  // A person who reserves one of them chose what to reserve.
  const isReserved = isSet(reserved.cpus) || isSet(reserved.memory);
  const limits = {
    ...(wanted.cpus ? { cpus: size.cpus } : {}),
    ...(wanted.memory ? { memory: size.memory } : {}),
  };
  const reservations =
    wanted.reservations && !isReserved ? { cpus: size.reservedCpus, memory: size.reservedMemory } : {};
  return {
    limits: { ...limits, ...repeated(service, resources, 'limits', limits) },
    reservations: { ...reservations, ...repeated(service, resources, 'reservations', reservations) },
  };
}

/** What stands beside `deploy`, and has to stand in a section that is there or comes. */
function repeated(service: Fields, resources: Fields, section: Section, added: Fields): Fields {
  const present = asRecord(resources[section]);
  if (Object.keys(added).length === 0 && Object.keys(present).length === 0) return {};
  const pairs = PAIRS.filter((pair) => pair.section === section && present[pair.key] === undefined);
  return Object.fromEntries(
    pairs.flatMap(({ field, key }) =>
      isSpoken(service[field]) ? [[key, asWritten(key, service[field])]] : [],
    ),
  );
}

function isSpoken(value: unknown): boolean {
  return isSet(value) || (typeof value === 'number' && value < 0);
}

/** Compose takes memory in `deploy` as a text only. */
function asWritten(key: string, value: unknown): unknown {
  return key === 'memory' ? String(value) : value;
}

/** The outermost missing map is added whole: deploy, its resources, a section, or keys of a section. */
function placed(own: Fields, wanted: Readonly<Record<Section, Fields>>): readonly Addition[] {
  const resources = asRecord(asRecord(own.deploy).resources);
  const sections = Object.entries(wanted).filter(([, entries]) => Object.keys(entries).length > 0);
  const whole = Object.fromEntries(sections);
  if (own.deploy === undefined) return [{ keys: [], entries: { deploy: { resources: whole } } }];
  if (asRecord(own.deploy).resources === undefined)
    return [{ keys: ['deploy'], entries: { resources: whole } }];
  const isThere = ([section]: readonly [string, Fields]) => resources[section] !== undefined;
  const missing = Object.fromEntries(sections.filter((each) => !isThere(each)));
  return [
    ...sections
      .filter(isThere)
      .map(([section, entries]) => ({ keys: ['deploy', 'resources', section], entries })),
    ...(Object.keys(missing).length > 0 ? [{ keys: ['deploy', 'resources'], entries: missing }] : []),
  ];
}

function asValue({ keys, entries }: Addition): Fields {
  return keys.reduceRight<Fields>((inner, key) => ({ [key]: inner }), entries);
}
