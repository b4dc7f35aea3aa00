import { FailedError } from '../errors.ts';
import type { Destination } from '../report/destinations.ts';
import { withVerb } from './arguments.ts';
import { tellFailures } from './failures.ts';
import { type Io, processIo } from './io.ts';
import { parse } from './program.ts';
import { listenForSignals } from './signals.ts';

/**
 * Runs the command line and returns the exit code. The result goes to stdout, everything else to stderr; with
 * `--json` stdout holds exactly one document, also when the command fails.
 */
export async function run(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const signals = listenForSignals();
  let destinations: readonly Destination[] = [];
  try {
    const parsed = parse(withVerb(argv), io);
    if (parsed.kind === 'printed') return 0;
    const { parseDestinations, requirePlaces, writeReports } = await import('../report/destinations.ts');
    const { reporter, json, quiet, full, color } = parsed.globals;
    const asked = parseDestinations(reporter ?? [], json, io.env);
    requirePlaces(asked, io.cwd);
    destinations = asked;
    const { document, exitCode } = await parsed.run(signals);
    await writeReports(document, destinations, io, {
      quiet: quiet ?? false,
      full: full ?? false,
      colour: color ? undefined : false,
    });
    const unwritten = await io.flushed?.();
    if (unwritten !== undefined)
      throw new FailedError(`the result could not be written: ${unwritten}`, 'What was done before stands.');
    return signals.exitCode() ?? (tellFailures(document, io) ? 3 : exitCode);
  } catch (error) {
    const { reportFailure } = await import('./failure.ts');
    const exitCode = await reportFailure(error, argv, destinations, io);
    return signals.exitCode() ?? exitCode;
  } finally {
    signals.tooLate();
  }
}
