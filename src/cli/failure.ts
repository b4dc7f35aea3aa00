import { AimsFixError } from '../errors.ts';
import { errorDocument } from '../report/build.ts';
import type { Destination } from '../report/destinations.ts';
import type { ErrorDocument } from '../report/document.ts';
import { renderJson } from '../report/json.ts';
import { visible } from '../words/visible.ts';
import { bareHead } from './head.ts';
import type { Io } from './io.ts';

/**
 * Reports a failed command and returns its exit code. A known error is one line and a hint; anything else is our
 * bug and comes with its stack. With `--json` stdout still holds exactly one document.
 */
export async function reportFailure(
  error: unknown,
  argv: readonly string[],
  destinations: readonly Destination[],
  io: Io,
): Promise<number> {
  const document = errorDocument(bareHead(), error);
  await writeFiles(document, destinations, io);
  if (wantsJson(argv)) io.stdout.write(renderJson(document));
  const { message, hint, exitCode } = document.error;
  io.stderr.write(`aims-fix: ${visible(message)}\n${hint === undefined ? '' : `  ${visible(hint)}\n`}`);
  if (!(error instanceof AimsFixError) && error instanceof Error)
    io.stderr.write(`${(error.stack ?? '').split('\n').map(visible).join('\n')}\n`);
  return exitCode;
}

/** A report in a file tells of the failure too: the one of an earlier run is not to be taken for this one's. */
async function writeFiles(
  document: ErrorDocument,
  destinations: readonly Destination[],
  io: Io,
): Promise<void> {
  const files = destinations.filter(({ path }) => path !== undefined);
  if (files.length === 0) return;
  const { writeReports } = await import('../report/destinations.ts');
  const silent = { write: () => undefined, isTTY: false, columns: 0 };
  const { cwd, env } = io;
  // What cannot be written may be the failure that is told of.
  await writeReports(document, files, { cwd, env, stdout: silent, stderr: silent }).catch(() => undefined);
}

/** Asked of the raw arguments, because they may be what failed. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.some(
    (argument, index) =>
      argument === '--json' ||
      argument === '--reporter=json' ||
      (argument === 'json' && argv[index - 1] === '--reporter'),
  );
}
