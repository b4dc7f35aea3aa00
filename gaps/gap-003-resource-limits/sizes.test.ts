import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { limitOptions, sizesOf } from './sizes.ts';

const options = limitOptions(z).strict();

describe('the options of GAP-003', () => {
  test("are the runbook's numbers where nothing is said", () => {
    expect(sizesOf(options.parse({}))).toMatchObject({
      frontend: { cpus: 2, memory: '2G', reservedCpus: 0.5, reservedMemory: '512M' },
      gateway: { cpus: 1, memory: '1G', reservedCpus: 0.25, reservedMemory: '256M' },
    });
  });

  test('take numbers as the command line and the configuration give them', () => {
    expect(sizesOf(options.parse({ frontendCpus: '0.75', gatewayCpus: 1.5 }))).toMatchObject({
      frontend: { cpus: 0.75 },
      gateway: { cpus: 1.5 },
    });
  });

  test.each([
    [{ frontendCpus: 0 }, 'frontendCpus'],
    [{ frontendCpus: 'many' }, 'frontendCpus'],
    [{ gatewayMemory: 512 }, 'gatewayMemory'],
    [{ gatewayMemory: '512' }, 'gatewayMemory'],
    [{ gatewayMemory: '2 gigabytes' }, 'gatewayMemory'],
    [{ frontendCpus: 0.25 }, 'frontendReservedCpus'],
    [{ frontendMemory: '256M' }, 'frontendReservedMemory'],
  ])('refuse %j', (given, name) => {
    expect(options.safeParse(given).error?.issues[0]?.path).toEqual([name]);
  });
});
