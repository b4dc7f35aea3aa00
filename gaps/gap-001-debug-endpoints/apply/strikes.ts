import { linesOf } from '../../../src/edit/text.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { mentionsOf } from '../read/mentions.ts';
import { COMMAND, FENCE, ITEM, LEAD, REQUEST, ROW } from './document-lines.ts';
import { lineOf, lookAround, type Marks } from './struck-surroundings.ts';

/** The lines of a document that are only about some urls and files, and those that say more. Zero-based. */
export interface Found {
  readonly struck: readonly number[];
  readonly left: readonly number[];
}

/** Reads one document line by line. */
export class Strikes {
  readonly #marks: Marks;
  readonly #names: readonly string[];
  readonly #folders: readonly string[];

  /**
   * @param names the urls and files that are gone
   * @param folders the urls of folders of which nothing is left: who names one, says more than that
   */
  constructor(text: string, names: readonly string[], folders: readonly string[]) {
    const lines = linesOf(text).map((line) => line.text);
    this.#marks = { lines, code: new Set(), struck: new Set(), left: new Set() };
    this.#names = names;
    this.#folders = folders;
  }

  find(): Found {
    let fence: number | undefined;
    for (const [index, line] of this.#marks.lines.entries()) {
      if (fence !== undefined) this.#marks.code.add(index);
      if (!FENCE.test(line)) this.#look(index, fence !== undefined);
      else if (fence === undefined) fence = index;
      else {
        this.#closeFence(fence, index);
        fence = undefined;
      }
    }
    lookAround(this.#marks);
    const { struck, left } = this.#marks;
    for (const index of struck) left.delete(index);
    const sorted = (lines: ReadonlySet<number>) => [...lines].sort((a, b) => a - b);
    return { struck: sorted(struck), left: sorted(left) };
  }

  #look(index: number, isCode: boolean): void {
    // A line that wants a 404 is as right as before.
    if (this.#marks.struck.has(index) || /\b404\b/.test(this.#line(index))) return;
    const line = this.#line(index);
    if (this.#folders.some((folder) => new RegExp(`${escaped(folder)}/(?![\\w[(])`).test(line)))
      this.#marks.left.add(index);
    if (!this.#isNamed(line)) return;
    const end = isCode ? this.#endOfCode(index) : this.#endOfProse(index);
    if (end === undefined) this.#marks.left.add(index);
    else this.#strike(isCode ? this.#startOfCode(index) : index, end);
  }

  #strike(from: number, to: number): void {
    for (let index = from; index <= to; index += 1) this.#marks.struck.add(index);
  }

  #line(index: number): string {
    return lineOf(this.#marks, index);
  }

  #isNamed(line: string): boolean {
    return this.#names.some((name) => this.#mentions(line, name).length > 0);
  }

  /** A file's name is a path, of which a url is a part. */
  #mentions(line: string, name: string): readonly number[] {
    if (name.startsWith('/')) return mentionsOf(line, name);
    const at = line.indexOf(name);
    return at === -1 ? [] : [at];
  }

  /** Whether nothing else under api/ is named. */
  #isAlone(text: string): boolean {
    const rest = this.#names.reduce((left, name) => left.replaceAll(name, ''), text);
    return !/\bapi\//.test(rest);
  }

  #startsWithName(text: string): boolean {
    return this.#names.some((name) => this.#mentions(text, name).some((at) => LEAD.test(text.slice(0, at))));
  }

  /** The item of a list or the row of a table that is about a route and nothing else, on one line. */
  #endOfProse(index: number): number | undefined {
    const line = this.#line(index);
    const item = ITEM.exec(line);
    if (item) {
      const [, indent = '', content = ''] = item;
      const next = this.#line(index + 1);
      const goesOn = next.trim() !== '' && !ITEM.test(next) && !/^\s*(#|\d+[.)]|\||>|```|~~~|---)/.test(next);
      const hasOwn = /^\s*/.exec(next)?.[0].length ?? 0;
      if (goesOn || (next.trim() !== '' && hasOwn > indent.length)) return undefined;
      return this.#startsWithName(content) && this.#isAlone(content) ? index : undefined;
    }
    if (!ROW.test(line) || !this.#isAlone(line)) return undefined;
    const cells = line.trim().slice(1, -1).split('|');
    return cells.some((cell) => this.#startsWithName(cell) && cell.trim().split(/\s+/).length <= 2)
      ? index
      : undefined;
  }

  /** The last line of a command or a request in a block of code. */
  #endOfCode(index: number): number | undefined {
    const start = this.#commandStart(index);
    let end = index;
    if (COMMAND.test(this.#line(start))) {
      while (/\\\s*$/.test(this.#line(end))) end += 1;
    } else if (REQUEST.test(this.#line(index)) && this.#startsWithName(this.#line(index))) {
      while (/^\s*(?:[\w-]+:\s|[{}[\]"])/.test(this.#line(end + 1))) end += 1;
    } else if (
      !this.#startsWithName(this.#line(index)) ||
      !/^\s*\S[^\s#]*\s*(?:#.*)?$/.test(this.#line(index))
    ) {
      return undefined;
    }
    return this.#isAlone(this.#marks.lines.slice(start, end + 1).join('\n')) ? end : undefined;
  }

  #commandStart(index: number): number {
    let start = index;
    while (start > 0 && /\\\s*$/.test(this.#line(start - 1))) start -= 1;
    return start;
  }

  /** With the comment above it, where that speaks of nothing else. */
  #startOfCode(index: number): number {
    const start = this.#commandStart(index);
    return /^\s*(#|\/\/)/.test(this.#line(start - 1)) ? start - 1 : start;
  }

  /** A block of code of which nothing is left goes as a whole. */
  #closeFence(open: number, close: number): void {
    const inner = Array.from({ length: close - open - 1 }, (_, offset) => open + 1 + offset);
    if (!inner.some((index) => this.#marks.struck.has(index))) return;
    if (!inner.every((index) => this.#marks.struck.has(index) || this.#line(index).trim() === '')) return;
    this.#strike(open, close);
  }
}
