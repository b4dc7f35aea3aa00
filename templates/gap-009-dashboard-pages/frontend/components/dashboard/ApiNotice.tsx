'use client';

import ProblemNotice from '@/components/dashboard/ProblemNotice';
import type { ApiData } from '@/hooks/useApi';

type Props = {
  of: ApiData<readonly unknown[]>;
  /** In the plural: "pipelines". */
  what: string;
  /** What people have to know about where it comes from. */
  note?: string;
};

/** Stands above a list: that it is on its way, that there is none, or why it cannot be shown. */
export default function ApiNotice({ of: { data, state, retry }, what, note }: Props) {
  if (state.kind === 'loading')
    return (
      <p role="status" className="mb-4 animate-pulse text-sm text-amber-100/70">
        Loading {what}…
      </p>
    );
  if (state.kind !== 'ready') return <ProblemNotice problem={state} retry={retry} />;
  if (data.length === 0)
    return (
      <p role="status" className="mb-4 text-sm text-amber-100/70">
        No {what} yet.
      </p>
    );
  return note ? <p className="mb-4 text-xs text-amber-100/60">{note}</p> : null;
}
