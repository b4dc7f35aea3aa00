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
/** Visitors without a known address share one count, so one visitor must not be able to use it up. */
const TRIES_WITHOUT_ADDRESS = 1000;
const TRIES_FROM_EVERYWHERE = 100;

type Address = string | undefined;

/** A counted sign-in attempt. */
export interface SignInTry {
  readonly keys: readonly string[];
}

/**
 * Counts a sign-in attempt before the password is checked, so that concurrent attempts count too. Undefined if there
 * were too many. Attempts that turn out not to be failures are taken back afterward.
 *
 * Nobody can lock someone else out, because the low limits are per network address. The limit across all addresses,
 * which stops botnets, exempts places where this account has signed in before, and a password reset lifts it.
 */
export function beginSignIn(email: string, address: Address): SignInTry | undefined {
  const own = ownLimits(email, address);
  const everywhere = fromEverywhere(email);
  const limits = isKnownPlace(email, address) ? own : [...own, everywhere];
  const usedUp = takeAttempts(limits);
  if (usedUp?.key === everywhere.key && isWithinLimit(`alarm:${email}`, 1, HOUR_MS)) alarmOwner(email);
  return usedUp ? undefined : { keys: limits.map(({ key }) => key) };
}

/** Takes back an attempt that was not a failure. */
export function cancelSignIn({ keys }: SignInTry): void {
  for (const key of keys) returnAttempt(key);
}

/** After a correct password or a reset, forgets the account's failed attempts and remembers the place. */
export function clearAttempts(email: string, address: Address): void {
  forgetAttempts(fromEverywhere(email).key);
  if (address === undefined) return;
  forgetAttempts(atAddress(email, address).key);
  remember(place(email, address), PLACE_MS);
}

/** Without an address, the account has only the limit across all addresses: everyone would share a lower one. */
function ownLimits(email: string, address: Address): readonly Limit[] {
  return address === undefined ? [fromAddress(address)] : [atAddress(email, address), fromAddress(address)];
}

/** Whether this account has signed in from there within the last 90 days. */
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
