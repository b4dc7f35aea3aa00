import type { Finding, Findings } from '../../src/contract.ts';
import type { Deployment } from '../../src/read/deploy/deployments.ts';
import type { Procedure } from './read/procedures.ts';
import type { ReleaseState } from './read.ts';

export type Code = 'no-procedure' | 'image-overwritten' | 'releases-pruned' | 'dead-reference';

/** A way back that nobody wrote down, that names what is not there, or that has nothing to go back to. */
export function detect(state: ReleaseState): Findings<Code> {
  const { deployments, keepers, procedures, overwritten, pruned } = state;
  if (keepers.length > 0) return { findings: [], reason: reasonOf(keepers) };
  const images = overwritten.map(
    ({ path, at, service }): Finding<Code> => ({ code: 'image-overwritten', path, at, data: { service } }),
  );
  const deleted = pruned.map(({ path, at }): Finding<Code> => ({ code: 'releases-pruned', path, at }));
  const [first] = procedures;
  if (!first) return { findings: [...unwritten(deployments), ...images, ...deleted] };
  return {
    findings: [...procedures.flatMap(deadReferences), ...images, ...deleted],
    reason: `the way back is written in ${first.path}`,
  };
}

/** The images of one Compose file are released together or not at all. */
export function unitOf({ code, path, at, data }: Finding<Code>): string {
  return code === 'image-overwritten' ? `${code} ${path}` : `${code} ${path} ${at} ${data?.name ?? ''}`;
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
