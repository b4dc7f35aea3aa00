import {
  type Alternation,
  type CharacterClass,
  CharSet,
  type Concatenation,
  type Element,
  isDisjointWith,
  JS,
  NFA,
  type NoParent,
  type Quantifier,
} from 'refa';
import type { Pattern } from './patterns.ts';

type Node = NoParent<Element>;
type Loop = NoParent<Quantifier>;

const WORD = [
  { min: 48, max: 57 },
  { min: 65, max: 90 },
  { min: 95, max: 95 },
  { min: 97, max: 122 },
];

/**
 * Why a pattern may take more than linear time although its loops share no text: what stands before a loop without
 * bound fits into that loop, so that a search that failed behind it begins again inside of it (`catch \{[^}]*set`, on
 * `catch {` over and over). Undefined where that cannot be.
 */
export function restartOf({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string | undefined {
  // At one place only, or on a path, which no system lets grow beyond a page.
  if (flags.includes('y') || isOfPaths(source, flags)) return undefined;
  const { expression, maxCharacter } = JS.Parser.fromLiteral({ source, flags }).parse({
    backreferences: 'disable',
  });
  return expression.alternatives
    .flatMap(({ elements }) => beginnings(elements))
    .some((elements) => new Search(maxCharacter).fails(elements, [], []))
    ? 'Restart'
    : undefined;
}

function isOfPaths(source: string, flags: string): boolean {
  if (flags.includes('m')) return false;
  return /\^\|\\\/\)/.test(source) || (source.endsWith('$') && !/\\s|\[\^/.test(source));
}

/** `(?:^|x)y` is `^y` or `xy`. */
function beginnings(elements: readonly Node[]): readonly (readonly Node[])[] {
  const [first, ...rest] = elements;
  if (first?.type !== 'Alternation' || isEdge(first)) return [elements];
  return first.alternatives.map((each) => [...each.elements, ...rest]);
}

class Search {
  readonly #max: number;

  constructor(maxCharacter: number) {
    this.#max = maxCharacter;
  }

  /** Whether some loop among the elements can be begun anew inside of itself, and what follows can fail. */
  fails(elements: readonly Node[], before: readonly Node[], after: readonly Node[]): boolean {
    return elements.some((element, index) => {
      if (element.type !== 'Quantifier' && element.type !== 'Alternation') return false;
      const ahead = [...before, ...elements.slice(0, index)];
      const behind = [...elements.slice(index + 1), ...after];
      if (isLoop(element) && !canEnd(element, behind) && this.#isBegunAnew(ahead, element)) return true;
      return element.alternatives.some((each) => this.fails(each.elements, ahead, behind));
    });
  }

  #isBegunAnew(ahead: readonly Node[], loop: Loop): boolean {
    const lead = this.#leadOf(ahead);
    if (lead === undefined) return false;
    return (
      this.#fits([...lead, ...ahead.filter((each) => !isEdge(each))], [loop]) || this.#isShared(ahead, loop)
    );
  }

  /** `\w*x\w*y`: what the first loop gives back, the second one takes, over and over. */
  #isShared(ahead: readonly Node[], loop: Loop): boolean {
    return ahead.some(
      (first, index) =>
        isLoop(first) &&
        this.#fits(
          ahead.slice(index + 1).filter((each) => !isEdge(each)),
          [first, loop],
        ),
    );
  }

  /** Whether the elements are more than nothing, and match a text that each of the loops matches too. */
  #fits(elements: readonly Node[], loops: readonly Loop[]): boolean {
    if (elements.length === 0) return false;
    const own = this.#automatonOf(elements);
    return loops.every((loop) => !isDisjointWith(own, this.#automatonOf([{ ...loop, min: 1 }])));
  }

  /** What must stand before the pattern; undefined where it begins at one place only. */
  #leadOf(ahead: readonly Node[]): readonly Node[] | undefined {
    for (const each of ahead) {
      if (!isEdge(each)) break;
      if (each.type === 'Alternation') return [classOf(CharSet.empty(this.#max).union(WORD).negate())];
      if (each.type !== 'Assertion' || each.kind !== 'behind') continue;
      const sets = each.alternatives.map(({ elements: [only, more] }) =>
        only?.type === 'CharacterClass' && more === undefined ? only.characters : undefined,
      );
      if (sets.includes(undefined)) continue;
      const set = CharSet.empty(this.#max).union(...sets.flatMap((one) => one ?? []));
      const before = each.negate ? set.negate() : set;
      return before.isEmpty ? undefined : [classOf(before)];
    }
    return [];
  }

  #automatonOf(elements: readonly Node[]): NFA {
    const concatenation: NoParent<Concatenation> = { type: 'Concatenation', elements: [...elements] };
    return NFA.fromRegex(concatenation, { maxCharacter: this.#max }, { assertions: 'ignore' });
  }
}

function classOf(characters: CharSet): NoParent<CharacterClass> {
  return { type: 'CharacterClass', characters };
}

function isLoop(element: Node): element is Loop {
  return element.type === 'Quantifier' && element.max === Number.POSITIVE_INFINITY;
}

/** An assertion, or several of which one holds (`\b`). */
function isEdge(element: Node): boolean {
  return element.type === 'Assertion' || (element.type === 'Alternation' && isOfEdges(element));
}

function isOfEdges({ alternatives }: NoParent<Alternation>): boolean {
  return alternatives.every(({ elements }) => elements.length > 0 && elements.every(isEdge));
}

/** Whether nothing that follows a loop can fail: it is optional, or it is where the loop cannot go on. */
function canEnd(loop: Loop, after: readonly Node[]): boolean {
  const [next] = after;
  return after.every(isOptional) || (next !== undefined && endsEverywhere(loop, next));
}

function isOptional(element: Node): boolean {
  if (element.type === 'Quantifier' && element.min === 0) return true;
  if (element.type !== 'Quantifier' && element.type !== 'Alternation') return false;
  return element.alternatives.some(({ elements }) => elements.every(isOptional));
}

/** `[\s\S]*?(?:x|(?![\s\S]))`, `.*$`. */
function endsEverywhere(loop: Loop, next: Node): boolean {
  if (next.type === 'Alternation')
    return next.alternatives.some(
      ({ elements: [first] }) => first !== undefined && endsEverywhere(loop, first),
    );
  if (next.type !== 'Assertion' || next.kind !== 'ahead' || !next.negate) return false;
  const taken = setOf(loop);
  const refused = setOf(next);
  return taken !== undefined && refused?.isSubsetOf(taken) === true;
}

function setOf({
  alternatives,
}: {
  readonly alternatives: readonly NoParent<Concatenation>[];
}): CharSet | undefined {
  const [only, more] = alternatives;
  const [first, second] = only?.elements ?? [];
  return more === undefined && second === undefined && first?.type === 'CharacterClass'
    ? first.characters
    : undefined;
}
