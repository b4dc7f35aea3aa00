import { SHORT, THINGS } from './things.ts';

/** The words of a name in code, in lower case: `handleDeleteTask` and `delete-task` are "delete task". */
export function wordsIn(name: string): readonly string[] {
  const spaced = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return (spaced.match(/[A-Za-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

const FRONT = /^(?:on|handle|do|perform|trigger|perform|request|async)$/;
const END = /^(?:click|clicked|press|pressed|button|btn|handler|event|callback|fn|async|mutation|action)$/;

/** What a function does by its name: "delete task". What says only that something was pressed says nothing. */
export function deedIn(name: string): string {
  const words = [...wordsIn(name)];
  while (words.length > 1 && FRONT.test(words[0] ?? '')) words.shift();
  while (words.length > 0 && END.test(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

/** The thing that a deed is about, where people say it so: "delete task by id" is about a task. */
export function thingIn(deed: string): string | undefined {
  const [, ...rest] = deed.split(' ');
  const by = rest.findIndex((word) => /^(?:by|from|to|in|at|for|with|of|and|or)$/.test(word));
  const words = by === -1 ? rest : rest.slice(0, by);
  const things = words.map((word) => THINGS[SHORT[word] ?? word] ?? pluralOf(word));
  const isKnown = things.length < 3 && things.every((thing) => thing !== undefined);
  return isKnown && things.length > 0 ? things.join(' ') : things.at(-1);
}

/** `files` and `entries`, where the one thing is known. */
function pluralOf(word: string): string | undefined {
  const one = word.replace(/ies$/, 'y').replace(/s$/, '');
  return word.endsWith('s') && THINGS[one] !== undefined ? word : undefined;
}

/** A sentence's first letter is a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Text of markup as people read it. */
export function plain(text: string): string {
  return text
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&apos;|&rsquo;|&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
