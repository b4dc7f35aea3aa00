import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A version of a package, as a registry describes it. */
export interface RegistryPackage {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** An npm registry on the loopback, for package managers that resolve but do not install. */
export interface NpmRegistry {
  readonly url: string;
  /** The names that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts a registry that knows these packages, or one that answers every request with a status. */
export async function startRegistry(
  packages: Readonly<Record<string, readonly RegistryPackage[]>>,
  failWith?: number,
): Promise<NpmRegistry> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1));
    asked.push(name);
    const versions = packages[name];
    response.writeHead(failWith ?? (versions ? 200 : 404), { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(versions && failWith === undefined ? packument(name, versions, url()) : { error: 'no' }),
    );
  });
  const url = () => `http://127.0.0.1:${portOf(server.address())}/`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: url(),
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('the registry does not listen on a port');
}

function packument(name: string, versions: readonly RegistryPackage[], url: string) {
  const manifests = versions.map((one) => {
    const file = `${name.replace(/^.*\//, '')}-${one.version}.tgz`;
    const integrity = `sha512-${createHash('sha512').update(file).digest('base64')}`;
    return [one.version, { name, ...one, dist: { tarball: `${url}${name}/-/${file}`, integrity } }] as const;
  });
  return { name, 'dist-tags': { latest: versions.at(-1)?.version }, versions: Object.fromEntries(manifests) };
}
