import type { Node } from 'oxc-parser';
import type { Repo } from '../../../src/contract.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
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
  if (!module) return linesIn(blankComments(repo.peek(path) ?? ''));
  const { text } = module;
  const found: CodeString[] = [];
  const handed = new Set<number>();
  const added = new Map<number, string>();
  const add = (node: Node, value: string, behind: string) =>
    void found.push({
      start: node.type === 'Literal' ? node.start : Math.max(0, node.start - 1),
      source: node.type === 'Literal' ? text.slice(node.start, node.end) : value,
      value,
      isRequest: handed.has(node.start),
      behind,
    });
  walk(module, {
    CallExpression: ({ callee, arguments: [first] }) => {
      if (!first || !SENDS.test(text.slice(callee.start, callee.end).slice(-40))) return;
      handed.add(first.type === 'TemplateLiteral' ? (first.quasis[0]?.start ?? first.start) : first.start);
    },
    BinaryExpression: ({ operator, left, right }) => {
      if (operator === '+') added.set(right.start, text.slice(left.start, left.end));
    },
    Literal: (node) => {
      if (typeof node.value === 'string') add(node, node.value, added.get(node.start) ?? '');
    },
    TemplateLiteral: ({ quasis, expressions }) => {
      for (const [index, quasi] of quasis.entries()) {
        const before = expressions[index - 1];
        add(quasi, quasi.value.raw, before ? text.slice(before.start, before.end) : '');
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
