import { lazy } from '../../repo/lazy.ts';

/**
 * Whether a declared range allows a version or a later one: `^15.0.0` allows 15.3. A range without a number
 * (`latest`, `catalog:`) is taken as new.
 */
export function mayBeAtLeast(range: string, version: string): boolean {
  const semver = lazy.semver();
  const valid = semver.validRange(range);
  return valid === null || semver.intersects(valid, `>=${version}-0`, { includePrerelease: true });
}

/** Whether a range stays inside of another one, as `~15.1.0` does of `>=13.2 <17`. */
export function staysWithin(range: string, wanted: string): boolean {
  const semver = lazy.semver();
  const valid = semver.validRange(range);
  return valid !== null && semver.subset(valid, wanted);
}
