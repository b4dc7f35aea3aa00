import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { analyse } from 'scslre';

/** A regular expression of the source, where it stands. */
export interface Pattern {
  readonly path: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** The files of what is shipped, sorted. */
export function sourcesIn(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$|\/(?:fixtures|testing)\//.test(path))
      .sort(),
  );
}

/** Every regular expression that is written as one in what is shipped. */
export function patternsIn(folders: readonly string[]): readonly Pattern[] {
  return sourcesIn(folders).flatMap((path) => patternsOf(path, readFileSync(path, 'utf8')));
}

function patternsOf(path: string, text: string): readonly Pattern[] {
  const found: Pattern[] = [];
  const { program } = parseSync(path, text);
  new Visitor({
    Literal(node) {
      if (!('regex' in node) || node.regex === null) return;
      const { pattern: source, flags } = node.regex;
      found.push({ path, line: text.slice(0, node.start).split('\n').length, source, flags });
    },
  }).visit(program);
  return found;
}

/**
 * Why a pattern may take more than linear time, undefined where it cannot. `Self`: a loop in a loop; `Trade`: two loops
 * that share a stretch of text; `Move`: a search that begins again at each character of what it has just gone through.
 */
export function slownessOf({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string | undefined {
  const { reports } = analyse({ source, flags }, { reportTypes: { Move: true, Self: true, Trade: true } });
  return reports[0]?.type;
}
