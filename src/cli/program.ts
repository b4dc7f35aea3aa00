import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { COMMANDS } from './arguments.ts';
import type { Globals } from './globals.ts';
import { toolVersion } from './head.ts';
import type { Io } from './io.ts';
import type { Outcome } from './outcome.ts';
import { addReading, addState, addWriting, type Chosen, collect } from './program-commands.ts';
import type { Signals } from './signals.ts';

/** What parsing the command line leads to: a command to run, or text (help, version) that was printed. */
export type Parsed =
  | { readonly kind: 'command'; readonly globals: Globals; run(signals: Signals): Promise<Outcome> }
  | { readonly kind: 'printed' };

const EXAMPLES = `
Examples:
  aims-fix                              audit the repository that holds this folder
  aims-fix audit 16                     one gap in detail
  aims-fix plan P0                      the diff of the critical gaps; writes nothing
  aims-fix apply 3                      show the diff of one gap, ask, write it, check it
  aims-fix verify --all                 the gate for CI: exits 1 on an open gap
  aims-fix undo                         take the last run back, byte for byte

Exit codes: 0 done, 1 open gaps or failed checks, 2 usage, 3 failed and rolled back, 4 refused, 5 needs a person.`;

/**
 * Parses the command line. Each command's code is loaded when it runs.
 * @throws UsageError for unknown commands, flags and missing arguments.
 */
export function parse(argv: readonly string[], io: Io): Parsed {
  let parsed: Parsed = { kind: 'printed' };
  const program = buildProgram(io, (globals, run) => {
    parsed = { kind: 'command', globals, run };
  });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(error, argv);
  }
  return parsed;
}

function buildProgram(io: Io, chosen: Chosen): Command {
  const program = new Command('aims-fix')
    .description(
      'Audits a repository for known gaps, closes them with reviewable diffs, and proves them closed.',
    )
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .option('--repo <dir>', 'root of the repository (default: found upward from here)')
    .option('--config <file>', 'configuration file (default: aims-fix.config.yaml|json at the root)')
    .option('--app <dir>', 'look at this Next.js app only (repeatable)', collect)
    .option('--compose <file>', 'this Compose file is the one that is deployed (repeatable)', collect)
    .option(
      '--reporter <name[=path]>',
      'text, json, markdown, sarif, junit or github, to stdout or to a file (repeatable)',
      collect,
    )
    .option('--json', 'the same as --reporter json')
    .option('--quiet', 'only the result and errors')
    .option('--full', 'fold nothing: every finding, step and line of a diff')
    .option('--no-color', 'no colours (also: NO_COLOR, FORCE_COLOR)')
    .addHelpText('after', EXAMPLES)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: io.stdout.write, writeErr: () => undefined })
    .exitOverride();
  addReading(program, io, chosen);
  addWriting(program, io, chosen);
  addState(program, io, chosen);
  return program;
}

/** Commander's message already says what and suggests; it becomes one line and a hint. */
function usageError(error: CommanderError, argv: readonly string[]): UsageError {
  // What `help` says of a command that there is none of.
  if (error.code === 'commander.help')
    return new UsageError(`unknown command ${argv.at(-1)}`, 'See: aims-fix --help');
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  return new UsageError(message, suggestion?.replace(/^\(|\)$/g, '') ?? seeHelp(argv));
}

/** The help of the command that was typed. */
function seeHelp(argv: readonly string[]): string {
  const verb = argv.find((argument) => COMMANDS.includes(argument));
  return `See: aims-fix ${verb === undefined ? '' : `${verb} `}--help`;
}
