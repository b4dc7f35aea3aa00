import type { SourceModule, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { indentOf, lineStart, styleOf } from '../../../../src/edit/ts-file.ts';
import { blankComments } from '../../../../src/read/code/comments.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { escaped } from '../../../../src/repo/escaped.ts';

/** Words of a comment that hold no longer once passwords are stored: ` (fallback / dev)`, ` for dev/fallback`. */
const STALE =
  /\s\(?(?:for |as a )?(?:dev(?:elopment)?(?: ?\/ ?| and | or )fallback|fallback(?: ?\/ ?| and | or )dev(?:elopment)?)\)?/gi;

/** What else of the file is no longer true: words of comments, and where errors of sign-in are shown. */
export function besideSpans(module: SourceModule): readonly Span[] {
  return [...staleWords(module), ...errorPage(module)];
}

function staleWords({ text }: SourceModule): readonly Span[] {
  const code = blankComments(text);
  return [...text.matchAll(STALE)].flatMap(({ index, 0: words }) => {
    const end = index + words.length;
    return code.slice(index, end).trim() === '' ? [{ start: index, end, text: '' }] : [];
  });
}

/** Errors of Google are shown by the page that people came from, not by a page of the library. */
function errorPage(module: SourceModule): readonly Span[] {
  const { text } = module;
  const spans: Span[] = [];
  walk(module, {
    Property: ({ key, value }) => {
      if (key.type !== 'Identifier' || key.name !== 'pages' || value.type !== 'ObjectExpression') return;
      const named = value.properties.flatMap((each) =>
        each.type === 'Property' && each.key.type === 'Identifier' ? [[each.key.name, each] as const] : [],
      );
      const signIn = named.find(([name]) => name === 'signIn')?.[1];
      if (!signIn || named.some(([name]) => name === 'error') || signIn.value.type !== 'Literal') return;
      const indent = indentOf(text, signIn.start);
      const isOwnLine = text.slice(lineStart(text, signIn.start), signIn.start) === indent;
      const page = text.slice(signIn.value.start, signIn.value.end);
      spans.push(insertion(signIn.end, `,${isOwnLine ? `\n${indent}` : ' '}error: ${page}`));
    },
  });
  return spans;
}

/** A role type of the file's own that is the table's becomes the table's; undefined where there is none. */
export function roleSpan(module: SourceModule, specifier: string): Span | undefined {
  const { text, typedProgram } = module;
  for (const statement of typedProgram.body) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const { declaration } = statement;
    if (declaration?.type !== 'TSTypeAliasDeclaration') continue;
    const { id, typeAnnotation } = declaration;
    const members = text.slice(typeAnnotation.start, typeAnnotation.end).split('|');
    const roles = members.map((each) => each.trim().replace(/['"]/g, '')).filter((each) => each !== '');
    const isUsedHere = (text.match(new RegExp(`\\b${escaped(id.name)}\\b`, 'g')) ?? []).length > 1;
    if (isUsedHere || [...roles].sort().join() !== 'OWNER,USER') continue;
    const { quote, semicolon } = styleOf(text);
    const names = id.name === 'Role' ? 'Role' : `Role as ${id.name}`;
    return {
      start: statement.start,
      end: statement.end,
      text: `export type { ${names} } from ${quote}${specifier}${quote}${semicolon}`,
    };
  }
  return undefined;
}
