import type { Comment, DynamicImport, Program, StaticExport, StaticImport } from 'oxc-parser';
import { SourceError } from '../../errors.ts';
import { once } from '../once.ts';
import { positionAt } from '../text.ts';
import { blanked } from './blank.ts';
import type { JsxElement } from './elements.ts';
import type { Language, ParsedText } from './parsed-text.ts';
import { parsedAs } from './texts.ts';

/**
 * A file of JavaScript or TypeScript, parsed once. Offsets count UTF-16 units of `text`. Of a file with a syntax error
 * the comments, imports and exports before it are known, and no elements; of one that the parser cannot take (nested
 * without end, a line of 20,000 characters) nothing is.
 */
export interface Code {
  readonly path: string;
  readonly text: string;
  /** Why it could not be read whole. */
  readonly failure: SourceError | undefined;
  readonly comments: readonly Comment[];
  /** The text with blanks for its comments: offsets and lines stay. */
  readonly withoutComments: string;
  /** Import statements. */
  readonly imports: readonly StaticImport[];
  /** `import()`, each with the place of what it asks for. */
  readonly lateImports: readonly DynamicImport[];
  readonly exports: readonly StaticExport[];
  /** JSX elements in the order of their positions. */
  readonly elements: readonly JsxElement[];
  /**
   * The ESTree, as far as the file could be read, built at the first access, which is most of a parse's cost. It may
   * lack what only annotates types: `typeAnnotation`, `typeArguments`, `importKind` and their like.
   */
  readonly program: Program;
  /** The same with all that is said of types. */
  readonly typedProgram: Program;
}

/** A file that was read whole. */
export type SourceModule = Code;

/** Parses a file, or takes what is known of its text. */
export function readCode(path: string, text: string): Code {
  const parsed = parsedAs(text, languageOf(path));
  const withoutComments = once(() => blanked(text, parsed.comments));
  return {
    path,
    text,
    failure: failureOf(path, parsed),
    comments: parsed.comments,
    get withoutComments() {
      return withoutComments();
    },
    imports: parsed.module.staticImports,
    lateImports: parsed.module.dynamicImports,
    exports: parsed.module.staticExports,
    get elements() {
      return parsed.elements();
    },
    get program() {
      return parsed.program;
    },
    get typedProgram() {
      return parsed.typedProgram;
    },
  };
}

/** Parses a file that has to be read whole; throws SourceError with the position where it cannot. */
export function parseWhole(path: string, text: string): SourceModule {
  return requireWhole(readCode(path, text));
}

/** The file, where it was read whole; throws SourceError with the position where it was not. */
export function requireWhole(code: Code): SourceModule {
  if (code.failure) throw code.failure;
  return code;
}

function failureOf(path: string, { failure, text }: ParsedText): SourceError | undefined {
  if (!failure) return undefined;
  const { reason, at } = failure;
  return new SourceError(path, reason, at === undefined ? undefined : positionAt(text, at));
}

function languageOf(path: string): Language {
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  return path.endsWith('.tsx') ? 'tsx' : 'jsx';
}
