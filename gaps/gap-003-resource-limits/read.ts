import {
  type ComposeFile,
  type Finding,
  type NotApplicable,
  type Repo,
  type Unknown,
  unknown,
} from '../../src/contract.ts';
import type { ComposeStack } from '../../src/read/deploy/compose-stack.ts';
import { deployedStacks } from '../../src/read/deploy/deployed-stacks.ts';
import { documentedFiles } from '../../src/read/deploy/documented-files.ts';
import { runsApplication } from '../../src/read/deploy/likely-stacks.ts';
import type { StackService } from '../../src/read/deploy/service-roles.ts';
import { CHOOSE_COMPOSE } from '../../src/read/deploy/stacks.ts';
import { type Lack, lacksOf, speaksOfResources } from './limits.ts';
import { applicationStacks } from './read/application.ts';

/** A service that is deployed, and what it lacks of limits. */
export interface DeployedService extends StackService {
  readonly lacks: readonly Lack[];
  /** Another file that speaks about its resources, so that an entry in its own may contradict it. */
  readonly layer: string | undefined;
}

/** The stacks that run the application where it is deployed. */
export interface LimitsState {
  readonly repo: Repo;
  readonly stacks: readonly DeployedStack[];
  /** Those of all stacks, each once. */
  readonly services: readonly DeployedService[];
  /** What says that these stacks are deployed. */
  readonly evidence: string;
}

/** Files that one command reads together, lowest first, and the services that they make. */
export interface DeployedStack {
  readonly files: readonly ComposeFile[];
  readonly services: readonly DeployedService[];
}

/** Reads the services of the stacks that run the application. */
export function read(repo: Repo): LimitsState | NotApplicable | Unknown {
  const found = applicationStacks(repo);
  if ('kind' in found) return found;
  const stacks = found.map(({ files, services }) => ({ files, services: services.map(deployed) }));
  const services = stacks.flatMap((stack) => stack.services);
  const torn = services.find(
    ({ role, missing, lacks }) => role !== 'sibling' && missing !== undefined && lacks.length > 0,
  );
  if (torn)
    return unknown(`${torn.path}: ${torn.name} extends a service of ${torn.missing}, which is not here`);
  return {
    repo,
    stacks,
    services: distinct(services),
    evidence: evidenceOf(repo, found) + othersIn(repo, found),
  };
}

function deployed(service: StackService): DeployedService {
  const { path, parts, value, isCopy } = service;
  return {
    ...service,
    // Nothing has to be kept for a copy.
    lacks: lacksOf(value).filter((lack) => !isCopy || lack !== 'no-reservations'),
    layer: parts.find((part) => part.path !== path && speaksOfResources(part.value))?.path,
  };
}

/** A service of several stacks counts as the one of them makes it in which it lacks most. */
function distinct(services: readonly DeployedService[]): readonly DeployedService[] {
  const all = new Map<string, DeployedService>();
  for (const service of services) {
    const key = `${service.path} ${service.name}`;
    const known = all.get(key);
    const worse = known && known.lacks.length > service.lacks.length ? known : service;
    all.set(key, { ...worse, layer: known?.layer ?? service.layer });
  }
  return [...all.values()];
}

function evidenceOf(repo: Repo, stacks: readonly ComposeStack[]): string {
  const files = [
    ...new Map(stacks.flatMap((stack) => stack.files).map((file) => [file.path, file])).values(),
  ];
  const [only, ...others] = files;
  if (only?.deployed === 'unknown' && documentedFiles(repo).has(only.path))
    return 'the documentation tells people to download this file';
  if (only && others.length === 0)
    return only.deployed === 'no'
      ? `${only.evidence}, and no other file runs the application`
      : only.evidence;
  return files.map(({ path, evidence }) => `${path}: ${evidence}`).join('; ');
}

/** Files that run the application, too, when somebody names them: which one is meant is a person's to say. */
function othersIn(repo: Repo, found: readonly ComposeStack[]): string {
  const { started, open } = deployedStacks(repo);
  if (started.length > 0) return '';
  const known = found.flatMap(({ paths }) => paths);
  const others = open
    .filter(runsApplication)
    .flatMap(({ files }) => files.map(({ path }) => path))
    .filter((path) => !known.includes(path));
  return others.length === 0
    ? ''
    : `; where ${[...new Set(others)].join(' or ')} is meant, ${CHOOSE_COMPOSE}`;
}

/** The service that a finding is about; none for what is said of a whole stack. */
export function serviceOf({ services }: LimitsState, { path, data }: Finding): DeployedService | undefined {
  return services.find((each) => each.path === path && each.name === data?.service);
}
