import { describe, expect, it } from 'vitest';
import type { GapAudit, ReportedFinding, Status } from './results.ts';
import { applyWaivers, type Waiver } from './waivers.ts';

const TODAY = '2026-03-01';

function finding(fingerprint: string, note = false): ReportedFinding {
  return { code: 'no-limit', message: 'No limit.', path: 'a.yml', fingerprint, note };
}

function gap(status: Status, findings: readonly ReportedFinding[], id: GapAudit['id'] = 'GAP-A'): GapAudit {
  return {
    id,
    title: 'Add limits',
    priority: 'P0',
    category: 'Infra',
    effort: '5 min',
    fix: 'automatic',
    requires: [],
    status,
    findings,
    manual: [],
  };
}

function waiver(fields: Partial<Waiver> = {}): Waiver {
  return { gap: 'GAP-A', reason: 'the host limits', owner: 'ops', expires: '2026-12-31', ...fields };
}

describe('applyWaivers', () => {
  it('marks one finding and leaves the gap open for the others', () => {
    const audited = [gap('open', [finding('aa'), finding('bb')])];
    const { gaps, problems } = applyWaivers(audited, [waiver({ fingerprint: 'aa' })], TODAY);
    expect(gaps[0]?.status).toBe('open');
    expect(gaps[0]?.findings).toEqual([
      {
        ...finding('aa'),
        waived: { reason: 'the host limits', owner: 'ops', expires: '2026-12-31' },
      },
      finding('bb'),
    ]);
    expect(problems).toEqual([]);
  });
  it('closes a gap whose every finding is waived, and says why', () => {
    const audited = [gap('open', [finding('aa'), finding('bb'), finding('cc', true)])];
    const { gaps, problems } = applyWaivers(audited, [waiver()], TODAY);
    expect(gaps[0]).toMatchObject({ status: 'closed', reason: 'every finding is waived' });
    expect(gaps[0]?.findings.map(({ waived }) => waived !== undefined)).toEqual([true, true, false]);
    expect(problems).toEqual([]);
  });
  it('does not change what it was given', () => {
    const audited = Object.freeze([
      Object.freeze(gap('open', Object.freeze([Object.freeze(finding('aa'))]))),
    ]);
    const { gaps } = applyWaivers(audited, [waiver()], TODAY);
    expect(audited[0]?.findings[0]).not.toHaveProperty('waived');
    expect(gaps[0]).not.toBe(audited[0]);
  });
  it('holds through its last day and not a day longer', () => {
    const audited = [gap('open', [finding('aa')])];
    expect(applyWaivers(audited, [waiver({ expires: TODAY })], TODAY).gaps[0]?.status).toBe('closed');
    const { gaps, problems } = applyWaivers(audited, [waiver({ expires: '2026-02-28' })], TODAY);
    expect(gaps).toEqual(audited);
    expect(problems).toEqual([
      {
        gap: 'GAP-A',
        kind: 'expired',
        message: 'the waiver of GAP-A by ops expired on 2026-02-28: close the gap or renew it',
      },
    ]);
  });
  it('covers a note only by its name', () => {
    const audited = [gap('closed', [finding('dd', true)])];
    expect(applyWaivers(audited, [waiver({ fingerprint: 'dd' })], TODAY)).toMatchObject({
      gaps: [{ status: 'closed', findings: [{ waived: { owner: 'ops' } }] }],
      problems: [],
    });
  });
  it('reports a waiver that matches nothing', () => {
    const audited = [gap('open', [finding('aa')]), gap('closed', [finding('dd', true)], 'GAP-B')];
    const waivers = [waiver({ fingerprint: 'zz' }), waiver({ gap: 'GAP-B' })];
    expect(applyWaivers(audited, waivers, TODAY).problems).toEqual([
      {
        gap: 'GAP-A',
        fingerprint: 'zz',
        kind: 'unused',
        message: 'the waiver of GAP-A zz matches no finding: remove it',
      },
      {
        gap: 'GAP-B',
        kind: 'unused',
        message: 'the waiver of GAP-B matches no finding: remove it',
      },
    ]);
  });
  it.each(['unknown', 'blocked'] as const)('does not judge a waiver of a gap that is %s', (status) => {
    const audited = [gap(status, [])];
    expect(applyWaivers(audited, [waiver()], TODAY)).toEqual({ gaps: audited, problems: [] });
  });
  it('does not judge a waiver of a gap that was not audited', () => {
    const waivers = [waiver({ gap: 'GAP-C' }), waiver({ gap: 'GAP-D', expires: '2020-01-01' })];
    expect(applyWaivers([gap('closed', [])], waivers, TODAY).problems).toEqual([]);
  });
});
