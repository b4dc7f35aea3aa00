import {
  afterAngles,
  afterComment,
  afterRegExp,
  afterString,
  CODE_MARK,
  skipBlank,
  startsExpression,
} from '../code/lexical.ts';
import type { JsxAttribute, JsxElement } from './markup.ts';
import { plainTagAt } from './plain-tag.ts';
import { ScannedElement } from './scanned-element.ts';

const NAME = /[A-Za-z_$][\w$.:-]*/y;

/** What may open something between the children of an element, or in a template. */
const CHILD_MARK = /[<{]/g;
const TEMPLATE_MARK = /[\\`{]/g;

/** The offset of the next mark, or the end of the text. */
function next(mark: RegExp, text: string, from: number): number {
  mark.lastIndex = from;
  // Every mark is one character long; asking for no match object saves one for each of them.
  return mark.test(text) ? mark.lastIndex - 1 : text.length;
}

/** A recursive descent over the text of one file; code is skipped, elements are kept. */
export class JsxScanner {
  readonly #text: string;
  /** In order of position: an element is put down when it opens, and taken back where it turns out to be none. */
  readonly #found: JsxElement[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  scan(): readonly JsxElement[] {
    this.#code(0, undefined, undefined);
    return this.#found;
  }

  /** Skips code until the brace that closes it, or to the end; returns the offset of that brace. */
  #code(from: number, parent: JsxElement | undefined, into: JsxElement[] | undefined): number {
    const text = this.#text;
    let depth = 0;
    for (let at = next(CODE_MARK, text, from); at < text.length; at = next(CODE_MARK, text, at)) {
      const c = text[at];
      if (c === '}' && depth === 0 && parent !== undefined) return at;
      if (c === '{') depth += 1;
      else if (c === '}') depth -= 1;
      at = c === '{' || c === '}' ? at + 1 : Math.max(at + 1, this.#afterToken(at, parent, into));
    }
    return text.length;
  }

  /** The offset after a string, comment, template, regular expression or element at `at`; else `at`. */
  #afterToken(at: number, parent: JsxElement | undefined, into: JsxElement[] | undefined): number {
    const text = this.#text;
    switch (text[at]) {
      case '"':
      case "'":
        return afterString(text, at);
      case '`':
        return this.#afterTemplate(at, parent, into);
      case '/': {
        const end = afterComment(text, at);
        return end === at && startsExpression(text, at) ? afterRegExp(text, at) : end;
      }
      case '<':
        return this.#afterElementIfAny(at, parent, into);
      default:
        return at;
    }
  }

  #afterTemplate(from: number, parent: JsxElement | undefined, into: JsxElement[] | undefined): number {
    const text = this.#text;
    let at = next(TEMPLATE_MARK, text, from + 1);
    while (at < text.length) {
      if (text[at] === '`') return at + 1;
      const isOpen = text[at] === '{' && text[at - 1] === '$' && at > from + 1;
      const after = isOpen ? this.#code(at + 1, parent ?? ROOT, into) + 1 : at + (text[at] === '\\' ? 2 : 1);
      at = next(TEMPLATE_MARK, text, after);
    }
    return text.length;
  }

  #afterElementIfAny(at: number, parent: JsxElement | undefined, into: JsxElement[] | undefined): number {
    const kept = this.#found.length;
    if (!startsExpression(this.#text, at) || !this.#looksLikeElement(at)) return at;
    const element = this.#element(at, parent === ROOT ? undefined : parent);
    if (element) {
      into?.push(element);
      return element.end;
    }
    this.#found.length = kept;
    return at;
  }

  /** `<T,>` and `<T extends U>` open type parameters; an element that is never closed is something else. */
  #looksLikeElement(at: number): boolean {
    const text = this.#text;
    if (text[at + 1] === '>') return true;
    const name = match(NAME, text, at + 1);
    if (name === undefined) return false;
    const rest = text.slice(at + 1 + name.length, at + 1 + name.length + 12);
    return !/^\s*(,|extends\b|=\s|\|)/.test(rest);
  }

  /** The element at `at`, or undefined where what stands there is none. */
  #element(at: number, parent: JsxElement | undefined): JsxElement | undefined {
    const text = this.#text;
    const tag = plainTagAt(text, at);
    if (!tag) return this.#unusualElement(at, parent);
    const element = new ScannedElement(tag[1] ?? '', at, parent, tag[0]);
    this.#found.push(element);
    if (tag[3] !== undefined) element.addText(tag[3]);
    else if (tag[2] === undefined) return this.#closed(element, this.#children(element.end, element));
    return element;
  }

  /** The same where the opening tag has to be read part by part. */
  #unusualElement(at: number, parent: JsxElement | undefined): JsxElement | undefined {
    const name = match(NAME, this.#text, at + 1) ?? '';
    const attributes: JsxAttribute[] = [];
    const element = new ScannedElement(name, at, parent, '', attributes);
    this.#found.push(element);
    const opened = this.#attributes(at + 1 + name.length, element, attributes);
    if (opened === undefined) return undefined;
    element.source = this.#text.slice(at, opened.end);
    return this.#closed(element, opened.closed ? opened.end : this.#children(opened.end, element));
  }

  #closed(element: ScannedElement, end: number | undefined): JsxElement | undefined {
    if (end === undefined) return undefined;
    element.end = end;
    return element;
  }

  #attributes(
    from: number,
    element: ScannedElement,
    into: JsxAttribute[],
  ): { readonly end: number; readonly closed: boolean } | undefined {
    const text = this.#text;
    let at = text[from] === '<' ? afterAngles(text, from) : from;
    while (at < text.length) {
      at = skipBlank(text, at);
      if (text[at] === '>') return { end: at + 1, closed: false };
      if (text[at] === '/' && text[at + 1] === '>') return { end: at + 2, closed: true };
      const next = text[at] === '{' ? this.#spread(at, element, into) : this.#attribute(at, element, into);
      if (next === undefined) return undefined;
      at = next;
    }
    return undefined;
  }

  #spread(at: number, element: JsxElement, into: JsxAttribute[]): number {
    const end = this.#code(at + 1, element, undefined);
    const source = this.#text.slice(at + 1, end).trim();
    into.push({ kind: 'spread', value: source.replace(/^\.\.\./, '') });
    return end + 1;
  }

  #attribute(at: number, element: JsxElement, into: JsxAttribute[]): number | undefined {
    const text = this.#text;
    const name = match(NAME, text, at);
    if (name === undefined) return undefined;
    const equals = skipBlank(text, at + name.length);
    if (text[equals] !== '=') {
      into.push({ kind: 'flag', name });
      return at + name.length;
    }
    const value = skipBlank(text, equals + 1);
    if (text[value] === '{') {
      const end = this.#code(value + 1, element, undefined);
      into.push({ kind: 'expression', name, value: text.slice(value + 1, end).trim() });
      return end + 1;
    }
    if (text[value] === '<') return this.#elementValue(value, name, element, into);
    const quote = text[value];
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, value + 1) : -1;
    if (end === -1) return undefined;
    into.push({ kind: 'text', name, value: text.slice(value + 1, end) });
    return end + 1;
  }

  #elementValue(at: number, name: string, element: JsxElement, into: JsxAttribute[]): number | undefined {
    const value = this.#element(at, element);
    if (value) into.push({ kind: 'expression', name, value: this.#text.slice(at, value.end) });
    return value?.end;
  }

  /** Reads children up to and with the closing tag; undefined where that is missing or another one. */
  #children(from: number, element: ScannedElement): number | undefined {
    const text = this.#text;
    let at = from;
    while (at < text.length) {
      const mark = next(CHILD_MARK, text, at);
      if (mark > at) element.addText(text.slice(at, mark));
      if (text[mark] === '<' && text[mark + 1] === '/') return closingEnd(text, mark, element.name);
      const after = text[mark] === '{' ? this.#expression(mark, element) : this.#childElement(mark, element);
      if (after === undefined) return undefined;
      at = after;
    }
    return undefined;
  }

  #childElement(at: number, element: ScannedElement): number | undefined {
    const child = this.#element(at, element);
    if (!child) return undefined;
    element.children.push({ kind: 'element', element: child });
    return child.end;
  }

  #expression(at: number, element: ScannedElement): number {
    const elements: JsxElement[] = [];
    const end = this.#code(at + 1, element, elements);
    element.children.push({
      kind: 'expression',
      source: this.#text.slice(at + 1, end),
      start: at + 1,
      elements,
    });
    return end + 1;
  }
}

/** Stands for "inside a template literal outside of any element". */
const ROOT: JsxElement = new ScannedElement('', 0, undefined, '', []);

function closingEnd(text: string, at: number, name: string): number | undefined {
  const plain = at + 2 + name.length;
  if (text[plain] === '>' && text.startsWith(name, at + 2)) return plain + 1;
  const start = skipBlank(text, at + 2);
  if (!text.startsWith(name, start)) return undefined;
  const end = skipBlank(text, start + name.length);
  return text[end] === '>' ? end + 1 : undefined;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? text.slice(at, pattern.lastIndex) : undefined;
}
