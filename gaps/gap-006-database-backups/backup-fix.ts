import type { Finding, Fix, ManualStep, Repo } from '../../src/contract.ts';
import { findBackups } from './backups.ts';
import { liveRestoreSteps, safeCopyEdit } from './safe-copy.ts';
import { scriptsFix } from './scripts.ts';
import { findStack } from './stack.ts';
import { dumpStep, stepsFor } from './steps.ts';
import { findStores, type Kind, type Store } from './stores.ts';

/** What the scripts take; the rest has dump programs of its own. */
const TAKEN: readonly Kind[] = ['sqlite', 'redis', 'files'];

/** The scripts where they can take something that nothing takes, and safe copies where a live file is copied. */
export function backupFix(repo: Repo, findings: readonly Finding[]): Fix {
  const copies = findings.filter(({ code }) => code === 'unsafe-copy');
  const stores = findings.filter(({ code }) => code !== 'unsafe-copy');
  const parts = [storesPart(repo, stores), copiesPart(repo, copies)];
  return {
    edits: parts.flatMap(({ edits }) => edits),
    manual: parts.flatMap(({ manual = [] }) => manual),
  };
}

function storesPart(repo: Repo, findings: readonly Finding[]): Fix {
  if (findings.length === 0) return { edits: [] };
  const all = findStores(repo);
  const left = findings.filter((finding) => !isTaken(repo, all, finding));
  if (!all.some(({ kind }) => TAKEN.includes(kind)) || left.length === findings.length)
    return { edits: [], manual: stepsFor(findings) };
  const stack = findStack(repo);
  const fix = 'refused' in stack ? stack : scriptsFix(repo, stack);
  if ('refused' in fix) return { edits: [], manual: stepsFor(findings, fix.refused) };
  const dumps = left.flatMap(({ data }) => (data?.store === undefined ? [] : dumpStep(data.store)));
  const sleeping = stepsFor(left.filter(({ code }) => code === 'unscheduled-backup'));
  return { ...fix, manual: [...dumps, ...sleeping, ...(fix.manual ?? [])] };
}

/** Whether the scripts make the finding go away: a store they take, or a sleeping backup of nothing but such. */
function isTaken(repo: Repo, all: readonly Store[], { code, path, at, data }: Finding): boolean {
  const kinds =
    code === 'no-backup'
      ? all.filter(({ name }) => name === data?.store).map(({ kind }) => kind)
      : findBackups(repo)
          .filter((backup) => backup.path === path && backup.at === at)
          .flatMap(({ covers }) => all.map(({ kind }) => kind).filter((kind) => covers.has(kind)));
  return kinds.every((kind) => TAKEN.includes(kind));
}

function copiesPart(repo: Repo, findings: readonly Finding[]): Fix {
  const edits = findings.map(({ path, at = 0 }) => safeCopyEdit(repo, path, at));
  const left = findings.filter((_, index) => edits[index] === undefined);
  const restores: readonly ManualStep[] = findings.flatMap(({ path }) => liveRestoreSteps(repo, path));
  return { edits: edits.flatMap((edit) => edit ?? []), manual: [...stepsFor(left), ...restores] };
}
