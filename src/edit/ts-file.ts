import type { Node, SourceFile } from 'ts-morph';
import { SourceError } from '../errors.ts';
import { lazy } from '../repo/lazy.ts';
import { positionAt } from '../repo/text.ts';

/**
 * Opens one TypeScript or JavaScript file for locating edits: in memory, without tsconfig, libraries or other files.
 * @throws SourceError when it does not parse: ts-morph itself would edit on.
 */
export function openTs(path: string, text: string): SourceFile {
  const { Project, ts } = lazy.tsMorph();
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve },
  });
  const file = parsed(path, () => project.createSourceFile(path, text));
  const [error] = parseErrors(file);
  if (error) throw new SourceError(path, error.message, positionAt(text, error.start));
  return file;
}

/** The parser descends by calls: code that is nested without end exhausts the stack. */
function parsed(path: string, parse: () => SourceFile): SourceFile {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw new SourceError(path, 'is nested too deeply to be parsed');
    throw error;
  }
}

/** The parser leaves its diagnostics on the node; asking the program for them would bind every file first. */
function parseErrors(file: SourceFile): readonly { readonly message: string; readonly start: number }[] {
  const { ts } = lazy.tsMorph();
  const node = file.compilerNode as typeof file.compilerNode & {
    readonly parseDiagnostics?: readonly {
      readonly messageText: string | { readonly messageText: string };
      readonly start?: number;
    }[];
  };
  return (node.parseDiagnostics ?? []).map(({ messageText, start = 0 }) => ({
    message: ts.flattenDiagnosticMessageText(messageText as string, ' '),
    start,
  }));
}

/** How a file writes strings and ends statements; imports decide, and without any the majority of its lines. */
export interface CodeStyle {
  readonly quote: '"' | "'";
  readonly semicolon: ';' | '';
}

/** Where a statement ends on its own line: a declaration of something short, a call, an export. */
const STATEMENT =
  /^[ \t]*(?:(?:const|let|var|return|module\.exports)\b[^\n]{0,300}[\w)'"\]]|(['"])use strict\1|[\w.]{1,80}\([^\n]{0,300}\))(;?)[ \t]*$/gm;

/** The style of a file's own code. */
export function styleOf(text: string): CodeStyle {
  const imports = [...text.matchAll(/^import\b[^'"]{0,2000}(['"])[^'"]{0,300}\1(;?)/gm)];
  const quotes =
    imports.length > 0
      ? imports.map(([, quote]) => quote)
      : [...text.matchAll(/(['"])[\w /.@-]*\1/g)].map(([, quote]) => quote);
  const ends = imports.length > 0 ? imports : [...text.matchAll(STATEMENT)];
  const doubles = quotes.filter((quote) => quote === '"').length;
  const bare = ends.filter(([, , end]) => end === '').length;
  return { quote: doubles * 2 > quotes.length ? '"' : "'", semicolon: bare * 2 > ends.length ? '' : ';' };
}

/** The offset of the line that holds `at`. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The blanks that a node's line starts with. */
export function indentOf(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}

/** One level of indentation in this file: a tab, or the smallest step of blanks; two where nothing is indented. */
export function indentUnitOf(text: string): string {
  if (/^\t/m.test(text)) return '\t';
  const widths = [...text.matchAll(/^( +)\S/gm)]
    .map(([, blanks = '']) => blanks.length)
    .filter((width) => width > 1);
  return ' '.repeat(widths.length > 0 ? Math.min(4, ...widths) : 2);
}

/** The offset where a node starts with the comments that stand directly above it. */
export function startWithComments(text: string, node: Node): number {
  let start = node.getStart();
  for (const range of [...node.getLeadingCommentRanges()].reverse()) {
    const between = text.slice(range.getEnd(), start);
    const isOwnLine = text.slice(lineStart(text, range.getPos()), range.getPos()).trim() === '';
    if (!isOwnLine || between.split('\n').length > 2) break;
    start = range.getPos();
  }
  return start;
}
