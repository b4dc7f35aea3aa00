import { readdirSync, readFileSync } from 'node:fs';

/** The variable by which the programs of a proof, and all that they start, are known. */
export const MARK = 'AIMS_FIX_PROOF';

/**
 * Ends what the programs of a proof left behind: a daemon leaves its process group and its session, and keeps its
 * environment. Only Linux tells the environment of a process; elsewhere nothing is found.
 */
export function endMarked(mark: string): void {
  for (const pid of processes()) {
    if (pid === process.pid || !environmentOf(pid).includes(`${MARK}=${mark}\0`)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Ends with a NUL, as each of its variables does; empty for a process of somebody else. */
function environmentOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`;
  } catch {
    return '';
  }
}
