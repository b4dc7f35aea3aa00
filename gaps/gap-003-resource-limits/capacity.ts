import type { StackService } from '../../src/read/deploy/service-roles.ts';
import { asRecord } from '../../src/repo/record.ts';
import { amount, type Fields, inCpus, inUnits } from './amounts.ts';
import { type Lack, limitsCpus, limitsMemory, limitsOf } from './limits.ts';
import type { Size } from './sizes.ts';

/** What the server has to hold, in words: the sum of the limits, and what has none. */
export interface Capacity {
  readonly sum: string;
  readonly rest: string;
}

/** What counts of a service. */
type Counted = Pick<StackService, 'name' | 'value' | 'isLongRunning' | 'profiles'>;

/** Adds up what the long-running services of a stack may use. */
export function capacityOf(services: readonly Counted[]): Capacity {
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

function described({ name, profiles }: Counted): string {
  return profiles.length > 0 ? `${name} (with the profile ${profiles.join(' or ')})` : name;
}

function isOpen(value: Fields): boolean {
  const { cpus, memory } = limitsOf(value);
  return amount(cpus) === 'environment' || amount(memory) === 'environment';
}

function total(services: readonly Counted[], what: 'cpus' | 'memory'): number {
  return services.reduce((sum, { value }) => {
    const each = amount(limitsOf(value)[what] ?? 0);
    return sum + (typeof each === 'number' && Number.isFinite(each) ? each * copiesOf(value) : 0);
  }, 0);
}

function copiesOf({ deploy, scale }: Fields): number {
  const copies = Number(asRecord(deploy).replicas ?? scale ?? 1);
  return Number.isInteger(copies) && copies >= 0 ? copies : 1;
}

/** A service as it is once what it lacks is written. */
export function withLimits(value: Fields, lacks: readonly Lack[], { cpus, memory }: Size): Fields {
  const limits = {
    ...(limitsCpus(lacks) ? { cpus } : {}),
    ...(limitsMemory(lacks) ? { memory } : {}),
  };
  if (Object.keys(limits).length === 0) return value;
  const deploy = asRecord(value.deploy);
  const resources = asRecord(deploy.resources);
  const all = { ...asRecord(resources.limits), ...limits };
  return { ...value, deploy: { ...deploy, resources: { ...resources, limits: all } } };
}
