import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { read, readLink } from './fs.ts';

/**
 * The process that holds a lock. A pid alone is not enough: it is used again after the process ended, and means
 * another process on another host or in another container.
 */
export interface Holder {
  readonly id: string;
  readonly pid: number;
  /** In clock ticks since the boot; null where the system does not tell. */
  readonly startTime: string | null;
  readonly boot: string | null;
  /** The pid namespace: two containers on one host do not see each other's processes. */
  readonly namespace: string | null;
  readonly host: string;
  readonly command: string;
  readonly since: string;
}

/** This process, as a holder. */
export function thisProcess(command: string): Holder {
  return {
    id: randomBytes(8).toString('hex'),
    pid: process.pid,
    startTime: processOf(process.pid)?.startTime ?? null,
    boot: bootId(),
    namespace: namespaceId(),
    host: hostname(),
    command,
    since: new Date().toISOString(),
  };
}

/** `elsewhere`: nobody here can tell whether it still runs. */
export function fateOf(holder: Holder): 'alive' | 'dead' | 'elsewhere' {
  if (holder.host !== hostname()) return 'elsewhere';
  if (holder.boot !== bootId()) return 'dead';
  if (holder.namespace !== namespaceId()) return 'elsewhere';
  if (!isRunning(holder.pid)) return 'dead';
  const found = processOf(holder.pid);
  // Without /proc our own pid still tells: we ask only for locks that we do not hold.
  if (!found) return holder.pid === process.pid ? 'dead' : 'alive';
  return found.ended || found.startTime !== holder.startTime ? 'dead' : 'alive';
}

export function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const [id, pid] = [fields.get('id'), fields.get('pid')];
  return (
    typeof id === 'string' &&
    /^[0-9a-f]{16}$/.test(id) &&
    Number.isSafeInteger(pid) &&
    Number(pid) > 0 &&
    ['host', 'command', 'since'].every((name) => typeof fields.get(name) === 'string') &&
    ['startTime', 'boot', 'namespace'].every(
      (name) => fields.get(name) === null || typeof fields.get(name) === 'string',
    )
  );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}

/** What /proc tells: the name of the program may hold spaces and brackets, the fields after it do not. */
function processOf(pid: number): { readonly startTime: string; readonly ended: boolean } | undefined {
  const text = read(`/proc/${pid}/stat`)?.toString();
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields?.[0], fields?.[19]];
  if (state === undefined || startTime === undefined) return undefined;
  return { startTime, ended: state === 'Z' || state === 'X' };
}

function bootId(): string | null {
  return read('/proc/sys/kernel/random/boot_id')?.toString().trim() ?? null;
}

function namespaceId(): string | null {
  return readLink('/proc/self/ns/pid') ?? null;
}
