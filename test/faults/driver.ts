import { existsSync, writeFileSync } from 'node:fs';
import { AimsFixError } from '../../src/errors.ts';
import { withLock } from '../../src/transaction/lock.ts';
import { recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject } from './inject.ts';
import { CHANGES, RUN } from './scenario.ts';

// A process that uses the transaction and dies where it is told to:
//   node driver.mjs <command> <root> [kill|tear:<n of the writing operations>]
const [command, root = '', fault = ''] = process.argv.slice(2);

function dieAt(root: string): void {
  const [kind, at] = fault.split(':');
  if (kind !== 'kill' && kind !== 'tear') return;
  let count = 0;
  inject(root, ({ writes }) => (writes && ++count === Number(at) ? kind : undefined));
}

const commands: Readonly<Record<string, () => unknown>> = {
  commit: () => commit(root, RUN, CHANGES),
  undo: () => undo(root),
  recover: () => recover(root),
  /** Takes the lock at a given moment, says so, and keeps it until the file `<fault>` appears. */
  hold: () => withLock(root, 'hold', () => holdUntil(fault)),
  /** Takes the lock and gives it back. */
  touch: () => withLock(root, 'touch', () => undefined),
};

async function holdUntil(file: string): Promise<void> {
  process.stdout.write('won\n');
  writeFileSync(`${file}.won`, '');
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 10));
}

const startAt = Number(process.env.START_AT ?? 0);
while (Date.now() < startAt);
try {
  dieAt(root);
  await commands[command ?? '']?.();
} catch (error) {
  if (!(error instanceof AimsFixError)) throw error;
  if (command === 'hold') writeFileSync(`${fault}.refused`, '');
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
