import type { ManualStep } from '../../src/contract.ts';
import { asRecord } from '../../src/repo/record.ts';
import { amount, inCpus, inUnits } from './amounts.ts';
import type { Wanted } from './edits.ts';
import type { ReadStack } from './files.ts';
import { limitsOf } from './limits.ts';
import type { RoledService } from './roles.ts';
import type { Role, Size, Sizes } from './sizes.ts';

/** What the server has to hold, in words: the sum of the limits, and what has none. */
export interface Capacity {
  readonly sum: string;
  readonly rest: string;
}

/** Adds up what the long-running services of a stack may use. */
export function capacityOf({ services }: ReadStack): Capacity {
  const running = services.filter(({ isLongRunning }) => isLongRunning);
  const [cpus, memory] = [total(running, 'cpus'), total(running, 'memory')];
  const bare = running.filter(({ value }) => limitsOf(value).memory === undefined).map(described);
  const open = running.filter(({ value }) => isOpen(value)).map(({ name }) => name);
  return {
    sum: `${inCpus(cpus)} and ${inUnits(memory)}`,
    rest: [
      ...(bare.length > 0 ? [`${bare.join(', ')} may use all memory that is left`] : []),
      ...(open.length > 0 ? [`the environment says what ${open.join(', ')} may use`] : []),
      ...(bare.length + open.length === 0 ? ['every service has its limit'] : []),
    ].join('; '),
  };
}

function described({ name, profiles }: RoledService): string {
  return profiles.length > 0 ? `${name} (with the profile ${profiles.join(' or ')})` : name;
}

function isOpen(value: RoledService['value']): boolean {
  const { cpus, memory } = limitsOf(value);
  return amount(cpus) === 'environment' || amount(memory) === 'environment';
}

function total(services: readonly RoledService[], what: 'cpus' | 'memory'): number {
  return services.reduce((sum, { value }) => {
    const each = amount(limitsOf(value)[what] ?? 0);
    return sum + (typeof each === 'number' && Number.isFinite(each) ? each * copiesOf(value) : 0);
  }, 0);
}

function copiesOf({ deploy, scale }: RoledService['value']): number {
  const copies = Number(asRecord(deploy).replicas ?? scale ?? 1);
  return Number.isInteger(copies) && copies >= 0 ? copies : 1;
}

/** What whoever sizes the server wants to know of each stack once its limits are written. */
export function capacitySentences(
  stacks: readonly ReadStack[],
  done: readonly Wanted[],
  sizes: Sizes,
): readonly string[] {
  const touched = stacks.filter(({ services }) => done.some(({ service }) => services.includes(service)));
  return touched.map((stack) => {
    const services = stack.services.map((service) => {
      const lacks = done.find((each) => each.service === service)?.lacks ?? [];
      return { ...service, value: withLimits(service.value, lacks, sizes[service.role]) };
    });
    const { sum, rest } = capacityOf({ ...stack, services });
    return `The limits of ${stack.files.map(({ path }) => path).join(' + ')} add up to ${sum}; ${rest}.`;
  });
}

function withLimits(
  value: RoledService['value'],
  lacks: Wanted['lacks'],
  { cpus, memory }: Size,
): RoledService['value'] {
  const limits = {
    ...(addsCpus(lacks) ? { cpus } : {}),
    ...(lacks.includes('no-limits') || lacks.includes('no-memory-limit') ? { memory } : {}),
  };
  const deploy = asRecord(value.deploy);
  const resources = asRecord(deploy.resources);
  const all = { ...asRecord(resources.limits), ...limits };
  return Object.keys(limits).length === 0
    ? value
    : { ...value, deploy: { ...deploy, resources: { ...resources, limits: all } } };
}

/** The smallest servers have one CPU, and Docker makes no container that may use more CPUs than there are. */
const SMALLEST = 1;

/** What a person has to look at before CPUs are limited that the server may not have. */
export function cpuSteps(
  stacks: readonly ReadStack[],
  done: readonly Wanted[],
  sizes: Sizes,
): readonly ManualStep[] {
  return stacks.flatMap((stack) => {
    const written = done.filter(({ service, lacks }) => addsCpus(lacks) && stack.services.includes(service));
    const large = written.filter(({ service }) => sizes[service.role].cpus > known(stack, written));
    const most = Math.max(...large.map(({ service }) => sizes[service.role].cpus));
    if (large.length === 0) return [];
    const options = [...new Set(large.map(({ service }) => service.role))].map(
      (role) => `--option GAP-003.${optionOf(role)}=${SMALLEST}`,
    );
    return [cpuStep(stack.files.map(({ path }) => path).join(' + '), most, options)];
  });
}

function addsCpus(lacks: Wanted['lacks']): boolean {
  return lacks.includes('no-limits') || lacks.includes('no-cpu-limit');
}

/** The most CPUs that a service asks for already which `up` always starts: the server has them. */
function known({ services }: ReadStack, written: readonly Wanted[]): number {
  const others = services.filter(
    (service) =>
      service.isLongRunning &&
      service.profiles.length === 0 &&
      !written.some((each) => each.service === service),
  );
  const asked = others.map(({ value }) => amount(limitsOf(value).cpus ?? 0));
  return Math.max(SMALLEST, ...asked.filter((each) => typeof each === 'number').filter(Number.isFinite));
}

function optionOf(role: Role): string {
  return `${role}Cpus`;
}

function cpuStep(files: string, most: number, options: readonly string[]): ManualStep {
  return {
    title: `Before this is deployed, run nproc on the server of ${files}: it has to print ${Math.ceil(most)} or more. Where it prints less, apply with ${options.join(' ')} instead (aims-fix undo takes an applied plan back)`,
    why: `Docker starts no container whose limit is above the CPUs of the server ("range of CPUs is from 0.01 to ${SMALLEST}.00"), and how many it has is not written here.`,
    seenBy: 'It cannot be read here: docker compose up -d starts the containers, or says so.',
  };
}
