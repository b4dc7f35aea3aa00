import {
  attributeOf,
  childElements,
  hasSpread,
  type JsxChild,
  type JsxElement,
} from '../../../src/read/markup/markup.ts';
import { ICON_SPEAKS, SPEAKS, TOGGLE_SPEAKS, TRANSLATED } from '../tables.ts';
import { isMute } from './hidden.ts';
import type { OwnComponent } from './own-components.ts';

/** How an element that has to have a name gets one. */
export type Naming = 'named' | 'title-only' | 'unnamed';

/** What is known of the components of a file. */
export interface Components {
  readonly isIcon: (name: string) => boolean;
  readonly isLibraryButton: (name: string) => boolean;
  readonly own: (name: string) => OwnComponent | undefined;
}

/**
 * The accessible name of a button as far as markup tells (WAI-ARIA accname 1.2, steps 2B to 2I): attributes, then
 * content, then what the component does with its props. What may bring a name that is not seen here counts as named.
 */
export function namingOf(element: JsxElement, components: Components): Naming {
  // Most buttons are named by their text, which is also the easiest to see.
  if (element.children.some(({ kind }) => kind === 'text')) return 'named';
  if (hasSpread(element) || hasValue(element, 'aria-label') || hasValue(element, 'aria-labelledby'))
    return 'named';
  if (attributeOf(element, 'dangerouslySetInnerHTML') || attributeOf(element, 'children')) return 'named';
  if (element.children.some((child) => rendersText(child, components))) return 'named';
  if (!isHost(element.name) && isNamedInside(element, components)) return 'named';
  const { parent } = element;
  if (parent && (isNamedByTooltip(parent) || isTranslated(element, parent))) return 'named';
  if (parent && isRendered(element, parent)) return namingOf(parent, components);
  return hasValue(element, 'title') ? 'title-only' : 'unnamed';
}

/** A component of the project does with its props what its source says; of another one, an icon alone says that it is none. */
function isNamedInside(element: JsxElement, { isLibraryButton, own }: Components): boolean {
  const component = own(element.name);
  const isGiven = (speaks: (name: string) => boolean) =>
    element.attributes.some((each) => each.kind !== 'spread' && speaks(each.name));
  if (component && (component.speaks || isGiven((name) => component.naming.has(name)))) return true;
  const words = element.name.startsWith('Toggle') ? TOGGLE_SPEAKS : SPEAKS;
  if (isLibraryButton(element.name)) return isGiven((name) => /^(?:label|text|tooltip)$/.test(name));
  if (!component && isGiven((name) => words.test(name))) return true;
  return isEmpty(element) && !['icon', 'startIcon', 'leftIcon'].some((name) => attributeOf(element, name));
}

function isEmpty({ children }: JsxElement): boolean {
  return children.every((child) => child.kind === 'text' && child.text.trim() === '');
}

/** The tooltip of MUI, which gives what it wraps its title as a name. */
function isNamedByTooltip(parent: JsxElement): boolean {
  return /Tooltip$/.test(parent.name) && hasValue(parent, 'title');
}

/** `<Trans components={{ again: <button onClick={retry} /> }} />`: the translation is put into it. */
function isTranslated(element: JsxElement, parent: JsxElement): boolean {
  if (!isEmpty(element)) return false;
  if (TRANSLATED.test(parent.name)) return true;
  return attributeOf(parent, 'components') !== undefined && !childElements(parent).includes(element);
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

/** Whether a child shows a text, or may. */
export function rendersText(child: JsxChild, components: Components): boolean {
  if (child.kind === 'text') return child.text.trim() !== '';
  if (child.kind === 'element') return elementRendersText(child.element, components);
  if (child.elements.length === 0) return !isComment(child.source.trim());
  return (
    child.elements.some((element) => elementRendersText(element, components)) ||
    hasTextBranch(child.source, child.elements, child.start)
  );
}

function elementRendersText(element: JsxElement, components: Components): boolean {
  const { isIcon, own } = components;
  if (isMute(element)) return false;
  if (hasValue(element, 'aria-label')) return true;
  const isTold = () => element.children.some((child) => rendersText(child, components));
  if (element.name === 'svg')
    return element.children.some((child) => child.kind === 'element' && child.element.name === 'title');
  if ((element.name === 'img' || element.name === 'Image') && !isIcon(element.name))
    return hasValue(element, 'alt') || hasSpread(element);
  if (isIcon(element.name)) {
    const naming = [...ICON_SPEAKS, ...(own(element.name)?.naming ?? [])];
    return naming.some((name) => hasValue(element, name)) || isTold();
  }
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
  if (/[\w)\]]\s*(?:\|\||\?\?)\s*(?:\(\s*)?\0/.test(rest)) return true;
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
