import type { Edit, Finding, Fix } from '../../src/contract.ts';
import { besides } from '../../src/edit/also-changes.ts';
import { splice } from '../../src/edit/spans.ts';
import { guardSpans } from './apply/restore-guard.ts';
import { safeCopySpans } from './apply/safe-copy.ts';
import { RESTORE, scriptsFix } from './apply/scripts.ts';
import type { Code } from './detect.ts';
import { type BackupState, storesIn } from './read.ts';
import { dumpStep, providerStep, stepsFor } from './steps.ts';
import { TAKEN } from './tables.ts';

type Wanted = readonly Finding<Code>[];

/**
 * The scripts where they can take something that nothing takes, safe copies where a live file is copied, and a guard
 * where a restore would damage an open database.
 */
export function apply(state: BackupState, wanted: Wanted): Fix {
  const isInCode = ({ code }: Finding<Code>) => code === 'unsafe-copy' || code === 'unsafe-restore';
  const stores = storesFix(
    state,
    wanted.filter((finding) => !isInCode(finding)),
  );
  const hasScript = state.repo.exists(RESTORE) || stores.edits.some(({ path }) => path === RESTORE);
  const code = codeFix(state, wanted.filter(isInCode), hasScript);
  return {
    edits: [...stores.edits, ...code.edits],
    ...besides(code.edits, [
      [/./, 'Makes {{path}} copy through the database, and refuse to restore over an open one.'],
    ]),
    manual: [...(stores.manual ?? []), ...(code.manual ?? [])],
  };
}

function storesFix(state: BackupState, all: Wanted): Fix {
  const atProvider = all.flatMap((finding) =>
    storesIn(state, finding).filter(({ isAtProvider }) => isAtProvider),
  );
  const wanted = all.filter((finding) => !storesIn(state, finding).some(({ isAtProvider }) => isAtProvider));
  const fix = hereFix(state, wanted);
  return { ...fix, manual: [...atProvider.map(providerStep), ...(fix.manual ?? [])] };
}

/** What stands on disks of one's own. */
function hereFix(state: BackupState, wanted: Wanted): Fix {
  if (wanted.length === 0) return { edits: [] };
  const left = wanted.filter((finding) => !isTaken(state, finding));
  if (left.length === wanted.length) return { edits: [], manual: stepsFor(wanted) };
  const { scriptStack } = state;
  const fix = 'refused' in scriptStack ? scriptStack : scriptsFix(state.repo, scriptStack);
  if ('refused' in fix) return { edits: [], manual: stepsFor(wanted, fix.refused) };
  const dumps = left
    .filter(({ code }) => code === 'no-backup')
    .flatMap((finding) => storesIn(state, finding).map(({ name }) => dumpStep(name)));
  const sleeping = stepsFor(left.filter(({ code }) => code === 'unscheduled-backup'));
  return { ...fix, manual: [...dumps, ...sleeping, ...(fix.manual ?? [])] };
}

/** Whether the scripts make the finding go away: a store they take, or a sleeping backup of nothing but such. */
function isTaken(state: BackupState, finding: Finding<Code>): boolean {
  const stores = storesIn(state, finding);
  return stores.length > 0 && stores.every(({ kind }) => TAKEN.includes(kind));
}

/** Each file is edited once, whatever is wrong in it; a place whose shape is not known is left to a person. */
function codeFix(state: BackupState, wanted: Wanted, hasScript: boolean): Fix {
  const edits: Edit[] = [];
  const left: Finding<Code>[] = [];
  for (const path of new Set(wanted.map((finding) => finding.path))) {
    const here = wanted.filter((finding) => finding.path === path);
    const [copies, restores] = [
      here.filter(({ code }) => code === 'unsafe-copy'),
      here.filter(({ code }) => code === 'unsafe-restore'),
    ];
    const closed = [safeCopySpans(state.repo, path, copies), guardSpans(state, path, restores, hasScript)];
    const spans = closed.flatMap((each) => each.spans);
    if (spans.length > 0) edits.push(splice(state.repo, path, spans));
    left.push(...closed.flatMap((each) => each.left));
  }
  return { edits, manual: stepsFor(left) };
}
