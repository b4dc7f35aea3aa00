// @vitest-environment node
import type { ErrorEvent } from '@sentry/nextjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reportOf } from '@/lib/error-tracking/options';

const MINUTE = 60_000;
/** Each test has minutes of its own. */
let now = Date.UTC(2030, 0, 1);

beforeEach(() => {
  now += 10 * MINUTE;
  vi.useFakeTimers({ now });
});
afterEach(() => vi.useRealTimers());

const logged = (message: string): ErrorEvent => ({ type: undefined, logger: 'console', message });
const thrown = (value: string, lineno: number): ErrorEvent => ({
  type: undefined,
  exception: { values: [{ type: 'Error', value, stacktrace: { frames: [{ filename: 'a.js', lineno }] } }] },
});
const kept = (events: readonly ErrorEvent[]) => events.filter((event) => reportOf(event) !== null).length;
const many = (count: number, make: (index: number) => ErrorEvent) => Array.from({ length: count }, (_, at) => make(at));

const letters = (at: number) => [...String(at)].map((digit) => 'abcdefghij'[Number(digit)]).join('');

test('a thousand of one kind are five reports a minute', () => {
  expect(kept(many(1000, () => logged('no upstream')))).toBe(5);
  vi.advanceTimersByTime(MINUTE);
  expect(kept(many(1000, () => logged('no upstream')))).toBe(5);
});

test('numbers and identifiers make no other kind', () => {
  expect(kept(many(1000, (at) => logged(`no row ${at} of 550e8400-e29b-41d4-a716-${446655440000 + at}`)))).toBe(5);
});

test('a flood of one kind hides no other kind', () => {
  kept(many(1000, () => logged('no upstream')));
  expect(kept([logged('database is locked'), thrown('no upstream', 1)])).toBe(2);
});

test('the place of an error is part of its kind', () => {
  expect(kept(many(20, (at) => thrown('broken', at < 10 ? 1 : 2)))).toBe(10);
});

test('a message of its own for each event gets round nothing', () => {
  expect(kept(many(10_000, (at) => logged(`unknown user ${letters(at)}`)))).toBeLessThanOrEqual(505);
});

test.each([
  ['thrown in one place', (at: number) => thrown(`state mismatch, got: ${letters(at)}`, 7)],
  ['logged as text', (at: number) => logged(`state mismatch, got: ${letters(at)}`)],
])('words that a visitor chose, %s, hide no failure elsewhere', (_, make) => {
  expect(kept(many(10_000, make))).toBeLessThanOrEqual(255);
  expect(kept([thrown('a real failure', 8)])).toBe(1);
});

test('what is no report anyway uses nothing up', () => {
  kept(many(1000, () => logged(' ⨯ Error: broken')));
  expect(kept(many(5, () => logged('Error: broken')))).toBe(5);
});
