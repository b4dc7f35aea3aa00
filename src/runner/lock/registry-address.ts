/** Where a lock file says that a package comes from. */
export interface Address {
  readonly name: string;
  readonly url: string;
}

const PUBLIC_REGISTRY = 'https://registry.npmjs.org';

/**
 * A machine may fetch through a mirror, and npm writes the mirror's addresses. The lock file is shared, so new
 * entries get the registry that its old ones come from: of the same scope, else of most packages, else the one
 * that the project's .npmrc names, else the public one. The integrity hash is the same from each of them.
 */
export function keepRegistry(
  before: readonly Address[],
  after: readonly Address[],
  npmrc: string,
): { readonly moved: ReadonlyMap<string, string> } | { readonly refused: string } {
  const old = new Set(before.map(({ url }) => url));
  const known = new Set(before.flatMap((address) => registryOf(address) ?? []));
  const moved = new Map<string, string>();
  for (const address of after) {
    if (old.has(address.url) || !/^(https?|git)/.test(address.url)) continue;
    const registry = registryOf(address);
    if (registry === undefined) {
      if (isKnownHost(address, before)) continue;
      return {
        refused: `${address.name} comes from ${address.url}, which is not the registry of the lock file`,
      };
    }
    if (known.has(registry)) continue;
    moved.set(address.url, registryFor(address.name, before, npmrc) + address.url.slice(registry.length));
  }
  return { moved };
}

/** `https://host/path` of `https://host/path/@scope/name/-/name-1.0.0.tgz`. */
function registryOf({ name, url }: Address): string | undefined {
  const at = [`/${name}/-/`, `/${name.replace('/', '%2f')}/-/`]
    .map((part) => url.indexOf(part))
    .find((index) => index > 0);
  return at === undefined || !/^https?:/.test(url) ? undefined : url.slice(0, at);
}

function isKnownHost({ url }: Address, before: readonly Address[]): boolean {
  const host = hostOf(url);
  return host !== undefined && before.some((address) => hostOf(address.url) === host);
}

function hostOf(url: string): string | undefined {
  return /^[\w+]+:\/\/(?:[^@/]*@)?([^/]+)/.exec(url)?.[1];
}

function registryFor(name: string, before: readonly Address[], npmrc: string): string {
  const scope = scopeOf(name);
  return (
    (scope && mostCommon(before.filter((address) => scopeOf(address.name) === scope))) ??
    (scope && setting(npmrc, `${scope}:registry`)) ??
    mostCommon(before.filter((address) => scopeOf(address.name) === undefined)) ??
    mostCommon(before) ??
    setting(npmrc, 'registry') ??
    PUBLIC_REGISTRY
  );
}

function scopeOf(name: string): string | undefined {
  return /^@[^/]+/.exec(name)?.[0];
}

function mostCommon(addresses: readonly Address[]): string | undefined {
  const counts = new Map<string, number>();
  for (const registry of addresses.flatMap((address) => registryOf(address) ?? []))
    counts.set(registry, (counts.get(registry) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function setting(npmrc: string, key: string): string | undefined {
  const line = npmrc.split('\n').find((one) => one.split('=')[0]?.trim() === key);
  return line
    ?.slice(line.indexOf('=') + 1)
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/\/$/, '');
}
