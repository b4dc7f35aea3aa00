import type { ErrorEvent } from '@sentry/nextjs';

const MINUTE = 60_000;
/** Reports sent per kind and minute. */
const PER_KIND = 5;
/** Kinds distinguished per minute. All further kinds count as one. */
const KINDS = 100;
const FURTHER_KINDS = '';
/** How much of a message identifies its kind. */
const LONGEST = 200;
/** What varies between events of the same kind: numbers and identifiers. */
const VARYING = /[\da-f-]*\d[\da-f-]*/gi;

const counts = new Map<string, number>();
let minute = 0;

/** Whether this minute's quota for this kind is used up. Visitors can cause an error as often as they like. */
export function isOverLimit(event: ErrorEvent): boolean {
  const now = Math.floor(Date.now() / MINUTE);
  if (now !== minute) counts.clear();
  minute = now;
  const own = kindOf(event);
  const kind = counts.has(own) || counts.size < KINDS ? own : FURTHER_KINDS;
  const count = counts.get(kind) ?? 0;
  if (count < PER_KIND) counts.set(kind, count + 1);
  return count >= PER_KIND;
}

/** A key made of the message and the place where the error was thrown. */
function kindOf({ message = '', exception }: ErrorEvent): string {
  const { type = '', value = '', stacktrace } = exception?.values?.at(-1) ?? {};
  // Sentry lists the innermost call last.
  const { filename = '', function: name = '', lineno = 0, colno = 0 } = stacktrace?.frames?.at(-1) ?? {};
  const text = `${message}\n${type}: ${value}`.slice(0, LONGEST).replace(VARYING, '0');
  return `${text}\n${filename}:${name}:${lineno}:${colno}`;
}
