import type { Node, ParseError } from 'jsonc-parser';
import { parseJson } from '../repo/json.ts';
import { lazy } from '../repo/lazy.ts';
import { endOf, indentAt, insertProperty, isInline, type JsonValue, printJson } from './json-property.ts';
import { NOTHING_TO_DO, type Spans } from './outcome.ts';

export interface JsonEditOptions {
  /** Whether another value at the path gives way; without it that is a refusal. */
  readonly replace?: boolean;
  /** `sorted`: keep the keys sorted even where fewer than two of them show it. */
  readonly keys?: 'as-found' | 'sorted';
}

/**
 * Sets the value at a path of keys and creates the objects on the way. Comments, layout and key order stay.
 * @throws SourceError when the text is not JSON (comments and trailing commas are fine).
 */
export function setJsonValue(
  path: string,
  text: string,
  keys: readonly [string, ...string[]],
  value: JsonValue,
  options: JsonEditOptions = {},
): Spans {
  let node = parseTree(path, text);
  for (const [depth, key] of keys.entries()) {
    const name = keys.slice(0, depth).join('.');
    if (node?.type !== 'object')
      return { refused: `${path}: ${name === '' ? 'the file' : name} is not an object` };
    const found = propertyOf(node, key);
    if (!found) {
      const rest = keys.slice(depth + 1).reduceRight<JsonValue>((inner, next) => ({ [next]: inner }), value);
      return {
        spans: insertProperty({
          text,
          object: node,
          key,
          value: rest,
          root: depth === 0,
          sorted: options.keys === 'sorted',
        }),
      };
    }
    node = found.children?.[1];
  }
  return node ? replaceValue(path, text, keys.join('.'), node, value, options) : NOTHING_TO_DO;
}

/** Adds a script to package.json. An equal one is nothing to do; another one of that name is a refusal. */
export function addScript(path: string, text: string, name: string, command: string): Spans {
  return setJsonValue(path, text, ['scripts', name], command);
}

/** Adds a package to a section of package.json, in the order that package managers keep. */
export function addPackage(
  path: string,
  text: string,
  section: 'dependencies' | 'devDependencies',
  { name, range, replace = false }: { name: string; range: string; replace?: boolean },
): Spans {
  return setJsonValue(path, text, [section, name], range, { replace, keys: 'sorted' });
}

function parseTree(path: string, text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = lazy.jsonc().parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !root) parseJson(path, text);
  return root;
}

/** The property of that name; of two, the last one, whose value counts. */
function propertyOf(object: Node, key: string): Node | undefined {
  return object.children?.findLast((property) => property.children?.[0]?.value === key);
}

function replaceValue(
  path: string,
  text: string,
  name: string,
  node: Node,
  value: JsonValue,
  { replace }: JsonEditOptions,
): Spans {
  if (isSame(parseJson(path, text.slice(node.offset, endOf(node))), value)) return NOTHING_TO_DO;
  if (!replace) return { refused: `${path}: ${name} is set already, to another value` };
  const printed = isInline(text)
    ? JSON.stringify(value)
    : printJson(text, value, indentAt(text, node.offset));
  return { spans: [{ start: node.offset, end: node.offset + node.length, text: printed }] };
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [mine, theirs] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && isSame(value, theirs.get(key)))
  );
}
