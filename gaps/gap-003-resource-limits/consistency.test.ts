import { describe, expect, test } from 'vitest';
import type { Fields } from './amounts.ts';
import { consistency } from './consistency.ts';

const FINE = {
  limits: { cpus: '1', memory: '1G', pids: 200 },
  reservations: { cpus: '0.5', memory: '256M' },
};

describe('Compose and Docker refuse', () => {
  test.each<[string, Fields, RegExp]>([
    [
      'cpus beside another limit',
      { cpus: 2 },
      /^cpus \(2\) and deploy\.resources\.limits\.cpus \(1\) differ$/,
    ],
    [
      'mem_limit beside another limit',
      { mem_limit: '2g' },
      /^mem_limit \(2g\) and .*limits\.memory \(1G\) differ$/,
    ],
    [
      'pids_limit beside another limit',
      { pids_limit: 100 },
      /^pids_limit \(100\) and .*limits\.pids \(200\) differ$/,
    ],
    [
      'mem_reservation beside another one',
      { mem_reservation: '1g' },
      /reservations\.memory \(256M\) differ$/,
    ],
    [
      'a limit beside sections that lack it',
      { mem_limit: '1g', deploy: { resources: { limits: { cpus: 1 } } } },
      /limits\.memory \(none\) differ$/,
    ],
    [
      'a variable beside a limit that is missing',
      { pids_limit: '${PIDS}', deploy: { resources: { limits: { cpus: 1 } } } },
      /limits\.pids \(none\)/,
    ],
    ['an unlimited number beside a limit', { pids_limit: -1 }, /^pids_limit \(-1\)/],
    ['a quota of CPUs', { cpu_quota: 50_000 }, /^a limit of CPUs and cpu_quota exclude each other$/],
    ['a period of CPUs', { cpu_period: '50000' }, /^a limit of CPUs and cpu_period exclude each other$/],
    [
      'less swap than memory',
      { memswap_limit: '512m' },
      /^memswap_limit \(512 MiB\) is below the limit of memory \(1 GiB\)$/,
    ],
    [
      'swap without a limit of memory',
      { memswap_limit: '1g', deploy: {} },
      /^memswap_limit needs a limit of memory beside it$/,
    ],
    ['too little memory', { deploy: undefined, mem_limit: '4m' }, /below the least of 6 MiB/],
  ])('%s', (_what, more, reason) => {
    const value = { deploy: { resources: FINE }, ...more };
    expect(consistency(value)).toEqual([expect.stringMatching(reason)]);
  });

  test.each<[string, Fields, RegExp]>([
    [
      'more reserved CPUs',
      { limits: { cpus: 1, memory: '1G' }, reservations: { cpus: 2 } },
      /reserves more CPUs \(2\) than its limit \(1\)/,
    ],
    [
      'more reserved memory',
      { limits: { cpus: 1, memory: '1G' }, reservations: { memory: '1.5gb' } },
      /reserves more memory \(1\.5 GiB\)/,
    ],
    [
      'a key that it does not know',
      { limits: { cpus: 1, memory: '1G', cpu: 1 }, reservations: { memory: '1G' } },
      /limits does not take cpu$/,
    ],
    [
      'a number for memory',
      { limits: { cpus: 1, memory: 1e9 }, reservations: { memory: '1M' } },
      /limits\.memory has to be a text/,
    ],
  ])('%s in deploy', (_what, resources, reason) => {
    const value = { deploy: { resources } };
    expect(consistency(value)).toEqual([expect.stringMatching(reason)]);
  });
});

describe('Compose and Docker accept', () => {
  test.each<[string, Fields]>([
    [
      'the same values, written in other ways',
      { cpus: '1.0', mem_limit: '1024mb', pids_limit: '200', mem_reservation: 268_435_456 },
    ],
    [
      'a fraction that 32 bits round',
      {
        cpus: 0.1,
        deploy: { resources: { limits: { cpus: '0.1', memory: '1G' }, reservations: { memory: '1G' } } },
      },
    ],
    [
      'the same variable in both places',
      {
        mem_limit: '${MEM}',
        deploy: { resources: { limits: { cpus: 1, memory: '${MEM}' }, reservations: { cpus: 1 } } },
      },
    ],
    [
      'older keys alone',
      { cpus: 2, mem_limit: '2g', pids_limit: 100, memswap_limit: '4g', deploy: { replicas: 2 } },
    ],
    [
      'older keys beside a section that has nothing to do with them',
      { pids_limit: 9, mem_limit: '2g', cpus: 1, deploy: { resources: { reservations: { cpus: 1 } } } },
    ],
    ['no number at all', { pids_limit: 0, cpus: 0, mem_limit: null }],
    ['swap without an end', { memswap_limit: -1 }],
    [
      'devices and what is private',
      {
        deploy: {
          resources: {
            limits: { 'x-why': 1, cpus: 1, memory: '1G' },
            reservations: { devices: [], cpus: 1 },
          },
        },
      },
    ],
  ])('%s', (_what, more) => {
    const value = { deploy: { resources: FINE }, ...more };
    expect(consistency(value)).toEqual([]);
  });
});
