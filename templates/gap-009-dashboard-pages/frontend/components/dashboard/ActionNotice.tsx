'use client';

import ProblemNotice from '@/components/dashboard/ProblemNotice';
import type { ApiAction } from '@/hooks/useApiAction';

/** Says why what somebody asked for was not done; nothing while all is well. */
export default function ActionNotice({ of: { state } }: { of: ApiAction }) {
  return state.kind === 'idle' || state.kind === 'busy' ? null : <ProblemNotice problem={state} />;
}
