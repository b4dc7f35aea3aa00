import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { isCollection } from '../../src/read/deploy/collection.ts';
import { storesLeftOut } from '../../src/read/documents/left-out.ts';
import { privacyPages } from '../../src/read/documents/privacy-pages.ts';
import { type Mechanism, persistenceOf, storeKinds } from '../../src/read/product/persistence.ts';
import { type RetentionRule, retentionRules } from '../../src/read/product/retention-rules.ts';
import { type Policy, policiesOf } from './read/policies.ts';

/** What keeps data, and what is written down about how long. */
export interface Retention {
  readonly stores: readonly Mechanism[];
  /** The policy that is judged. */
  readonly policy: Policy | undefined;
  /** The first store of each kind that the policy says nothing of. */
  readonly unspoken: readonly Mechanism[];
  /** Where the code itself already lets data go; looked for when it is asked for. */
  readonly rules: readonly RetentionRule[];
}

/** Reads the stores and the policy. */
export function read(repo: Repo): Retention | NotApplicable | Unknown {
  if (isCollection(repo)) return notApplicable('a collection of stacks, each by itself');
  const stores = persistenceOf(repo).filter(({ orphan }) => !orphan);
  if (stores.length === 0) return notApplicable('nothing here keeps data');
  const policy = policiesOf(repo)[0];
  const bare = policy ? undefined : privacyPages(repo).find(({ isBare }) => isBare);
  if (bare) return unknown(`what ${bare.path} says stands somewhere else`);
  const unspoken = policy && !policy.isPublic ? storesLeftOut(policy.text, storeKinds(stores)) : [];
  return {
    stores,
    policy,
    unspoken: unspoken.flatMap((kind) => stores.find((store) => store.kind === kind) ?? []),
    get rules() {
      return retentionRules(repo);
    },
  };
}
