import type { JSXAttribute, JSXElement } from 'oxc-parser';
import type { SourceModule, Span } from '../contract.ts';
import { walk } from '../read/code/walk.ts';
import { insertion } from './outcome.ts';

/** An element of a page, with the offsets that edits need. */
export interface Tag {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** After the name in the opening tag. */
  readonly nameEnd: number;
  /** After the opening tag. */
  readonly openEnd: number;
  /** The name in the closing tag; undefined for `<input />`. */
  readonly closing:
    | { readonly start: number; readonly nameStart: number; readonly nameEnd: number }
    | undefined;
  readonly attributes: readonly Attribute[];
  readonly hasSpread: boolean;
  readonly parent: Tag | undefined;
  /** The words that it shows, and those of strings in expressions. */
  readonly words: string;
}

interface Attribute {
  readonly name: string;
  /** The text of a string, or the source of an expression; undefined for a flag. */
  readonly value: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** The elements of a module in order of position. */
export function tagsOf(module: SourceModule): readonly Tag[] {
  const found: Tag[] = [];
  const open: Tag[] = [];
  walk(module, {
    JSXElement: (node) => {
      const tag = tagOf(module.text, node, open.at(-1));
      found.push(tag);
      open.push(tag);
    },
    'JSXElement:exit': () => {
      open.pop();
    },
  });
  return found;
}

function tagOf(text: string, node: JSXElement, parent: Tag | undefined): Tag {
  const { openingElement, closingElement } = node;
  const attributes = openingElement.attributes.flatMap((attribute) =>
    attribute.type === 'JSXAttribute' ? [attributeOf(text, attribute)] : [],
  );
  return {
    name: text.slice(openingElement.name.start, openingElement.name.end),
    start: node.start,
    end: node.end,
    nameEnd: openingElement.name.end,
    openEnd: openingElement.end,
    closing: closingElement
      ? {
          start: closingElement.start,
          nameStart: closingElement.name.start,
          nameEnd: closingElement.name.end,
        }
      : undefined,
    attributes,
    hasSpread: attributes.length < openingElement.attributes.length,
    parent,
    words: wordsIn(text.slice(openingElement.end, closingElement?.start ?? openingElement.end)),
  };
}

function attributeOf(text: string, { name, value, start, end }: JSXAttribute): Attribute {
  return {
    name: text.slice(name.start, name.end),
    value: value ? text.slice(value.start + 1, value.end - 1) : undefined,
    start,
    end,
  };
}

function wordsIn(inner: string): string {
  return inner
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The value of an attribute: '' for a flag, undefined where it is not there. */
export function attributeValue(tag: Tag, name: string): string | undefined {
  const found = tag.attributes.find((attribute) => attribute.name === name);
  return found && (found.value ?? '');
}

/** An element and those around it, the innermost first. */
export function lineage(tag: Tag): readonly Tag[] {
  return tag.parent ? [tag, ...lineage(tag.parent)] : [tag];
}

/** The innermost element around all of these. */
export function commonAncestor(tags: readonly [Tag, ...Tag[]]): Tag | undefined {
  const [first, ...others] = tags;
  return lineage(first)
    .slice(1)
    .find((around) => others.every((tag) => lineage(tag).slice(1).includes(around)));
}

/** Adds attributes that are missing, behind `type` or else first, on lines of their own where the others have them. */
export function addAttributes(text: string, tag: Tag, attributes: readonly string[]): readonly Span[] {
  const missing = attributes.filter((attribute) => attributeValue(tag, nameIn(attribute)) === undefined);
  if (missing.length === 0) return [];
  const first = tag.attributes[0];
  const gap = first ? text.slice(tag.nameEnd, first.start) : ' ';
  const separator = gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n')) : ' ';
  const type = tag.attributes.find(({ name }) => name === 'type');
  return [insertion(type?.end ?? tag.nameEnd, missing.map((attribute) => separator + attribute).join(''))];
}

function nameIn(attribute: string): string {
  return /^[\w-]+/.exec(attribute)?.[0] ?? attribute;
}

/** An element under another name. */
export function renameTag({ start, nameEnd, closing }: Tag, name: string): readonly Span[] {
  return [
    { start: start + 1, end: nameEnd, text: name },
    ...(closing ? [{ start: closing.nameStart, end: closing.nameEnd, text: name }] : []),
  ];
}

/** The class names of a tag, where they are a plain string, and where they end. */
export function staticClass(
  text: string,
  tag: Tag,
): { readonly value: string; readonly end: number } | undefined {
  const attribute = tag.attributes.find(({ name }) => name === 'className');
  if (!attribute?.value || text[attribute.end - 1] === '}') return undefined;
  return { value: attribute.value, end: attribute.end - 1 };
}
