import type { ManualStep } from '../../../src/contract.ts';
import { amount } from '../amounts.ts';
import { limitsCpus, limitsOf } from '../limits.ts';
import type { DeployedStack } from '../read.ts';
import type { Sizes } from '../sizes.ts';
import type { Wanted } from './wanted-services.ts';

/** The smallest servers have one CPU, and Docker makes no container that may use more CPUs than there are. */
const SMALLEST = 1;

/** What a person has to look at before CPUs are limited that the server may not have. */
export function serverSteps(
  stacks: readonly DeployedStack[],
  done: readonly Wanted[],
  sizes: Sizes,
): readonly ManualStep[] {
  return stacks.flatMap((stack) => {
    const written = done.filter(({ service, lacks }) => limitsCpus(lacks) && isIn(stack, service));
    const large = written.filter(({ service }) => sizes[service.role].cpus > known(stack, written));
    const most = Math.max(...large.map(({ service }) => sizes[service.role].cpus));
    if (large.length === 0) return [];
    const options = [...new Set(large.map(({ service }) => service.role))].map(
      (role) => `--option GAP-003.${role}Cpus=${SMALLEST}`,
    );
    return [serverStep(stack.files.map(({ path }) => path).join(' + '), most, options)];
  });
}

function isIn({ services }: DeployedStack, { path, name }: Wanted['service']): boolean {
  return services.some((each) => each.path === path && each.name === name);
}

/** The most CPUs that a service asks for already which `up` always starts: the server has them. */
function known({ services }: DeployedStack, written: readonly Wanted[]): number {
  const others = services.filter(
    ({ name, isLongRunning, profiles }) =>
      isLongRunning && profiles.length === 0 && !written.some(({ service }) => service.name === name),
  );
  const asked = others.map(({ value }) => amount(limitsOf(value).cpus ?? 0));
  return Math.max(SMALLEST, ...asked.filter((each) => typeof each === 'number').filter(Number.isFinite));
}

function serverStep(files: string, most: number, options: readonly string[]): ManualStep {
  return {
    title: `Before this is deployed, run nproc on the server of ${files}: it has to print ${Math.ceil(most)} or more. Where it prints less, apply with ${options.join(' ')} instead (aims-fix undo takes an applied plan back)`,
    why: `Docker starts no container whose limit is above the CPUs of the server ("range of CPUs is from 0.01 to ${SMALLEST}.00"), and how many it has is not written here.`,
    seenBy: 'It cannot be read here: docker compose up -d starts the containers, or says so.',
  };
}
