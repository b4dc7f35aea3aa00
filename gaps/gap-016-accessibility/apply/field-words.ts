import { FIELD_WORDS, NO_NAME, OPENINGS } from './field-names.ts';
import { THINGS } from './things.ts';
import { capital, plain, wordsIn } from './words.ts';

/** The words that name a field in a text that people read: no colon, no star, no dots behind it. */
export function trimmed(text: string): string {
  let words = plain(text);
  while (/[.\u2026:*]$/.test(words)) words = words.slice(0, -1).trimEnd();
  return words;
}

/**
 * What a placeholder says about its field, where it says what to type ("Search models...", "Email address") and shows
 * no example of it ("jane@example.com").
 */
export function nameInPlaceholder(text: string): string | undefined {
  const words = trimmed(plain(text).replace(/[,(]? ?(?:e\.g\.|for example).*$/i, ''));
  if (words.length < 3 || words.length > 90 || NO_NAME.test(words)) return undefined;
  const noun = nounIn(words);
  if (noun !== undefined) return capital(noun);
  if (OPENINGS.test(words)) return capital(withoutOtherWay(words));
  if (VAGUE.test(words.toLowerCase())) return undefined;
  return isKnown(wordsIn(words)) ? capital(words) : undefined;
}

/** What is to be entered, where a placeholder asks for it: "Type or speak your question here" is about a question. */
function nounIn(words: string): string | undefined {
  if (/^start typing to search$/i.test(words)) return 'search';
  const [, own, rest = ''] = ASKED.exec(words) ?? [];
  const [noun = ''] = rest.split(/,| or | to | here$| here /i);
  const isShort = noun !== '' && noun.split(' ').length < 4 && !/\b(?:again|you|that|what)\b/i.test(noun);
  if (!isShort) return undefined;
  // "Your code" is said of one thing; "text" is not.
  if (own !== undefined) return noun;
  return !VAGUE.test(noun.toLowerCase()) && isKnown(wordsIn(noun)) ? noun : undefined;
}

const ASKED =
  /^(?:type|enter|write|speak|say|paste|input|provide)(?: or (?:type|enter|write|speak|say|paste))? (?:in )?((?:your|an?|the) )?(.+)$/i;

/** "Ask a question, or press / for commands": how else to do it is no part of the name. */
function withoutOtherWay(words: string): string {
  const at = words.search(/(?:,| \() ?or (?:type|speak|say|paste|click|press|use|drop|drag)\b/i);
  return at === -1 ? words : words.slice(0, at);
}

/** What a name in code says about a field: `firstName` is "First name". */
export function nameInCode(name: string): string | undefined {
  const words = wordsIn(name).filter(
    (word) => !/^(?:new|form|input|field|value|selected|current|local|draft|temp|set)$/.test(word),
  );
  if (words.some((word) => word === 'search')) return words.length < 3 ? 'Search' : undefined;
  if (words.length === 1 && VAGUE.test(words[0] ?? '')) return undefined;
  return isKnown(words) ? capital(words.map((word) => UPPER[word] ?? word).join(' ')) : undefined;
}

/** What says too little by itself. */
const VAGUE =
  /^(?:max|min|from|to|filter|order|count|total|size|text|content|mode|key|id|value|number|first|last|current|old|item|data|by|end|start|option|code|api|level|time|list|step|field|label|view|state|optional|page|query)$/;
const UPPER: Readonly<Record<string, string>> = { url: 'URL', id: 'ID', api: 'API', zip: 'ZIP' };

function isKnown(words: readonly string[]): boolean {
  return (
    words.length > 0 && words.length < 5 && words.every((word) => FIELD_WORDS.has(word) || word in THINGS)
  );
}
