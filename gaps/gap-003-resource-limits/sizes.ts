import type { z } from 'zod';
import type { ServiceRole } from '../../src/read/deploy/service-roles.ts';
import { plain } from './amounts.ts';

/** What a service may use, and what is kept for it. */
export interface Size {
  readonly cpus: number;
  readonly memory: string;
  readonly reservedCpus: number;
  readonly reservedMemory: string;
}

/** The sizes by role, as the options give them. */
export type Sizes = Readonly<Record<ServiceRole, Size>>;

type Zod = typeof z;

const cpus = (zod: Zod, value: number, what: string) =>
  zod.coerce.number().min(0.01).max(1024).default(value).describe(`CPUs ${what}.`);
const memory = (zod: Zod, value: string, what: string) =>
  zod
    .string()
    .regex(/^\d+(?:\.\d+)?[kmg]b?$/i, 'must be a number with a unit, as in 512M')
    .default(value)
    .describe(`Memory ${what}.`);

/** The numbers of GAP-003 as options; the defaults are the runbook's (GAP-003, Action). */
function shapeOf(zod: Zod) {
  return {
    siblings: zod
      .boolean()
      .default(false)
      .describe('Also limit the long-running services beside the front end and the gateway.'),
    frontendCpus: cpus(zod, 2, 'that the front end may use'),
    frontendMemory: memory(zod, '2G', 'that the front end may use'),
    frontendReservedCpus: cpus(zod, 0.5, 'that are kept for the front end'),
    frontendReservedMemory: memory(zod, '512M', 'that is kept for the front end'),
    gatewayCpus: cpus(zod, 1, 'that the gateway may use'),
    gatewayMemory: memory(zod, '1G', 'that the gateway may use'),
    gatewayReservedCpus: cpus(zod, 0.25, 'that are kept for the gateway'),
    gatewayReservedMemory: memory(zod, '256M', 'that is kept for the gateway'),
    // Not from the runbook: what A.I.M.S. gives to its own small services.
    siblingCpus: cpus(zod, 0.5, 'that each sibling may use'),
    siblingMemory: memory(zod, '512M', 'that each sibling may use'),
    siblingReservedCpus: cpus(zod, 0.1, 'that are kept for each sibling'),
    siblingReservedMemory: memory(zod, '128M', 'that is kept for each sibling'),
  };
}

/** The options of the gap; sizes that Docker would refuse are refused here. */
export function limitOptions(zod: Zod) {
  return zod.object(shapeOf(zod)).superRefine((options, context) => {
    for (const [role, size] of Object.entries(sizesOf(options))) {
      const refuse = (name: string, other: string) =>
        context.addIssue({
          code: 'custom',
          path: [`${role}${name}`],
          message: `must not be more than ${role}${other}`,
        });
      if (size.reservedCpus > size.cpus) refuse('ReservedCpus', 'Cpus');
      if (plain(size.reservedMemory) > plain(size.memory)) refuse('ReservedMemory', 'Memory');
    }
  });
}

/** The options as they are given. */
export type LimitOptions = z.infer<z.ZodObject<ReturnType<typeof shapeOf>>>;

/** The sizes that options ask for. */
export function sizesOf(options: LimitOptions): Sizes {
  return {
    frontend: {
      cpus: options.frontendCpus,
      memory: options.frontendMemory,
      reservedCpus: options.frontendReservedCpus,
      reservedMemory: options.frontendReservedMemory,
    },
    gateway: {
      cpus: options.gatewayCpus,
      memory: options.gatewayMemory,
      reservedCpus: options.gatewayReservedCpus,
      reservedMemory: options.gatewayReservedMemory,
    },
    sibling: {
      cpus: options.siblingCpus,
      memory: options.siblingMemory,
      reservedCpus: options.siblingReservedCpus,
      reservedMemory: options.siblingReservedMemory,
    },
  };
}
