import type { BuildCheck, Check, Gap, LiveCheck, StaticCheck, Verdict } from '../contract.ts';
import { AimsFixError, SourceError } from '../errors.ts';
import type { Repo } from '../repo/repo.ts';
import { auditGap, readGap } from './audit.ts';
import type { CheckResult, GapAudit, GapVerification, Status } from './results.ts';
import { isOpenFinding } from './waivers.ts';

/**
 * Runs the checks of a gap that applies: that detect finds nothing open, and the gap's own, which look from another
 * angle. The gap is proven only when no check fails.
 */
export async function verifyGap(gap: Gap, repo: Repo): Promise<GapVerification> {
  const { audit } = auditGap(gap, repo);
  const checks: CheckResult[] = applies(audit.status) ? [nothingOpen(audit)] : [];
  for (const check of applies(audit.status) ? checksOf(gap, repo) : []) {
    if (check.level === 'static') checks.push(await run(check));
  }
  return { ...audit, checks };
}

/** The checks that build and boot, for a gap that applies: `live` holds those of `build` too. */
export function deeperChecks(
  gap: Gap,
  repo: Repo,
  status: Status,
  level: 'build' | 'live',
): readonly (BuildCheck | LiveCheck)[] {
  return (applies(status) ? checksOf(gap, repo) : []).filter(
    (check): check is BuildCheck | LiveCheck =>
      check.level === 'build' || (check.level === 'live' && level === 'live'),
  );
}

function applies(status: Status): boolean {
  return status === 'open' || status === 'closed';
}

function checksOf(gap: Gap, repo: Repo): readonly Check[] {
  try {
    const subject = readGap(gap, repo);
    return subject.kind === 'subject' ? subject.verify() : [];
  } catch (error) {
    if (error instanceof AimsFixError && !(error instanceof SourceError)) throw error;
    const reason = reasonOf(error);
    return [
      {
        title: 'The files that the checks read can be read',
        level: 'static',
        run: () => ({ verdict: 'fail', reason }),
      },
    ];
  }
}

/** The check that every gap has. */
function nothingOpen({ status, reason, findings }: GapAudit): CheckResult {
  const open = findings.filter(isOpenFinding);
  const [first] = open;
  const place = first?.line === undefined ? first?.path : `${first.path}:${first.line}`;
  const result: Verdict =
    status === 'open'
      ? { verdict: 'fail', reason: `${open.length} open, the first at ${place}: ${first?.message}` }
      : {
          verdict: 'pass',
          evidence: [{ subject: 'audit', observed: reason ?? 'finds nothing that is open' }],
        };
  return { title: 'The audit finds nothing that is open', level: 'static', result, milliseconds: 0 };
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
    if (error instanceof AimsFixError && !(error instanceof SourceError)) throw error;
    return { verdict: 'fail', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SourceError) return error.message;
  return `aims-fix failed in this check: ${error instanceof Error ? error.message : String(error)}`;
}
