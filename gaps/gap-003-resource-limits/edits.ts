import type { Edit, ManualStep, Repo, Span } from '../../src/contract.ts';
import type { Spans } from '../../src/edit/outcome.ts';
import { splice } from '../../src/edit/spans.ts';
import { addYamlEntry, type YamlValue } from '../../src/edit/yaml-entry.ts';
import { asRecord } from '../../src/repo/record.ts';
import { amount, type Fields, isSet } from './limits.ts';
import { RESOURCES, type RoledService, type Sized } from './roles.ts';

export interface LimitEdits {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

/** Adds what the services lack, in one splice of each file; a service that cannot be edited becomes a manual step. */
export function limitEdits(repo: Repo, services: readonly RoledService[]): LimitEdits {
  const parts = [...new Set(services.map(({ path }) => path))].map((path) =>
    editsOf(
      repo,
      path,
      services.filter((service) => service.path === path),
    ),
  );
  return { edits: parts.flatMap(({ edits }) => edits), manual: parts.flatMap(({ manual }) => manual) };
}

function editsOf(repo: Repo, path: string, services: readonly RoledService[]): LimitEdits {
  const spans: Span[] = [];
  const manual: ManualStep[] = [];
  for (const service of services) {
    const outcome = spansFor(repo.text(path), path, service);
    if ('refused' in outcome) manual.push(stepFor(path, service, outcome.refused));
    else spans.push(...outcome.spans);
  }
  return { edits: spans.length > 0 ? [splice(repo, path, spans)] : [], manual };
}

/** The outermost missing part is added whole: deploy, its resources, or the missing keys of limits and reservations. */
function spansFor(text: string, path: string, service: RoledService): Spans {
  const { name, role, own, layer } = service;
  const at = ['services', name];
  if (!service.isWhole)
    return { refused: `${path}: services.${name} takes a part of itself from elsewhere with extends` };
  if (layer !== undefined) return { refused: `${layer} says a part of what services.${name} may use` };
  if (isLegacy(own))
    return {
      refused: `${path}: services.${name} limits itself with mem_limit or cpus, which do not mix with deploy`,
    };
  const { limits, reservations } = RESOURCES[role];
  if (own.deploy === undefined)
    return addYamlEntry(path, text, at, 'deploy', { resources: { limits, reservations } });
  const resources = asRecord(own.deploy).resources;
  if (resources === undefined)
    return addYamlEntry(path, text, [...at, 'deploy'], 'resources', { limits, reservations });
  const zero = Object.entries(asRecord(asRecord(resources).limits)).find(([, limit]) => !isSet(limit));
  if (zero)
    return {
      refused: `${path}: services.${name} sets ${zero[0]} to ${String(zero[1])}, which limits nothing`,
    };
  const clash = clashIn(asRecord(resources), limits, reservations);
  if (clash) return { refused: `${path}: services.${name} ${clash}` };
  const parts = [
    ...missingKeys(asRecord(resources), 'limits', limits),
    ...missingKeys(asRecord(resources), 'reservations', reservations),
  ];
  return joined(
    parts.map(([keys, key, part]) =>
      addYamlEntry(path, text, [...at, 'deploy', 'resources', ...keys], key, part),
    ),
  );
}

/** Why the runbook's numbers do not go with those that a person chose. */
function clashIn(
  { limits, reservations }: Fields,
  wantedLimits: Sized['limits'],
  wantedReservations: Sized['reservations'],
): string | undefined {
  const allowed: Fields = { ...wantedLimits, ...asRecord(limits) };
  const reserved: Fields = {
    ...(reservations === undefined ? wantedReservations : {}),
    ...asRecord(reservations),
  };
  const key = Object.keys(allowed).find((each) => plain(reserved[each]) > plain(allowed[each]));
  if (key === undefined) return undefined;
  return `would reserve more ${key} (${reserved[key]}) than its limit (${allowed[key]})`.replaceAll("'", '');
}

/** The number of a value as it stands in the file, quotes included; NaN where only the environment knows it. */
function plain(value: unknown): number {
  const found = amount(typeof value === 'string' ? value.replaceAll("'", '') : value);
  return found === 'environment' ? Number.NaN : found;
}

type Part = readonly [keys: readonly string[], key: string, value: YamlValue];

function missingKeys(
  resources: Readonly<Record<string, unknown>>,
  section: string,
  wanted: Readonly<Record<string, string>>,
): readonly Part[] {
  const present = resources[section];
  if (present === undefined) return [[[], section, wanted]];
  // A person chose what is reserved; what is limited has to be both.
  if (section === 'reservations') return [];
  return Object.entries(wanted)
    .filter(([key]) => asRecord(present)[key] === undefined)
    .map(([key, value]): Part => [[section], key, value]);
}

function joined(outcomes: readonly Spans[]): Spans {
  const refused = outcomes.find((outcome) => 'refused' in outcome);
  return refused ?? { spans: outcomes.flatMap((outcome) => ('spans' in outcome ? outcome.spans : [])) };
}

function isLegacy(value: Readonly<Record<string, unknown>>): boolean {
  return value.mem_limit !== undefined || value.cpus !== undefined;
}

function stepFor(path: string, { name, role }: RoledService, reason: string): ManualStep {
  const { limits, reservations } = RESOURCES[role];
  const wanted = `limits of ${limits.cpus} CPUs and ${limits.memory}, reservations of ${reservations.cpus} CPUs and ${reservations.memory}`;
  return {
    title: `In ${path}, give the service ${name} ${wanted.replaceAll("'", '')}`,
    why: `It cannot be edited safely: ${reason}.`,
    seenBy: 'The merged Compose model shows the limits.',
  };
}
