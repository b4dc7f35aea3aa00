import { attributeOf, childElements, type JsxElement } from '../../../src/read/markup/markup.ts';
import { plain } from './words.ts';

/** The text of an element, where it shows nothing else but an icon. */
export function textOf(element: JsxElement): string | undefined {
  const texts = element.children.flatMap((child) => (child.kind === 'text' ? [child.text] : []));
  const isPlain = element.children.every(
    (child) => child.kind === 'text' || (child.kind === 'element' && isDrawn(child.element)),
  );
  return isPlain && texts.length === 1 ? plain(texts[0] ?? '') : undefined;
}

/** An element without children, a star that says that a field is required, or an `<svg>`. */
function isDrawn({ name, children }: JsxElement): boolean {
  const [child, ...more] = children;
  if (!child || name === 'svg') return true;
  return more.length === 0 && child.kind === 'text' && child.text.trim() === '*';
}

/** The words of the tooltip that stands around a button: what it says is what people who see it are told. */
export function tooltipAround(button: JsxElement): string | undefined {
  for (let around = button.parent; around; around = around.parent) {
    if (!/Tooltip|^TooltipProvider$/.test(around.name)) {
      if (/^[a-z]/.test(around.name)) return undefined;
      continue;
    }
    const given = ['content', 'label', 'title', 'text', 'tooltip'].map((name) => attributeOf(around, name));
    const words = given.find((each) => each?.kind === 'text');
    const inside = childElements(around).find(({ name }) =>
      /Tooltip\w*\.?(?:Content|Panel)$|^TooltipContent$/.test(name),
    );
    const said = words?.kind === 'text' ? words.value : inside && deepText(inside);
    if (said !== undefined) return isName(said) ? said : undefined;
  }
  return undefined;
}

function deepText(element: JsxElement): string | undefined {
  const own = textOf(element);
  if (own !== undefined) return own;
  const [only, ...more] = childElements(element);
  return only && more.length === 0 && element.children.length === 1 ? textOf(only) : undefined;
}

/** A name is short. */
function isName(text: string): boolean {
  return /\p{L}/u.test(text) && text.split(' ').length < 7;
}
