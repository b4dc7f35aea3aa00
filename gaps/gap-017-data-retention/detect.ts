import type { Finding, Findings } from '../../src/contract.ts';
import { type Mechanism, storeKinds } from '../../src/read/product/persistence.ts';
import type { Policy } from './read/policies.ts';
import type { Retention } from './read.ts';
import { SUBJECT } from './tables.ts';

export type Code = 'no-policy' | 'unfilled-policy' | 'no-duration' | 'no-deletion' | 'unspoken-store';

/** What the policy lacks, or that there is none. */
export function detect({ stores, policy, unspoken }: Retention): Findings<Code> {
  if (!policy)
    return { findings: [{ code: 'no-policy', path: SUBJECT.path, data: { stores: listed(stores) } }] };
  return {
    findings: [...defectsOf(policy), ...(policy.isForm ? [] : unspokenIn(policy, unspoken))],
    reason: `the policy is ${policy.path}`,
  };
}

function defectsOf({ path, at, isForm, hasDuration, hasDeletion }: Policy): readonly Finding<Code>[] {
  if (isForm) return [{ code: 'unfilled-policy', path, at }];
  return [
    ...(hasDuration ? [] : [{ code: 'no-duration' as const, path, at }]),
    ...(hasDeletion ? [] : [{ code: 'no-deletion' as const, path, at }]),
  ];
}

function unspokenIn(policy: Policy, unspoken: readonly Mechanism[]): readonly Finding<Code>[] {
  return unspoken.map(({ kind, path, at }) => ({
    code: 'unspoken-store',
    path,
    at,
    data: { kind, document: policy.path },
  }));
}

function listed(stores: readonly Mechanism[]): string {
  return storeKinds(stores)
    .map((kind) => `${kind} (${stores.find((each) => each.kind === kind)?.path})`)
    .join(', ');
}
