import type { Finding, Findings } from '../../src/contract.ts';
import type { Deployment } from '../../src/read/deploy/deployments.ts';
import type { Procedure } from './read/procedures.ts';
import type { ReleaseState } from './read.ts';

export type Code = 'no-procedure' | 'image-overwritten' | 'dead-reference';

/** A way back that nobody wrote down, that names what is not there, or that has nothing to go back to. */
export function detect({ deployments, keepers, procedures, overwritten }: ReleaseState): Findings<Code> {
  if (keepers.length > 0) return { findings: [], reason: reasonOf(keepers) };
  const images = overwritten.map(
    ({ path, at, service }): Finding<Code> => ({ code: 'image-overwritten', path, at, data: { service } }),
  );
  const [first] = procedures;
  if (!first) return { findings: [...unwritten(deployments), ...images] };
  return {
    findings: [...procedures.flatMap(deadReferences), ...images],
    reason: `the way back is written in ${first.path}`,
  };
}

function reasonOf(keepers: readonly string[]): string {
  const kept = keepers.length === 1 ? `${keepers[0]} keeps` : `each of ${keepers.join(', ')} keeps`;
  return `${kept} earlier deployments and puts one back`;
}

/** Once for the way that people go, which is a script before the stack that it starts. */
function unwritten(deployments: readonly Deployment[]): readonly Finding<Code>[] {
  const order = ['script', 'workflow', 'compose', 'platform'] as const;
  const first = [...deployments].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0];
  const how = [...new Set(deployments.map((each) => each.how))].join(', ');
  return first ? [{ code: 'no-procedure', path: first.path, at: 0, data: { how } }] : [];
}

function deadReferences({ path, at, dead }: Procedure): readonly Finding<Code>[] {
  return dead.map(({ kind, name }) => ({
    code: 'dead-reference',
    path,
    at,
    data: { name: kind === 'service' ? `the service ${name}` : name },
  }));
}
