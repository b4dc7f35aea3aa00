import type { Repo } from '../../src/contract.ts';
import { importersOf, peekModule } from '../../src/read/code/imports.ts';
import { findOwnPackage } from '../../src/read/code/own-packages.ts';
import { isUncalledMethod } from './methods.ts';
import { isEntry, type ServerPackage } from './server-code.ts';

/** Who can reach what a statement declares, in its own file. */
interface Reach {
  /** It is used when the file is loaded. */
  readonly loads: boolean;
  /** The exports through which it is used; '*' stands for CommonJS. */
  readonly exported: ReadonlySet<string>;
}

interface Statement {
  readonly text: string;
  readonly names: readonly string[];
  readonly exported: readonly string[];
  readonly declares: boolean;
}

/** Whether anything that runs uses what stands at an offset: its file is an entry, or entries import it by name. */
export function isUsed(repo: Repo, within: ServerPackage, path: string, at: number): boolean {
  if (isUncalledMethod(repo, path, at)) return false;
  const { loads, exported } = reachOf(repo, path, at);
  if (!loads && exported.size === 0) return false;
  const seen = new Set<string>();
  const visit = (file: string, names: ReadonlySet<string> | undefined): boolean => {
    const key = `${file}#${names ? [...names].join() : ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (isEntry(repo, within, file)) return true;
    const importers = importersOf(repo, { dir: within.dir, files: within.files }, file).filter(
      ({ name }) => !names || name === '*' || names.has('*') || names.has(name),
    );
    if (importers.length === 0) return isUsedOutside(repo, within);
    return importers.some(({ path: importer, exportedAs }) => {
      if (exportedAs === undefined) return visit(importer, undefined);
      return visit(importer, exportedAs === '*' ? names : new Set([exportedAs]));
    });
  };
  return visit(path, loads ? undefined : exported);
}

/** A package that others of the repository import: which of its files they reach is not followed further. */
function isUsedOutside(repo: Repo, { dir, workspace }: ServerPackage): boolean {
  const { name } = workspace.manifest;
  if (name === undefined || findOwnPackage(repo, name)?.dir !== dir) return false;
  return repo.layout.packages.some((other) => other.dir !== dir && repo.mentions(other.path, `"${name}"`));
}

function reachOf(repo: Repo, path: string, at: number): Reach {
  // What the statements say is read as text, so that the tree has to tell where each of them stands and no more.
  const module = peekModule(repo, path);
  const text = repo.peek(path);
  if (!module || text === undefined) return { loads: true, exported: new Set() };
  const body = module.program.body.filter(({ type }) => type !== 'ImportDeclaration');
  const statements = body.map((node) => statementOf(node, text));
  const index = body.findIndex(({ start, end }) => start <= at && at < end);
  const first = statements[index];
  if (!first || (!first.declares && first.exported.length === 0)) return { loads: true, exported: new Set() };
  const tainted = new Set([index]);
  const words = new Set(first.names);
  for (let grows = true; grows; ) {
    grows = false;
    for (const [other, { text: own, names }] of statements.entries()) {
      if (tainted.has(other) || isSweep(own) || ![...words].some((word) => mentions(own, word))) continue;
      tainted.add(other);
      for (const name of names) words.add(name);
      grows = true;
    }
  }
  const reached = [...tainted].flatMap((each) => statements[each] ?? []);
  return {
    loads: reached.some(({ declares, exported }) => !declares && exported.length === 0),
    exported: new Set(reached.flatMap(({ exported }) => exported)),
  };
}

/** A timer that forgets old entries limits nobody. */
function isSweep(text: string): boolean {
  return text.includes('setInterval(') && !/\.use\(/.test(text);
}

function mentions(text: string, word: string): boolean {
  return text.includes(word) && new RegExp(`(?<![\\w$])${word.replaceAll('$', '\\$')}(?![\\w$])`).test(text);
}

function statementOf(
  node: { readonly type: string; readonly start: number; readonly end: number },
  source: string,
): Statement {
  const text = source.slice(node.start, node.end);
  const head =
    /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\s*\*?|class|const|let|var|enum)\s+([\w$]+|[{[][^=]*)/.exec(
      text.replace(/^(?:@\w+\([^)]*\)\s*)+/, ''),
    );
  const names = head?.[1]?.match(/[\w$]+/g) ?? [];
  if (/^export\s+default\b/.test(text)) return { text, names, exported: ['default'], declares: true };
  if (/^export\s*\{/.test(text)) {
    const list = /\{([^}]*)\}/.exec(text)?.[1] ?? '';
    const exported = list.split(',').flatMap(
      (entry) =>
        entry
          .trim()
          .split(/\s+as\s+/)
          .at(-1) || [],
    );
    return { text: /\bfrom\b/.test(text) ? '' : text, names: [], exported, declares: true };
  }
  if (/^(module\.)?exports\b/.test(text)) return { text, names, exported: ['*'], declares: true };
  return { text, names, exported: text.startsWith('export') ? names : [], declares: head !== null };
}
