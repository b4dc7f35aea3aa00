import type { NextApp, Repo } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { resolveImport } from '../../src/read/code/imports.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../src/read/markup/markup.ts';
import { findSpecial, foldersDownTo } from '../../src/read/next/app-router.ts';
import { dirname } from '../../src/repo/paths.ts';

/** What a dashboard page lacks of real data and states. */
export type PageLack =
  | 'hard-coded-data'
  | 'simulated-action'
  | 'inert-controls'
  | 'invented-user'
  | 'no-loading-state'
  | 'no-error-state'
  | 'no-empty-state';

/** One lack; `what` fills the message. */
export interface Lacking {
  readonly code: PageLack;
  readonly at: number;
  readonly what: string;
}

/** Anything that brings data from outside the bundle. */
const SOURCE =
  /\bfetch\(|\baxios\b|\buse(?:SWR|Query|InfiniteQuery|Mutation|ActionState|FormState)\b|\btrpc\b|\bprisma\.|\bdb\.(?!ts\b|js\b|sqlite)|\bsupabase\s*\.|\bcreateClient\(|\bsql`|['"]use server['"]|new (?:EventSource|WebSocket)\(|\bgetDocs\(|\bonSnapshot\(|\bky\.|\bapi\.(?:get|post|put|patch|delete|fetch)\w*\(/;
export function bringsData(code: string): boolean {
  return SOURCE.test(code);
}

/** Arrays of choices and decoration are no data. */
const CHOICES =
  /tabs?$|columns?$|nav|links?$|items$|options?$|steps$|stages$|colou?rs?$|icons?$|filters?$|categories$|config$|actions$|types$|fields$|templates_?order$/i;
const ARRAY = /^(?:export\s+)?const\s+(\w+)\s*(?::[^=\n]+)?=\s*\[\s*\{/gm;
const IMPORT = /^import\s+(?!type\b)[^'";]*from\s*['"]([^'"]+)['"]/gm;

/** What a page of the dashboard lacks, by kind. States are asked only of pages that fetch. */
export function lacksOfPage(repo: Repo, app: NextApp, path: string): readonly Lacking[] {
  const code = withoutComments(repo, path);
  const live = SOURCE.test(code) ? code : liveTextAround(repo, app, path, code);
  return [
    ...hardCoded(code),
    ...sleeps(code),
    ...inertControls(repo, path),
    ...inventedUser(code),
    ...(live === undefined ? [] : missingStates(repo, app, path, code, live)),
  ];
}

/** Whether a page shows constants or only waits, and nothing it imports brings data. */
export function isMock(repo: Repo, app: NextApp, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (SOURCE.test(text)) return false;
  const code = blankComments(text);
  const isSuspect = hardCoded(code).length > 0 || sleeps(code).length > 0 || PRETENDS.test(code);
  return isSuspect && liveTextAround(repo, app, path, code) === undefined;
}

/** A record that says it is invented, figures in the component itself, a success that nothing brought about. */
const PRETENDS =
  /\bMOCK_\w+|\bset(?:Is)?Saved\(true\)|useState[^;\n]*\(\s*\[\s*\{|\bconst\s+(?:stats|metrics|activit\w+|alerts|orders|users)\s*=\s*\[/;

/** The texts that a page imports, when one of them brings data, at most two imports away. */
function liveTextAround(repo: Repo, app: NextApp, path: string, code: string): string | undefined {
  const seen = new Map([[path, code]]);
  let ring: readonly string[] = [path];
  for (let hop = 0; hop < 2; hop += 1) {
    ring = ring
      .flatMap((from) => importsOf(repo, app, from, seen.get(from) ?? ''))
      .filter((target) => !seen.has(target));
    for (const target of ring) seen.set(target, repo.peek(target) ?? '');
    if (ring.some((target) => SOURCE.test(seen.get(target) ?? ''))) return [...seen.values()].join('\n');
  }
  return undefined;
}

/** The files of the app that a file imports. */
export function importsOf(repo: Repo, app: NextApp, from: string, text: string): readonly string[] {
  const { dependencies } = app.workspace.manifest;
  return [...text.matchAll(IMPORT)].flatMap(([, specifier = '']) => {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
    const isInstalled = /^[\d^~<>=]/.test(dependencies[name] ?? '');
    const target = isInstalled ? undefined : resolveImport(repo, app, from, specifier);
    return target !== undefined && /\.[jt]sx?$/.test(target) ? [target] : [];
  });
}

function hardCoded(code: string): readonly Lacking[] {
  const found = [...code.matchAll(ARRAY)].filter(
    ([, name = '']) => !CHOICES.test(name) && isListed(name, code),
  );
  const first = found[0];
  if (!first) return [];
  return [{ code: 'hard-coded-data', at: first.index, what: found.map(([, name]) => name).join(', ') }];
}

const LISTS = /\s*\.(?:map|filter|find|slice)\(/y;

/** Whether an array is gone through. A pattern with its name would have to be compiled for each array. */
function isListed(name: string, code: string): boolean {
  for (let at = code.indexOf(name); at !== -1; at = code.indexOf(name, at + 1)) {
    LISTS.lastIndex = at + name.length;
    if (LISTS.test(code) && !/\w/.test(code[at - 1] ?? '')) return true;
  }
  return false;
}

const SLEEP =
  /await\s+new\s+Promise\s*(?:<[^>]*>)?\(\s*\(?(\w+)(?::[^)]*)?\)?\s*=>\s*\{?\s*setTimeout\(\s*\1\s*,/g;
const BUSY =
  /=>\s*\{\s*set(?:Is)?(?:Refresh|Load|Sav|Sync|Submit|Launch|Deploy|Process|Upload|Send)\w*\(true\);?\s*setTimeout\(/g;
const WORK = /\bfetch\(|\baxios\b|await\s+(?!new\s+Promise)|\.mutate(?:Async)?\(|router\.push|dispatch\(/;

/** Functions that wait and do nothing else, where the reader believes that something is saved or started. */
export function sleeps(code: string): readonly Lacking[] {
  if (!code.includes('setTimeout')) return [];
  return [...code.matchAll(SLEEP), ...code.matchAll(BUSY)]
    .sort((a, b) => a.index - b.index)
    .filter(({ index }) => !WORK.test(functionAround(code, index)))
    .map(({ index }) => ({
      code: 'simulated-action' as const,
      at: index,
      what: nameAround(code, index) ?? 'A function',
    }));
}

const OPENING = /(?:(?:const|let)\s+(\w+)[^\n;]*=>\s*\{|function\s+(\w+)[^\n]*\{)/g;

function openingBefore(code: string, at: number): RegExpExecArray | undefined {
  let last: RegExpExecArray | undefined;
  for (const match of code.slice(0, at + 4).matchAll(OPENING)) last = match;
  return last;
}

function nameAround(code: string, at: number): string | undefined {
  const match = openingBefore(code, at);
  return match?.[1] ?? match?.[2];
}

function functionAround(code: string, at: number): string {
  const start = openingBefore(code, at)?.index ?? 0;
  let depth = 0;
  for (let i = code.indexOf('{', start); i !== -1 && i < code.length; i += 1) {
    if (code[i] === '{') depth += 1;
    if (code[i] === '}') depth -= 1;
    if (depth === 0) return code.slice(start, i);
  }
  return code.slice(start);
}

/** Elements that give their children something to do. */
const HANDLES = /^(form|label|a|Link|summary)$|Form|Trigger|Menu|Popover|Dialog|Close|Upload/;

function inertControls(repo: Repo, path: string): readonly Lacking[] {
  const text = repo.peek(path) ?? '';
  if (!text.includes('<button')) return [];
  const inert = jsxElements(repo, path).filter((element) => isInertButton(element, text));
  const first = inert[0];
  return first ? [{ code: 'inert-controls', at: first.start, what: String(inert.length) }] : [];
}

function isInertButton(element: JsxElement, text: string): boolean {
  if (element.name !== 'button' || hasSpread(element)) return false;
  const acts = [
    'onClick',
    'formAction',
    'disabled',
    'form',
    'popoverTarget',
    'onPointerDown',
    'onMouseDown',
    'ref',
  ];
  if (acts.some((name) => attributeOf(element, name) !== undefined)) return false;
  for (let above = element.parent; above; above = above.parent)
    if (HANDLES.test(above.name) || isClickable(above, text)) return false;
  return true;
}

/** A card acts for the buttons in it; an area with fields, or a dialog that keeps clicks to itself, does not. */
function isClickable(element: JsxElement, text: string): boolean {
  const click = attributeOf(element, 'onClick');
  if (click?.kind !== 'expression' || /stopPropagation|false\)|null\)|close/i.test(click.value)) return false;
  return !/<(?:input|textarea|select)\b/.test(text.slice(element.start, element.end));
}

function inventedUser(code: string): readonly Lacking[] {
  if (!code.includes('userId')) return [];
  const match =
    /\buserId\s*[:=]\s*["'`]([\w-]*user[\w-]*|demo|test|anon\w*)["'`]|[?&]userId=([\w-]*user[\w-]*|demo)\b/.exec(
      code,
    );
  return match ? [{ code: 'invented-user', at: match.index, what: match[1] ?? match[2] ?? '' }] : [];
}

function missingStates(
  repo: Repo,
  app: NextApp,
  path: string,
  code: string,
  around: string,
): readonly Lacking[] {
  const at = Math.max(0, /\bfetch\(/.exec(code)?.index ?? 0);
  const has = (name: 'loading' | 'error') =>
    foldersDownTo(app, dirname(path)).some((folder) => findSpecial(repo, folder, name) !== undefined);
  const isLoading = /loading|pending|Skeleton|Spinner|isFetching|Suspense|streaming|setSending|setBusy/i;
  const isError = /\b(?:set)?\w*[eE]rror\b\s*(?:&&|\?|\(|\}|\))|isError|toast\.error|\.error\b/;
  const isEmpty =
    /\.length\s*(?:===?\s*0|<\s*1|>\s*0\s*(?:&&|\?)|\?[^.?])|!\s*\w+(?:\??\.\w+)*\.length|Empty\w*|\bNo \w+ (?:yet|found|configured|available)/;
  const isList = /\bfetch\(/.test(code) && /useState\b[^;\n]*\[\]/.test(code) && /\.map\(/.test(code);
  const found: Lacking[] = [];
  if (!has('loading') && !isLoading.test(around)) found.push({ code: 'no-loading-state', at, what: '' });
  const isTold = /\bcatch\s*(?:\([^)]*\))?\s*\{[^}]*\bset[A-Z]\w*\(\s*(?!false|true|null|\[|\))/.test(code);
  if (!isTold && !ownsError(code, has('error')) && !isError.test(around.replaceAll(/console\.error/g, '')))
    found.push({ code: 'no-error-state', at, what: '' });
  if (isList && !isEmpty.test(code)) found.push({ code: 'no-empty-state', at, what: '' });
  return found;
}

/** A page on the server throws into its boundary; a client page that catches and is silent does not. */
function ownsError(code: string, hasBoundary: boolean): boolean {
  return hasBoundary && !/['"]use client['"]/.test(code);
}
