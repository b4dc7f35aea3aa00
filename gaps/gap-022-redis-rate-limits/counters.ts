import type { Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { peekModule } from '../../src/read/code/imports.ts';
import { holds, nodesAt } from '../../src/read/code/nodes-at.ts';
import { SAYS_LIMIT } from './words.ts';

/** A place where requests are counted. */
export interface Place {
  readonly path: string;
  readonly at: number;
  /** What it is called, for people. */
  readonly name: string;
}

interface Container extends Place {
  readonly kind: string;
}

/** Words without which a count is no rate limit. */
const LIMIT_WORDS =
  /rate.?limit|\b429\b|too.?many.?(requests|attempts|tries)|throttl|(max|allowed).?(requests|attempts|hits)|limit(er)?\b/i;
const HOLDER =
  /new\s+(Map|LRU\w*|TTLCache|NodeCache|QuickLRU|TTLMap|Keyv)\b|=\s*\{\s*\}|Object\.create\(null\)/;
/** Modules of the browser: what they count is their own. */
const BROWSER =
  /^\s*['"]use client['"]|from\s*['"](react|jotai|zustand|swr|@tanstack\/react-[\w-]+)(\/[\w/-]+)?['"]/m;
/** What follows a name whose entries are read, and one whose entries are written. */
const READS = String.raw`(?:\.(?:get|has)\(|\[)`;
const WRITES = String.raw`(?:\.set\(|\[[^\]]+\]\s*(?:[+\-|?&]*=(?!=)|\+\+))`;
/** The character before a write, which ends the name: a search for whole names would try every word of a file. */
const WRITTEN = new RegExp(String.raw`[\w$](?=${WRITES})`, 'g');
const LONGEST_NAME = 100;
const COUNTS = /\+\+|[+-]=|\+\s*1\b|-\s*1\b|\.push\(/;
const COMPARES = /\s[<>]=?\s/;
const TIME = /Date\.now|\bnow\b|new Date|performance\.|getTime|reset|window|ttl|setInterval|expire/i;

/** The counters of requests that a file keeps in its own variables. Cheap: most files are not parsed. */
export function memoryCounters(repo: Repo, path: string): readonly Place[] {
  if (!repo.mentions(path, SAYS_LIMIT) || !repo.mentions(path, HOLDER) || repo.mentions(path, BROWSER))
    return [];
  const code = withoutComments(repo, path);
  const names = keptNames(code);
  const module = names.length > 0 ? peekModule(repo, path) : undefined;
  if (!module) return [];
  return names
    .flatMap((name) => containersOf(module, code, name))
    .filter((container) => isCounter(module, container, code))
    .map(({ name, at }) => ({ path, at, name }));
}

/** The names whose entries are both written and read. */
function keptNames(code: string): readonly string[] {
  const written = new Set(
    Array.from(
      code.matchAll(WRITTEN),
      ({ index }) => /[\w$]+$/.exec(code.slice(Math.max(0, index - LONGEST_NAME), index + 1))?.[0] ?? '',
    ),
  );
  return [...written].filter((name) => ['.get(', '.has(', '['].some((read) => code.includes(name + read)));
}

/** The variables and properties of this name that hold something to count in. */
function containersOf(module: SourceModule, code: string, kept: string): readonly Container[] {
  const declared = new RegExp(`#?(?<![\\w$])${escaped(kept)}(?=\\s*[!?]?\\s*[:=\\]])`, 'g');
  return [...code.matchAll(declared)].flatMap(({ index }) =>
    nodesAt(module, index).flatMap((node) => {
      const declaration = declarationIn(node);
      if (!declaration?.value || declaration.key.start !== index) return [];
      const kind = kindOf(module.text.slice(declaration.value.start, declaration.value.end));
      return kind ? [{ path: module.path, at: node.start, name: declaration.name, kind }] : [];
    }),
  );
}

function declarationIn(
  node: Node,
): { readonly name: string; readonly key: Node; readonly value: Node | null } | undefined {
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier')
    return { name: node.id.name, key: node.id, value: node.init };
  if (node.type !== 'PropertyDefinition') return undefined;
  const { key, value } = node;
  if (key.type === 'Identifier') return { name: `this.${key.name}`, key, value };
  return key.type === 'PrivateIdentifier' ? { name: `this.#${key.name}`, key, value } : undefined;
}

/** What holds the counts, told by the value as it is written; undefined for any other value. */
function kindOf(value: string): string | undefined {
  if (value.length > 400) return undefined;
  const made = /(?:^|\?\?=?|\|\|=?|[(=])\s*new\s+(Map|LRU\w*|TTLCache|NodeCache|QuickLRU|TTLMap|Keyv)\b/.exec(
    value,
  )?.[1];
  if (made === 'Keyv')
    return /new\s+Keyv\(\s*(\{\s*(namespace|ttl)[^}]*\})?\s*\)/.test(value) ? made : undefined;
  if (made !== undefined) return made;
  return /^\{\s*\}(\s+as\b.*)?$|^Object\.create\(null\)$/s.test(value) ? 'object' : undefined;
}

function isCounter(module: SourceModule, { name, at, kind }: Container, code: string): boolean {
  const written = escaped(name).replace(/^this/, '(?:this|\\w+)');
  const functionsWith = (use: string) =>
    [...code.matchAll(new RegExp(`(?<![\\w$.])${written}${use}`, 'g'))].flatMap(
      ({ index }) => functionsAt(module, index).find((each) => !holds(each, at)) ?? [],
    );
  const readers = functionsWith(READS);
  const writers = functionsWith(WRITES);
  if (readers.length === 0 || writers.length === 0) return false;
  const all = [...new Set([...readers, ...writers])]
    .map(({ start, end }) => code.slice(start, end))
    .join('\n');
  if (!COUNTS.test(all) || !COMPARES.test(all)) return false;
  const around = functionsAt(module, at);
  const declaring = around.map(({ start }) => code.slice(Math.max(0, start - 80), start + 80)).join(' ');
  if (around.length > 0 && !/limit|throttl/i.test(declaring)) return false;
  if (!/^(LRU|TTL|NodeCache|Keyv)/.test(kind) && !TIME.test(all) && !isSwept(code, name)) return false;
  return (
    LIMIT_WORDS.test(all) ||
    LIMIT_WORDS.test(name) ||
    /quota|allow|attempt|hits|visit|bucket/i.test(all + name)
  );
}

/** The functions around an offset, outermost first. */
function functionsAt(module: SourceModule, offset: number): readonly Node[] {
  return nodesAt(module, offset).filter(
    ({ type }) =>
      type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression',
  );
}

function isSwept(code: string, name: string): boolean {
  return code.includes('setInterval') && new RegExp(`${escaped(name)}\\.(clear|delete)\\(`).test(code);
}

function escaped(name: string): string {
  return name.replace(/[.$#]/g, '\\$&');
}
