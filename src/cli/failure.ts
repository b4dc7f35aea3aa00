import { AimsFixError } from '../errors.ts';
import { errorDocument } from '../report/build.ts';
import { renderJson } from '../report/json.ts';
import { bareHead } from './head.ts';
import type { Io } from './io.ts';

/**
 * Reports a failed command and returns its exit code. A known error is one line and a hint; anything else is our
 * bug and comes with its stack. With `--json` stdout still holds exactly one document.
 */
export function reportFailure(error: unknown, argv: readonly string[], io: Io): number {
  const document = errorDocument(bareHead(), error);
  if (wantsJson(argv)) io.stdout.write(renderJson(document));
  const { message, hint, exitCode } = document.error;
  io.stderr.write(`aims-fix: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
  if (!(error instanceof AimsFixError) && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return exitCode;
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
