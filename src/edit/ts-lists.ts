import type { ArrayLiteralExpression, SourceFile } from 'ts-morph';
import type { Span } from '../contract.ts';
import { lazy } from '../repo/lazy.ts';
import { cutItems, type Place } from './list-cuts.ts';
import { startWithComments } from './ts-file.ts';

/** One entry of a list of like entries. */
export interface ListEntry {
  /** Every entry of the list, in order. */
  readonly places: readonly Place[];
  readonly index: number;
}

/** A list of strings, with the entries of it. */
export interface StringList {
  readonly values: readonly string[];
  readonly entries: readonly ListEntry[];
}

/**
 * The object around an offset that is an entry of a list of objects. Undefined where what stands there has another
 * shape.
 */
export function listEntryAround(file: SourceFile, text: string, at: number): ListEntry | undefined {
  const { Node } = lazy.tsMorph();
  for (const node of file.getDescendantAtPos(at)?.getAncestors() ?? []) {
    const list = node.getParent();
    if (!Node.isObjectLiteralExpression(node) || !Node.isArrayLiteralExpression(list)) continue;
    const elements = list.getElements();
    if (!elements.every((each) => Node.isObjectLiteralExpression(each))) return undefined;
    return { places: placesIn(text, list), index: elements.indexOf(node) };
  }
  return undefined;
}

/** Every list of a file that holds nothing but strings. */
export function stringListsIn(file: SourceFile, text: string): readonly StringList[] {
  const { Node, SyntaxKind } = lazy.tsMorph();
  return file
    .getDescendantsOfKind(SyntaxKind.ArrayLiteralExpression)
    .flatMap((list): readonly StringList[] => {
      const elements = list.getElements();
      if (elements.length === 0 || !elements.every((each) => Node.isStringLiteral(each))) return [];
      const places = placesIn(text, list);
      return [
        {
          values: elements.map((each) => each.getText().slice(1, -1)),
          entries: places.map((_place, index) => ({ places, index })),
        },
      ];
    });
}

function placesIn(text: string, list: ArrayLiteralExpression): readonly Place[] {
  return list.getElements().map((each) => ({ start: startWithComments(text, each), end: each.getEnd() }));
}

/** Takes entries out of their lists, neighbors in one span. Undefined where a list would be left empty. */
export function cutEntries(text: string, entries: readonly ListEntry[]): readonly Span[] | undefined {
  const lists = new Map<number, { readonly places: readonly Place[]; readonly going: Set<number> }>();
  for (const { places, index } of entries) {
    const key = places[0]?.start ?? 0;
    const list = lists.get(key) ?? { places, going: new Set<number>() };
    list.going.add(index);
    lists.set(key, list);
  }
  if ([...lists.values()].some(({ places, going }) => going.size === places.length)) return undefined;
  return [...lists.values()].flatMap(({ places, going }) => cutItems(text, places, going));
}
