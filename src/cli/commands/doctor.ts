import { spawnSync } from 'node:child_process';
import type { Requirement } from '../../report/document.ts';
import { bareHead } from '../head.ts';
import type { Outcome } from '../outcome.ts';

interface Tool {
  readonly name: string;
  /** Asks for its version; the first that answers wins. */
  readonly commands: readonly (readonly [file: string, ...args: string[]])[];
  readonly needed: string;
  readonly remedy: string;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'git',
    commands: [['git', '--version']],
    needed: 'the guard against writing over uncommitted work, and --commit',
    remedy: 'apt-get install git',
  },
  {
    name: 'npm',
    commands: [['npm', '--version']],
    needed: 'gaps that add packages: the lock file is brought along',
    remedy: 'install Node.js with npm',
  },
];

/** `aims-fix doctor`: what this machine has of what the commands need, and how to get the rest. */
export function doctor(): Outcome {
  const requirements = [nodeItself(), ...TOOLS.map(look)];
  return { document: { ...bareHead(), command: 'doctor', requirements }, exitCode: 0 };
}

function nodeItself(): Requirement {
  return { name: 'node', found: true, version: process.versions.node, needed: 'aims-fix itself' };
}

function look({ name, commands, needed, remedy }: Tool): Requirement {
  for (const [file, ...args] of commands) {
    const { status, stdout } = spawnSync(file, args, { encoding: 'utf8', timeout: 10_000 });
    if (status === 0) return { name, found: true, version: versionIn(stdout), needed };
  }
  return { name, found: false, needed, remedy };
}

function versionIn(output: string): string {
  return /\d+(\.\d+)+/.exec(output)?.[0] ?? output.trim();
}
