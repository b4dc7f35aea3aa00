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

/** A try to sign in, as it was counted. */
export interface SignInTry {
  readonly keys: readonly string[];
}

/**
 * Counts a try to sign in before the password is looked at, so that tries at the same time count too; undefined when
 * there were too many. What was no failure is taken back afterwards.
 *
 * Nobody locks somebody else out: the low limits are per address. The ceiling over all addresses, which stops a
 * botnet, leaves the places alone where this account was opened before, and a reset by mail lifts it.
 */
export function beginSignIn(email: string, address: Address): SignInTry | undefined {
  const own = ownLimits(email, address);
  const everywhere = fromEverywhere(email);
  const limits = isKnownPlace(email, address) ? own : [...own, everywhere];
  const usedUp = takeAttempts(limits);
  if (usedUp?.key === everywhere.key && isWithinLimit(`alarm:${email}`, 1, HOUR_MS)) alarmOwner(email);
  return usedUp ? undefined : { keys: limits.map(({ key }) => key) };
}

/** Takes a try back: it was no failure. */
export function cancelSignIn({ keys }: SignInTry): void {
  for (const key of keys) returnAttempt(key);
}

/** After a right password or a reset: this account's failures are forgotten, and the place is known. */
export function clearAttempts(email: string, address: Address): void {
  forgetAttempts(fromEverywhere(email).key);
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
