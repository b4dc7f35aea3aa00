import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import { topLevelMeaning } from '../../../src/read/code/definitions.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { attributeOf, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { BLOCKS, LAYOUT_CLASS } from '../tables.ts';
import type { Block } from './blocks.ts';
import { firstChildren } from './first-view.ts';
import { defaultExpression } from './loading-file.ts';

/** What a page looks like from afar. */
export interface Outline {
  readonly blocks: readonly Block[];
  /** The classes of its outermost box that place it: widths and distances. */
  readonly layout: string | undefined;
}

/** More than that is below what a screen shows. */
const MOST_BLOCKS = 5;

/** Reads the outline of a page from what it renders, and from the components that it hands the work to. */
export function outlineOf(repo: Repo, app: NextApp, path: string): Outline {
  const module = peekModule(repo, path);
  const found = module && defaultExpression(module);
  const root = module && found && found !== 'no component' ? rootIn(repo, module, found) : undefined;
  const place = { repo, app, module: module ?? repo.module(path), hops: 2 };
  const blocks = root
    ? distinct(isChat(place, root) ? CHAT : blocksOf(place, root)).slice(0, MOST_BLOCKS)
    : [];
  return { blocks: blocks.length > 0 ? blocks : BARE, layout: root && layoutOf(place, root) };
}

const CHAT: readonly Block[] = [{ kind: 'chat' }];

/** One box to write in, for a message. */
function isChat(place: Place, root: JsxElement): boolean {
  const boxes = fieldElements(place, root);
  const placeholder = boxes[0] && attributeOf(boxes[0], 'placeholder');
  return (
    boxes.length === 1 &&
    placeholder !== undefined &&
    'value' in placeholder &&
    /\b(?:message|ask)\b/i.test(placeholder.value)
  );
}

const BARE: readonly Block[] = [{ kind: 'heading' }, { kind: 'panel' }];

interface Place {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly module: SourceModule;
  /** How many components may be looked into, one in the other. */
  readonly hops: number;
}

/** What a component returns when all is there: of its outermost elements the one that says most. */
function rootIn(
  repo: Repo,
  { path }: SourceModule,
  { start, end }: { readonly start: number; readonly end: number },
): JsxElement | undefined {
  const outer = jsxElements(repo, path).filter(
    (each) => each.start >= start && each.end <= end && (!each.parent || each.parent.start < start),
  );
  return outer.reduce<JsxElement | undefined>(
    (most, each) => (most && most.end - most.start >= each.end - each.start ? most : each),
    undefined,
  );
}

function blocksOf(place: Place, element: JsxElement): readonly Block[] {
  const own = blockIn(place, element);
  if (own) return [own];
  const below = firstChildren(place.module, element).flatMap((child) => blocksOf(place, child));
  if (below.length > 0 || !/^[A-Z]\w*$/.test(element.name)) return below;
  return inside(place, element.name);
}

function blockIn(place: Place, element: JsxElement): Block | undefined {
  const { name } = element;
  if (/^(?:motion\.)?h1$/.test(name)) return { kind: 'heading' };
  if (name === 'header' && holds(place, element, /^h[1-2]$/)) return { kind: 'heading' };
  if (/^(?:table|Table)$/.test(name)) return { kind: 'rows', count: 5 };
  const grid = gridOf(element);
  if (grid !== undefined) return cardsIn(place, element, grid);
  const fields = fieldElements(place, element).length;
  const isForm = name === 'form' || (fields > 1 && /^(?:section|fieldset|Card)$/.test(name));
  if (isForm) return fields > 0 ? { kind: 'form', fields: Math.min(fields, 6) } : undefined;
  if (/^(?:ul|ol)$/.test(name))
    return { kind: 'rows', count: Math.min(Math.max(firstChildren(place.module, element).length, 4), 6) };
  return BLOCKS.find(([pattern]) => pattern.test(name))?.[1];
}

/** A grid that holds fields is a form, one that holds a table is that. */
function cardsIn(place: Place, element: JsxElement, grid: string): Block | undefined {
  if (holds(place, element, /^(?:table|Table|form|textarea)$/) || fieldElements(place, element).length > 1)
    return undefined;
  const columns = Math.max(
    ...[...grid.matchAll(/grid-cols-(\d{1,2})/g)].map(([, count]) => Number(count)),
    1,
  );
  const children = firstChildren(place.module, element).length;
  return columns > 6
    ? undefined
    : { kind: 'cards', count: Math.min(Math.max(columns, children, 2), 8), grid };
}

function gridOf(element: JsxElement): string | undefined {
  const classes = attributeOf(element, 'className');
  if (classes?.kind !== 'text' || !/(?:^|\s)(?:\w+:)?grid-cols-\d/.test(classes.value)) return undefined;
  // The outline gives the distances between its parts.
  return layoutClasses(classes.value)
    .split(' ')
    .filter((each) => !/^(?:\w+:)?-?m[tby]?-/.test(each))
    .join(' ');
}

/** The classes of the root and of the boxes in it that hold all the rest; the outer one wins. */
function layoutOf(place: Place, root: JsxElement): string | undefined {
  const kept: string[] = [];
  for (let box: JsxElement | undefined = root; box; box = onlyBoxIn(place, box)) {
    const classes = attributeOf(box, 'className');
    if (classes?.kind !== 'text' || gridOf(box) !== undefined) continue;
    const outer = new Set(kept.map(propertyOf));
    const own = layoutClasses(classes.value).split(' ');
    // A gap is one of a grid.
    const mute = own.includes('grid') ? /^$/ : /^$|^(?:\w+:)?(?:gap|space-x)-/;
    kept.push(...own.filter((each) => !mute.test(each) && !outer.has(propertyOf(each))));
  }
  if (kept.length === 0) return undefined;
  const layout = kept.join(' ');
  // What stands below each other needs a distance.
  return /(?:space-y|gap)-/.test(layout) ? layout : `${layout} space-y-6`;
}

/** `px` of `px-6`. */
function propertyOf(layoutClass: string): string {
  return layoutClass.replace(/-[^-]*$/, '');
}

/** What is not drawn beside it, such as a background, holds nothing. */
function onlyBoxIn({ module }: Place, box: JsxElement): JsxElement | undefined {
  const [only, ...more] = firstChildren(module, box).filter(({ children }) => children.length > 0);
  return only && more.length === 0 && /^(?:motion\.)?(?:div|main|section)$/.test(only.name)
    ? only
    : undefined;
}

function layoutClasses(classes: string): string {
  return classes
    .split(/\s+/)
    .filter((each) => LAYOUT_CLASS.test(each))
    .join(' ');
}

function fieldElements(place: Place, element: JsxElement): readonly JsxElement[] {
  if (/^(?:input|select|textarea|Input|Select|Textarea|FormField|TextField)$/.test(element.name))
    return [element];
  return firstChildren(place.module, element).flatMap((child) => fieldElements(place, child));
}

function holds(place: Place, element: JsxElement, name: RegExp): boolean {
  return firstChildren(place.module, element).some(
    (child) => name.test(child.name) || holds(place, child, name),
  );
}

/** What a component of the app renders, which the page gives nothing to hold. */
function inside({ repo, app, module, hops }: Place, name: string): readonly Block[] {
  if (hops === 0) return [];
  const meaning = topLevelMeaning(repo, app, module, name);
  const definition = meaning?.kind === 'code' ? meaning.definitions[0] : undefined;
  const root = definition && rootIn(repo, definition.module, definition);
  return root ? blocksOf({ repo, app, module: definition.module, hops: hops - 1 }, root) : [];
}

/** One heading, the first, and of what follows itself one, in the order of the page. */
function distinct(blocks: readonly Block[]): readonly Block[] {
  const heading = blocks.findIndex(({ kind }) => kind === 'heading');
  const rest = blocks.filter(({ kind }, index) => kind !== 'heading' || index === heading);
  return rest.filter((block, index) => JSON.stringify(block) !== JSON.stringify(rest[index - 1]));
}
