import type { GapId } from '../src/contract.ts';

/** The order in which gaps are closed, as far as their priorities and requirements do not say it. */
export const order: {
  readonly first: readonly GapId[];
  readonly after: Readonly<Partial<Record<GapId, readonly GapId[]>>>;
} = {
  /** The runbook's Execution Order: most effect for least effort first. */
  first: [
    'GAP-001',
    'GAP-002',
    'GAP-003',
    'GAP-006',
    'GAP-007',
    'GAP-004',
    'GAP-005',
    'GAP-013',
    'GAP-012',
    'GAP-008',
    'GAP-010',
    'GAP-009',
    'GAP-011',
  ],

  /**
   * Gaps that come after others without requiring them: the description of the API is written from the routes, so
   * everything that may add a route stands before it.
   */
  after: {
    'GAP-011': ['GAP-004', 'GAP-007', 'GAP-008', 'GAP-009', 'GAP-010', 'GAP-013', 'GAP-022'],
  },
};
