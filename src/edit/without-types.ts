import type { Span } from '../contract.ts';
import { parseWhole } from '../repo/code/code.ts';
import { lazy } from '../repo/lazy.ts';
import { applySpans } from './spans.ts';

/**
 * A template's code for an app in JavaScript: its TypeScript without the types, everything else as it is written.
 * Knows what templates use: declared types, imported types, annotations, type arguments, `as` and `satisfies`.
 * @throws SourceError when what is left is no JavaScript
 */
export function withoutTypes(path: string, text: string): string {
  const spans: Span[] = [];
  const drop = ({ start, end }: Pick<Span, 'start' | 'end'>) => void spans.push({ start, end, text: '' });
  const dropStatement = ({ start, end }: Pick<Span, 'start' | 'end'>) =>
    drop({ start, end: end + (/^\s*\n/.exec(text.slice(end))?.[0].length ?? 0) });
  const dropType = (node: { readonly expression: { readonly end: number }; readonly end: number }) =>
    drop({ start: node.expression.end, end: node.end });
  const { Visitor } = lazy.oxc();
  new Visitor({
    TSTypeAliasDeclaration: dropStatement,
    TSInterfaceDeclaration: dropStatement,
    ImportDeclaration: (node) => {
      if (node.importKind === 'type') dropLine(text, node, drop);
    },
    TSTypeAnnotation: drop,
    TSTypeParameterInstantiation: drop,
    TSAsExpression: dropType,
    TSSatisfiesExpression: dropType,
  }).visit(parseWhole(path, text).typedProgram);
  const code = applySpans(path, text, outermost(spans));
  parseWhole(path.replace(/\.tsx?$/, '.jsx'), code);
  return code;
}

function dropLine(
  text: string,
  { start, end }: Pick<Span, 'start' | 'end'>,
  drop: (span: Span) => void,
): void {
  drop({ start, end: end + (/^[ \t]*\n/.exec(text.slice(end))?.[0].length ?? 0), text: '' });
}

/** A declared type holds annotations of its own. */
function outermost(spans: readonly Span[]): readonly Span[] {
  return spans.filter(
    (span) => !spans.some((other) => other !== span && other.start <= span.start && span.end <= other.end),
  );
}
