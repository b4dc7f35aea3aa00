import type { Dependency } from '../../contract.ts';
import { join } from '../../repo/paths.ts';
import type { RawRepo } from '../../repo/repo.ts';
import { commandFor, failureOf, isUnanswered } from './failure.ts';
import {
  formFlags,
  missingFrom,
  type NpmLock,
  parseNpmLock,
  printLock,
  touchesOthers,
  withoutNoise,
} from './npm-lock.ts';
import { withOptional } from './optional.ts';
import type { LockFile } from './owner.ts';
import { type ManagerOptions, type ManagerRun, runOnCopy } from './scratch.ts';

export interface LockRequest {
  readonly repo: RawRepo;
  readonly lock: LockFile;
  /** The package.json files as they are to be. */
  readonly manifests: ReadonlyMap<string, Uint8Array>;
  /** The packages that are new in them, of this lock file. */
  readonly added: readonly Dependency[];
  readonly options: ManagerOptions;
}

/** The new text of a lock file, or why there is none. */
export type NewLock = { readonly text: string } | { readonly refused: string };

/** Brings a lock file along with its package.json files, by the manager it belongs to. */
export function updateLock(request: LockRequest): Promise<NewLock> {
  const { manager } = request.lock;
  if (manager === 'npm') return updateNpmLock(request);
  if (manager === 'pnpm') return updateForeignLock(request, PNPM, /^lockfileVersion:.*$/m);
  if (manager === 'yarn' && /^__metadata:/m.test(request.repo.text(request.lock.path)))
    return updateForeignLock(request, BERRY, /^__metadata:\n {2}version:.*$/m);
  const command = commandFor(manager, request.added);
  return Promise.resolve({
    refused: `${manager} cannot update ${request.lock.path} alone; run by hand: ${command}`,
  });
}

/** Resolves and writes the lock file; installs nothing, runs no script, asks nothing, calls home for nothing. */
const NPM = [
  'install',
  '--package-lock-only',
  '--package-lock=true',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--no-update-notifier',
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
];
const PNPM = ['install', '--lockfile-only', '--ignore-scripts', '--no-frozen-lockfile', '--ignore-pnpmfile'];
const BERRY = ['install', '--mode=update-lockfile'];

async function updateNpmLock(request: LockRequest): Promise<NewLock> {
  const { repo, lock, manifests, added } = request;
  const beforeText = Buffer.from(repo.bytes(lock.path)).toString('utf8');
  const before = parseNpmLock(beforeText);
  if (!before) {
    const command = commandFor('npm', added);
    return {
      refused: `${lock.path} is of an old version that npm would rewrite as a whole; run by hand: ${command}`,
    };
  }
  const args = [...NPM, ...formFlags(before)];
  const run = await runNpm(request, manifests, args);
  if (!('text' in run)) return failed(request, run);
  const after = parseNpmLock(run.text);
  if (!after || missingFrom(after, lock, added)) {
    const lost = after && missingFrom(after, lock, added);
    return { refused: `npm left ${lock.path} without ${lost?.name ?? 'anything that can be read'}` };
  }
  const quiet = await withoutOthers(request, before, after, args);
  const npmrc = repo.peek(join(lock.dir, '.npmrc')) ?? '';
  const whole = quiet.version === 3 ? withOptional(before, quiet) : quiet;
  const printed = printLock(before, whole, beforeText, npmrc);
  return typeof printed === 'string' ? { text: printed } : printed;
}

/**
 * With what npm keeps of earlier runs first: asking again for each package takes a minute where nobody answers. Only
 * where that does not do, everything is asked for anew.
 */
async function runNpm(
  { repo, lock, options }: LockRequest,
  manifests: LockRequest['manifests'],
  args: readonly string[],
): Promise<ManagerRun> {
  const run = await runOnCopy(repo, lock, manifests, [...args, '--prefer-offline'], options);
  const isFinal = 'text' in run || run.kind !== 'exited' || isUnanswered(run.output);
  return isFinal ? run : runOnCopy(repo, lock, manifests, args, options);
}

/** A second run, without the packages, only where the first one touched more than it was asked to. */
async function withoutOthers(
  request: LockRequest,
  before: NpmLock,
  after: NpmLock,
  args: readonly string[],
): Promise<NpmLock> {
  if (!touchesOthers(before, after)) return after;
  const run = await runNpm(request, new Map(), args);
  const noise = 'text' in run ? parseNpmLock(run.text) : undefined;
  return noise ? withoutNoise(before, after, noise) : after;
}

async function updateForeignLock(
  request: LockRequest,
  args: readonly string[],
  format: RegExp,
): Promise<NewLock> {
  const { repo, lock, manifests, added, options } = request;
  const before = repo.text(lock.path);
  const run = await runOnCopy(repo, lock, manifests, args, options);
  if (!('text' in run)) return failed(request, run);
  const command = commandFor(lock.manager, added);
  if (format.exec(before)?.[0] !== format.exec(run.text)?.[0])
    return {
      refused: `this ${lock.manager} would rewrite ${lock.path} in another format; run by hand: ${command}`,
    };
  const lost = added.find(({ name, range }) => !run.text.includes(name) || !run.text.includes(range));
  return lost ? { refused: `${lock.manager} left ${lock.path} without ${lost.name}` } : { text: run.text };
}

function failed({ lock, added }: LockRequest, run: Exclude<ManagerRun, { text: string }>): NewLock {
  return { refused: failureOf(lock.manager, run, commandFor(lock.manager, added)) };
}
