import { peekModule } from '../../../src/read/code/imports.ts';
import { findSpecial, foldersDownTo } from '../../../src/read/next/app-router.ts';
import { dirname } from '../../../src/repo/paths.ts';
import {
  CATCHES_INTO_STATE,
  PRETENDS,
  SAYS_PRETENDED,
  SHOWS_EMPTY,
  SHOWS_ERROR,
  SHOWS_LOADING,
} from '../tables.ts';
import { clientGuardOf } from './admin-guard.ts';
import { chartedConstants, isChosenFrom, listedConstants } from './constant-data.ts';
import { deadButtons, inertButtons } from './inert-buttons.ts';
import type { PageCode } from './page-code.ts';
import { deadRequests, requestOf } from './page-requests.ts';
import { simulatedActions } from './simulated-actions.ts';
import { sourceOf } from './sources.ts';

/** What a dashboard page has that it should not, or has not. */
export type FlawCode =
  | 'hard-coded-data'
  | 'unsourced-data'
  | 'simulated-action'
  | 'inert-controls'
  | 'dead-request'
  | 'invented-user'
  | 'client-guard'
  | 'no-loading-state'
  | 'no-error-state'
  | 'no-empty-state';

/** One flaw, and the file it stands in: the page, or a component that it shows. */
export interface Flaw {
  readonly code: FlawCode;
  readonly path: string;
  readonly at: number;
  /** Names it in the message. */
  readonly what: string;
}

/** What a page that the runbook names lacks of real data and of states. States are asked only of pages that fetch. */
export function flawsOf(page: PageCode, url: string): readonly Flaw[] {
  const { repo, path, code } = page;
  return [
    ...constantFlaws(page, url),
    ...simulatedActions(repo, path, code).map(
      ({ at, name }): Flaw => ({ code: 'simulated-action', path, at, what: name }),
    ),
    ...counted(path, inertButtons(repo, path)),
    ...requestFlaws(page),
    ...inventedUser(path, code),
    ...clientGuard(page),
    ...missingStates(page),
  ];
}

/** Each constant by itself: one may have a source, and the next one none. */
function constantFlaws({ repo, app, path, code }: PageCode, url: string): readonly Flaw[] {
  const listed = listedConstants(code);
  const module = listed.length > 0 ? peekModule(repo, path) : undefined;
  return listed
    .filter(({ name }) => !module || !isChosenFrom(module, name))
    .map(({ name, at }) => {
      const hasSource = sourceOf(repo, app, url, path, name) !== undefined;
      return { code: hasSource ? 'hard-coded-data' : 'unsourced-data', path, at, what: name };
    });
}

function clientGuard(page: PageCode): readonly Flaw[] {
  const guard = clientGuardOf(page);
  return guard ? [{ code: 'client-guard', path: page.path, at: guard.at, what: guard.role }] : [];
}

/**
 * What is certain of a page that no runbook names: functions that say that they pretend and only wait, charts and
 * tables of constants, buttons that nothing could ever make act, requests that nothing answers.
 */
export function certainFlawsOf(page: PageCode): readonly Flaw[] {
  const { repo, path, code, text, imports } = page;
  const pretended = simulatedActions(repo, path, code).filter(({ at }) =>
    SAYS_PRETENDED.test(text.slice(Math.max(0, at - 160), at + 80)),
  );
  const charted = repo.mentions(path, 'data={') || imports().length > 0;
  return [
    ...pretended.map(({ at, name }): Flaw => ({ code: 'simulated-action', path, at, what: name })),
    ...(charted ? chartedConstants(repo, [path, ...imports()]) : []).map(
      (each): Flaw => ({ code: 'unsourced-data', path: each.path, at: each.at, what: each.names }),
    ),
    ...counted(path, deadButtons(repo, path)),
    ...requestFlaws(page),
  ];
}

/** Whether a page shows constants or only waits, and nothing it imports brings data. */
export function isMock({ repo, path, code, live }: PageCode): boolean {
  const isSuspect =
    listedConstants(code).length > 0 || PRETENDS.test(code) || simulatedActions(repo, path, code).length > 0;
  return isSuspect && live() === undefined;
}

function counted(path: string, buttons: readonly { readonly start: number }[]): readonly Flaw[] {
  const [first] = buttons;
  return first ? [{ code: 'inert-controls', path, at: first.start, what: String(buttons.length) }] : [];
}

/** One for each file, with all that it asks in vain. */
function requestFlaws(page: PageCode): readonly Flaw[] {
  const dead = deadRequests(page);
  return [...new Set(dead.map(({ path }) => path))].flatMap((path): readonly Flaw[] => {
    const own = dead.filter((each) => each.path === path);
    const what = own.map(requestOf).join(', ');
    return own[0] ? [{ code: 'dead-request', path, at: own[0].at, what }] : [];
  });
}

function inventedUser(path: string, code: string): readonly Flaw[] {
  const match =
    /\buserId\s*[:=]\s*["'`]([\w-]{0,40}user[\w-]{0,40}|demo|test|anon\w{0,40})["'`]|[?&]userId=([\w-]{0,40}user[\w-]{0,40}|demo)\b/.exec(
      code,
    );
  return match ? [{ code: 'invented-user', path, at: match.index, what: match[1] ?? match[2] ?? '' }] : [];
}

function missingStates({ repo, app, path, code, live }: PageCode): readonly Flaw[] {
  const around = live();
  if (around === undefined) return [];
  const at = Math.max(0, code.search(/\bfetch\(/));
  const has = (name: 'loading' | 'error') =>
    foldersDownTo(app, dirname(path)).some((folder) => findSpecial(repo, folder, name) !== undefined);
  const isList = /\bfetch\(/.test(code) && /useState\b[^;\n]{0,200}\[\]/.test(code) && /\.map\(/.test(code);
  // A page on the server throws into its boundary; a client page that catches and is silent does not.
  const isCaught = has('error') && !/['"]use client['"]/.test(code);
  const isTold = isCaught || CATCHES_INTO_STATE.test(code) || SHOWS_ERROR.test(around);
  const missing: readonly (readonly [FlawCode, boolean])[] = [
    ['no-loading-state', !has('loading') && !SHOWS_LOADING.test(around)],
    ['no-error-state', !isTold],
    ['no-empty-state', isList && !SHOWS_EMPTY.test(code)],
  ];
  return missing.flatMap(([flaw, isMissing]) => (isMissing ? [{ code: flaw, path, at, what: '' }] : []));
}
