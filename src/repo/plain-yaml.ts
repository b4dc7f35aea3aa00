/**
 * A reader for the plain part of YAML, which most Compose files keep to: maps and lists by indentation, words and
 * quoted strings on one line, lists in brackets. Anchors, tags, escapes, text over several lines and all that looks
 * unusual is left to the library, which understands them and costs ten times as much.
 */
export interface PlainYaml {
  readonly value: Readonly<Record<string, unknown>>;
  /** Where the keys of each map of the value stand. */
  readonly places: ReadonlyMap<unknown, ReadonlyMap<string, number>>;
}

/** What a text says that is plain YAML and a map, exactly as the library reads it; undefined for any other text. */
export function readPlainYaml(text: string): PlainYaml | undefined {
  if (/[\t\r]/.test(text)) return undefined;
  try {
    return new Reader(text).read();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class NotPlain extends Error {}

interface Line {
  readonly indent: number;
  /** Offset of its first character that is no blank. */
  readonly at: number;
  readonly words: string;
}

const ENTRY = /^([A-Za-z][\w.-]*):(?: +(.*))?$/;
const DASH = /^-(?: +(.*))?$/;
const DOUBLE = /^"([^"\\]*)" *(?:$| #)/;
const SINGLE = /^'([^']*)' *(?:$| #)/;
const ITEM = / *(?:"([^"\\]*)"|'([^']*)'|([A-Za-z/][\w./-]*)) *([,\]])/y;
/** A word starts with none of the characters that mean something, nor as numbers do that are not simply digits. */
const WORD = /^(?:[A-Za-z_$/]|\.(?!\d|inf|nan|\.\.)|\d(?![\d.]*e|[ox]))/i;
const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
/** As many digits as a number surely holds. */
const MOST_DIGITS = 15;

class Reader {
  readonly #lines: Line[];
  readonly #places = new Map<unknown, ReadonlyMap<string, number>>();
  #next = 0;

  constructor(text: string) {
    this.#lines = linesOf(text);
  }

  read(): PlainYaml {
    const value = this.#map(0);
    if (this.#next < this.#lines.length || this.#next === 0) throw new NotPlain();
    return { value, places: this.#places };
  }

  #map(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    const places = new Map<string, number>();
    for (let line = this.#lines[this.#next]; line?.indent === indent; line = this.#lines[this.#next]) {
      const [whole, key = '', rest = ''] = ENTRY.exec(line.words) ?? [];
      if (whole === undefined || places.has(key) || CONSTANTS.has(key)) throw new NotPlain();
      this.#next += 1;
      places.set(key, line.at);
      map[key] = this.#value(rest, indent, true);
    }
    this.#places.set(map, places);
    return map;
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = [];
    for (let line = this.#lines[this.#next]; line?.indent === indent; line = this.#lines[this.#next]) {
      const [dash, rest = ''] = DASH.exec(line.words) ?? [];
      if (dash === undefined) break;
      if (ENTRY.test(rest)) {
        const shift = line.words.length - rest.length;
        this.#lines[this.#next] = { indent: indent + shift, at: line.at + shift, words: rest };
        list.push(this.#map(indent + shift));
      } else {
        this.#next += 1;
        list.push(this.#value(rest, indent, false));
      }
    }
    return list;
  }

  /** What stands behind a key or a dash, or below it; the list of a key may stand as far to the left as the key. */
  #value(words: string, indent: number, isKey: boolean): unknown {
    const below = this.#lines[this.#next];
    const isDeeper = below !== undefined && below.indent > indent;
    if (words !== '' && !words.startsWith('#')) {
      if (isDeeper) throw new NotPlain();
      return scalarOf(words);
    }
    if (below === undefined || (!isDeeper && !(isKey && below.indent === indent && isItem(below))))
      return null;
    const value = isItem(below) ? this.#list(below.indent) : this.#map(below.indent);
    const after = this.#lines[this.#next];
    if (after !== undefined && after.indent > indent) throw new NotPlain();
    return value;
  }
}

function isItem({ words }: Line): boolean {
  return words === '-' || words.startsWith('- ');
}

/** The lines that hold more than a comment. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/);
    if (indent !== -1 && line[indent] !== '#')
      lines.push({ indent, at: start + indent, words: line.slice(indent) });
    start += line.length + 1;
  }
  return lines;
}

function scalarOf(words: string): unknown {
  if (words.startsWith('[')) return bracketed(words);
  const quoted = DOUBLE.exec(words) ?? SINGLE.exec(words);
  if (quoted) return quoted[1];
  const word = words.replace(/ #.*$/, '').replace(/ +$/, '');
  if (!WORD.test(word) || word.includes(': ') || word.endsWith(':')) throw new NotPlain();
  if (!/^\d+(?:\.\d*)?$/.test(word)) return CONSTANTS.has(word) ? CONSTANTS.get(word) : word;
  if (word.length > MOST_DIGITS) throw new NotPlain();
  return Number(word);
}

function bracketed(words: string): readonly unknown[] {
  if (/^\[ *\] *(?:$| #)/.test(words)) return [];
  const items: unknown[] = [];
  ITEM.lastIndex = 1;
  for (let item = ITEM.exec(words); item; item = ITEM.exec(words)) {
    const [, double, single, word = '', end] = item;
    items.push(double ?? single ?? (CONSTANTS.has(word) ? CONSTANTS.get(word) : word));
    if (end === ']' && /^ *(?:$| #)/.test(words.slice(item.index + item[0].length))) return items;
    if (end === ']') break;
  }
  throw new NotPlain();
}
