import { attributeOf, childElements, hasSpread, type JsxElement } from '../../src/read/markup/markup.ts';
import { isMute } from './hidden.ts';
import type { IsIcon } from './imports.ts';

/** How an element that has to have a name gets one. */
export type Naming = 'named' | 'title-only' | 'unnamed';

/**
 * The accessible name of a button as far as markup tells (WAI-ARIA accname 1.2, steps 2B to 2I): attributes, then
 * content. What may bring a name that is not seen here (a spread, a component of the project) counts as named.
 */
export function namingOf(element: JsxElement, isIcon: IsIcon): Naming {
  // Most buttons are named by their text, which is also the easiest to see.
  if (element.children.some(({ kind }) => kind === 'text')) return 'named';
  if (hasSpread(element) || hasValue(element, 'aria-label') || hasValue(element, 'aria-labelledby'))
    return 'named';
  if (attributeOf(element, 'dangerouslySetInnerHTML') || attributeOf(element, 'children')) return 'named';
  if (element.children.some((child) => rendersText(child, isIcon))) return 'named';
  if (!isHost(element.name) && isNamedInside(element)) return 'named';
  const { parent } = element;
  if (parent && isNamedByTooltip(parent)) return 'named';
  if (parent && isRendered(element, parent)) return namingOf(parent, isIcon);
  return hasValue(element, 'title') ? 'title-only' : 'unnamed';
}

/** A component of the project may render what it is given, or a text of its own: only an icon says that it does not. */
function isNamedInside(element: JsxElement): boolean {
  const speaks = element.name.startsWith('Toggle') ? LABELS : SPEAKS;
  if (element.attributes.some((each) => each.kind !== 'spread' && speaks.test(each.name))) return true;
  const isEmpty = element.children.every((child) => child.kind === 'text' && child.text.trim() === '');
  return isEmpty && !['icon', 'startIcon', 'leftIcon'].some((name) => attributeOf(element, name));
}

/** The value of a toggle is what it stands for in a form. */
const LABELS = /(?:label|tooltip|srText)$/i;
const SPEAKS = /^(?:text|content|value)$|(?:label|tooltip|srText)$/i;

/** The tooltip of MUI, which gives what it wraps its title as a name. */
function isNamedByTooltip(parent: JsxElement): boolean {
  return /Tooltip$/.test(parent.name) && hasValue(parent, 'title');
}

/** `<Trigger render={<button />}>Open</Trigger>`: what the trigger is given is rendered in the button. */
export function isRendered(element: JsxElement, parent: JsxElement): boolean {
  const render = attributeOf(parent, 'render');
  return (
    render?.kind === 'expression' && render.value.startsWith('<') && !childElements(parent).includes(element)
  );
}

/** Whether an attribute is there and not the empty string. */
export function hasValue(element: JsxElement, name: string): boolean {
  const attribute = attributeOf(element, name);
  if (!attribute) return false;
  return attribute.kind === 'flag' || attribute.value.trim() !== '';
}

export function rendersText(child: JsxElement['children'][number], isIcon: IsIcon): boolean {
  if (child.kind === 'text') return child.text.trim() !== '';
  if (child.kind === 'element') return elementRendersText(child.element, isIcon);
  if (child.elements.length === 0) return !isComment(child.source.trim());
  return (
    child.elements.some((element) => elementRendersText(element, isIcon)) ||
    hasTextBranch(child.source, child.elements, child.start)
  );
}

function elementRendersText(element: JsxElement, isIcon: IsIcon): boolean {
  if (isMute(element)) return false;
  if (hasValue(element, 'aria-label')) return true;
  const isTold = () => element.children.some((child) => rendersText(child, isIcon));
  if (element.name === 'svg')
    return element.children.some((child) => child.kind === 'element' && child.element.name === 'title');
  if ((element.name === 'img' || element.name === 'Image') && !isIcon(element.name))
    return hasValue(element, 'alt') || hasSpread(element);
  if (isIcon(element.name))
    return ['title', 'label', 'alt', 'text'].some((name) => hasValue(element, name)) || isTold();
  if (!isHost(element.name)) return true;
  return hasSpread(element) || attributeOf(element, 'dangerouslySetInnerHTML') !== undefined || isTold();
}

const NOTHING = /^(null|undefined|false|true|''|""|``)$/;

/** `{done ? <Check /> : step}` may render text beside its elements: a branch that holds no element and is not null. */
function hasTextBranch(source: string, elements: readonly JsxElement[], offset: number): boolean {
  let rest = source;
  for (const { start, end } of [...elements].reverse())
    rest = `${rest.slice(0, start - offset)}\0${rest.slice(end - offset)}`;
  // `{label || <XIcon />}` renders the label where there is one.
  if (/[\w)\]]\s*(?:\|\||\?\?)\s*\(?\s*\0/.test(rest)) return true;
  const [, ...branches] = rest.replace(/\?\.|\?\?/g, '.').split(/[?:]/);
  return branches
    .map((branch) => branch.replace(/[()\s]/g, ''))
    .some((branch) => branch !== '' && !branch.includes('\0') && !NOTHING.test(branch));
}

function isComment(source: string): boolean {
  return source === '' || /^\/[*/]/.test(source);
}

/** An element of HTML, `motion.div` included; a fragment renders what is in it. */
export function isHost(name: string): boolean {
  return name === '' || /^(motion\.)?[a-z][\w-]*$/.test(name);
}
