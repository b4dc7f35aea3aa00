import type { Node } from 'oxc-parser';
import { OTHER_STAGE } from '../tables.ts';
import { definitionOf, type Place, sourceOf } from './definitions.ts';
import { isFunction } from './statements.ts';

/** Where a condition stands: its module, and the local names with the source that they were given. */
export interface Scope {
  readonly place: Place;
  readonly known: Map<string, string>;
}

/** The parts of `a || b`, with names of the file for what they stand for. */
export function alternatives(scope: Scope, test: Node): readonly string[] {
  return textOf(scope, test)
    .split('||')
    .map((each) => meant(scope, each.trim()));
}

/** `isProd` and `!isDev` for what they were given, where the file says it. */
function meant(scope: Scope, part: string): string {
  const value = valueNamed(scope, part.replace(/^!\s*/, ''));
  if (value === undefined) return part;
  return part.startsWith('!') && OTHER_STAGE.test(value) ? part : value;
}

/** A condition with what its names were given, two steps deep. */
export function expanded(scope: Scope, test: Node): string {
  const own = textOf(scope, test);
  const once = valuesIn(scope, own);
  return [own, ...once, ...once.flatMap((each) => valuesIn(scope, each))].join('\n');
}

function valuesIn(scope: Scope, source: string): readonly string[] {
  return [...source.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*/g)].flatMap(
    ([name]) => valueNamed(scope, name) ?? [],
  );
}

function valueNamed({ place, known }: Scope, name: string): string | undefined {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return undefined;
  const local = known.get(name);
  if (local !== undefined) return local;
  const found = definitionOf(place, name);
  return found === undefined || found === 'unseen' || isFunction(found.node) ? undefined : sourceOf(found);
}

function textOf({ place }: Scope, { start, end }: Node): string {
  return place.code.slice(start, end);
}
