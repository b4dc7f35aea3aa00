import {
  countOf,
  forgetAttempts,
  isWithinLimit,
  type Limit,
  remember,
  returnAttempt,
  takeAttempts,
} from '@/lib/db/attempts';
import { alarmOwner } from '@/lib/sign-in-alarm';

const QUARTER_MS = 15 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const PLACE_MS = 90 * 24 * HOUR_MS;
const TRIES_PER_ACCOUNT = 10;
const TRIES_PER_ADDRESS = 50;
/** Without an address everybody shares one count, which must not be one visitor's. */
const TRIES_WITHOUT_ADDRESS = 1000;
const TRIES_FROM_EVERYWHERE = 100;

type Address = string | undefined;

/**
 * Counts a try to sign in before the password is looked at, so that tries at the same time count too; false when
 * there were too many. What was no failure is taken back afterwards.
 *
 * Nobody locks somebody else out: the low limits are per address. The ceiling over all addresses, which stops a
 * botnet, leaves the places alone where this account was opened before, and a reset by mail makes the present place
 * one of them.
 */
export function beginSignIn(email: string, address: Address): boolean {
  const own = ownLimits(email, address);
  const everywhere = fromEverywhere(email);
  const usedUp = takeAttempts(isKnownPlace(email, address) ? own : [...own, everywhere]);
  if (usedUp?.key === everywhere.key && isWithinLimit(`alarm:${email}`, 1, HOUR_MS)) alarmOwner(email);
  return usedUp === undefined;
}

/** Takes the last try back: it did not come to an answer. */
export function cancelSignIn(email: string, address: Address): void {
  for (const { key } of [...ownLimits(email, address), fromEverywhere(email)]) returnAttempt(key);
}

/** After a right password or a reset: this account's failures at this address are forgotten, and the place is known. */
export function clearAttempts(email: string, address: Address): void {
  cancelSignIn(email, address);
  if (address === undefined) return;
  forgetAttempts(atAddress(email, address).key);
  remember(place(email, address), PLACE_MS);
}

/** Without an address the ceiling over all of them is the account's only limit: a low one would be everybody's. */
function ownLimits(email: string, address: Address): readonly Limit[] {
  return address === undefined ? [fromAddress(address)] : [atAddress(email, address), fromAddress(address)];
}

/** Whether this account was opened from there before, within the last 90 days. */
export function isKnownPlace(email: string, address: Address): boolean {
  return address !== undefined && countOf(place(email, address)) > 0;
}

function atAddress(email: string, address: string): Limit {
  return { key: `sign-in:${address}:${email}`, limit: TRIES_PER_ACCOUNT, windowMs: QUARTER_MS };
}

function fromAddress(address: Address): Limit {
  const limit = address === undefined ? TRIES_WITHOUT_ADDRESS : TRIES_PER_ADDRESS;
  return { key: `sign-in:${address}`, limit, windowMs: QUARTER_MS };
}

function fromEverywhere(email: string): Limit {
  return { key: `sign-in-everywhere:${email}`, limit: TRIES_FROM_EVERYWHERE, windowMs: HOUR_MS };
}

function place(email: string, address: string): string {
  return `place:${address}:${email}`;
}
