import type { Expression, IfStatement, Node } from 'oxc-parser';
import { escaped } from '../../../src/repo/escaped.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { definitionOf, type Place, sourceOf } from './definitions.ts';
import { isMatch, isSpecific, pathsNamedIn } from './url-patterns.ts';

/** Whether one condition stands under another. */
export function isAround({ consequent }: IfStatement, { start, end }: IfStatement): boolean {
  return consequent.start <= start && end <= consequent.end;
}

/** The source of the function whose answer is handed on: `return handleAuthFailure(request)`. */
export function returnedBy(place: Place, source: string): string {
  const name = /\breturn\s+(?:await\s+)?([A-Za-z_$][\w$]*)\(/.exec(source)?.[1];
  const found = name === undefined ? undefined : definitionOf(place, name);
  return found === undefined || found === 'unseen' ? '' : sourceOf(found);
}

/** Whether the paths in a condition, if it names any, leave the url in. */
export function holdsFor(place: Place, { test }: IfStatement, url: string): boolean {
  const paths = pathsIn(place, test);
  if (paths.length === 0) return true;
  return isNegated(place, test) !== paths.some((path) => isMatch(path, url));
}

/** The paths that a condition speaks of, in itself and in the lists and functions that it names. */
export function pathsIn(place: Place, test: Expression): readonly string[] {
  const source = expanded(place, test);
  const patterns = [...source.matchAll(/\/\^((?:\\\/|[\w-])+)/g)].map(([, path = '']) =>
    path.replaceAll('\\/', '/'),
  );
  return [...pathsNamedIn(source), ...patterns].filter(isSpecific);
}

/** `!isPublic(request)`, `!PUBLIC.some(…)`, and not the negation of something else beside the path. */
export function isNegated(place: Place, test: Expression): boolean {
  const source = textOf(place, test);
  return /^!/.test(source) || /!\s*\(?(is\w*|[\w.]*\.(some|includes|startsWith|test|has))\s*\(/.test(source);
}

/** The source of a condition with that of all it names, two steps deep; read once for all urls. */
export function expanded(place: Place, node: Node): string {
  return expansions(place)(node);
}

const expansions = oncePer((place: Place) =>
  oncePer((node: Node) => {
    let source = textOf(place, node);
    for (let step = 0; step < 2; step += 1) {
      const names = new Set([...source.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*/g)].map(([name]) => name));
      const values = [...names].flatMap((name) => {
        const found = definitionOf(place, name);
        return found === undefined || found === 'unseen' ? localOf(place, name) : [sourceOf(found)];
      });
      source = [textOf(place, node), ...values].join('\n');
    }
    return source;
  }),
);

/** `const token = await getToken(…)` inside of the middleware's own function. */
function localOf({ code }: Place, name: string): readonly string[] {
  const found = new RegExp(`\\b(?:const|let)\\s+${escaped(name)}\\s*=([^;\\n]*)`).exec(code)?.[1];
  return found === undefined ? [] : [found];
}

/** The code of a range that runs whatever the conditions inside of it say. */
export function outside(
  { code }: Place,
  range: Pick<Node, 'start' | 'end'>,
  conditions: readonly IfStatement[],
): string {
  const blanked = conditions.reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    code,
  );
  return blanked.slice(range.start, range.end);
}

/** The source of a node, without comments. */
export function textOf({ code }: Place, { start, end }: Node): string {
  return code.slice(start, end);
}
