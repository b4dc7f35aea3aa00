import { isDeepStrictEqual } from 'node:util';
import detectIndent from 'detect-indent';
import type { Dependency } from '../../contract.ts';
import { asRecord } from '../../repo/record.ts';
import type { LockFile } from './owner.ts';
import { type Address, keepRegistry } from './registry-address.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A package-lock.json of npm 7 or later. */
export interface NpmLock {
  readonly whole: Entry;
  readonly version: 2 | 3;
  /** By place: '' and workspace folders, then `node_modules/…`. */
  readonly packages: Readonly<Record<string, Entry>>;
}

/** Reads a lock file; undefined when it is none that today's npm would extend without rewriting it. */
export function parseNpmLock(text: string): NpmLock | undefined {
  let whole: Entry;
  try {
    whole = asRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
  const version = ([2, 3] as const).find((one) => one === whole.lockfileVersion);
  if (version === undefined) return undefined;
  const packages = Object.entries(asRecord(whole.packages)).map(
    ([place, entry]) => [place, asRecord(entry)] as const,
  );
  return { whole, version, packages: Object.fromEntries(packages) };
}

/** The flags that keep the lock file in the form it has, whatever the user's configuration says. */
export function formFlags({ version, packages }: NpmLock): readonly string[] {
  const installed = Object.values(packages).filter(({ integrity }) => integrity !== undefined);
  const omits = installed.length > 0 && installed.every(({ resolved }) => resolved === undefined);
  return [`--lockfile-version=${version}`, `--omit-lockfile-registry-resolved=${omits}`];
}

/** Whether npm changed or dropped an entry of an installed package, which an addition alone does not ask for. */
export function touchesOthers(before: NpmLock, after: NpmLock): boolean {
  return Object.entries(before.packages).some(
    ([place, entry]) => isInstalled(place) && !isDeepStrictEqual(after.packages[place], entry),
  );
}

function isInstalled(place: string): boolean {
  return /(^|\/)node_modules\//.test(place);
}

/**
 * Takes back what npm would have changed without the packages, as a run without them shows: another version of
 * npm writes other flags and fields. Version 2 says everything twice, so it stays as npm writes it.
 */
export function withoutNoise(before: NpmLock, after: NpmLock, noise: NpmLock): NpmLock {
  if (before.version === 2) return after;
  const places = new Set([...Object.keys(before.packages), ...Object.keys(after.packages)]);
  const packages = [...places].sort(byPlace).flatMap((place) => {
    const isNoise = isInstalled(place) && isDeepStrictEqual(after.packages[place], noise.packages[place]);
    const entry = (isNoise ? before : after).packages[place];
    return entry === undefined ? [] : [[place, entry] as const];
  });
  return { ...after, packages: Object.fromEntries(packages) };
}

/** The order that npm writes. */
function byPlace(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}

/** The first package that the lock file should hold and does not, at the place and range that were asked for. */
export function missingFrom(
  { packages }: NpmLock,
  { dir }: LockFile,
  dependencies: readonly Dependency[],
): Dependency | undefined {
  return dependencies.find((dependency) => {
    const member = dir === '' ? dependency.dir : dependency.dir.slice(dir.length + 1);
    const { dependencies: run, devDependencies: dev } = packages[member] ?? {};
    const { name, range } = dependency;
    const declared = asRecord(run)[name] ?? asRecord(dev)[name];
    const places = [`node_modules/${name}`, `${member}/node_modules/${name}`];
    return declared !== range || !places.some((place) => packages[place]);
  });
}

/**
 * The text of the new lock file: its name and the registry its entries come from are those of the old one.
 * Refuses when a new entry comes from an address that cannot be told to be that registry.
 */
export function printLock(
  before: NpmLock,
  after: NpmLock,
  beforeText: string,
  npmrc: string,
): string | { readonly refused: string } {
  const kept = keepRegistry(addressesOf(before), addressesOf(after), npmrc);
  if ('refused' in kept) return kept;
  const packages = Object.fromEntries(
    Object.entries(after.packages).map(([place, entry]) => [place, moved(entry, kept.moved)]),
  );
  const whole = { ...after.whole, packages };
  const named = before.whole.name === undefined ? whole : { ...whole, name: before.whole.name };
  const indent = detectIndent(beforeText).indent || '  ';
  const text = JSON.stringify(
    after.version === 2 ? { ...named, dependencies: movedTree(after.whole.dependencies, kept.moved) } : named,
    null,
    indent,
  );
  const printed = beforeText.endsWith('\n') ? `${text}\n` : text;
  return beforeText.includes('\r\n') ? printed.replaceAll('\n', '\r\n') : printed;
}

function addressesOf({ packages }: NpmLock): readonly Address[] {
  return Object.entries(packages).flatMap(([place, { name, resolved }]) =>
    typeof resolved === 'string' && isInstalled(place)
      ? [{ name: typeof name === 'string' ? name : place.replace(/^.*node_modules\//, ''), url: resolved }]
      : [],
  );
}

function moved(entry: Entry, addresses: ReadonlyMap<string, string>): Entry {
  const { resolved } = entry;
  const address = typeof resolved === 'string' ? addresses.get(resolved) : undefined;
  return address === undefined ? entry : { ...entry, resolved: address };
}

/** The second half of version 2: the same packages as a tree. */
function movedTree(tree: unknown, addresses: ReadonlyMap<string, string>): Entry {
  return Object.fromEntries(
    Object.entries(asRecord(tree)).map(([name, value]) => {
      const entry = moved(asRecord(value), addresses);
      return [
        name,
        entry.dependencies === undefined
          ? entry
          : { ...entry, dependencies: movedTree(entry.dependencies, addresses) },
      ];
    }),
  );
}
