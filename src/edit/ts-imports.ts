import type { ImportDeclaration, SourceFile } from 'ts-morph';
import type { Span } from '../contract.ts';
import { escaped } from '../repo/escaped.ts';
import { cutItems } from './list-cuts.ts';
import { insertion, NOTHING_TO_DO, type Spans } from './outcome.ts';
import { lineStart, openTs, styleOf } from './ts-file.ts';

/** What is to be imported. */
export interface WantedImport {
  readonly module: string;
  readonly default?: string;
  readonly named?: readonly string[];
}

/**
 * Adds an import after the last one (or after the directives), in the file's quotes and semicolons; names join an
 * import of the same module that has names already, in the order of the letters where they stand in it. What is imported already yields nothing.
 * @throws SourceError when the file does not parse.
 */
export function addImport(path: string, text: string, wanted: WantedImport): Spans {
  const file = openTs(path, text);
  const existing = file
    .getImportDeclarations()
    .filter((each) => each.getModuleSpecifierValue() === wanted.module && !each.isTypeOnly());
  const named = (wanted.named ?? []).filter((name) => !existing.some((each) => importsName(each, name)));
  const missingDefault =
    wanted.default !== undefined &&
    !existing.some((each) => each.getDefaultImport()?.getText() === wanted.default);
  if (!missingDefault && named.length === 0) return NOTHING_TO_DO;
  const clash = [...named, ...(missingDefault && wanted.default !== undefined ? [wanted.default] : [])].find(
    (name) => isDeclared(file, name),
  );
  if (clash !== undefined) return { refused: `${path}: the name ${clash} is taken already` };
  const host = existing.find((each) => each.getNamedImports().length > 0);
  if (!missingDefault && host) return { spans: joinNames(text, host, named) };
  const { quote, semicolon } = styleOf(text);
  const clause = [
    ...(missingDefault ? [wanted.default] : []),
    ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : []),
  ].join(', ');
  return {
    spans: [newLine(file, text, `import ${clause} from ${quote}${wanted.module}${quote}${semicolon}`)],
  };
}

/**
 * Several imports at once, in this order.
 * @throws SourceError when the file does not parse.
 */
export function addImports(path: string, text: string, wanted: readonly WantedImport[]): Spans {
  const spans: Span[] = [];
  for (const each of wanted) {
    const added = addImport(path, text, each);
    if ('refused' in added) return added;
    spans.push(...added.spans);
  }
  // In a file without imports each brings the empty line below it; one is enough.
  const last = spans.findLastIndex((span) => span.text.endsWith('\n\n'));
  return {
    spans: spans.map((span, index) =>
      index < last ? { ...span, text: span.text.replace(/\n\n$/, '\n') } : span,
    ),
  };
}

function importsName(declaration: ImportDeclaration, name: string): boolean {
  return declaration
    .getNamedImports()
    .some((each) => each.getName() === name && !each.getAliasNode() && !each.isTypeOnly());
}

function isDeclared(file: SourceFile, name: string): boolean {
  return file
    .getImportDeclarations()
    .some(
      (each) =>
        each.getDefaultImport()?.getText() === name ||
        each.getNamedImports().some((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name),
    );
}

/** Each name at its place where the names are in order, else at the end. */
function joinNames(text: string, host: ImportDeclaration, names: readonly string[]): readonly Span[] {
  const there = host.getNamedImports();
  const known = there.map((each) => each.getName().toLowerCase());
  const isSorted = known.every((name, index) => index === 0 || (known[index - 1] ?? '') <= name);
  const [first, second] = there;
  const between = first && second ? text.slice(first.getEnd(), second.getStart()) : '';
  const separator = /^,\s+$/.test(between) ? between : ', ';
  const end = there.at(-1)?.getEnd() ?? host.getEnd();
  const placed = new Map<number, string>();
  for (const name of isSorted ? names.toSorted(byLetters) : names) {
    const index = isSorted ? known.findIndex((each) => each > name.toLowerCase()) : -1;
    const at = there[index]?.getStart() ?? end;
    placed.set(at, (placed.get(at) ?? '') + (at === end ? separator + name : name + separator));
  }
  return [...placed].map(([at, added]) => insertion(at, added));
}

function byLetters(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function newLine(file: SourceFile, text: string, line: string): Span {
  const last = file.getImportDeclarations().at(-1) ?? lastDirective(file);
  if (last) {
    const end = text.indexOf('\n', last.getEnd());
    return insertion(end === -1 ? text.length : end, `\n${line}`);
  }
  return insertion(file.getStatements()[0]?.getStart() ?? text.length, `${line}\n\n`);
}

function lastDirective(file: SourceFile) {
  return file.getStatements().findLast((statement, index) => isDirective(statement.getText()) && index < 2);
}

function isDirective(text: string): boolean {
  return /^(['"])use [\w-]+\1;?$/.test(text);
}

/**
 * Removes the imported names that are used nowhere but in the given spans, which are about to go; a whole import
 * where no name is left. Imports for their effects stay.
 */
export function unusedImportSpans(path: string, text: string, going: readonly Span[]): readonly Span[] {
  const file = openTs(path, text);
  return file.getImportDeclarations().flatMap((declaration) => {
    const isLost = (name: string | undefined) =>
      name !== undefined && losesLastUse(file, name, declaration, going);
    const names = declaration.getNamedImports();
    const unused = new Set(
      names.flatMap((each, index) =>
        isLost(each.getAliasNode()?.getText() ?? each.getName()) ? [index] : [],
      ),
    );
    const whole = declaration.getDefaultImport() ?? declaration.getNamespaceImport();
    const isWholeLost = isLost(whole?.getText());
    if (unused.size === names.length && (whole ? isWholeLost : names.length > 0))
      return [lineOf(text, declaration)];
    const places = names.map((each) => ({ start: each.getStart(), end: each.getEnd() }));
    // A default import that alone goes leaves `{` as the start of the clause.
    const head = isWholeLost && whole && names.length > 0 ? [clauseHead(text, whole.getStart())] : [];
    if (whole && names.length > 0 && unused.size === names.length)
      return [{ start: whole.getEnd(), end: text.indexOf('}', whole.getEnd()) + 1, text: '' }];
    return [...head, ...cutItems(text, places, unused)];
  });
}

function lineOf(text: string, declaration: ImportDeclaration): Span {
  const end = text.indexOf('\n', declaration.getEnd());
  return {
    start: lineStart(text, declaration.getStart()),
    end: end === -1 ? text.length : end + 1,
    text: '',
  };
}

function clauseHead(text: string, start: number): Span {
  return { start, end: text.indexOf('{', start), text: '' };
}

function losesLastUse(
  file: SourceFile,
  name: string,
  declaration: ImportDeclaration,
  going: readonly Span[],
): boolean {
  const uses = [...file.getText().matchAll(new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`, 'g'))]
    .map(({ index }) => index)
    .filter((at) => at < declaration.getStart() || at >= declaration.getEnd());
  const lost = uses.filter((at) => going.some(({ start, end }) => at >= start && at < end));
  return lost.length > 0 && lost.length === uses.length;
}
