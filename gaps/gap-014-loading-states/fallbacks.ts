import type { NextApp, Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import { resolveImport } from '../../src/read/code/imports.ts';
import { attributeOf, childElements, type JsxElement, jsxElements } from '../../src/read/markup/markup.ts';
import { findSpecial } from '../../src/read/next/app-router.ts';
import { basename, dirname } from '../../src/repo/paths.ts';
import type { DashboardPage } from './subject.ts';

const IMPORT =
  /^import\s+(?!type\b)[^'";]*from\s*['"]([^'"]+)['"]|\bdynamic\(\s*\(\)\s*=>\s*import\(\s*['"]([^'"]+)['"]/gm;
/** `<></>` and words that React renders as nothing. */
const NOTHING = /^(?:null|undefined|false|true|''|""|``|<>\s*<\/>)?$/;

/** What brings data while the page is on screen: a hook of a data library, or a request in an effect. */
const DATA_HOOK =
  /\buse(?:SWR\w*|\w*Query|Queries|Fetch|Async\w*|Collection\w*|Document\w*)\s*[<(]|\.use(?:Infinite|Suspense)?Query\(/;
const REQUEST = /\bfetch\(|\baxios\b|\bky\.|\bawait\s+\w|\.then\(|\b(?:load|fetch|get)[A-Z]\w*\(/;
const EFFECT = /\buse(?:Layout)?Effect\(([\s\S]{0,800}?)\}\s*,\s*\[/g;
/** What is shown until it is there. */
const WAITING: readonly RegExp[] = [
  /(?:[lL]oading|[pP]ending|[fF]etching)\w*\s*(?:\?(?![.?:])|&&)/,
  /\bif\s*\([^\n)]{0,80}(?:[lL]oading|[pP]ending|[fF]etching)[^\n)]{0,80}\)\s*\{?\s*return/,
  /['"](?:loading|pending)['"]\s*(?:\?(?![.?:])|&&|\)\s*\{?\s*return)/,
  /<\w*(?:Skeleton|Spinner|Loader|Loading)\w*[\s/>]/,
  /\bif\s*\(\s*!\s*\w+(?:\.\w+)?\s*\)\s*\{?\s*return\s*\(?\s*</,
];

/** Whether a page shows something while it is on its way without a loading file: by Suspense, or on its own. */
export function hasFallback(repo: Repo, app: NextApp, page: DashboardPage): boolean {
  return page.around.some((folder) => isSuspended(repo, app, folder)) || showsItsOwn(repo, app, page.path);
}

const suspended = new WeakMap<Repo, Map<string, boolean>>();

/** Whether the layout or the template of a folder waits; told once, as it stands around many pages. */
function isSuspended(repo: Repo, app: NextApp, folder: string): boolean {
  const known = suspended.get(repo) ?? new Map<string, boolean>();
  suspended.set(repo, known);
  let found = known.get(folder);
  if (found === undefined) {
    found = (['layout', 'template'] as const).some((name) => {
      const path = findSpecial(repo, folder, name);
      return path !== undefined && suspendsChildren(repo, app, path);
    });
    known.set(folder, found);
  }
  return found;
}

/** In the layout itself, or in a component that the layout puts around its children. */
function suspendsChildren(repo: Repo, app: NextApp, path: string): boolean {
  const text = repo.peek(path) ?? '';
  const around = jsxElements(repo, path).filter(({ start, end }) =>
    /\bchildren\b/.test(text.slice(start, end)),
  );
  if (around.some(isSuspense)) return true;
  const names = around.map(({ name }) => name).filter((name) => /^[A-Z]\w*$/.test(name));
  return names.some((name) => {
    const target = importOf(repo, app, path, text, name);
    const inner = target === undefined ? '' : (repo.peek(target) ?? '');
    if (target === undefined || !inner.includes('Suspense')) return false;
    return jsxElements(repo, target).some(
      (element) => isSuspense(element) && /\bchildren\b/.test(inner.slice(element.start, element.end)),
    );
  });
}

function importOf(repo: Repo, app: NextApp, path: string, text: string, name: string): string | undefined {
  const specifier = new RegExp(`\\bimport\\s[^'"]*\\b${name}\\b[^'"]*['"]([^'"]+)['"]`).exec(text)?.[1];
  return specifier === undefined ? undefined : resolveImport(repo, app, path, specifier);
}

function isSuspense(element: JsxElement): boolean {
  if (!/(?:^|\.)Suspense$/.test(element.name)) return false;
  const fallback = attributeOf(element, 'fallback');
  return fallback !== undefined && fallback.kind !== 'flag' && !NOTHING.test(fallback.value);
}

function showsItsOwn(repo: Repo, app: NextApp, path: string): boolean {
  if (suspends(repo, path)) return true;
  // What a page on the server waits for itself is over before anything of it is shown.
  if (waitsOnServer(repo.peek(path) ?? '')) return false;
  if (loads(repo, path)) return waits(repo, path);
  const near = importsOf(repo, app, path);
  return (
    (near.some((other) => loads(repo, other)) && waits(repo, path)) ||
    near.some((other) => isOwnLoader(repo, app, other))
  );
}

function waitsOnServer(text: string): boolean {
  return /^export\s+default\s+async\b/m.test(text) && /\bawait\b/.test(blankComments(text));
}

/**
 * A component that the page hands the work to: it suspends, or it brings its data and shows that it waits. One that
 * does neither may leave both to a component that stands beside it.
 */
function isOwnLoader(repo: Repo, app: NextApp, path: string, hops = 1): boolean {
  if (suspends(repo, path)) return true;
  if (waits(repo, path))
    return loads(repo, path) || importsOf(repo, app, path).some((other) => loads(repo, other));
  if (hops === 0 || loads(repo, path)) return false;
  return importsOf(repo, app, path)
    .filter((other) => dirname(other) === dirname(path) && isRendered(repo, path, other))
    .some((other) => isOwnLoader(repo, app, other, hops - 1));
}

/** Whether a component stands around others in the markup of a file: what it holds back waits with it. */
function isRendered(repo: Repo, path: string, other: string): boolean {
  const name = basename(other)
    .replace(/\.\w+$/, '')
    .replace(/\W/g, '')
    .toLowerCase();
  return jsxElements(repo, path).some(
    (element) => element.name.toLowerCase() === name && childElements(element).length > 0,
  );
}

function suspends(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (text.includes('dynamic(') && LATE.test(blankComments(text))) return true;
  return text.includes('Suspense') && jsxElements(repo, path).some(isSuspense);
}

const LATE = /\bdynamic\([\s\S]{0,200}?\bloading\s*:\s*(?!\(\)\s*=>\s*null)/;

/** On its way in, not when somebody presses a button: by a hook of data, or by an effect that asks for it. */
function loads(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (!text.includes('Effect(') && !DATA_HOOK.test(text)) return false;
  const code = blankComments(text);
  return DATA_HOOK.test(code) || [...code.matchAll(EFFECT)].some(([, body = '']) => requests(code, body));
}

/** In the body itself, or in a function of the file that it calls. */
function requests(code: string, body: string): boolean {
  if (REQUEST.test(body)) return true;
  const called = new Set(Array.from(body.matchAll(/\b(\w+)\(/g), ([, name]) => name));
  // What is declared first is meant.
  for (const { 1: named, 2: held, index } of code.matchAll(FUNCTION))
    if (called.delete(named ?? held) && REQUEST.test(code.slice(index, index + 400))) return true;
  return false;
}

const FUNCTION = /\b(?:function\s+(\w+)|const\s+(\w+)\s*=)/g;

function waits(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (!WAITING.some((pattern) => pattern.test(text))) return false;
  const code = blankComments(text);
  return WAITING.some((pattern) => pattern.test(code));
}

function importsOf(repo: Repo, app: NextApp, from: string): readonly string[] {
  const { dependencies } = app.workspace.manifest;
  return [...(repo.peek(from) ?? '').matchAll(IMPORT)].flatMap(([, plain, late]) => {
    const specifier = plain ?? late ?? '';
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
    const isInstalled = /^[\d^~<>=]/.test(dependencies[name] ?? '');
    const target = isInstalled ? undefined : resolveImport(repo, app, from, specifier);
    return target !== undefined && /\.[jt]sx?$/.test(target) ? [target] : [];
  });
}
