import { defineGap, type Finding, notApplicable, unknown } from '../../src/contract.ts';
import { isCollection } from '../../src/read/deploy/collection.ts';
import { type Mechanism, persistenceOf, storeKinds } from '../../src/read/product/persistence.ts';
import { privacyPages } from '../../src/read/product/privacy-pages.ts';
import { checksOf } from './checks.ts';
import { type Policy, policiesOf, unspokenStores } from './policy.ts';
import { stepsFor } from './steps.ts';

type Code = 'no-policy' | 'unfilled-policy' | 'no-duration' | 'no-deletion' | 'unspoken-store';

export default defineGap({
  meta: {
    id: 'GAP-017',
    slug: 'data-retention',
    title: 'Data retention policy documentation',
    problem: 'Nobody has written down how long data is kept, so it is kept for ever or lost by chance.',
    looksFor:
      'Repositories that keep data without a document that says how long each kind is kept and how it goes away.',
    category: 'Documentation',
    priority: 'P3',
    effort: '30 min',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-policy': 'Data is kept in {{stores}}, and no document says for how long.',
      'unfilled-policy': 'This policy is a form that nobody has filled in.',
      'no-duration': 'This policy says of nothing how long it is kept.',
      'no-deletion': 'This policy does not say how data goes away when its time is over.',
      'unspoken-store': {
        text: '{{kind}} keeps data here, and {{document}} does not speak of it.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-017',
      'https://eur-lex.europa.eu/eli/reg/2016/679/oj (GDPR, Article 5(1)(e))',
      'https://www.iso.org/standard/27001',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    if (isCollection(repo)) return notApplicable('a collection of stacks, each by itself');
    const mechanisms = persistenceOf(repo).filter(({ orphan }) => !orphan);
    if (mechanisms.length === 0) return notApplicable('nothing here keeps data');
    const policy = policiesOf(repo)[0];
    if (!policy) {
      const bare = privacyPages(repo).find(({ isBare }) => isBare);
      if (bare) return unknown(`what ${bare.path} says stands somewhere else`);
      const data = { stores: listed(mechanisms) };
      return { findings: [{ code: 'no-policy', path: 'docs/data-retention.md', data }] };
    }
    const notes = unspokenStores(policy, storeKinds(mechanisms)).flatMap((kind): Finding<Code>[] => {
      const place = mechanisms.find((each) => each.kind === kind);
      return place
        ? [{ code: 'unspoken-store', path: place.path, at: place.at, data: { kind, document: policy.path } }]
        : [];
    });
    const amiss = defectsOf(policy);
    return {
      findings: [...amiss, ...(amiss.length > 0 ? [] : notes)],
      reason: `the policy is ${policy.path}`,
    };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function defectsOf({ path, at, isForm, hasDuration, hasDeletion }: Policy): readonly Finding<Code>[] {
  if (isForm) return [{ code: 'unfilled-policy', path, at }];
  return [
    ...(hasDuration ? [] : [{ code: 'no-duration' as const, path, at }]),
    ...(hasDeletion ? [] : [{ code: 'no-deletion' as const, path, at }]),
  ];
}

function listed(mechanisms: readonly Mechanism[]): string {
  return storeKinds(mechanisms)
    .map((kind) => `${kind} (${mechanisms.find((each) => each.kind === kind)?.path})`)
    .join(', ');
}
