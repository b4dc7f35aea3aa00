import { attributeOf, childElements, type JsxElement } from '../../../src/read/markup/markup.ts';
import { CHOICE_COMPONENT, CHOICE_TYPE, FIELD_COMPONENT, NATIVE_FIELD, UNTYPED } from '../tables.ts';

/** The elements inside, at any depth. */
export function inside(element: JsxElement): readonly JsxElement[] {
  return childElements(element).flatMap((child) => [child, ...inside(child)]);
}

/** The fields of a form; of those that wrap another one, as `<Field name="a"><Input /></Field>`, the outer ones. */
export function fieldsOf(form: JsxElement): readonly JsxElement[] {
  return childElements(form).flatMap((child) => (takesInput(child) ? [child] : fieldsOf(child)));
}

/** A field that a person fills in. */
export function takesInput(element: JsxElement): boolean {
  if (!NATIVE_FIELD.test(element.name))
    return FIELD_COMPONENT.test(element.name) || attributeOf(element, 'register') !== undefined;
  return !UNTYPED.test(textOf(element, 'type')) && !isOff(element, 'disabled') && !isOff(element, 'readOnly');
}

/** A field in which one of the options that are there is chosen: nothing is typed. */
export function isChoice(field: JsxElement): boolean {
  if (/(?:^|\.)select$/.test(field.name)) return true;
  return NATIVE_FIELD.test(field.name)
    ? CHOICE_TYPE.test(textOf(field, 'type'))
    : CHOICE_COMPONENT.test(field.name);
}

/** The text of an attribute, '' where it is an expression or not there. */
export function textOf(element: JsxElement, name: string): string {
  const attribute = attributeOf(element, name);
  return attribute?.kind === 'text' ? attribute.value : '';
}

function isOff(element: JsxElement, name: string): boolean {
  return attributeOf(element, name)?.kind === 'flag';
}
