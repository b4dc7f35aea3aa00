import { asRecord } from '../../repo/record.ts';

/**
 * What of a repository's own package manager settings is followed. A setting can name a program to run (`git`,
 * `script-shell`, yarn's plugins), a folder to write to (`cache`), or an address with a secret of the environment in
 * it, and a plan runs the manager before anybody agreed to anything. So settings are followed by a list of those that
 * only shape the lock file or say where a scope of packages lives; the registry and its credentials are the person's.
 */
const NPM_KEYS: ReadonlySet<string> = new Set([
  'auto-install-peers',
  'dedupe-peer-dependents',
  'engine-strict',
  'install-strategy',
  'legacy-peer-deps',
  'link-workspace-packages',
  'lockfile-include-tarball-url',
  'lockfile-version',
  'node-linker',
  'omit-lockfile-registry-resolved',
  'prefer-dedupe',
  'prefer-workspace-packages',
  'resolution-mode',
  'save-exact',
  'save-prefix',
  'shared-workspace-lockfile',
  'strict-peer-deps',
  'strict-peer-dependencies',
]);
const YARN_KEYS: ReadonlySet<string> = new Set([
  'checksumBehavior',
  'compressionLevel',
  'defaultSemverRangePrefix',
  'enableGlobalCache',
  'enableTransparentWorkspaces',
  'nmHoistingLimits',
  'nodeLinker',
  'packageExtensions',
  'pnpMode',
  'supportedArchitectures',
]);
const PNPM_KEYS: ReadonlySet<string> = new Set([
  'allowedDeprecatedVersions',
  'autoInstallPeers',
  'catalog',
  'catalogs',
  'dedupePeerDependents',
  'excludeLinksFromLockfile',
  'linkWorkspacePackages',
  'overrides',
  'packageExtensions',
  'packages',
  'peerDependencyRules',
  'preferWorkspacePackages',
  'resolutionMode',
  'sharedWorkspaceLockfile',
  'supportedArchitectures',
]);

/** The lines of an .npmrc that are followed. */
export function safeNpmrc(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => {
    const [, key = '', value = ''] = /^\s*([^=;#\s]+)\s*=(.*)$/.exec(line) ?? [];
    if (/[$`]/.test(value)) return false;
    return NPM_KEYS.has(key) || (/^@[\w.-]+:registry$/.test(key) && isAddress(value.trim()));
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** The settings of a .yarnrc.yml that are followed, as JSON, which is YAML too. */
export function safeYarnrc(settings: unknown): string {
  const scopes = Object.entries(asRecord(asRecord(settings).npmScopes)).flatMap(([scope, value]) => {
    const { npmRegistryServer: server } = asRecord(value);
    return typeof server === 'string' && isAddress(server) ? [[scope, { npmRegistryServer: server }]] : [];
  });
  const kept = chosen(settings, YARN_KEYS);
  return JSON.stringify(scopes.length > 0 ? { ...kept, npmScopes: Object.fromEntries(scopes) } : kept);
}

/** The settings of a pnpm-workspace.yaml that are followed, as JSON, which is YAML too. */
export function safeWorkspace(settings: unknown): string {
  return JSON.stringify(chosen(settings, PNPM_KEYS));
}

function chosen(settings: unknown, keys: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(asRecord(settings)).filter(([key]) => keys.has(key));
  return Object.fromEntries(entries.filter(([, value]) => !/[$`]\{/.test(JSON.stringify(value))));
}

/** A plain address: no variable, no user, no query that could carry anything. */
function isAddress(value: string): boolean {
  return /^https?:\/\/[\w.-]+(:\d+)?(\/[\w.@/-]*)?$/.test(value);
}
