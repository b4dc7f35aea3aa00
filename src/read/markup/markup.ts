import type { Repo } from '../../repo/repo.ts';
import { JsxScanner } from './markup-scanner.ts';

/**
 * The JSX elements of a file, found on the text. A full syntax tree of every component costs more than all other
 * reading together, and questions about markup need only elements, attributes and children.
 */
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

export type JsxAttribute =
  | { readonly kind: 'spread'; readonly value: string }
  /** `disabled` */
  | { readonly kind: 'flag'; readonly name: string }
  /** `id="x"`; the value without quotes. */
  | { readonly kind: 'text'; readonly name: string; readonly value: string }
  /** `id={x}`; the source between the braces, trimmed. */
  | { readonly kind: 'expression'; readonly name: string; readonly value: string };

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

const scanned = new WeakMap<Repo, Map<string, readonly JsxElement[]>>();

/** Every element of a file in order of position, scanned once per repository. Empty where the file cannot be read. */
export function jsxElements(repo: Repo, path: string): readonly JsxElement[] {
  let files = scanned.get(repo);
  if (!files) {
    files = new Map();
    scanned.set(repo, files);
  }
  let elements = files.get(path);
  if (!elements) {
    elements = scanJsx(repo.scan(path) ?? '');
    files.set(path, elements);
  }
  return elements;
}

/** Every element of a source text in order of position. Never throws: what does not parse yields fewer elements. */
export function scanJsx(text: string): readonly JsxElement[] {
  return text.includes('<') ? new JsxScanner(text).scan() : [];
}

/** The attribute of that name; the last one wins, as in React. */
export function attributeOf(
  element: JsxElement,
  name: string,
): Exclude<JsxAttribute, { kind: 'spread' }> | undefined {
  if (!element.source.includes(name)) return undefined;
  for (let i = element.attributes.length - 1; i >= 0; i -= 1) {
    const attribute = element.attributes[i];
    if (attribute && attribute.kind !== 'spread' && attribute.name === name) return attribute;
  }
  return undefined;
}

/** Whether `{...props}` may bring attributes that are not seen here. */
export function hasSpread(element: JsxElement): boolean {
  return element.attributes.some(({ kind }) => kind === 'spread');
}

/** The elements directly inside, expressions included. */
export function childElements(element: JsxElement): readonly JsxElement[] {
  return element.children.flatMap((child) => {
    if (child.kind === 'element') return [child.element];
    return child.kind === 'expression' ? child.elements : [];
  });
}
