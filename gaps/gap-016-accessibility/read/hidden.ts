import { attributeOf, type JsxElement } from '../../../src/read/markup/markup.ts';

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

/** By its own words alone: what another class does is known to the style sheet, or changes with the width of the page. */
function isNotDisplayed(element: JsxElement): boolean {
  const hidden = attributeOf(element, 'hidden');
  if (hidden?.kind === 'flag' || (hidden?.kind === 'expression' && hidden.value === 'true')) return true;
  const style = attributeOf(element, 'style');
  return style?.kind === 'expression' && /^\{[^?]*\bdisplay:\s*['"]none['"][^?]*\}$/.test(style.value);
}

/** Tailwind's and Bootstrap's class for what is never displayed, unless another one displays it again. */
const NEVER = /(?:^|[\s'"`])(?:hidden|d-none)(?=[\s'"`]|$)/;
const AGAIN = /:(?:block|inline|flex|grid|contents|inline-block|inline-flex|table|not-sr-only)\b|[?&]/;

/** A file input that a button opens in its stead: nobody reaches it itself. */
export function isHiddenField(element: JsxElement): boolean {
  if (isHidden(element)) return true;
  const type = attributeOf(element, 'type');
  if (type?.kind !== 'text' || type.value !== 'file') return false;
  const classes = attributeOf(element, 'className');
  const value = classes && classes.kind !== 'flag' ? classes.value : '';
  return NEVER.test(value) && !AGAIN.test(value);
}
