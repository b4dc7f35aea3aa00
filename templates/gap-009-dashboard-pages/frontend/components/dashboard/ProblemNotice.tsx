'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ApiProblem } from '@/lib/dashboard/ask-api';

const BUTTON =
  'rounded-full border border-current px-3 py-1.5 text-xs font-semibold hover:bg-white/10 focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-current';

/** Says what a request came to and what can be done about it. */
export default function ProblemNotice({ problem, retry }: { problem: ApiProblem; retry?: () => void }) {
  const path = usePathname() ?? '/dashboard';
  return (
    <div
      role="alert"
      className="mb-4 flex flex-wrap items-center gap-3 rounded-2xl border border-red-500/30 bg-red-950/40 p-4 text-sm text-red-200"
    >
      <p>{textOf(problem)}</p>
      {problem.kind === 'signed-out' ? (
        <Link href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`} className={BUTTON}>
          Sign in
        </Link>
      ) : null}
      {retry && problem.kind !== 'signed-out' && problem.kind !== 'forbidden' ? (
        <button type="button" onClick={retry} className={BUTTON}>
          Try again
        </button>
      ) : null}
    </div>
  );
}

function textOf(problem: ApiProblem): string {
  switch (problem.kind) {
    case 'signed-out':
      return 'Sign in to use this.';
    case 'forbidden':
      return problem.message ?? 'Your account may not do this.';
    case 'too-many':
      return problem.seconds === undefined
        ? 'Too many requests. Wait a moment, then try again.'
        : `Too many requests. Try again in ${problem.seconds} ${problem.seconds === 1 ? 'second' : 'seconds'}.`;
    case 'unavailable':
      return problem.message ?? 'This is not available right now. Try again in a moment.';
    case 'unreadable':
      return 'This page cannot read the response.';
    case 'refused':
      return problem.message;
  }
}
