import type { Check } from '../../src/contract.ts';
import type { DashboardState } from './read.ts';

/** Filled in below. */
export function verifyPages(_state: DashboardState): readonly Check[] {
  return [];
}
