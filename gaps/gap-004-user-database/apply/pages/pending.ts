import type { JSXElement } from 'oxc-parser';
import type { SourceModule, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { addAttributes, attributeValue, type Tag } from '../../../../src/edit/tags.ts';
import { styleOf } from '../../../../src/edit/ts-file.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { disabledLook } from './disabled-look.ts';

/** When a button waits for an answer, as an expression, and what it says then. */
export interface Waiting {
  readonly when: string;
  readonly says: string;
}

/** A button cannot be pressed, and says why, while what it started is under way. */
export function pendingSpans(module: SourceModule, button: Tag, waiting: Waiting): readonly Span[] {
  return [...disabledSpans(module.text, button, waiting), ...wordsSpans(module, button, waiting)];
}

function disabledSpans(text: string, button: Tag, { when }: Waiting): readonly Span[] {
  const attribute = button.attributes.find(({ name }) => name === 'disabled');
  if (!attribute)
    return [
      ...addAttributes(text, button, [`disabled={${when}}`]),
      ...disabledLook(text, button, 'disabled:cursor-wait disabled:opacity-60'),
    ];
  const value = attributeValue(button, 'disabled') ?? '';
  if (!text.slice(attribute.start, attribute.end).endsWith('}')) return [];
  const [start, end] = [attribute.end - 1 - value.length, attribute.end - 1];
  if (/^!?[\w.]+$/.test(value)) return [insertion(start, `${when} || `)];
  return [insertion(start, `${when} || (`), insertion(end, ')')];
}

/** The words of a button, where it has one text or one choice between texts. */
function wordsSpans(module: SourceModule, button: Tag, { when, says }: Waiting): readonly Span[] {
  const element = elementAt(module, button);
  const { quote } = styleOf(module.text);
  const choice = `${when} ? ${quote}${says}${quote} : `;
  const spans = (element?.children ?? []).flatMap((child): readonly Span[] => {
    if (child.type === 'JSXExpressionContainer')
      return /^(ConditionalExpression|Literal)$/.test(child.expression.type)
        ? [insertion(child.expression.start, choice)]
        : [];
    if (child.type !== 'JSXText' || child.value.trim() === '') return [];
    const source = module.text.slice(child.start, child.end);
    const words = source.trim();
    if (/[&'"\\\n]/.test(words)) return [];
    const start = child.start + source.indexOf(words);
    return [{ start, end: start + words.length, text: `{${choice}${quote}${words}${quote}}` }];
  });
  return spans.length === 1 ? spans : [];
}

function elementAt(module: SourceModule, { start }: Tag): JSXElement | undefined {
  const found: JSXElement[] = [];
  walk(module, {
    JSXElement: (node) => {
      if (node.start === start) found.push(node);
    },
  });
  return found[0];
}
