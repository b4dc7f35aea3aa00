import { type Language, ParsedText } from './parsed-text.ts';

/**
 * A text is parsed once in a process: what a repository is planned on is a new view after each gap, and most of its
 * files are the old ones.
 */
const known: Readonly<Record<Language, Map<string, ParsedText>>> = {
  jsx: new Map(),
  ts: new Map(),
  tsx: new Map(),
};
const MOST_CHARACTERS = 40_000_000;
let characters = 0;

/** What a text says in a language. */
export function parsedAs(text: string, language: Language): ParsedText {
  const texts = known[language];
  let parsed = texts.get(text);
  if (!parsed) {
    if (characters > MOST_CHARACTERS) forget();
    parsed = new ParsedText(text, language);
    characters += text.length;
    texts.set(text, parsed);
  }
  return parsed;
}

function forget(): void {
  for (const texts of Object.values(known)) texts.clear();
  characters = 0;
}

/** What a text says of which nobody knows the language: a piece of a file. */
export function parsedPiece(text: string): ParsedText {
  const whole = known.jsx.get(text) ?? known.tsx.get(text) ?? known.ts.get(text);
  if (whole) return whole;
  const [first, second] = /<\/|\/>/.test(text) ? (['tsx', 'ts'] as const) : (['ts', 'tsx'] as const);
  const parsed = parsedAs(text, first);
  if (!parsed.failure) return parsed;
  const other = parsedAs(text, second);
  return other.failure ? parsed : other;
}
