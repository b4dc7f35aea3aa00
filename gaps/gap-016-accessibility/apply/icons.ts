import { attributeOf, type JsxChild, type JsxElement } from '../../../src/read/markup/markup.ts';
import { wordsIn } from './words.ts';

/** What a button shows: one icon, or one of two by a state; undefined where it is anything else. */
export type Shown =
  | { readonly kind: 'one'; readonly icon: string }
  | { readonly kind: 'two'; readonly test: string; readonly set: string; readonly unset: string };

/** Families of react-icons, which begin their names with these. */
const FAMILY =
  /^(?:Fa6|Fa|Md|Ai|Hi2|Hi|Bs|Lu|Fi|IoMd|IoIos|Io5|Io|Rx|Tb|Ri|Bi|Ci|Cg|Gr|Pi|Sl|Vsc|Im|Lia|Ph)(?=[A-Z])/;
/** Parts of a name that say how an icon is drawn. */
const DRAWN =
  /^(?:icon|icons|svg|outline|outlined|filled|fill|solid|rounded|round|sharp|line|bold|duotone|regular|light|thin|circle|circled|square|mini|micro|small|alt|2|3|5|16|20|24|fa|fas|far|fab|mdi|lucide|heroicons|ic|baseline|material|symbols|tabler|ph|bi)$/;

/** What an icon shows, by its name: `Trash2`, `FaTrash`, `IconTrash` and `TrashIcon` are "trash". */
export function iconWords(name: string): string {
  const words = wordsIn((name.split('.').at(-1) ?? '').replace(FAMILY, ''));
  const kept = words.filter((word) => !DRAWN.test(word));
  // `Bold` and `Square` are icons themselves.
  return (kept.length > 0 ? kept : words.filter((word) => word !== 'icon')).join(' ');
}

/** What the icon in a button shows. */
export function shownBy(button: JsxElement, isIcon: (name: string) => boolean): Shown | undefined {
  const [child, ...more] = button.children.filter((each) => !isBlank(each) && !isMark(each, isIcon));
  if (!child || more.length > 0) return undefined;
  if (child.kind === 'element') {
    const icon = iconOf(child.element, isIcon);
    return icon === undefined ? undefined : { kind: 'one', icon };
  }
  return child.kind === 'expression' ? branches(child, isIcon) : undefined;
}

function isBlank(child: JsxChild): boolean {
  if (child.kind === 'text') return child.text.trim() === '';
  return child.kind === 'expression' && /^\s*(?:\/\*|\/\/|$)/.test(child.source);
}

/** A dot or a ring beside the icon: an element that draws and holds nothing that could be read. */
function isMark(child: JsxChild, isIcon: (name: string) => boolean): boolean {
  const elements =
    child.kind === 'element' ? [child.element] : child.kind === 'expression' ? child.elements : [];
  return (
    elements.length > 0 &&
    elements.every(
      ({ name, children }) =>
        /^(?:motion\.)?(?:span|div)$/.test(name) && children.every(isBlank) && !isIcon(name),
    )
  );
}

const SPINNER = /\b(?:loader|loading|spinner|spin|circular progress|progress)\b/;

/** `{busy ? <Spinner /> : <Send />}` shows what is sent; `{open ? <X /> : <Menu />}` shows one of two. */
function branches(
  { source, elements }: Extract<JsxChild, { kind: 'expression' }>,
  isIcon: (name: string) => boolean,
): Shown | undefined {
  const icons = elements.map(
    (element) => iconOf(element, isIcon) ?? (SPINNER.test(iconWords(element.name)) ? 'loader' : undefined),
  );
  const [set, unset, ...more] = icons;
  const test = /^\s*([\w.!?]+)\s*\?(?![.?])/.exec(source)?.[1];
  if (set === undefined || unset === undefined || more.length > 0 || test === undefined) return undefined;
  if (SPINNER.test(set)) return { kind: 'one', icon: unset };
  if (SPINNER.test(unset)) return { kind: 'one', icon: set };
  // A check mark after a copy says that it worked.
  if (/cop(?:y|ied)|saved|success/i.test(test) && /^(?:check|check check|tick|done)$/.test(set))
    return { kind: 'one', icon: unset };
  if (set === unset) return { kind: 'one', icon: set };
  return { kind: 'two', test, set, unset };
}

function iconOf(element: JsxElement, isIcon: (name: string) => boolean): string | undefined {
  if (isIcon(element.name)) {
    const named = ['name', 'icon']
      .map((each) => attributeOf(element, each))
      .find((each) => each !== undefined);
    if (!/^(?:Icon|FontAwesomeIcon|Iconify|AppIcon)$/.test(element.name) && named === undefined)
      return iconWords(element.name);
    if (named?.kind === 'text') return iconWords(named.value.replace(/^[\w-]+:/, ''));
    if (named?.kind === 'expression' && /^\w+$/.test(named.value))
      return iconWords(named.value.replace(/^fa(?=[A-Z])/, ''));
    return named === undefined ? iconWords(element.name) : undefined;
  }
  const classes = attributeOf(element, 'className');
  if (
    element.children.length === 0 &&
    classes?.kind === 'text' &&
    /\banimate-spin\b|spinner/.test(classes.value)
  )
    return 'loader';
  // A box around the icon.
  if (!/^(?:motion\.)?(?:span|div)$/.test(element.name)) return undefined;
  const [child, ...more] = element.children.filter((each) => !isBlank(each));
  return child?.kind === 'element' && more.length === 0 ? iconOf(child.element, isIcon) : undefined;
}
