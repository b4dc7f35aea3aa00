import type { NextApp } from '../../../src/contract.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { RELEVANT } from '../tables.ts';
import { type Components, type Naming, namingOf } from './button-names.ts';
import { emptyPromise, isClicked, isMouseOnly } from './clicks.ts';
import { type ComponentNames, componentNames } from './component-names.ts';
import { isUnlabelled, type Labels, labelsOf } from './field-labels.ts';
import { isHidden } from './hidden.ts';
import { ownComponent, type Place } from './own-components.ts';

interface ControlLine {
  readonly app: NextApp;
  readonly path: string;
  readonly element: JsxElement;
}

/** Something that people use or look at, and what is known of how those do who do not see it or have no mouse. */
export type Control =
  | (ControlLine & { readonly kind: 'button'; readonly naming: Naming })
  | (ControlLine & { readonly kind: 'field'; readonly isLabelled: boolean })
  | (ControlLine & { readonly kind: 'image'; readonly hasAlt: boolean })
  /** The document itself: its language tells a screen reader how to pronounce it. */
  | (ControlLine & { readonly kind: 'document'; readonly hasLanguage: boolean })
  /** `role` where it promises to be a control; it answers to no key. */
  | (ControlLine & { readonly kind: 'clickable'; readonly role: string | undefined });

/** A picture that is drawn on the server: no page, and nobody reads it. */
const DRAWN = /\bImageResponse\b/;

/** The controls of one file, in order of position. */
export function controlsIn(place: Place): readonly Control[] {
  const { repo, app, path } = place;
  const text = repo.peek(path) ?? '';
  if (!text.includes('onClick=') && !RELEVANT.test(text) && !/<html\b/i.test(text)) return [];
  const elements = jsxElements(repo, path);
  const { kindOf, components } = kindsIn(place);
  const labels = labelsOf(text, elements, components, place);
  return elements.flatMap(
    (element) => controlOf({ app, path, element }, kindOf(element), components, labels) ?? [],
  );
}

/** What the elements of a file are, by their names and by what it imports under them. */
export function kindsIn(place: Place): {
  readonly kindOf: (element: JsxElement) => Kind;
  readonly components: Components;
} {
  const names = componentNames(place);
  const components = componentsOf(place, names);
  const isDrawn = DRAWN.test(place.repo.peek(place.path) ?? '');
  return { kindOf: kindsOf(names, components, isDrawn), components };
}

function componentsOf(place: Place, { isIcon, isLibraryButton }: ComponentNames): Components {
  const known = new Map<string, ReturnType<typeof ownComponent>>();
  const own = (name: string) => {
    if (!known.has(name)) known.set(name, ownComponent(place, name));
    return known.get(name);
  };
  // What draws an icon may say what it shows.
  const isDrawing = (name: string) =>
    /(^|\.)Icons?\.\w+$/.test(name) || (/Icon$/.test(name) && own(name)?.speaks !== true);
  return {
    isIcon: (name) => !isLibraryButton(name) && (isIcon(name) || isDrawing(name)),
    isLibraryButton,
    own,
  };
}

type Kind = Control['kind'] | 'nothing';

const NATIVE: ReadonlyMap<string, Kind> = new Map([
  ['input', 'field'],
  ['select', 'field'],
  ['textarea', 'field'],
  ['button', 'button'],
  ['motion.button', 'button'],
  ['Button', 'button'],
  ['html', 'document'],
]);

function kindsOf(
  names: ComponentNames,
  components: Components,
  isDrawn: boolean,
): (element: JsxElement) => Kind {
  const kinds = new Map<string, Kind>();
  const find = (name: string): Kind => {
    if (!isDrawn && (name === 'img' || names.isImage(name))) return 'image';
    if (name === 'Html') return names.isDocument(name) ? 'document' : 'nothing';
    if (names.isField(name)) return 'field';
    return names.isOpener(name) || names.isLibraryButton(name) ? 'button' : 'nothing';
  };
  return (element) => {
    const { name } = element;
    const kind = kinds.get(name) ?? NATIVE.get(name) ?? find(name);
    kinds.set(name, kind);
    if (kind !== 'nothing') return kind;
    if (isOwnButton(element, components)) return 'button';
    return isClicked(element) ? 'clickable' : 'nothing';
  };
}

/** A button of the project's own that shows what it is given; one that brings its icon is judged where it is written. */
function isOwnButton({ name, children }: JsxElement, { own }: Components): boolean {
  return /(?:Button|ActionIcon)$/.test(name) && children.length > 0 && own(name)?.isButton === true;
}

function controlOf(
  line: ControlLine,
  kind: Kind,
  components: Components,
  labels: Labels,
): Control | undefined {
  const { element } = line;
  if (kind === 'field') return { ...line, kind, isLabelled: !isUnlabelled(element, labels) };
  if (kind === 'button') {
    const isOut = isHidden(element) || isAnother(element);
    return { ...line, kind, naming: isOut ? 'named' : namingOf(element, components) };
  }
  if (kind === 'document')
    return { ...line, kind, hasLanguage: attributeOf(element, 'lang') !== undefined || hasSpread(element) };
  if (kind === 'image') {
    const hasAlt = attributeOf(element, 'alt') !== undefined || hasSpread(element) || isHidden(element);
    if (!hasAlt || !isClicked(element)) return { ...line, kind, hasAlt };
  }
  if (!isClicked(element)) return undefined;
  const role = emptyPromise(element);
  return role !== undefined || isMouseOnly(element) ? { ...line, kind: 'clickable', role } : undefined;
}

/** A button that takes the shape of its child, or of what it is told to render, is that. */
function isAnother(element: JsxElement): boolean {
  const as = attributeOf(element, 'as');
  const isFragment = as?.kind === 'expression' && /^(?:React\.)?Fragment$/.test(as.value);
  return isFragment || ['asChild', 'render'].some((name) => attributeOf(element, name) !== undefined);
}
