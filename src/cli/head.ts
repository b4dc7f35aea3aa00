import { readFileSync } from 'node:fs';
import { once } from '../repo/once.ts';
import type { DocumentHead, HeadWithoutRepo } from '../report/document-head.ts';
import { repoFacts, type Target } from './target.ts';

/** The version in this package's own package.json; it stands one folder above the bundle and two above the source. */
export const toolVersion = once((): string => {
  for (const path of ['../package.json', '../../package.json']) {
    const version = versionIn(new URL(path, import.meta.url));
    if (version !== undefined) return version;
  }
  throw new Error('package.json of aims-fix is missing');
});

function versionIn(url: URL): string | undefined {
  try {
    const manifest: { name?: unknown; version?: unknown } = JSON.parse(readFileSync(url, 'utf8'));
    return manifest.name === 'aims-fix' && typeof manifest.version === 'string'
      ? manifest.version
      : undefined;
  } catch {
    return undefined;
  }
}

/** How a document without a target starts. */
export function bareHead(): HeadWithoutRepo {
  return { schemaVersion: 1, tool: { name: 'aims-fix', version: toolVersion() } };
}

/** How every document about a target starts. */
export function headOf(target: Target): DocumentHead {
  return { schemaVersion: 1, tool: { name: 'aims-fix', version: toolVersion() }, repo: repoFacts(target) };
}
