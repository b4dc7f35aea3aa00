import type { Node, Statement, VariableDeclaration } from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { attributeValue, tagsOf } from '../../../src/edit/tags.ts';
import { lineStart } from '../../../src/edit/ts-file.ts';
import { unusedImportSpans } from '../../../src/edit/ts-imports.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { usesOf } from '../read/module-names.ts';
import type { PageContext } from './page-part.ts';

/** A function that pretends, taken out: the edits, and the buttons that have nothing to do any more. */
export interface TakenOut {
  readonly spans: readonly Span[];
  readonly buttons: readonly number[];
}

/** Takes out a function that only shows that it waits, with what it shows; undefined where something else uses it. */
export function withoutPretending(page: PageContext, at: number): TakenOut | undefined {
  const { module, path } = page;
  const { text } = module;
  const declared = declarationAt(nodesAt(module, at));
  const name = declared && nameIn(declared);
  if (!declared || name === undefined) return undefined;
  const uses = usesOf(module, name);
  const handlers = tagsOf(module).flatMap((tag) => {
    const handler = tag.attributes.find((each) => each.name === 'onClick' && each.value === name);
    return handler && tag.name === 'button' ? [{ tag, handler }] : [];
  });
  if (
    handlers.length !== uses.length ||
    handlers.some(({ tag }) => attributeValue(tag, 'disabled') !== undefined)
  )
    return undefined;
  const busy = busySpans(page, declared);
  if (!busy) return undefined;
  const removed = [lineSpan(text, declared), ...busy.removed];
  return {
    spans: [
      ...removed,
      ...busy.folded,
      ...handlers.map(({ handler }) => ({ start: handler.start - 1, end: handler.end, text: '' })),
      ...unusedImportSpans(path, text, removed),
    ],
    buttons: handlers.map(({ tag }) => tag.start),
  };
}

/** The statement that gives the function around an offset its name. */
function declarationAt(nodes: readonly Node[]): VariableDeclaration | undefined {
  const index = nodes.findLastIndex(({ type }) => type === 'ArrowFunctionExpression');
  const declared = nodes[index - 2];
  return declared?.type === 'VariableDeclaration' && declared.declarations.length === 1
    ? declared
    : undefined;
}

function nameIn({ declarations: [first] }: VariableDeclaration): string | undefined {
  return first?.id.type === 'Identifier' ? first.id.name : undefined;
}

/** The state that shows the waiting, where nothing else sets it: its conditions are settled, and it goes. */
function busySpans(
  page: PageContext,
  declared: VariableDeclaration,
): { readonly removed: readonly Span[]; readonly folded: readonly Span[] } | undefined {
  const { module } = page;
  const { text } = module;
  const state = /\bconst \[(\w+), (set\w+)\] = (?:React\.)?useState\(false\);?/g;
  const setter = /\b(set[A-Z]\w*)\(true\)/.exec(text.slice(declared.start, declared.end))?.[1];
  const found = [...text.matchAll(state)].find(([, , name]) => name === setter);
  const [whole, name, set] = found ?? [];
  if (!found || whole === undefined || name === undefined || set === undefined) return undefined;
  const isAlone = usesOf(module, set).every(
    ({ at }) => isIn(at, declared) || isIn(at, rangeOf(found.index, whole)),
  );
  const shown = usesOf(module, name).filter(({ at }) => !isIn(at, rangeOf(found.index, whole)));
  const folded = shown.map(({ nodes }) => foldSpan(text, nodes));
  const settled = folded.flatMap((span) => span ?? []);
  if (!isAlone || settled.length < folded.length) return undefined;
  return { removed: [lineSpan(text, rangeOf(found.index, whole))], folded: settled };
}

function rangeOf(start: number, text: string): { readonly start: number; readonly end: number } {
  return { start, end: start + text.length };
}

function isIn(at: number, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return start <= at && at < end;
}

/** `busy ? a : b` is b. */
function foldSpan(text: string, nodes: readonly Node[]): Span | undefined {
  const [condition, around, container] = [nodes.at(-2), nodes.at(-3), nodes.at(-4)];
  if (condition?.type !== 'ConditionalExpression' || condition.test !== nodes.at(-1)) return undefined;
  const { alternate } = condition;
  const value = alternate.type === 'Literal' ? String(alternate.value) : undefined;
  if (around?.type === 'TemplateLiteral' && value !== undefined && around.expressions.length === 1) {
    const words = around.quasis
      .map(({ value: { cooked } }) => cooked ?? '')
      .join(value)
      .trim();
    const isAttribute = container?.type === 'JSXExpressionContainer' && !/["\n]/.test(words);
    return isAttribute ? { start: container.start, end: container.end, text: `"${words}"` } : undefined;
  }
  if (
    around?.type === 'JSXExpressionContainer' &&
    nodes.at(-4)?.type === 'JSXAttribute' &&
    value !== undefined
  )
    return { start: around.start, end: around.end, text: `"${value}"` };
  return { start: condition.start, end: condition.end, text: text.slice(alternate.start, alternate.end) };
}

/** A statement with its line, and the empty line below it. */
function lineSpan(text: string, { start, end }: Pick<Statement, 'start' | 'end'>): Span {
  const head = lineStart(text, start);
  const [gap = ''] = /^[^\S\n]*\n(?:[^\S\n]*\n)?/.exec(text.slice(end)) ?? [];
  const isAfterBlank = /(?:^|\n)[^\S\n]*\n$/.test(text.slice(0, head));
  const kept = isAfterBlank ? gap.length : gap.indexOf('\n') + 1;
  return { start: head, end: end + kept, text: '' };
}
