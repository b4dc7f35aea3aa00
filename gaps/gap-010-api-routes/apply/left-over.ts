import type { ImportDeclaration, Node } from 'ts-morph';
import type { Span } from '../../../src/contract.ts';
import { cutItems } from '../../../src/edit/list-cuts.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { lineStart, openTs, startWithComments } from '../../../src/edit/ts-file.ts';
import { escaped } from '../../../src/repo/escaped.ts';

/**
 * A file without the functions and imports that it used before an edit and uses no longer.
 * @param before the file as it was
 * @param after the file as the edit leaves it
 * @throws SourceError when it does not parse
 */
export function withoutLeftOvers(path: string, before: string, after: string): string {
  const isLost = (name: string | undefined) =>
    name !== undefined && uses(before, name) > 1 && uses(after, name) === 1;
  const functions = openTs(path, after)
    .getFunctions()
    .filter((each) => !each.isExported() && isLost(each.getName()));
  if (functions.length > 0) {
    const spans = functions.map((each) => withBlank(after, each));
    return withoutLeftOvers(path, before, applySpans(path, after, spans));
  }
  const imports = openTs(path, after)
    .getImportDeclarations()
    .flatMap((each) => importSpans(after, each, isLost));
  return applySpans(path, after, imports);
}

/** How often a name stands in a text. */
function uses(text: string, name: string): number {
  return text.match(new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`, 'g'))?.length ?? 0;
}

/** A declaration with its comments and the blank line above it. */
function withBlank(text: string, node: Node): Span {
  const start = lineStart(text, startWithComments(text, node));
  const blank = text.slice(0, start).endsWith('\n\n') ? 1 : 0;
  return { start: start - blank, end: node.getEnd() + (text[node.getEnd()] === '\n' ? 1 : 0), text: '' };
}

function importSpans(
  text: string,
  declaration: ImportDeclaration,
  isLost: (name: string) => boolean,
): readonly Span[] {
  const names = declaration.getNamedImports();
  const lost = new Set(
    names.flatMap((each, index) => (isLost(each.getAliasNode()?.getText() ?? each.getName()) ? [index] : [])),
  );
  const others = [declaration.getDefaultImport(), declaration.getNamespaceImport()].flatMap(
    (each) => each?.getText() ?? [],
  );
  if (lost.size === names.length && others.every(isLost) && names.length + others.length > 0)
    return [{ start: lineStart(text, declaration.getStart()), end: declaration.getEnd() + 1, text: '' }];
  const places = names.map((each) => ({ start: each.getStart(), end: each.getEnd() }));
  return lost.size === names.length ? [] : cutItems(text, places, lost);
}
