import type { ReportDocument } from '../report/document.ts';
import { visible } from '../words/visible.ts';
import type { Io } from './io.ts';

/** Prints the stack of each gap on which aims-fix itself failed, for a report of the bug; whether there was one. */
export function tellFailures(document: ReportDocument, { stderr }: Io): boolean {
  const gaps = 'gaps' in document ? document.gaps : [];
  const failures = gaps.flatMap((gap) =>
    'failure' in gap && typeof gap.failure === 'string' ? [gap.failure] : [],
  );
  for (const failure of failures)
    stderr.write(`aims-fix: this is a bug of aims-fix: ${failure.split('\n').map(visible).join('\n')}\n`);
  return failures.length > 0;
}
