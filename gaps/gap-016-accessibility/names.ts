import { attributeOf, hasSpread, type JsxElement } from '../../src/read/markup.ts';

/** Packages whose components draw a picture and no text. */
const ICON_PACKAGES =
  /^(lucide-react|react-icons(\/.*)?|@heroicons\/.*|@radix-ui\/react-icons|@phosphor-icons\/react|phosphor-react|@tabler\/icons-react|react-feather|@mui\/icons-material(\/.*)?|@fortawesome\/react-fontawesome)$/;

/** The local names that stand for icons: imported from an icon package, or named so. */
export type IsIcon = (name: string) => boolean;

/** How an element that has to have a name gets one. */
export type Naming = 'named' | 'title-only' | 'unnamed';

/** Tells icons apart by the file's imports; `Image` of lucide-react is an icon, that of next/image is not. */
export function iconsOf(text: string): IsIcon {
  const icons = new Set(namesFrom(text, ICON_PACKAGES));
  return (name) => icons.has(name) || /Icon$/.test(name);
}

/** The local names that a file imports from the modules that match; read as text, which a parse would only slow down. */
export function namesFrom(text: string, modules: RegExp): readonly string[] {
  return [...text.matchAll(/^import\s+(?!type\b)([^'"]*?)\s+from\s+['"]([^'"]+)['"]/gm)]
    .filter(([, , module = '']) => modules.test(module))
    .flatMap(([, clause = '']) => clause.split(/[{},]/))
    .map(
      (name) =>
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
    )
    .filter((name) => name !== '');
}

/**
 * The accessible name of a button as far as markup tells (WAI-ARIA accname 1.2, steps 2B to 2I): attributes, then
 * content. What may bring a name that is not seen here (a spread, a component of the project) counts as named.
 */
export function namingOf(element: JsxElement, isIcon: IsIcon): Naming {
  if (hasSpread(element) || hasValue(element, 'aria-label') || hasValue(element, 'aria-labelledby'))
    return 'named';
  if (attributeOf(element, 'dangerouslySetInnerHTML') || attributeOf(element, 'children')) return 'named';
  if (element.children.some((child) => rendersText(child, isIcon))) return 'named';
  if (!isHost(element.name) && isNamedInside(element)) return 'named';
  return hasValue(element, 'title') ? 'title-only' : 'unnamed';
}

/** A component of the project may render what it is given, or a text of its own: only an icon says that it does not. */
function isNamedInside(element: JsxElement): boolean {
  if (['text', 'label', 'tooltip', 'content', 'value'].some((name) => hasValue(element, name))) return true;
  const isEmpty = element.children.every((child) => child.kind === 'text' && child.text.trim() === '');
  return isEmpty && !['icon', 'startIcon', 'leftIcon'].some((name) => attributeOf(element, name));
}

/** Whether an attribute is there and not the empty string. */
export function hasValue(element: JsxElement, name: string): boolean {
  const attribute = attributeOf(element, name);
  if (!attribute) return false;
  return attribute.kind === 'flag' || attribute.value.trim() !== '';
}

function rendersText(child: JsxElement['children'][number], isIcon: IsIcon): boolean {
  if (child.kind === 'text') return child.text.trim() !== '';
  if (child.kind === 'element') return elementRendersText(child.element, isIcon);
  if (child.elements.length === 0) return !isComment(child.source.trim());
  return (
    child.elements.some((element) => elementRendersText(element, isIcon)) ||
    hasTextBranch(child.source, child.elements, child.start)
  );
}

function elementRendersText(element: JsxElement, isIcon: IsIcon): boolean {
  if (attributeOf(element, 'aria-hidden')?.kind === 'flag') return false;
  if (hasValue(element, 'aria-label')) return true;
  if (element.name === 'svg')
    return element.children.some((child) => child.kind === 'element' && child.element.name === 'title');
  if (element.name === 'img' || element.name === 'Image')
    return isIcon(element.name) ? false : hasValue(element, 'alt') || hasSpread(element);
  if (isIcon(element.name)) return false;
  if (isHost(element.name))
    return hasSpread(element) || element.children.some((child) => rendersText(child, isIcon));
  return true;
}

const NOTHING = /^(null|undefined|false|true|''|""|``)$/;

/** `{done ? <Check /> : step}` may render text beside its elements: a branch that holds no element and is not null. */
function hasTextBranch(source: string, elements: readonly JsxElement[], offset: number): boolean {
  let rest = source;
  for (const { start, end } of [...elements].reverse())
    rest = `${rest.slice(0, start - offset)}\0${rest.slice(end - offset)}`;
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
