import type { Block, Expression, Node, SourceFile } from 'ts-morph';
import type { Span } from '../contract.ts';
import { escaped } from '../repo/escaped.ts';
import { lazy } from '../repo/lazy.ts';
import { insertion } from './outcome.ts';
import { indentOf, indentUnitOf } from './ts-file.ts';

/** A function that a file exports, or why its body cannot be edited. */
export type ExportedFunction =
  | { readonly name: string; readonly body: Block }
  | { readonly name: string; readonly refused: string };

/** Every exported name in `names`, with the body of the function it stands for. */
export function exportedFunctions(file: SourceFile, names: ReadonlySet<string>): readonly ExportedFunction[] {
  const declared = [...file.getExportedDeclarations()].filter(([name]) => names.has(name));
  return declared.map(([name, [declaration]]) => {
    const body = declaration && bodyOf(declaration);
    return body ? { name, body } : { name, refused: `${name} is not a function with a body in this file` };
  });
}

function bodyOf(node: Node): Block | undefined {
  const { Node: Is } = lazy.tsMorph();
  if (Is.isFunctionDeclaration(node)) return blockIn(node.getBody());
  if (Is.isVariableDeclaration(node)) return bodyOfExpression(node.getInitializer());
  return undefined;
}

function bodyOfExpression(expression: Expression | undefined): Block | undefined {
  const { Node: Is } = lazy.tsMorph();
  return Is.isArrowFunction(expression) || Is.isFunctionExpression(expression)
    ? blockIn(expression.getBody())
    : undefined;
}

function blockIn(body: Node | undefined): Block | undefined {
  return lazy.tsMorph().Node.isBlock(body) ? body : undefined;
}

/** The block that begins at an offset. */
export function blockAt(file: SourceFile, start: number): Block | undefined {
  const block = blockIn(file.getDescendantAtPos(start)?.getParent());
  return block?.getStart() === start ? block : undefined;
}

/** Whether something in the file calls or hands on the function of a body by its name; exporting it is no use. */
export function isUsedElsewhere(text: string, body: Block): boolean {
  const { Node: Is } = lazy.tsMorph();
  const owner = body.getParent();
  const named = Is.isFunctionDeclaration(owner) ? owner : owner.getParent();
  if (!Is.isFunctionDeclaration(named) && !Is.isVariableDeclaration(named)) return false;
  const name = named.getName();
  if (name === undefined) return false;
  const code = text.replace(/\bexport\s*\{[^{}]{0,5000}\}/g, '');
  return (code.match(new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`, 'g'))?.length ?? 0) > 1;
}

/** Inserts lines as the first statement of a block, indented like its content. A block on one line is opened up. */
export function firstStatement(text: string, block: Block, lines: readonly string[]): Span {
  const [start, end] = [block.getStart() + 1, block.getEnd() - 1];
  const first = block.getStatements()[0];
  const unit = indentUnitOf(text);
  const inner = text.slice(start, end);
  const outer = indentOf(text, start);
  const isOneLine = !inner.includes('\n');
  const indent = first && !isOneLine ? indentOf(text, first.getStart()) : outer + unit;
  const body = indented(lines, indent, unit);
  if (!isOneLine) return insertion(start, body);
  const rest = inner.trim();
  return { start, end, text: `${body}${rest === '' ? '' : `\n${indent}${rest}`}\n${outer}` };
}

/**
 * Inserts lines behind the hooks that a component begins with, or as its first statement: a hook that stands behind
 * a return would not run every time.
 */
export function afterHooks(text: string, block: Block, lines: readonly string[]): Span {
  const statements = block.getStatements();
  const end = statements.findIndex((each) => !isPlain(each));
  const last = statements
    .slice(0, end === -1 ? undefined : end)
    .findLast((each) => HOOK.test(each.getText()));
  const at = last?.getEnd() ?? 0;
  const [rest = ''] = /^.*/.exec(text.slice(at)) ?? [];
  const isWhole = last && /^\s*(?:\/\/.*)?$/.test(rest);
  if (!isWhole) return firstStatement(text, block, statements.length > 0 ? [...lines, ''] : lines);
  const indent = indentOf(text, last.getStart());
  const body = indented(lines, indent, indentUnitOf(text));
  const isFollowed = /^\n[ \t]*[^\s}]/.test(text.slice(at + rest.length));
  return insertion(at + rest.length, `\n${body}${isFollowed ? '\n' : ''}`);
}

const HOOK = /^(?:(?:const|let|var)\b[^=]*=\s*)?(?:\w+\.)?use[A-Z]\w*\s*[(<]/;

/** Whether the statement cannot leave the function. */
function isPlain(statement: Node): boolean {
  const { Node: Is } = lazy.tsMorph();
  return Is.isVariableStatement(statement) || Is.isExpressionStatement(statement);
}

/** The lines, each behind the end of the one before. An empty line stays empty. */
function indented(lines: readonly string[], indent: string, unit: string): string {
  return lines.map((line) => (line === '' ? '\n' : `\n${indent}${line.replaceAll('  ', unit)}`)).join('');
}
