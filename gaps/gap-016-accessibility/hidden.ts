import { attributeOf, type JsxElement } from '../../src/read/markup/markup.ts';

/** Taken out of what assistive technology is told: by ARIA, or because it, or what it stands in, is never displayed. */
export function isHidden(element: JsxElement): boolean {
  for (let each: JsxElement | undefined = element; each; each = each.parent)
    if (isMute(each) || isNotDisplayed(each)) return true;
  return false;
}

/** `aria-hidden`, in the forms that say yes. */
export function isMute(element: JsxElement): boolean {
  const hidden = attributeOf(element, 'aria-hidden');
  return hidden !== undefined && (hidden.kind === 'flag' || hidden.value === 'true');
}

/** By its own words alone: what a class does is known to the style sheet, and may change with the width of the page. */
function isNotDisplayed(element: JsxElement): boolean {
  if (attributeOf(element, 'hidden')?.kind === 'flag') return true;
  const style = attributeOf(element, 'style');
  return style?.kind === 'expression' && /^\{[^?]*\bdisplay:\s*['"]none['"][^?]*\}$/.test(style.value);
}
