import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';

/** A string of a file, or a fixed part of a template. */
export interface CodeString {
  /** Where its quote stands, or what opens that part of a template. */
  readonly start: number;
  /** With its quotes, where it has some. */
  readonly source: string;
  /** Without them. */
  readonly value: string;
  /** It is what a call that sends requests is handed first: `api.get('…')`. */
  readonly isRequest: boolean;
  /** The source of what it follows: an expression of its template, or what it is added to. */
  readonly behind: string;
}

/** What sends requests, by the end of its name. */
const SENDS =
  /(?:^|\.)(?:get|post|put|patch|delete|del|head|request|\$fetch|ky|got|ofetch)$|(?:api|fetch\w*|axios|http|client|request)$/i;

/** The strings of a file and the fixed parts of its templates; where it does not parse, its lines. */
export function stringsIn(repo: Repo, path: string): readonly CodeString[] {
  const module = peekModule(repo, path);
  if (!module) return linesIn(withoutComments(repo, path));
  const { text } = module;
  const found: CodeString[] = [];
  const handed = new Set<number>();
  const added = new Map<number, string>();
  const add = (start: number, source: string, value: string, behind: string) =>
    void found.push({ start, source, value, isRequest: handed.has(start), behind });
  walk(module, {
    CallExpression: ({ callee, arguments: [first] }) => {
      if (!first || !SENDS.test(text.slice(callee.start, callee.end).slice(-40))) return;
      handed.add(first.start);
    },
    BinaryExpression: ({ operator, left, right }) => {
      if (operator === '+') added.set(right.start, text.slice(left.start, left.end));
    },
    Literal: (node) => {
      const { start, end, value } = node;
      if (typeof value === 'string') add(start, text.slice(start, end), value, added.get(start) ?? '');
    },
    TemplateLiteral: ({ start, quasis, expressions }) => {
      for (const [index, { value }] of quasis.entries()) {
        const before = expressions[index - 1];
        const opening = before ? text.indexOf('}', before.end) : start;
        add(opening, value.raw, value.raw, before ? text.slice(before.start, before.end) : '');
      }
    },
  });
  return found;
}

function linesIn(text: string): readonly CodeString[] {
  return [...text.matchAll(/[^\n]+/g)].map(({ index, 0: value }) => ({
    start: index,
    source: value,
    value,
    isRequest: false,
    behind: '',
  }));
}
