import type { Finding, Findings } from '../../src/contract.ts';
import type { Limiter } from './read/limiters.ts';
import type { RateLimits } from './read.ts';

export type Code = 'in-memory-store' | 'edge-client' | 'no-address' | 'limiter-unused' | 'dead-limiter';

/** Limiters that count in memory, and those on Redis that cannot do what they are for. */
export function detect({ limiters, edgeClients, proxy }: RateLimits): Findings<Code> {
  const used = limiters.filter(({ isUsed }) => isUsed);
  const findings = [
    ...limiters.flatMap((limiter) => findingOf(limiter, limiters) ?? []),
    ...edgeClients.map(
      ({ path, at, name }): Finding<Code> => ({
        code: 'edge-client',
        path,
        at,
        data: { client: name },
      }),
    ),
  ];
  if (proxy)
    return { findings, reason: `only ${proxy.name} limits, in front of the application (${proxy.path})` };
  return { findings, ...(used.length > 0 ? { reason: reasonOf(used) } : {}) };
}

function findingOf(limiter: Limiter, limiters: readonly Limiter[]): Finding<Code> | undefined {
  const { path, at, name, counts, isUsed } = limiter;
  const place = { path, at, data: { limiter: name } };
  if (isUsed)
    return counts === 'in memory' ? { code: 'in-memory-store', ...place } : lackOf(limiter, limiters);
  const isOnlyHope = counts === 'outside' && !limiters.some((other) => other.isUsed);
  return { code: isOnlyHope ? 'limiter-unused' : 'dead-limiter', ...place };
}

/** Told once for each place that lacks the address, however many limiters ask for it. */
function lackOf(limiter: Limiter, limiters: readonly Limiter[]): Finding<Code> | undefined {
  const { path, at, name, lacks } = limiter;
  const isFirst = limiters.find((other) => placeOf(other) === placeOf(limiter)) === limiter;
  if (!lacks || !isFirst) return undefined;
  const { variables, service } = lacks;
  const who = service ? `the service ${service.name}` : 'the repository';
  return {
    code: 'no-address',
    path: service?.path ?? path,
    at: service?.at ?? at,
    data: { limiter: name, variables: variables.join(' or '), who },
  };
}

function placeOf({ lacks, within }: Limiter): string | undefined {
  return lacks && `${lacks.service?.path}:${lacks.service?.name}:${within?.dir}`;
}

function reasonOf(used: readonly Limiter[]): string {
  const shared = used.filter(({ counts }) => counts === 'outside');
  const names = [...new Set(shared.map(({ name, path }) => `${name} (${path})`))];
  return names.length > 0 ? `counted outside of the process: ${names.join(', ')}` : 'counted in memory';
}
