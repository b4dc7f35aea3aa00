import { asRecord } from '../../repo/record.ts';
import type { NpmLock } from './npm-lock.ts';

type Entry = Readonly<Record<string, unknown>>;

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'win32',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
];
const PROCESSORS = [
  'arm64',
  'x64',
  'riscv64',
  'ppc64',
  's390x',
  'ia32',
  'loong64',
  'mips64el',
  'wasm32',
  'arm',
];

/**
 * Completes a lock file that was made against a registry without the binaries of other platforms: npm leaves those
 * optional packages out, and `npm ci` then refuses its own lock file. They are entered by the exact version that
 * their parent asks for, without an address or a checksum, which only a registry that has them can give.
 * A complete lock file stays as it is, and so does what lacked before.
 */
export function withOptional(before: NpmLock, lock: NpmLock): NpmLock {
  const packages = new Map<string, Entry>(Object.entries(lock.packages));
  const byDepth = [...packages].sort(([a], [b]) => depthOf(a) - depthOf(b));
  for (const [place, parent] of byDepth) {
    if (!place.includes('node_modules/') || before.packages[place]?.version === parent.version) continue;
    for (const [name, range] of Object.entries(asRecord(parent.optionalDependencies))) {
      const version = /^[\^~]?(\d+\.\d+\.\d+(?:[^\s\d]\S*)?)$/.exec(String(range))?.[1];
      const at = version === undefined ? undefined : freePlace(packages, place, name, version);
      if (version !== undefined && at !== undefined) packages.set(at, entryOf(parent, name, version));
    }
  }
  if (packages.size === Object.keys(lock.packages).length) return lock;
  const sorted = [...packages].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

function depthOf(place: string): number {
  return place.split('node_modules/').length;
}

/** Undefined where any version of it is found from the parent's place, as Node.js would look for it. */
function freePlace(
  packages: ReadonlyMap<string, Entry>,
  parent: string,
  name: string,
  version: string,
): string | undefined {
  const beside = `${parent.slice(0, parent.lastIndexOf('node_modules/'))}node_modules/${name}`;
  const places = [`${parent}/node_modules/${name}`, beside, `node_modules/${name}`];
  if (places.some((place) => packages.get(place)?.version === version)) return undefined;
  return places.reverse().find((place) => !packages.has(place));
}

function entryOf(parent: Entry, name: string, version: string): Entry {
  const os = SYSTEMS.find((each) => name.includes(each));
  const cpu = PROCESSORS.find((each) => name.includes(each));
  const libc = /\bmusl/.test(name) ? 'musl' : /\bgnu/.test(name) ? 'glibc' : undefined;
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(parent.dev === true ? { dev: true } : {}),
    ...(libc === undefined || os !== 'linux' ? {} : { libc: [libc] }),
    ...(parent.license === undefined ? {} : { license: parent.license }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}
