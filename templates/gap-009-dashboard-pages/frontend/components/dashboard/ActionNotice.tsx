'use client';

import ProblemNotice from '@/components/dashboard/ProblemNotice';
import type { ApiAction } from '@/hooks/useApiAction';

/** Says how what somebody asked for ended: why it was not done, or, to those who do not see the page change, that it was. */
export default function ActionNotice({ of: { state } }: { of: ApiAction }) {
  if (state.kind === 'idle' || state.kind === 'busy') return null;
  if (state.kind !== 'done') return <ProblemNotice problem={state} />;
  return (
    <p role="status" className="sr-only">
      Done.
    </p>
  );
}
