import type { Comment, EcmaScriptModule, ParseResult, Program } from 'oxc-parser';
import { lazy } from '../lazy.ts';
import { once } from '../once.ts';
import { elementsIn, type JsxElement } from './elements.ts';
import { refusalOf } from './nesting.ts';
import { Shelf } from './shelf.ts';

/** How a text is read: `<T>x` is a cast in one of them and an element in the others. */
export type Language = 'jsx' | 'ts' | 'tsx';

/** Why a text could not be read whole, and where. */
interface ParseFailure {
  readonly reason: string;
  readonly at?: number;
}

/** As many characters of code as have their trees, or the JSON of their trees, kept: ten times the bytes. */
const trees = new Shelf<ParsedText>(3_000_000);

/**
 * One parse of a text. What is small stays: comments, imports, exports, elements. The tree is built when it is asked
 * for, and stays as long as there is room; in a large repository a tree that is asked for again may be parsed again.
 */
export class ParsedText {
  readonly text: string;
  /** Absent where the text was read whole. Comments, imports and exports before a syntax error are read all the same. */
  readonly failure: ParseFailure | undefined;
  readonly comments: readonly Comment[];
  readonly module: EcmaScriptModule;
  /** Every JSX element in the order of their positions; none where the text could not be read whole. */
  readonly elements = once(() => this.#readElements());
  readonly #language: Language;
  /** What is handed to the parser: nothing of a text that would end the process. */
  readonly #readable: string;
  #result: ParseResult | undefined;

  constructor(text: string, language: Language) {
    const refusal = refusalOf(text);
    this.text = text;
    this.#language = language;
    this.#readable = refusal === undefined ? text : '';
    const result = this.#parsed();
    const error = result.errors.find(({ severity }) => severity === 'Error');
    const mistake = error && { reason: error.message, at: error.labels[0]?.start ?? 0 };
    this.failure = refusal === undefined ? mistake : { reason: refusal };
    this.comments = result.comments;
    this.module = result.module;
  }

  /** The ESTree, as far as the text could be read, without what only annotates types. */
  get program(): Program {
    return this.#parsed().program;
  }

  /** The whole ESTree: parsed again, because few ask. */
  get typedProgram(): Program {
    return this.#parse('ts').program;
  }

  /** Lets go of the tree. */
  release(): void {
    this.#result = undefined;
  }

  #parsed(): ParseResult {
    this.#result ??= this.#parse(mayHoldDecorators(this.text) ? 'ts' : 'js');
    trees.put(this, this.text.length);
    return this.#result;
  }

  #parse(astType: 'js' | 'ts'): ParseResult {
    const options = { lang: this.#language, astType, preserveParens: false };
    return lazy.oxc().parseSync('', this.#readable, options);
  }

  #readElements(): readonly JsxElement[] {
    if (this.#language === 'ts' || !/<[\w$>]/.test(this.text)) return [];
    const { program } = this.#result ?? this.#parsed();
    return elementsIn(program, this.text);
  }
}

/** The tree of JavaScript lacks them, and with them what annotates types, which is a third of a tree of TypeScript. */
function mayHoldDecorators(text: string): boolean {
  return text.includes('@') && /\bclass\b/.test(text);
}
