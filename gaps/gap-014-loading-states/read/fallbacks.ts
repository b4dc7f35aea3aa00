import type { NextApp, Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { childElements, jsxElements } from '../../../src/read/markup/markup.ts';
import { basename, dirname } from '../../../src/repo/paths.ts';
import { DATA_HOOK, EFFECT, FUNCTION, LATE, REQUEST, WAITING } from '../tables.ts';
import { isSuspense } from './suspense.ts';

/** Whether a page shows something of its own while it, or its data, is on its way. */
export function showsItsOwn(repo: Repo, app: NextApp, path: string): boolean {
  if (suspends(repo, path)) return true;
  // What a page on the server waits for itself is over before anything of it is shown.
  if (waitsOnServer(repo, path)) return false;
  if (loads(repo, path)) return waits(repo, path);
  const near = importsOf(repo, app, path);
  return (
    (near.some((other) => loads(repo, other)) && waits(repo, path)) ||
    near.some((other) => isOwnLoader(repo, app, other))
  );
}

function waitsOnServer(repo: Repo, path: string): boolean {
  return repo.mentions(path, /^export\s+default\s+async\b/m) && /\bawait\b/.test(withoutComments(repo, path));
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

/** Whether a file holds back a part of itself, with something in its place. */
function suspends(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (text.includes('dynamic(') && LATE.test(withoutComments(repo, path))) return true;
  return text.includes('Suspense') && jsxElements(repo, path).some(isSuspense);
}

/** On its way in, not when somebody presses a button: by a hook of data, or by an effect that asks for it. */
function loads(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (!text.includes('Effect(') && !DATA_HOOK.test(text)) return false;
  const code = withoutComments(repo, path);
  return DATA_HOOK.test(code) || [...code.matchAll(EFFECT)].some(([, body = '']) => requestsIn(code, body));
}

/** In the body itself, or in a function of the file that it calls. */
function requestsIn(code: string, body: string): boolean {
  if (REQUEST.test(body)) return true;
  const called = new Set(Array.from(body.matchAll(/\b(\w+)\(/g), ([, name]) => name));
  // What is declared first is meant.
  for (const { 1: named, 2: held, index } of code.matchAll(FUNCTION))
    if (called.delete(named ?? held) && REQUEST.test(code.slice(index, index + 400))) return true;
  return false;
}

/** Whether a file shows that something is not there yet. */
function waits(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (!WAITING.some((pattern) => pattern.test(text))) return false;
  const code = withoutComments(repo, path);
  return WAITING.some((pattern) => pattern.test(code));
}

/** The files of the repository that a file asks for; an installed package of the same name is none. */
function importsOf(repo: Repo, app: NextApp, from: string): readonly string[] {
  const { dependencies } = app.workspace.manifest;
  const module = peekModule(repo, from);
  const specifiers = new Set(module ? requestsOf(module).map(({ specifier }) => specifier) : []);
  return [...specifiers].flatMap((specifier) => {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
    const isInstalled = /^[\d^~<>=]/.test(dependencies[name] ?? '');
    const target = isInstalled ? undefined : resolveImport(repo, app, from, specifier);
    return target !== undefined && /\.[jt]sx?$/.test(target) ? [target] : [];
  });
}
