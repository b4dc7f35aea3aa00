import { blankComments } from '../../../src/read/code/comments.ts';
import { attributeOf, childElements, hasSpread, type JsxElement } from '../../../src/read/markup/markup.ts';
import { isHidden } from './hidden.ts';

/** What a browser does not make operable by keyboard. */
const PASSIVE = /^(motion\.)?(div|span|li|p|td|tr|section|article|header|h[1-6]|svg|img|figure|ul|i|b)$/;
const OPERABLE = /^(?:a|button|input|Link|NextLink|NavLink|Button|Checkbox|Switch)$/;

/** WCAG 2.1.1: what a mouse can do, a keyboard can. A role or a key handler says that somebody has thought of it. */
export function isMouseOnly(element: JsxElement): boolean {
  if (!isClicked(element) || attributeOf(element, 'role')) return false;
  if (doesNothing(element)) return isPanel(element);
  return !isAroundControl(element);
}

/** A role promises what a browser does for a real button alone: other roles may be operated by what is around them. */
const PROMISES = /^(?:button|link|checkbox|switch)$/;

/** The role of an element that claims to be a control and leaves out the keys (ARIA authoring practices). */
export function emptyPromise(element: JsxElement): string | undefined {
  if (!isClicked(element)) return undefined;
  const role = attributeOf(element, 'role');
  if (role?.kind !== 'text' || !PROMISES.test(role.value)) return undefined;
  return doesNothing(element) ? undefined : role.value;
}

/** A click is listened for where no browser gives a key. */
export function isClicked(element: JsxElement): boolean {
  if (!attributeOf(element, 'onClick') || !PASSIVE.test(element.name)) return false;
  if (hasSpread(element) || isHidden(element)) return false;
  return !['onKeyDown', 'onKeyUp', 'onKeyPress'].some((name) => attributeOf(element, name));
}

const ARROW = /^(?:async\s+)?(?:\([^()]*\)|\w+)\s*=>/;
const QUIET_CALL =
  /^(?:\w+(?:\.nativeEvent)?\.(?:stopPropagation|stopImmediatePropagation|preventDefault)\(\)|[\w.?!]+\.focus\([^)]*\))$/;

/** Whether a click is only kept from others, or moves the focus to a field that the keyboard reaches anyway. */
export function doesNothing(element: JsxElement): boolean {
  const handler = attributeOf(element, 'onClick');
  if (handler?.kind !== 'expression') return false;
  const code = blankComments(handler.value).trim();
  const head = ARROW.exec(code)?.[0];
  if (head === undefined) return false;
  const body = code
    .slice(head.length)
    .trim()
    .replace(/^\{|\}$/g, '');
  const statements = body.split(/[;\n]/).map((statement) => statement.trim());
  const calls = statements.filter((statement) => statement !== '');
  return calls.length > 0 && calls.every((call) => QUIET_CALL.test(call));
}

/** All that a clickable backdrop holds: the dialog on it, which has to say that it is one. */
function isPanel(element: JsxElement): boolean {
  const { parent } = element;
  return parent !== undefined && isMouseOnly(parent) && childElements(parent).length === 1;
}

/** A click bubbles: what wraps one control alone is operated by that control, with any key. */
function isAroundControl(element: JsxElement): boolean {
  const [only, ...more] = childElements(element);
  if (!only || more.length > 0 || !OPERABLE.test(only.name)) return false;
  return element.children.every((child) =>
    child.kind === 'text' ? child.text.trim() === '' : child.kind === 'element' || child.elements.length > 0,
  );
}
