import type { Span } from '../contract.ts';
import { parseWhole } from '../repo/code/code.ts';
import { escaped } from '../repo/escaped.ts';
import { lazy } from '../repo/lazy.ts';
import type { Repo } from '../repo/repo.ts';
import { applySpans } from './spans.ts';
import { indentUnitOf } from './ts-file.ts';

/**
 * A template's code as the files beside it would have written it: their majority's quotes and indentation.
 * Templates come in single quotes and two spaces. A string that holds the other quote or an escape stays as it is,
 * and so do attributes, which are in double quotes everywhere.
 * @param neighbours files of the target; what cannot be read has no say
 */
export function inHouseStyle(repo: Repo, neighbours: readonly string[], path: string, text: string): string {
  const texts = neighbours.flatMap((each) => repo.peek(each) ?? []);
  const quoted =
    texts.some((each) => each.includes('"')) && prefersDouble(texts) ? inDoubleQuotes(path, text) : text;
  const unit = mostCommon(texts.filter((each) => /^[ \t]/m.test(each)).map(indentUnitOf)) ?? '  ';
  return unit === '  ' ? quoted : quoted.replace(/^( {2})+/gm, (blanks) => unit.repeat(blanks.length / 2));
}

function prefersDouble(texts: readonly string[]): boolean {
  const count = (quote: string) =>
    texts.reduce(
      (sum, text) =>
        sum + (text.match(new RegExp(`^(import|export)\\b.*${escaped(quote)};?$`, 'gm'))?.length ?? 0),
      0,
    );
  return count('"') > count("'");
}

function inDoubleQuotes(path: string, text: string): string {
  const spans: Span[] = [];
  const { Visitor } = lazy.oxc();
  new Visitor({
    Literal: ({ value, start, end }) => {
      const raw = text.slice(start, end);
      if (typeof value === 'string' && /^'[^'"\\]*'$/.test(raw))
        spans.push({ start, end, text: `"${value}"` });
    },
  }).visit(parseWhole(path, text).typedProgram);
  return applySpans(path, text, spans);
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
