import { registry } from '../../../gaps/registry.ts';
import { bareHead } from '../head.ts';
import type { Outcome } from '../outcome.ts';

/** `aims-fix list`: every gap in execution order, without looking at a target. */
export function list(): Outcome {
  const gaps = registry.map(({ summary }) => {
    const { id, title, priority, category, effort, fix, requires } = summary;
    return { id, title, priority, category, effort, fix, requires };
  });
  return { document: { ...bareHead(), command: 'list', gaps }, exitCode: 0 };
}
