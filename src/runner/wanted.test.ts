import { expect, test } from 'vitest';
import { repoGap } from '../../test/harness/verbs.ts';
import type { Finding } from '../contract.ts';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { auditGap } from './audit.ts';
import { applyWaivers } from './waivers.ts';
import { wantedOf } from './wanted.ts';

const FINDINGS: readonly Finding[] = [
  { code: 'route', path: 'a/route.ts', data: { url: '/a' } },
  { code: 'call', path: 'page.tsx', data: { url: '/a' } },
  { code: 'route', path: 'b/route.ts', data: { url: '/b' } },
];

const gap = repoGap({
  meta: {
    id: 'GAP-900',
    slug: 'routes',
    title: 'Remove routes',
    problem: 'There are routes.',
    looksFor: 'Routes.',
    category: 'Security',
    priority: 'P0',
    effort: '1 min',
    fix: 'automatic',
    requires: [],
    writes: ['**'],
    messages: { route: '{{url}} is open.', call: 'This calls {{url}}.' },
    references: ['runbook'],
  },
  unitOf: ({ data }) => data?.url ?? '',
  detect: () => ({ findings: FINDINGS }),
  apply: () => ({ edits: [] }),
  verify: () => [],
});

/** What is wanted once the findings at these places are accepted. */
function wantedWithout(...waived: readonly number[]) {
  const detected = auditGap(gap, createRepo(memorySource({})));
  const waivers = waived.map((index) => ({
    gap: gap.meta.id,
    fingerprint: detected.audit.findings[index]?.fingerprint ?? '',
    reason: 'support uses it',
    owner: 'ann',
    expires: '2999-01-01',
  }));
  const [accepted] = applyWaivers([detected.audit], waivers, '2026-01-01').gaps;
  return wantedOf(gap, detected, accepted ?? detected.audit);
}

test('without a waiver everything is wanted', () => {
  expect(wantedWithout()).toEqual({ findings: FINDINGS, held: [] });
});

test('a waived finding keeps its whole unit, and what of it stays open becomes a step', () => {
  const { findings, held } = wantedWithout(1);
  expect(findings).toEqual([FINDINGS[2]]);
  expect(held).toEqual([
    {
      title: 'Decide on a/route.ts: /a is open.',
      why: 'It can only be closed together with a finding that ann accepts (page.tsx).',
      seenBy: 'The finding is gone, or it is waived as well.',
    },
  ]);
});

test('a unit that is waived as a whole needs no step', () => {
  expect(wantedWithout(0, 1)).toEqual({ findings: [FINDINGS[2]], held: [] });
});
