import { linesOf } from '../../../src/edit/text.ts';
import { escaped } from '../../../src/read/code/escaped.ts';
import { mentionsOf } from '../read/mentions.ts';

const FENCE = /^\s*(```|~~~)/;
const ITEM = /^(\s*)[-*+]\s+(?:\[[ xX]\]\s+)?(.*)$/;
const ROW = /^\s*\|.*\|\s*$/;
const RULE_ROW = /^\s*\|[\s:|-]+\|\s*$/;
const HEADING = /^#{1,6}\s/;
/** A sentence that announces what follows, or a label in bold. */
const LEADS_UP = /:\s*\**\s*$|^\s*\*\*[^*]+\*\*\s*$/;
const METHOD = '(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY)';
/** What may stand before the url in a line that is about it: emphasis, backticks, methods, a host. */
const LEAD = new RegExp(
  `^[\\s*_\`~"'(\\[]*(?:${METHOD}(?:\\s*[/,|]\\s*${METHOD})*[\\s*_\`:]*)?(?:https?:\\/\\/[\\w.:-]+|[\\w.-]+\\/)*$`,
);
const COMMAND = /^\s*(?:\$\s+)?(?:curl|http|https|wget|xh|httpie|Invoke-(?:WebRequest|RestMethod))\b/;
const NUMBER = '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten)';
const COUNT = new RegExp(`\\b${NUMBER} [a-z]`, 'i');
const COUNT_OF_ALL = new RegExp(`\\ball (?:of )?(?:the |these )?${NUMBER}\\b`, 'i');
const REQUEST = new RegExp(`^\\s*${METHOD}\\s+\\S`);

/** The lines of a document that are only about some urls and files, and those that say more. Zero-based. */
export interface Found {
  readonly struck: readonly number[];
  readonly left: readonly number[];
}

/** Reads one document line by line. */
export class Strikes {
  readonly #lines: readonly string[];
  readonly #names: readonly string[];
  readonly #folders: readonly string[];
  readonly #code = new Set<number>();
  readonly #struck = new Set<number>();
  readonly #left = new Set<number>();

  /**
   * @param names the urls and files that are gone
   * @param folders the urls of folders of which nothing is left: who names one, says more than that
   */
  constructor(text: string, names: readonly string[], folders: readonly string[]) {
    this.#lines = linesOf(text).map((line) => line.text);
    this.#names = names;
    this.#folders = folders;
  }

  find(): Found {
    let fence: number | undefined;
    for (const [index, line] of this.#lines.entries()) {
      if (fence !== undefined) this.#code.add(index);
      if (!FENCE.test(line)) this.#look(index, fence !== undefined);
      else if (fence === undefined) fence = index;
      else {
        this.#closeFence(fence, index);
        fence = undefined;
      }
    }
    for (const index of this.#starts()) {
      this.#lookAbove(index);
      this.#lookForCount(index);
    }
    this.#closeGaps();
    for (const index of this.#struck) this.#left.delete(index);
    const sorted = (lines: ReadonlySet<number>) => [...lines].sort((a, b) => a - b);
    return { struck: sorted(this.#struck), left: sorted(this.#left) };
  }

  #look(index: number, isCode: boolean): void {
    // A line that wants a 404 is as right as before.
    if (this.#struck.has(index) || /\b404\b/.test(this.#line(index))) return;
    const line = this.#line(index);
    if (this.#folders.some((folder) => new RegExp(`${escaped(folder)}/(?![\\w[(])`).test(line)))
      this.#left.add(index);
    if (!this.#isNamed(line)) return;
    const end = isCode ? this.#endOfCode(index) : this.#endOfProse(index);
    if (end === undefined) this.#left.add(index);
    else this.#strike(isCode ? this.#startOfCode(index) : index, end);
  }

  /** The first lines of what is struck. */
  #starts(): readonly number[] {
    return [...this.#struck].sort((a, b) => a - b).filter((index) => !this.#struck.has(index - 1));
  }

  #strike(from: number, to: number): void {
    for (let index = from; index <= to; index += 1) this.#struck.add(index);
  }

  #line(index: number): string {
    return this.#lines[index] ?? '';
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
    } else if (!this.#startsWithName(this.#line(index)) || !/^\s*\S+\s*(#.*)?$/.test(this.#line(index))) {
      return undefined;
    }
    return this.#isAlone(this.#lines.slice(start, end + 1).join('\n')) ? end : undefined;
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
    if (!inner.some((index) => this.#struck.has(index))) return;
    if (!inner.every((index) => this.#struck.has(index) || this.#line(index).trim() === '')) return;
    this.#strike(open, close);
  }

  /** What leads up to a list, a table or a block that is gone as a whole: an empty heading goes, a sentence is told. */
  #lookAbove(index: number): void {
    const above = this.#lastAbove(index);
    const below = this.#firstBelow(index);
    if (above === undefined || this.#isSibling(above, index) || this.#isSibling(below, index)) return;
    const line = this.#line(above);
    const isEmpty = below === undefined || /^(#{1,6}\s|-{3,}\s*$)/.test(this.#line(below));
    // A heading may be linked to from a table of contents.
    const isLinked = this.#lines.some((each) => each.includes('](#'));
    if (!HEADING.test(line)) {
      if (LEADS_UP.test(line) || RULE_ROW.test(line)) this.#left.add(above);
    } else if (isEmpty && isLinked) this.#left.add(above);
    else if (isEmpty) this.#struck.add(above);
  }

  /** `### Routes (5 files)`, `Two routes:` and `all 7 services` count what was struck. */
  #lookForCount(index: number): void {
    const isHeading = (at: number, heading: RegExp) => heading.test(this.#line(at)) && !this.#code.has(at);
    const above = Array.from({ length: index }, (_, offset) => index - 1 - offset);
    const heading = above.find((at) => isHeading(at, HEADING));
    if (heading !== undefined && /\(\d+\b/.test(this.#line(heading))) this.#left.add(heading);
    const lead = above.find((at) => !/^\s*(?:\|.*|[-*+]\s.*)?$/.test(this.#line(at))) ?? -1;
    if (LEADS_UP.test(this.#line(lead)) && COUNT.test(this.#line(lead))) this.#left.add(lead);
    const section = above.findIndex((at) => isHeading(at, /^##?\s/));
    for (const at of section === -1 ? above : above.slice(0, section))
      if (COUNT_OF_ALL.test(this.#line(at)) && !this.#code.has(at)) this.#left.add(at);
  }

  /** Whether a line is of the same list, table or block as a struck one. */
  #isSibling(index: number | undefined, struck: number): boolean {
    if (index === undefined) return false;
    const [one, other] = [this.#line(index), this.#line(struck)];
    if (ITEM.test(other)) return ITEM.test(one) && Math.abs(index - struck) <= this.#runLength(struck) + 1;
    if (ROW.test(other)) return ROW.test(one) && !RULE_ROW.test(one) && index > struck;
    return !FENCE.test(other) && one.trim() !== '';
  }

  /** How many lines from a struck one on are struck. */
  #runLength(from: number): number {
    let length = 0;
    while (this.#struck.has(from + length)) length += 1;
    return length;
  }

  #lastAbove(index: number): number | undefined {
    for (let at = index - 1; at >= 0; at -= 1)
      if (this.#line(at).trim() !== '' && !this.#struck.has(at)) return at;
    return undefined;
  }

  #firstBelow(index: number): number | undefined {
    for (let at = index + 1; at < this.#lines.length; at += 1)
      if (this.#line(at).trim() !== '' && !this.#struck.has(at)) return at;
    return undefined;
  }

  /** Of two blank lines that meet, one goes; so does one that would start or end a block of code. */
  #closeGaps(): void {
    for (const index of this.#starts()) {
      const end = index + this.#runLength(index);
      const isEdge = (line: string | undefined) =>
        line === undefined || line.trim() === '' || FENCE.test(line);
      const isBlank = this.#line(end).trim() === '' && end < this.#lines.length;
      const before = index === 0 ? undefined : this.#line(index - 1);
      if (isBlank && isEdge(before)) this.#struck.add(end);
      else if (before?.trim() === '' && FENCE.test(this.#line(end))) this.#struck.add(index - 1);
    }
  }
}
