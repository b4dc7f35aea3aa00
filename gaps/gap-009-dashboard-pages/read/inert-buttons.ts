import type { Repo } from '../../../src/contract.ts';
import {
  attributeOf,
  childElements,
  hasSpread,
  type JsxElement,
  jsxElements,
} from '../../../src/read/markup/markup.ts';
import { ACTING_ATTRIBUTE, BUTTON_ATTRIBUTES, HANDLING_ELEMENT, PLACING_ELEMENT } from '../tables.ts';

/** The plain buttons of a page that nothing visible makes act. */
export function inertButtons(repo: Repo, path: string): readonly JsxElement[] {
  const text = repo.peek(path) ?? '';
  if (!text.includes('<button')) return [];
  return jsxElements(repo, path).filter((element) => isInert(element, text));
}

function isInert(element: JsxElement, text: string): boolean {
  if (element.name !== 'button' || hasSpread(element)) return false;
  if (BUTTON_ATTRIBUTES.some((name) => attributeOf(element, name) !== undefined)) return false;
  return !above(element).some((each) => HANDLING_ELEMENT.test(each.name) || isClickable(each, text));
}

/** A card acts for the buttons in it; an area with fields, or a dialog that keeps clicks to itself, does not. */
function isClickable(element: JsxElement, text: string): boolean {
  const click = attributeOf(element, 'onClick');
  if (click?.kind !== 'expression' || /stopPropagation|false\)|null\)|close/i.test(click.value)) return false;
  return !/<(?:input|textarea|select)\b/.test(text.slice(element.start, element.end));
}

/** The buttons of a page that nothing could ever make act, whatever the components around them do. */
export function deadButtons(repo: Repo, path: string): readonly JsxElement[] {
  return repo.mentions(path, /<[bB]utton\b/) ? jsxElements(repo, path).filter(isDead) : [];
}

function isDead(element: JsxElement): boolean {
  if (!/^[bB]utton$/.test(element.name) || hasSpread(element) || childElements(element).some(leads))
    return false;
  if (element.attributes.some((each) => each.kind !== 'spread' && ACTING_ATTRIBUTE.test(each.name)))
    return false;
  return above(element).every(
    (each) =>
      PLACING_ELEMENT.test(each.name) &&
      !/^(?:form|label|a|summary)$/.test(each.name) &&
      !attributeOf(each, 'onClick'),
  );
}

/** A link in a button takes the press. */
function leads(child: JsxElement): boolean {
  return /^a$|Link$/.test(child.name) || childElements(child).some(leads);
}

function above(element: JsxElement): readonly JsxElement[] {
  return element.parent ? [element.parent, ...above(element.parent)] : [];
}
