import { insertion } from '../../../src/edit/outcome.ts';
import { addAttributes, type Tag } from '../../../src/edit/tags.ts';
import { attributeOf, childElements, type JsxElement } from '../../../src/read/markup/markup.ts';
import { isClicked } from '../read/clicks.ts';
import { descendants } from './captions.ts';
import { mendDialog } from './dialog.ts';
import type { FileToMend } from './file.ts';
import type { Left, Mend } from './mend.ts';

const IN_PLACE = 'Put a <button type="button"> in it that does what the click does';

/** A picture holds nothing. */
const AROUND = 'Put it into a <button type="button"> that does what the click does';

/** A row that is a button is a row no more, and one that takes the focus without a role says nothing of itself. */
const IN_ITS_FIRST_CELL =
  'Put a <button type="button"> in its first cell that does what the click does, with aria-pressed where the row shows that it is chosen, or aria-expanded where it opens something; the click on the row may stay for the mouse';

/** Makes an element that a mouse can press one that a keyboard can press, or tells assistive technology to pass it by. */
export function mendClickable(file: FileToMend, element: JsxElement, role: string | undefined): Mend | Left {
  const tag = file.tagAt(element.start);
  if (!tag) return { left: IN_PLACE };
  if (/^(?:motion\.)?t[rd]$/.test(element.name)) return { left: IN_ITS_FIRST_CELL };
  if (role !== undefined) return role === 'link' ? { left: 'Make it an <a href>' } : pressed(file, tag, []);
  if (/^(?:img|svg)$/.test(element.name)) return { left: AROUND };
  if (element.children.length === 0) return mendBackdrop(file, element, tag);
  const dialog = mendDialog(file, element, tag);
  if (dialog) return dialog;
  if (!/^(?:motion\.)?(?:div|span|p)$/.test(element.name)) return { left: IN_PLACE };
  const held = descendants(element).find((each) => file.isOperable(each));
  if (held)
    return {
      left: `${IN_PLACE}: it holds <${held.name}>, and what is pressed as a whole may hold no other control`,
    };
  if (!file.showsText(element)) return { left: 'Make it a <button type="button"> with an aria-label' };
  if (isInsideControl(file, element)) return { left: IN_PLACE };
  const state = stateOf(element);
  if (state !== undefined && holdsWhatOpens(file.text.slice(element.start, element.end), state))
    return {
      left: `Put a <button type="button" aria-expanded={${state}}> around its heading: as one button it would be read as one name, with all that it opens`,
    };
  return pressed(file, tag, ['role="button"', ...(state === undefined ? [] : [`aria-expanded={${state}}`])]);
}

function isInsideControl(file: FileToMend, { parent }: JsxElement): boolean {
  for (let around = parent; around; around = around.parent)
    if (
      /^(?:a|button|Link|Button|label)$/.test(around.name) ||
      isClicked(around) ||
      file.isRoleButton(around)
    )
      return true;
  return false;
}

function pressed(file: FileToMend, tag: Tag, more: readonly string[]): Mend {
  return {
    spans: beforeClick(file.text, tag, [...more, 'tabIndex={0}', 'onKeyDown={pressOnKey}']),
    needs: ['pressOnKey'],
  };
}

/** In front of the click, on lines of their own where that has one. */
function beforeClick(text: string, tag: Tag, attributes: readonly string[]) {
  const click = tag.attributes.find(({ name }) => name === 'onClick');
  const missing = attributes.filter(
    (each) => !tag.attributes.some(({ name }) => each.startsWith(`${name}=`)),
  );
  if (!click) return addAttributes(text, tag, missing);
  const gap = text.slice(text.lastIndexOf('\n', click.start - 1) + 1, click.start);
  const separator = /^\s+$/.test(gap) ? `\n${gap}` : ' ';
  return [insertion(click.start, missing.map((each) => each + separator).join(''))];
}

/** `setOpen(!open)`, `setOpen(isOpen ? null : id)`: the state says whether what it opens is there. */
function stateOf(element: JsxElement): string | undefined {
  const click = attributeOf(element, 'onClick');
  if (click?.kind !== 'expression') return undefined;
  const state = /^\(\w*\)\s*=>\s*set\w+\(\s*(?:!(\w+)|(is[A-Z]\w*) \? null : [\w.]+)\s*\)$/.exec(click.value);
  const name = state?.[1] ?? state?.[2];
  return name !== undefined && /expand|open|show/i.test(name) ? name : undefined;
}

/** `{isOpen && (` inside of what is clicked. */
function holdsWhatOpens(source: string, state: string): boolean {
  return source.includes(`{${state} && (`);
}

/**
 * A backdrop that holds nothing is no control where a keyboard closes what lies on it: a dialog with Escape. Without
 * one the finding is all that tells of it.
 */
function mendBackdrop(file: FileToMend, element: JsxElement, tag: Tag): Mend | Left {
  const isEscaped = /['"]Escape['"]|\buseDialog\(/.test(file.text);
  // It is hidden at times: whoever wrote that knows when it is not.
  const isSet = attributeOf(element, 'aria-hidden') !== undefined;
  if (isSet || !isEscaped || !liesBehindDialog(element))
    return {
      left: 'Make what lies on it a dialog: role="dialog", aria-modal, a name, the focus while it is open and Escape to close it; then set aria-hidden="true" here',
    };
  return { spans: addAttributes(file.text, tag, ['aria-hidden="true"']) };
}

/** Whether it stands in a dialog, or right in front of one. */
function liesBehindDialog(backdrop: JsxElement): boolean {
  for (let around = backdrop.parent; around; around = around.parent) if (isDialog(around)) return true;
  const siblings = backdrop.parent ? childElements(backdrop.parent) : [];
  const next = siblings[siblings.indexOf(backdrop) + 1];
  return next !== undefined && [next, ...descendants(next)].some(isDialog);
}

function isDialog(element: JsxElement): boolean {
  const role = attributeOf(element, 'role');
  return element.name === 'dialog' || (role?.kind === 'text' && /^(?:alert)?dialog$/.test(role.value));
}
