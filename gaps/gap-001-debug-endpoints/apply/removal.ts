import type { Fix, ManualStep, Repo, Span } from '../../../src/contract.ts';
import { remove, splice } from '../../../src/edit/spans.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import type { Caller, CallerKind } from '../read/caller.ts';
import type { Unit } from '../read/units.ts';
import type { DebugEndpoints } from '../read.ts';
import { callerStep, mentionStep, testStep } from '../steps.ts';
import { cutsOf, type StuckCall } from './cuts.ts';
import { documentParts } from './documents.ts';
import { orphanStep, orphansOf } from './orphans.ts';
import { settingListParts } from './setting-lists.ts';

/** Callers first: a route that somebody still needs stays, and a person is told who does. */
export function removalOf(state: DebugEndpoints, units: readonly Unit[]): Fix {
  const { going, manual } = settle(state, units);
  if (going.length === 0) return { edits: [], manual };
  const removed = removedParts(state, going);
  return { ...removed, manual: [...manual, ...(removed.manual ?? [])] };
}

/** The routes and what calls them, and what speaks of them: documents, lists of settings, modules without a use. */
function removedParts(state: DebugEndpoints, going: readonly Unit[]): Fix {
  const { repo } = state;
  const { deleted, pages } = removalsOf(state, going);
  const orphans = orphansOf(repo, deleted, pages);
  const lists = settingListParts(repo, pages, [...deleted, ...orphans.files]);
  const documents = documentParts(state, going);
  const cut = [...pages].map(([path, spans]) =>
    splice(repo, path, [...spans, ...(lists.spans.get(path) ?? [])]),
  );
  const alsoChanges = [
    ...[...pages.keys()].map((path) => `Takes the entries that call the routes off ${path}.`),
    ...(documents.edits.length > 0
      ? ['Strikes the lines of documents that tell people to call the routes.']
      : []),
  ];
  return {
    edits: [...cut, ...deleted.map((path) => remove(repo, path)), ...documents.edits],
    manual: [
      ...testStep(repo, going),
      ...mentionStep(repo, going),
      ...lists.manual,
      ...documents.manual,
      ...orphanStep(orphans),
    ],
    ...(alsoChanges.length > 0 ? { alsoChanges } : {}),
  };
}

interface Settled {
  /** The units that nobody needs once the entries that call them are gone. */
  readonly going: readonly Unit[];
  readonly manual: readonly ManualStep[];
}

/** A unit that stays keeps those that it needs itself, so the question is asked until nothing changes. */
function settle(state: DebugEndpoints, units: readonly Unit[]): Settled {
  let going = units;
  const manual: ManualStep[] = [];
  for (;;) {
    const blocked = going.flatMap((unit) => blockersOf(state, unit, going));
    if (blocked.length === 0) return { going, manual };
    manual.push(...blocked.map(({ caller, why }) => callerStep(state.repo, caller, why)));
    const urls = new Set(blocked.map(({ caller }) => caller.url));
    going = going.filter(({ url }) => !urls.has(url));
  }
}

/** Whether a caller keeps a route that goes with the files that are gone. `code` is asked of its file as a whole. */
const BLOCKS: Readonly<Record<CallerKind, (repo: Repo, path: string, gone: ReadonlySet<string>) => boolean>> =
  {
    setting: () => true,
    relative: () => true,
    file: () => true,
    import: (_repo, path, gone) => !gone.has(path),
    route: (_repo, path, gone) => !gone.has(path),
    'test-import': (repo, path, gone) => !triesOnly(repo, path, gone),
    code: () => false,
    test: () => false,
    mention: () => false,
  };

function blockersOf(state: DebugEndpoints, unit: Unit, going: readonly Unit[]): readonly StuckCall[] {
  const { repo } = state;
  const gone = new Set(going.flatMap(({ routes }) => routes.map(({ path }) => path)));
  const direct = unit.callers.filter(({ kind, path }) => BLOCKS[kind](repo, path, gone));
  const paths = new Set(codeCallers(unit).map(({ path }) => path));
  const stuck = [...paths].flatMap((path): readonly StuckCall[] => {
    const cuts = cutsOf(repo, path, ...callsIn(state, path, going));
    return 'stuck' in cuts ? cuts.stuck.filter(({ caller }) => caller.url === unit.url) : [];
  });
  return [...direct.map((caller) => ({ caller, why: 'another debug route calls it' })), ...stuck];
}

function codeCallers({ callers }: Unit): readonly Caller[] {
  return callers.filter(({ kind }) => kind === 'code');
}

/** The calls in a file of the routes that go, and those of the other ones. */
function callsIn(
  { units }: DebugEndpoints,
  path: string,
  going: readonly Unit[],
): [readonly Caller[], readonly Caller[]] {
  const urls = new Set(going.map(({ url }) => url));
  const all = units.flatMap(codeCallers).filter((caller) => caller.path === path);
  return [all.filter(({ url }) => urls.has(url)), all.filter(({ url }) => !urls.has(url))];
}

/** Whether a test imports nothing of the repository but routes that go: then it tries nothing else. */
function triesOnly(repo: Repo, path: string, gone: ReadonlySet<string>): boolean {
  const module = peekModule(repo, path);
  const scope = repo.layout.apps.find(({ files }) => files.includes(path)) ?? { dir: '' };
  const asked = module ? requestsOf(module) : [];
  const own = asked.flatMap(({ specifier }) => resolveImport(repo, scope, path, specifier) ?? []);
  return own.length > 0 && own.every((target) => gone.has(target));
}

interface Removals {
  /** Routes, and the tests that try nothing else. */
  readonly deleted: readonly string[];
  /** Files that lose the entries that call them. */
  readonly pages: ReadonlyMap<string, readonly Span[]>;
}

function removalsOf(state: DebugEndpoints, going: readonly Unit[]): Removals {
  const callers = going.flatMap((unit) => unit.callers);
  const tests = callers.filter(({ kind }) => kind === 'test-import').map(({ path }) => path);
  const pages = new Map<string, readonly Span[]>();
  for (const { path } of going.flatMap(codeCallers)) {
    const cuts = cutsOf(state.repo, path, ...callsIn(state, path, going));
    if ('spans' in cuts) pages.set(path, cuts.spans);
  }
  const routes = going.flatMap((unit) => unit.routes.map(({ path }) => path));
  return { deleted: [...new Set([...routes, ...tests])], pages };
}
