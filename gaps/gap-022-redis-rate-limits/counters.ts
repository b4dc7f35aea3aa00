import type { Repo, SourceModule } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';
import { peekModule } from '../../src/read/imports.ts';
import { walk } from '../../src/read/walk.ts';

/** A place where requests are counted. */
export interface Place {
  readonly path: string;
  readonly at: number;
  /** What it is called, for people. */
  readonly name: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Container extends Range {
  readonly name: string;
  readonly kind: string;
}

/** Words without which a count is no rate limit. */
export const LIMIT_WORDS =
  /rate.?limit|\b429\b|too.?many.?(requests|attempts|tries)|throttl|(max|allowed).?(requests|attempts|hits)|limit(er)?\b/i;
const STRICT = /rate.?limit|\b429\b|too.?many|throttl/i;
const HOLDER =
  /new\s+(Map|LRU\w*|TTLCache|NodeCache|QuickLRU|TTLMap|Keyv)\b|=\s*\{\s*\}|Object\.create\(null\)/;
/** Modules of the browser: what they count is their own. */
const BROWSER =
  /^\s*['"]use client['"]|from\s*['"](react|jotai|zustand|swr|@tanstack\/react-[\w-]+)(\/[\w/-]+)?['"]/m;
const COUNTS = /\+\+|[+-]=|\+\s*1\b|-\s*1\b|\.push\(/;
const COMPARES = /\s[<>]=?\s/;
const TIME = /Date\.now|\bnow\b|new Date|performance\.|getTime|reset|window|ttl|setInterval|expire/i;

/** The counters of requests that a file keeps in its own variables. Cheap: most files are not parsed. */
export function memoryCounters(repo: Repo, path: string): readonly Place[] {
  if (!repo.mentions(path, STRICT) || !repo.mentions(path, HOLDER) || repo.mentions(path, BROWSER)) return [];
  const module = peekModule(repo, path);
  if (!module) return [];
  const { containers, functions } = collect(module);
  const code = blankComments(module.text);
  return containers
    .filter((container) => isCounter(container, functions, code))
    .map(({ name, start }) => ({ path, at: start, name }));
}

function collect(module: SourceModule): { containers: readonly Container[]; functions: readonly Range[] } {
  const containers: Container[] = [];
  const functions: Range[] = [];
  const add = (name: string, node: Range, value: Range | null) => {
    const kind = value && kindOf(module.text.slice(value.start, value.end));
    if (kind) containers.push({ name, start: node.start, end: node.end, kind });
  };
  const enter = ({ start, end }: Range) => {
    functions.push({ start, end });
  };
  walk(module, {
    VariableDeclarator: (node) => {
      if (node.id.type === 'Identifier') add(node.id.name, node, node.init);
    },
    PropertyDefinition: (node) => {
      if (node.key.type === 'Identifier') add(`this.${node.key.name}`, node, node.value);
      if (node.key.type === 'PrivateIdentifier') add(`this.#${node.key.name}`, node, node.value);
    },
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: enter,
  });
  return { containers, functions };
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

function isCounter(container: Container, functions: readonly Range[], code: string): boolean {
  const { name, start, kind } = container;
  const escaped = name.replaceAll('.', '\\.').replaceAll('$', '\\$').replace(/^this/, '(?:this|\\w+)');
  const reads = new RegExp(`(?<![\\w$.])${escaped}(?:\\.(?:get|has)\\(|\\[)`);
  const writes = new RegExp(
    `(?<![\\w$.])${escaped}(?:\\.set\\(|\\[[^\\]]*\\]\\s*(?:[+\\-|?&]*=(?!=)|\\+\\+))`,
  );
  if (!reads.test(code) || !writes.test(code)) return false;
  const around = functions.filter((range) => range.start <= start && start < range.end);
  const texts = outermost(functions.filter((range) => !(range.start <= start && start < range.end)))
    .map((range) => code.slice(range.start, range.end))
    .filter((each) => reads.test(each) || writes.test(each));
  const all = texts.join('\n');
  if (!reads.test(all) || !writes.test(all) || !COUNTS.test(all) || !COMPARES.test(all)) return false;
  const declaring = around
    .map((range) => code.slice(Math.max(0, range.start - 80), range.start + 80))
    .join(' ');
  if (around.length > 0 && !/limit|throttl/i.test(declaring)) return false;
  if (!/^(LRU|TTL|NodeCache|Keyv)/.test(kind) && !TIME.test(all) && !isSwept(code, name)) return false;
  return (
    LIMIT_WORDS.test(all) ||
    LIMIT_WORDS.test(name) ||
    /quota|allow|attempt|hits|visit|bucket/i.test(all + name)
  );
}

/** Those that stand in no other of them. */
function outermost(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return sorted.filter((range) => {
    if (range.end <= end) return false;
    end = range.end;
    return true;
  });
}

function isSwept(code: string, name: string): boolean {
  return (
    code.includes('setInterval') &&
    new RegExp(`${name.replace(/[.$#]/g, '\\$&')}\\.(clear|delete)\\(`).test(code)
  );
}
