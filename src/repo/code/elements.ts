import type { JSXAttributeItem, JSXElement, JSXFragment, Program } from 'oxc-parser';
import { type AnyNode, isNode } from './tree.ts';

/** A JSX element or fragment, without the code around it. */
export interface JsxElement {
  /** `button`, `Dialog.Title`; '' for a fragment. */
  readonly name: string;
  /** Offset of `<`. */
  readonly start: number;
  /** Offset after the element. */
  readonly end: number;
  /** The source of its opening tag, and of the rest where that is nothing but text. */
  readonly source: string;
  readonly attributes: readonly JsxAttribute[];
  readonly children: readonly JsxChild[];
  /** The element around it, also when it stands in an expression or in an attribute of that element. */
  readonly parent: JsxElement | undefined;
}

/** What an opening tag holds, in order. */
export type JsxAttribute =
  | { readonly kind: 'spread'; readonly value: string }
  /** `disabled` */
  | { readonly kind: 'flag'; readonly name: string }
  /** `id="x"`; the value without quotes. */
  | { readonly kind: 'text'; readonly name: string; readonly value: string }
  /** `id={x}`; the source between the braces, trimmed. */
  | { readonly kind: 'expression'; readonly name: string; readonly value: string };

/** What stands between the tags of an element; blanks between elements are left out. */
export type JsxChild =
  | { readonly kind: 'text'; readonly text: string }
  /** `{…}`: the source between the braces, its offset, and the outermost elements inside. */
  | {
      readonly kind: 'expression';
      readonly source: string;
      readonly start: number;
      readonly elements: readonly JsxElement[];
    }
  | { readonly kind: 'element'; readonly element: JsxElement };

type ElementNode = JSXElement | JSXFragment;

/** Every element of a tree in the order of their positions. */
export function elementsIn(program: Program, text: string): readonly JsxElement[] {
  const found: Found[] = [];
  if (isNode(program)) collect(program, undefined, found);
  const elements = new Map<Found, JsxElement>();
  for (const each of found)
    elements.set(each, elementOf(each, text, each.around && elements.get(each.around)));
  for (const each of found) addChildren(each, text, elements);
  return [...elements.values()];
}

/** The node of an element, before it is read. */
interface Found {
  readonly node: ElementNode;
  readonly around: Found | undefined;
  /** The outermost elements in it, those in its attributes among them. */
  readonly inside: Found[];
  readonly children: JsxChild[];
}

/**
 * Collects the elements below a node. A loop over the fields of every node, because it takes a fifth of the time of the
 * parser's own visitor; and nothing else, because a small function is compiled soon.
 */
function collect(node: AnyNode, around: Found | undefined, into: Found[]): void {
  let inner = around;
  if (isElement(node)) {
    inner = { node, around, inside: [], children: [] };
    around?.inside.push(inner);
    into.push(inner);
  }
  for (const field in node) {
    const value = node[field];
    if (typeof value !== 'object') continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) collect(value, inner, into);
    } else for (const each of value) if (isNode(each)) collect(each, inner, into);
  }
}

function isElement(node: AnyNode): node is AnyNode & ElementNode {
  return node.type === 'JSXElement' || node.type === 'JSXFragment';
}

function elementOf({ node, children }: Found, text: string, parent: JsxElement | undefined): JsxElement {
  const { start, end } = node;
  const opening = node.type === 'JSXElement' ? node.openingElement : node.openingFragment;
  const isText = node.children.every(({ type }) => type === 'JSXText');
  return {
    name: 'name' in opening ? text.slice(opening.name.start, opening.name.end) : '',
    start,
    end,
    source: text.slice(start, isText ? end : opening.end),
    attributes: 'attributes' in opening ? opening.attributes.map((each) => attributeIn(each, text)) : [],
    children,
    parent,
  };
}

function attributeIn(item: JSXAttributeItem, text: string): JsxAttribute {
  if (item.type === 'JSXSpreadAttribute')
    return { kind: 'spread', value: text.slice(item.argument.start, item.argument.end) };
  const name = text.slice(item.name.start, item.name.end);
  const { value } = item;
  if (value === null) return { kind: 'flag', name };
  const isBare = value.type === 'JSXElement' || value.type === 'JSXFragment';
  const source = isBare ? text.slice(value.start, value.end) : text.slice(value.start + 1, value.end - 1);
  if (value.type === 'Literal') return { kind: 'text', name, value: source };
  return { kind: 'expression', name, value: source.trim() };
}

/** What stands between the tags; both lists are in the order of the text. */
function addChildren(
  { node, inside, children }: Found,
  text: string,
  elements: ReadonlyMap<Found, JsxElement>,
): void {
  let from = 0;
  for (const child of node.children) {
    while ((inside[from]?.node.start ?? child.start) < child.start) from += 1;
    let to = from;
    while ((inside[to]?.node.start ?? child.end) < child.end) to += 1;
    const held = inside.slice(from, to).flatMap((each) => elements.get(each) ?? []);
    const read = childOf(child, text, held);
    if (read) children.push(read);
    from = to;
  }
}

function childOf(
  child: ElementNode['children'][number],
  text: string,
  elements: readonly JsxElement[],
): JsxChild | undefined {
  const { type, start, end } = child;
  if (type === 'JSXText') {
    const words = text.slice(start, end);
    return words.trim() === '' ? undefined : { kind: 'text', text: words };
  }
  const [element] = elements;
  if (type === 'JSXElement' || type === 'JSXFragment') return element && { kind: 'element', element };
  return { kind: 'expression', source: text.slice(start + 1, end - 1), start: start + 1, elements };
}
