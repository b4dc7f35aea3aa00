import { insertion } from '../../../src/edit/outcome.ts';
import { addAttributes, type Tag } from '../../../src/edit/tags.ts';
import { attributeOf, type JsxElement } from '../../../src/read/markup/markup.ts';
import { isClicked } from '../read/clicks.ts';
import { descendants } from './captions.ts';
import { mendDialog } from './dialog.ts';
import type { FileToMend } from './file.ts';
import type { Left, Mend } from './mend.ts';

const IN_PLACE = 'Put a <button type="button"> in it that does what the click does';

/** Makes an element that a mouse can press one that a keyboard can press, or tells assistive technology to pass it by. */
export function mendClickable(file: FileToMend, element: JsxElement, role: string | undefined): Mend | Left {
  const tag = file.tagAt(element.start);
  if (!tag) return { left: IN_PLACE };
  if (role !== undefined) return role === 'link' ? { left: 'Make it an <a href>' } : pressed(file, tag, []);
  if (element.children.length === 0) return mendBackdrop(file, element, tag);
  const dialog = mendDialog(file, element, tag);
  if (dialog) return dialog;
  if (!/^(?:motion\.)?(?:div|span|p)$|^tr$/.test(element.name)) return { left: IN_PLACE };
  // A row stays a row: it takes the focus and the keys beside.
  if (element.name === 'tr') return pressed(file, tag, []);
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

/** A backdrop that holds nothing is no control where another one closes what it lies behind. */
function mendBackdrop(file: FileToMend, element: JsxElement, tag: Tag): Mend | Left {
  const click = attributeOf(element, 'onClick');
  const same = file.elements.some((other) => {
    const theirs = other !== element && !isClicked(other) ? attributeOf(other, 'onClick') : undefined;
    return theirs?.kind === 'expression' && click?.kind === 'expression' && theirs.value === click.value;
  });
  const isEscaped = /['"]Escape['"]/.test(file.text);
  // It is hidden at times: whoever wrote that knows when it is not.
  const isSet = attributeOf(element, 'aria-hidden') !== undefined;
  if (isSet || (!same && !isEscaped))
    return {
      left: 'Close on Escape what it lies behind, or put a button that closes it there; then set aria-hidden="true"',
    };
  return { spans: addAttributes(file.text, tag, ['aria-hidden="true"']) };
}
