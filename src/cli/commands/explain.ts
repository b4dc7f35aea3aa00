import { UsageError } from '../../errors.ts';
import { loadGaps } from '../../registry.ts';
import { explainGap } from '../../report/build.ts';
import { bareHead } from '../head.ts';
import type { Outcome } from '../outcome.ts';
import { selectEntries } from '../target.ts';

/** `aims-fix explain GAP`: what the gap is, what it looks for, what it would touch, how it is verified. */
export async function explain(id: string): Promise<Outcome> {
  const [gap] = await loadGaps(selectEntries({ gap: [id] }));
  if (!gap) throw new UsageError(`unknown gap ${id}`, 'See: aims-fix list');
  return { document: { ...bareHead(), command: 'explain', gap: await explainGap(gap) }, exitCode: 0 };
}
