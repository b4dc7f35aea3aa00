import type { JsxAttribute, JsxChild, JsxElement } from './markup.ts';
import { plainAttributes } from './plain-tag.ts';

/** An element while it is read. Few are asked for their attributes, so those of a plain tag wait until one is. */
export class ScannedElement implements JsxElement {
  readonly name: string;
  readonly start: number;
  readonly parent: JsxElement | undefined;
  readonly children: JsxChild[] = [];
  source: string;
  end: number;
  #attributes: readonly JsxAttribute[] | undefined;

  /** The attributes of a tag that is not plain are given. */
  constructor(
    name: string,
    start: number,
    parent: JsxElement | undefined,
    source: string,
    attributes?: readonly JsxAttribute[],
  ) {
    this.name = name;
    this.start = start;
    this.parent = parent;
    this.source = source;
    this.end = start + source.length;
    this.#attributes = attributes;
  }

  get attributes(): readonly JsxAttribute[] {
    this.#attributes ??= plainAttributes(this.source);
    return this.#attributes;
  }

  /** Blanks between elements are no text. */
  addText(text: string): void {
    if (text.trim() !== '') this.children.push({ kind: 'text', text });
  }
}
