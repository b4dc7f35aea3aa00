import type { CallExpression, Node } from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { addAttributes, attributeValue, type Tag, tagsOf } from '../../../src/edit/tags.ts';
import { indentOf, lineStart } from '../../../src/edit/ts-file.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { usesOf } from '../read/module-names.ts';
import { lookSpans } from './buttons.ts';
import { camelCase, type PageContext } from './page-part.ts';

/** Values to which a condition can be put in front with `||`, and the rest of them stays what it was. */
const PLAIN = /^(?:Identifier|MemberExpression|BinaryExpression|CallExpression|UnaryExpression)$/;

/**
 * Keeps a button of a row from being pressed while the row has no release to promote.
 * @param name the function that the button calls with the `id` of its row
 * @param list what the component calls the rows from now on
 */
export function unreadySpans(page: PageContext, name: string, list: string): readonly Span[] {
  const { module } = page;
  const buttons = tagsOf(module).filter((tag) => tag.name === 'button' && !tag.hasSpread);
  return usesOf(module, name).flatMap(({ at, nodes }) => {
    const row = rowIn(nodes, list);
    const button = buttons.findLast(({ start, openEnd }) => start < at && at < openEnd);
    return row !== undefined && button ? conditionSpans(page, button, `!${row}.release`) : [];
  });
}

/** `env` of `LIST.map((env) => … name(env.id, …))`. */
function rowIn(nodes: readonly Node[], list: string): string | undefined {
  const call = nodes.at(-2);
  const first =
    call?.type === 'CallExpression' && call.callee === nodes.at(-1) ? call.arguments[0] : undefined;
  if (first?.type !== 'MemberExpression' || first.object.type !== 'Identifier') return undefined;
  if (first.property.type !== 'Identifier' || first.property.name !== 'id') return undefined;
  const row = first.object.name;
  return nodes.some((node) => node.type === 'CallExpression' && isOverRows(node, row, list))
    ? row
    : undefined;
}

function isOverRows({ callee, arguments: [given] }: CallExpression, row: string, list: string): boolean {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  const param = given?.type === 'ArrowFunctionExpression' ? given.params[0] : undefined;
  const rows = camelCase(callee.object.name);
  return param?.type === 'Identifier' && param.name === row && [rows, `${rows}Data`].includes(list);
}

function conditionSpans({ module }: PageContext, button: Tag, condition: string): readonly Span[] {
  const { text } = module;
  if (attributeValue(button, 'disabled') === undefined)
    return [...addAttributes(text, button, [`disabled={${condition}}`]), ...lookSpans(text, button)];
  const disabled = button.attributes.find((attribute) => attribute.name === 'disabled');
  const inside = disabled ? nodesAt(module, disabled.start) : [];
  const attribute = inside.find((node) => node.type === 'JSXAttribute' && node.start === disabled?.start);
  const value = attribute?.type === 'JSXAttribute' ? attribute.value : undefined;
  if (value?.type !== 'JSXExpressionContainer' || !PLAIN.test(value.expression.type)) return [];
  const { start } = value.expression;
  const isFirst = text.slice(lineStart(text, start), start).trim() === '';
  return [insertion(start, `${condition} ||${isFirst ? `\n${indentOf(text, start)}` : ' '}`)];
}
