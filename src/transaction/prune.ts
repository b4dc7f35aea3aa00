import { sweepUp } from './roll-back.ts';
import type { StoredRun } from './runs.ts';

/** Runs that are kept in any case, and how long the others are. */
const KEPT_RUNS = 50;
const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The runs that go with the next one that writes: beyond the newest fifty, and older than thirty days.
 * @param closed newest first
 * @param now ISO 8601
 */
export function overdueRuns(closed: readonly StoredRun[], now: string): readonly StoredRun[] {
  const limit = Date.parse(now) - KEPT_DAYS * DAY_MS;
  return closed.slice(KEPT_RUNS).filter(({ record }) => Date.parse(record.startedAt) < limit);
}

/** Removes them: what they kept of the files goes, and with it their undo. */
export function removeRuns(runs: readonly StoredRun[]): void {
  for (const { folder } of runs) sweepUp(folder);
}
