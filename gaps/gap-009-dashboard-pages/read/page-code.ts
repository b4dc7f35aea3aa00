import type { NextApp, Repo } from '../../../src/contract.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { once } from '../../../src/repo/once.ts';
import { BRINGS_DATA } from '../tables.ts';

/** A page with what it shows by itself and through others. */
export interface PageCode {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly path: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  /** The files of the app that it imports. */
  readonly imports: () => readonly string[];
  /** Its code and that of what it imports, where one of them brings data; at most two imports away. */
  readonly live: () => string | undefined;
}

/** Reads a page; what it imports is read when somebody asks. */
export function pageCode(repo: Repo, app: NextApp, path: string): PageCode {
  const text = repo.peek(path) ?? '';
  const code = blankComments(text);
  return {
    repo,
    app,
    path,
    text,
    code,
    imports: once(() => importsOf(repo, app, path)),
    live: once(() => (BRINGS_DATA.test(code) ? code : liveCodeAround(repo, app, path, code))),
  };
}

function liveCodeAround(repo: Repo, app: NextApp, path: string, code: string): string | undefined {
  const seen = new Map([[path, code]]);
  let ring: readonly string[] = [path];
  for (let hop = 0; hop < 2; hop += 1) {
    ring = ring.flatMap((from) => importsOf(repo, app, from)).filter((target) => !seen.has(target));
    for (const target of ring) seen.set(target, blankComments(repo.peek(target) ?? ''));
    if (ring.some((target) => BRINGS_DATA.test(seen.get(target) ?? ''))) return [...seen.values()].join('\n');
  }
  return undefined;
}

function importsOf(repo: Repo, app: NextApp, path: string): readonly string[] {
  const module = peekModule(repo, path);
  if (!module) return [];
  const targets = requestsOf(module)
    .filter(({ exportedAs }) => exportedAs === undefined)
    .flatMap(({ specifier }) => resolveImport(repo, app, path, specifier) ?? []);
  return [...new Set(targets)].filter((target) => /\.[jt]sx?$/.test(target));
}
