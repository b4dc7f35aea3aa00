import type { GapAudit } from '../runner/results.ts';
import { applyWaivers } from '../runner/waivers.ts';
import type { Io } from './io.ts';
import type { Target } from './target.ts';

/** An audit with what a person accepts today. */
export function waiving(io: Io, { config }: Target): (audit: GapAudit) => GapAudit {
  const today = io.now().toISOString().slice(0, 10);
  return (audit) => applyWaivers([audit], config.waivers, today).gaps[0] ?? audit;
}
