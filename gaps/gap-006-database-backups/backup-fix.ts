import type { Edit, Finding, Fix, Repo } from '../../src/contract.ts';
import { besides } from '../../src/edit/also-changes.ts';
import { splice } from '../../src/edit/spans.ts';
import { guardSpans } from './restore-guard.ts';
import { safeCopySpans } from './safe-copy.ts';
import { RESTORE, scriptsFix } from './scripts.ts';
import { findStack } from './stack.ts';
import { dumpStep, stepsFor } from './steps.ts';
import { findStores } from './stores.ts';
import { isTaken, TAKEN } from './units.ts';

const IN_CODE: readonly string[] = ['unsafe-copy', 'unsafe-restore'];

/**
 * The scripts where they can take something that nothing takes, safe copies where a live file is copied, and a guard
 * where a restore would damage an open database.
 */
export function backupFix(repo: Repo, findings: readonly Finding[]): Fix {
  const stores = storesPart(
    repo,
    findings.filter(({ code }) => !IN_CODE.includes(code)),
  );
  const hasScript = repo.exists(RESTORE) || stores.edits.some(({ path }) => path === RESTORE);
  const code = codePart(
    repo,
    findings.filter((finding) => IN_CODE.includes(finding.code)),
    hasScript,
  );
  return {
    edits: [...stores.edits, ...code.edits],
    ...besides(code.edits, [
      [/./, 'Makes {{path}} copy through the database, and refuse to restore over an open one.'],
    ]),
    manual: [...(stores.manual ?? []), ...(code.manual ?? [])],
  };
}

function storesPart(repo: Repo, findings: readonly Finding[]): Fix {
  if (findings.length === 0) return { edits: [] };
  const left = findings.filter((finding) => !isTaken(finding));
  if (!findStores(repo).some(({ kind }) => TAKEN.includes(kind)) || left.length === findings.length)
    return { edits: [], manual: stepsFor(findings) };
  const stack = findStack(repo);
  const fix = 'refused' in stack ? stack : scriptsFix(repo, stack);
  if ('refused' in fix) return { edits: [], manual: stepsFor(findings, fix.refused) };
  const dumps = left.flatMap(({ data }) => (data?.store === undefined ? [] : dumpStep(data.store)));
  const sleeping = stepsFor(left.filter(({ code }) => code === 'unscheduled-backup'));
  return { ...fix, manual: [...dumps, ...sleeping, ...(fix.manual ?? [])] };
}

/** Each file is edited once, whatever is wrong in it; a place whose shape is not known is left to a person. */
function codePart(repo: Repo, findings: readonly Finding[], hasScript: boolean): Fix {
  const edits: Edit[] = [];
  const left: Finding[] = [];
  for (const path of new Set(findings.map((finding) => finding.path))) {
    const here = findings.filter((finding) => finding.path === path);
    const copies = safeCopySpans(
      repo,
      path,
      here.filter(({ code }) => code === 'unsafe-copy'),
    );
    const guards = guardSpans(
      repo,
      path,
      here.filter(({ code }) => code === 'unsafe-restore'),
      hasScript,
    );
    const spans = [...copies.spans, ...guards.spans];
    if (spans.length > 0) edits.push(splice(repo, path, spans));
    left.push(...copies.left, ...guards.left);
  }
  return { edits, manual: stepsFor(left) };
}
