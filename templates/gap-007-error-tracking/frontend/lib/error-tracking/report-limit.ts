import type { ErrorEvent } from '@sentry/nextjs';

const MINUTE = 60_000;
/** Reports sent per kind and minute. */
const PER_KIND = 5;
/** Kinds distinguished per minute. All further kinds count as one. */
const KINDS = 100;
/** Kinds distinguished per place in the code: a visitor can choose what an error says, but not where it is thrown. */
const KINDS_PER_PLACE = 10;
/** The same for texts without a stack, whose place is unknown. */
const KINDS_WITHOUT_PLACE = 50;
const FURTHER_KINDS = '';
/** The place of a text without a stack. */
const NOWHERE = '';
/** How much of a message identifies its kind. */
const LONGEST = 200;
/** What varies between events of the same kind: numbers and identifiers. */
const VARYING = /[\da-f-]*\d[\da-f-]*/gi;

const counts = new Map<string, number>();
const kindsAt = new Map<string, number>();
let minute = 0;

/** Whether this minute's quota for this kind is used up. Visitors can cause an error as often as they like. */
export function isOverLimit(event: ErrorEvent): boolean {
  const now = Math.floor(Date.now() / MINUTE);
  if (now !== minute) {
    counts.clear();
    kindsAt.clear();
  }
  minute = now;
  const kind = knownKind(textOf(event), placeOf(event));
  const count = counts.get(kind) ?? 0;
  if (count < PER_KIND) counts.set(kind, count + 1);
  return count >= PER_KIND;
}

function knownKind(text: string, place: string): string {
  const own = `${text}\n${place}`;
  if (counts.has(own)) return own;
  const kinds = kindsAt.get(place) ?? 0;
  if (kinds >= (place === NOWHERE ? KINDS_WITHOUT_PLACE : KINDS_PER_PLACE)) return `further\n${place}`;
  kindsAt.set(place, kinds + 1);
  return counts.size < KINDS ? own : FURTHER_KINDS;
}

function textOf({ message = '', exception }: ErrorEvent): string {
  const { type = '', value = '' } = exception?.values?.at(-1) ?? {};
  return `${message}\n${type}: ${value}`.slice(0, LONGEST).replace(VARYING, '0');
}

/** Where the error was thrown. Sentry lists the innermost call last. */
function placeOf({ exception }: ErrorEvent): string {
  const frame = exception?.values?.at(-1)?.stacktrace?.frames?.at(-1);
  const { filename = '', function: name = '', lineno = 0, colno = 0 } = frame ?? {};
  return frame ? `${filename}:${name}:${lineno}:${colno}` : NOWHERE;
}
