import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { isCollection } from '../../src/read/deploy/collection.ts';
import { type Mechanism, persistenceOf, storeKinds } from '../../src/read/product/persistence.ts';
import { privacyPages } from '../../src/read/product/privacy-pages.ts';
import { passedOver } from '../../src/read/product/store-words.ts';
import { once } from '../../src/repo/once.ts';
import { type Policy, policiesOf } from './read/policies.ts';
import { IN_CODE } from './tables.ts';

/** What keeps data, and what is written down about how long. */
export interface Retention {
  readonly stores: readonly Mechanism[];
  /** The policy that is judged. */
  readonly policy: Policy | undefined;
  /** The first store of each kind that the policy says nothing of. */
  readonly unspoken: readonly Mechanism[];
  /** Files in which the code itself already lets data go. */
  readonly timesInCode: () => readonly string[];
}

/** Reads the stores and the policy. */
export function read(repo: Repo): Retention | NotApplicable | Unknown {
  if (isCollection(repo)) return notApplicable('a collection of stacks, each by itself');
  const stores = persistenceOf(repo).filter(({ orphan }) => !orphan);
  if (stores.length === 0) return notApplicable('nothing here keeps data');
  const policy = policiesOf(repo)[0];
  const bare = policy ? undefined : privacyPages(repo).find(({ isBare }) => isBare);
  if (bare) return unknown(`what ${bare.path} says stands somewhere else`);
  const unspoken = policy && !policy.isPublic ? passedOver(policy.text, storeKinds(stores)) : [];
  return {
    stores,
    policy,
    unspoken: unspoken.flatMap((kind) => stores.find((store) => store.kind === kind) ?? []),
    timesInCode: once(() => timesInCode(repo)),
  };
}

/** One of these stands in every text that IN_CODE matches; looking for a string is cheap. */
const HINTS = ['DAYS', 'HOURS', 'INTERVAL', "'now'", '-mtime'];

function timesInCode(repo: Repo): readonly string[] {
  return repo
    .find(/\.(?:[cm]?[jt]s|sh)$/)
    .filter((path) => !/node_modules|\.test\.|(^|\/)tests?\//.test(path))
    .filter((path) => HINTS.some((hint) => repo.mentions(path, hint)) && repo.mentions(path, IN_CODE))
    .slice(0, 5);
}
