/** A piece of a pattern: one character that fits, so many as fit, or whole folders. */
export type Piece =
  | { readonly kind: 'one' | 'many'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'folders' };

/**
 * Whether the pieces in this order are all of a text. Repositories write such patterns: every place that the pieces so
 * far can reach is carried along, so that many stars cost what the pattern and the text are long, multiplied.
 */
export function isMadeOf(pieces: readonly Piece[], text: string): boolean {
  let reached = Array.from({ length: text.length + 1 }, (_, at) => at === 0);
  for (const piece of pieces) reached = pass(piece, text, reached);
  return reached[text.length] === true;
}

/** The places behind a piece, from those before it. */
function pass(piece: Piece, text: string, from: readonly boolean[]): boolean[] {
  let isOpen = false;
  return from.map((isReached, at) => {
    const before = text[at - 1];
    if (piece.kind === 'one') return before !== undefined && from[at - 1] === true && piece.fits(before);
    if (piece.kind === 'folders') {
      const isBehindFolder = isOpen && before === '/';
      isOpen ||= isReached;
      return isReached || isBehindFolder;
    }
    isOpen = isReached || (isOpen && before !== undefined && piece.fits(before));
    return isOpen;
  });
}

const isNoSlash = (character: string) => character !== '/';
const isAny = () => true;

/** The characters of a text, each as itself. */
function plain(text: string): readonly Piece[] {
  return text.split('').map((character) => ({ kind: 'one', fits: (other) => other === character }));
}

/** Parts of a text with pieces between them. */
export function joined(parts: readonly string[], between: readonly Piece[]): readonly Piece[] {
  return parts.flatMap((part, index) => (index === 0 ? plain(part) : [...between, ...plain(part)]));
}

const TOKEN = /\\(.)|\*\*\/|\/\*\*$|\*+|\?|\[(!?)((?:[^\]\\]|\\.){1,200})\]|[\s\S]/g;

/** What a pattern of .gitignore and .gitattributes is made of (git-scm.com/docs/gitignore). */
export function gitPattern(glob: string): readonly Piece[] {
  return [...glob.matchAll(TOKEN)].flatMap(([token, escaped, negation, members]): readonly Piece[] => {
    if (escaped !== undefined) return plain(escaped);
    if (members !== undefined) return [{ kind: 'one', fits: memberOf(members, negation === '!') }];
    if (token === '**/') return [{ kind: 'folders' }];
    if (token === '/**') return [...plain('/'), { kind: 'many', fits: isAny }];
    if (token.startsWith('*')) return [{ kind: 'many', fits: isNoSlash }];
    return token === '?' ? [{ kind: 'one', fits: isNoSlash }] : plain(token);
  });
}

/** `a-z_` of `[a-z_]`. */
function memberOf(members: string, isNegated: boolean): (character: string) => boolean {
  const ranges = [...members.matchAll(/\\?([\s\S])(?:-\\?([\s\S]))?/g)].map(
    ([, first = '', last = first]) => [first, last] as const,
  );
  return (character) =>
    character !== '/' &&
    ranges.some(([first, last]) => first <= character && character <= last) !== isNegated;
}
