import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** One file-system operation, about to be made. */
export interface Operation {
  /** From 1, over the operations under the root. */
  readonly index: number;
  readonly name: string;
  readonly path: string;
  /** The second path of a rename or link. */
  readonly to: string | undefined;
  /** Whether it is part of writing: all but looking and reading. */
  readonly writes: boolean;
  /** Whether the tree that another process sees differs after it. */
  readonly changes: boolean;
  /** What a write writes. */
  readonly bytes: Uint8Array | undefined;
}

export type Fault =
  | undefined
  | { readonly code: string }
  /** Dies before the operation. */
  | 'kill'
  /** Writes half of what it should, then dies. */
  | 'tear'
  /** Writes a few bytes only, and says so. */
  | 'short';

const READS = new Set([
  'lstatSync',
  'readFileSync',
  'readdirSync',
  'readlinkSync',
  'realpathSync',
  'fstatSync',
]);
const WRITES = new Set([
  'writeSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'linkSync',
  'unlinkSync',
  'mkdirSync',
  'rmdirSync',
  'chmodSync',
  'fchmodSync',
  'chownSync',
  'fchownSync',
]);

/** Every operation of node:fs that the transaction uses asks `decide` first. Returns what takes this back. */
export function inject(root: string, decide: (operation: Operation) => Fault): () => void {
  const original = { ...fs };
  const paths = new Map<unknown, string>();
  let index = 0;
  let inside = false;
  const names = [...READS, ...WRITES, 'openSync'];
  for (const name of names) {
    const real: unknown = Reflect.get(original, name);
    if (typeof real !== 'function') throw new Error(`node:fs has no ${name}`);
    // What node:fs itself calls on the way is no operation of ours.
    const call: Call = (args) => {
      inside = true;
      try {
        return Reflect.apply(real, fs, args);
      } finally {
        inside = false;
      }
    };
    Reflect.set(fs, name, (...args: unknown[]) => {
      if (inside) return Reflect.apply(real, fs, args);
      const path = typeof args[0] === 'number' ? (paths.get(args[0]) ?? '') : String(args[0]);
      if (path !== root && !path.startsWith(`${root}/`)) return call(args);
      const operation = describe(name, path, args, ++index);
      const result = suffer(decide(operation), operation, args, call);
      if (name === 'openSync') paths.set(result, path);
      if (name === 'closeSync') paths.delete(args[0]);
      return result;
    });
  }
  syncBuiltinESMExports();
  return () => {
    for (const name of names) Reflect.set(fs, name, Reflect.get(original, name));
    syncBuiltinESMExports();
  };
}

/** The writing operations of what is done to a root, in order. */
export function writesOf(root: string, action: () => unknown): readonly Operation[] {
  const operations: Operation[] = [];
  const restore = inject(root, (operation) => {
    if (operation.writes) operations.push(operation);
    return undefined;
  });
  try {
    action();
  } finally {
    restore();
  }
  return operations;
}

type Call = (args: readonly unknown[]) => unknown;

function describe(name: string, path: string, args: readonly unknown[], index: number): Operation {
  const to = name === 'renameSync' || name === 'linkSync' ? String(args[1]) : undefined;
  const writes = WRITES.has(name) || (name === 'openSync' && args[1] !== 'r');
  const bytes = name === 'writeSync' && args[1] instanceof Uint8Array ? args[1] : undefined;
  const changes = writes && name !== 'fsyncSync' && name !== 'closeSync';
  return { index, name, path, to, writes, changes, bytes };
}

function suffer(
  fault: Fault,
  { name, path, bytes }: Operation,
  args: readonly unknown[],
  call: Call,
): unknown {
  if (typeof fault === 'object')
    throw failure(fault.code, name, typeof args[0] === 'number' ? undefined : path);
  if (bytes && (fault === 'tear' || fault === 'short')) {
    const from = Number(args[2] ?? 0);
    const left = bytes.length - from;
    const written = call([args[0], bytes, from, fault === 'short' ? Math.min(left, 7) : left >> 1]);
    if (fault === 'short') return written;
  }
  if (fault === 'kill' || fault === 'tear') process.kill(process.pid, 'SIGKILL');
  return call(args);
}

/** As node:fs throws it: an operation on a descriptor does not know its path. */
function failure(code: string, name: string, path: string | undefined): Error {
  const syscall = name.replace(/Sync$/, '');
  const error = Object.assign(new Error(`${code}: injected, ${syscall}`), { code, syscall });
  return path === undefined ? error : Object.assign(error, { path });
}
