import type { Check, Gap, StaticCheck, Verdict } from '../contract.ts';
import { SourceError } from '../errors.ts';
import type { Repo } from '../repo/repo.ts';
import { auditGap } from './audit.ts';
import type { CheckResult, GapVerification } from './results.ts';

/**
 * Runs a gap's checks. They look from another angle than detect, whose answer stands beside them: the gap is
 * proven only when it is closed and no check fails.
 */
export async function verifyGap(gap: Gap, repo: Repo): Promise<GapVerification> {
  const { audit } = auditGap(gap, repo);
  const checks: CheckResult[] = [];
  for (const check of applies(audit.status) ? checksOf(gap, repo) : []) {
    if (check.level === 'static') checks.push(await run(check));
  }
  return { ...audit, checks };
}

function applies(status: string): boolean {
  return status === 'open' || status === 'closed';
}

function checksOf(gap: Gap, repo: Repo): readonly Check[] {
  try {
    return gap.verify(repo);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const reason = error.message;
    return [
      {
        title: 'The files that the checks read can be read',
        level: 'static',
        run: () => ({ verdict: 'fail', reason }),
      },
    ];
  }
}

async function run(check: StaticCheck): Promise<CheckResult> {
  const started = performance.now();
  const result = await verdictOf(check);
  return {
    title: check.title,
    level: check.level,
    result,
    milliseconds: Math.round(performance.now() - started),
  };
}

async function verdictOf(check: StaticCheck): Promise<Verdict> {
  try {
    return await check.run();
  } catch (error) {
    if (error instanceof SourceError) return { verdict: 'fail', reason: error.message };
    throw error;
  }
}
