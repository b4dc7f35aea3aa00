import type { Fix, ManualStep, Repo, Span } from '../../src/contract.ts';
import { remove, splice } from '../../src/edit/spans.ts';
import { peekModule, requestsOf, resolveImport } from '../../src/read/code/imports.ts';
import type { Caller } from './callers.ts';
import { cutsOf, type StuckCall } from './cuts.ts';
import { documentParts } from './documents.ts';
import { gateEdits } from './gate.ts';
import { orphanStep, orphansOf } from './orphans.ts';
import { settingListParts } from './setting-lists.ts';
import { callerStep, routeStep, testStep, unreadableStep } from './steps.ts';
import { type Unit, unitsOf } from './survey.ts';

/** Callers first: a route that somebody still needs stays, and a person is told who does. */
export function removalOf(repo: Repo, wanted: readonly Unit[]): Fix {
  const whole = wanted.filter(({ routes }) => routes.every(({ guard }) => !guard.isMixed && !guard.isUnseen));
  const kept = wanted.filter((unit) => !whole.includes(unit)).map((unit) => keptPart(repo, unit));
  const unread = unreadable(repo, whole);
  const { going, manual } = unread.length > 0 ? { going: [], manual: unread } : settle(repo, whole);
  const removed = going.length === 0 ? NO_CHANGE : removedParts(repo, going);
  return {
    edits: [...kept.flatMap(({ edits }) => edits), ...removed.edits],
    manual: [...kept.flatMap((part) => part.manual ?? []), ...manual, ...(removed.manual ?? [])],
    ...(removed.alsoChanges ? { alsoChanges: removed.alsoChanges } : {}),
  };
}

/** Code that cannot be read may call every route. */
function unreadable(repo: Repo, units: readonly Unit[]): readonly ManualStep[] {
  const apps = units.flatMap(({ routes }) => routes.map(({ app }) => app));
  const path = apps
    .flatMap(({ files }) => files)
    .find((each) => /\.[jt]sx?$/.test(each) && !/(^|\/)public\//.test(each) && repo.peek(each) === undefined);
  return path === undefined ? [] : [unreadableStep(path)];
}

const NO_CHANGE: Fix = { edits: [] };

/** The routes and what calls them, and what speaks of them: documents, lists of settings, modules without a use. */
function removedParts(repo: Repo, going: readonly Unit[]): Fix {
  const { deleted, pages } = removalsOf(repo, going);
  const orphans = orphansOf(repo, deleted, pages);
  const lists = settingListParts(repo, pages, [...deleted, ...orphans.files]);
  const documents = documentParts(repo, going);
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
    manual: [...testStep(repo, going), ...lists.manual, ...documents.manual, ...orphanStep(orphans)],
    ...(alsoChanges.length > 0 ? { alsoChanges } : {}),
  };
}

/** A file that holds more than an open route is not deleted: its open handlers are shut, where nobody needs them. */
function keptPart(repo: Repo, { routes, callers }: Unit): Fix {
  const needing = callers.filter(({ kind }) => kind !== 'test');
  if (needing.length > 0)
    return {
      edits: [],
      manual: [...routes.map(routeStep), ...needing.map((each) => callerStep(repo, each, SHUT))],
    };
  const parts = routes.map((route) =>
    route.guard.isUnseen ? { edits: [], manual: [routeStep(route)] } : gateEdits(repo, route),
  );
  return { edits: parts.flatMap(({ edits }) => edits), manual: parts.flatMap(({ manual }) => manual) };
}

const SHUT = 'other handlers of the route ask for a login, so it is more than a route to try things out';

interface Settled {
  /** The units that nobody needs once the entries that call them are gone. */
  readonly going: readonly Unit[];
  readonly manual: readonly ManualStep[];
}

/** A unit that stays keeps those that it needs itself, so the question is asked until nothing changes. */
function settle(repo: Repo, units: readonly Unit[]): Settled {
  let going = units;
  const manual: ManualStep[] = [];
  for (;;) {
    const blocked = going.flatMap((unit) => blockersOf(repo, unit, going));
    if (blocked.length === 0) return { going, manual };
    manual.push(...blocked.map(({ caller, why }) => callerStep(repo, caller, why)));
    const urls = new Set(blocked.map(({ caller }) => caller.url));
    going = going.filter(({ url }) => !urls.has(url));
  }
}

function blockersOf(repo: Repo, unit: Unit, going: readonly Unit[]): readonly StuckCall[] {
  const gone = new Set(going.flatMap(({ routes }) => routes.map(({ path }) => path)));
  const direct = unit.callers.filter(
    ({ kind, path }) =>
      kind === 'setting' ||
      ((kind === 'import' || kind === 'route') && !gone.has(path)) ||
      (kind === 'test-import' && !triesOnly(repo, path, gone)),
  );
  const paths = new Set(codeCallers(unit).map(({ path }) => path));
  const stuck = [...paths].flatMap((path): readonly StuckCall[] => {
    const cuts = cutsOf(repo, path, ...callsIn(repo, path, going));
    return 'stuck' in cuts ? cuts.stuck.filter(({ caller }) => caller.url === unit.url) : [];
  });
  return [...direct.map((caller) => ({ caller, why: 'another debug route calls it' })), ...stuck];
}

function codeCallers({ callers }: Unit): readonly Caller[] {
  return callers.filter(({ kind }) => kind === 'code');
}

/** The calls in a file of the routes that go, and those of the other ones. */
function callsIn(repo: Repo, path: string, going: readonly Unit[]): [readonly Caller[], readonly Caller[]] {
  const urls = new Set(going.map(({ url }) => url));
  const all = unitsOf(repo)
    .flatMap(codeCallers)
    .filter((caller) => caller.path === path);
  return [all.filter(({ url }) => urls.has(url)), all.filter(({ url }) => !urls.has(url))];
}

/** Whether a test imports nothing of the repository but routes that go: then it tries nothing else. */
function triesOnly(repo: Repo, path: string, gone: ReadonlySet<string>): boolean {
  const module = peekModule(repo, path);
  const app = repo.layout.apps.find(({ files }) => files.includes(path));
  if (!module || !app) return false;
  const own = requestsOf(module).flatMap(({ specifier }) => resolveImport(repo, app, path, specifier) ?? []);
  return own.length > 0 && own.every((target) => gone.has(target));
}

interface Removals {
  /** Routes, and the tests that try nothing else. */
  readonly deleted: readonly string[];
  /** Files that lose the entries that call them. */
  readonly pages: ReadonlyMap<string, readonly Span[]>;
}

function removalsOf(repo: Repo, going: readonly Unit[]): Removals {
  const callers = going.flatMap((unit) => unit.callers);
  const tests = callers.filter(({ kind }) => kind === 'test-import').map(({ path }) => path);
  const pages = new Map<string, readonly Span[]>();
  for (const { path } of going.flatMap(codeCallers)) {
    const cuts = cutsOf(repo, path, ...callsIn(repo, path, going));
    if ('spans' in cuts) pages.set(path, cuts.spans);
  }
  const routes = going.flatMap((unit) => unit.routes.map(({ path }) => path));
  return { deleted: [...new Set([...routes, ...tests])], pages };
}
