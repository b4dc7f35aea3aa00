import { attributeOf, childElements, type JsxElement } from '../../../src/read/markup/markup.ts';
import { trimmed } from './field-words.ts';
import { textOf } from './sibling-text.ts';

/** Whether an element takes input. */
export type FieldKind = (element: JsxElement) => boolean;

/** How many boxes around a field may stand between it and its caption: an icon and a frame. */
const BOXES = 2;

/** The label that stands before a field, or behind a check box, and names no other. */
export function labelBeside(field: JsxElement, isField: FieldKind): JsxElement | undefined {
  const isLabel = (element: JsxElement) =>
    /(?:^l|L)abel$/.test(element.name) && attributeOf(element, 'htmlFor') === undefined;
  return beside(field, isField, (element) => {
    if (isLabel(element)) return holdsField(element, isField) ? undefined : element;
    return holdsField(element, isField) ? undefined : descendants(element).find(isLabel);
  });
}

/** The words of what stands before a field as its caption, though it is no label. */
export function captionOf(field: JsxElement, isField: FieldKind): string | undefined {
  if (/^(?:checkbox|radio|range)$/.test(typeOf(field))) return undefined;
  const caption = beside(
    field,
    isField,
    // A label that names another field is that one's.
    (element) =>
      CAPTION.test(element.name) && !attributeOf(element, 'htmlFor') ? firstLine(element) : undefined,
    isDecoration,
  );
  const words = caption && trimmed(textOf(caption) ?? '');
  return words !== undefined && isCaption(words) ? words : undefined;
}

const CAPTION = /^(?:p|span|div|label|dt)$|Label$/;

/** The first line of what holds nothing but lines: a caption, and what explains it. */
function firstLine(element: JsxElement): JsxElement {
  const lines = childElements(element);
  const isLines = element.name === 'div' && lines.length > 0 && lines.length === element.children.length;
  const [first] = lines;
  return first && isLines && lines.every(({ name }) => /^(?:p|span|label)$/.test(name)) ? first : element;
}

function isCaption(words: string): boolean {
  return (
    /^(?!Or |And |Custom$|Show$)\p{Lu}[\p{L}\d &/(),'-]{2,40}$/u.test(words) && words.split(' ').length < 6
  );
}

/** What stands next to a field, or to a box that holds nothing but the field and what decorates it. */
function beside(
  field: JsxElement,
  isField: FieldKind,
  pick: (element: JsxElement) => JsxElement | undefined,
  mayStand: (element: JsxElement) => boolean = () => true,
): JsxElement | undefined {
  const isTicked = /^(?:checkbox|radio)$/.test(typeOf(field));
  let inner = field;
  for (let box = 0; box <= BOXES && inner.parent; box += 1) {
    const siblings = childElements(inner.parent);
    const at = siblings.indexOf(inner);
    if (at === -1) return undefined;
    const found = isTicked
      ? next(siblings.slice(at + 1), isField, pick)
      : next(siblings.slice(0, at).reverse(), isField, pick);
    if (found) return isShared(siblings, inner, isField, pick) ? undefined : found;
    if (
      siblings.some(
        (each) => each !== inner && (isField(each) || holdsField(each, isField) || !mayStand(each)),
      )
    )
      return undefined;
    inner = inner.parent;
    if (/^(?:form|main|section|body|table|tr|td|fieldset|ul|ol|li|nav|header|footer)$/.test(inner.name))
      return undefined;
  }
  return undefined;
}

function next(
  siblings: readonly JsxElement[],
  isField: FieldKind,
  pick: (element: JsxElement) => JsxElement | undefined,
): JsxElement | undefined {
  for (const sibling of siblings) {
    if (isField(sibling) || holdsField(sibling, isField) || /(?:^b|B)utton$/.test(sibling.name))
      return undefined;
    const found = pick(sibling);
    if (found) return found;
    // An icon, a rule, a break.
    if (sibling.children.length > 0 && !isDecoration(sibling)) return undefined;
  }
  return undefined;
}

function isDecoration({ name, children }: JsxElement): boolean {
  return (
    name === 'svg' ||
    children.every((child) => child.kind === 'element' && child.element.children.length === 0)
  );
}

/** Two fields that follow one caption: it is that of the group. */
function isShared(
  siblings: readonly JsxElement[],
  own: JsxElement,
  isField: FieldKind,
  pick: (element: JsxElement) => JsxElement | undefined,
): boolean {
  if (/^(?:checkbox|radio)$/.test(typeOf(own))) return false;
  const rest = siblings.slice(siblings.indexOf(own) + 1);
  const until = rest.findIndex((each) => pick(each) !== undefined && !isField(each));
  const group = until === -1 ? rest : rest.slice(0, until);
  return group.some((each) => isField(each) || holdsField(each, isField));
}

function typeOf(element: JsxElement): string {
  const type = attributeOf(element, 'type');
  if (element.name === 'Checkbox' || element.name === 'Switch') return 'checkbox';
  return type?.kind === 'text' ? type.value : '';
}

/** Whether an element holds a field. */
export function holdsField(element: JsxElement, isField: FieldKind): boolean {
  return descendants(element).some(isField);
}

/** Every element in an element. */
export function descendants(element: JsxElement): readonly JsxElement[] {
  return childElements(element).flatMap((child) => [child, ...descendants(child)]);
}
