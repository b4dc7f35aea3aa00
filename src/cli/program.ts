import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { COMMANDS, planOrGaps } from './arguments.ts';
import type { Globals } from './globals.ts';
import { toolVersion } from './head.ts';
import type { Io } from './io.ts';
import type { Outcome } from './outcome.ts';
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

type Chosen = (globals: Globals, run: (signals: Signals) => Promise<Outcome>) => void;

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

function addReading(program: Command, io: Io, chosen: Chosen): void {
  selecting(program.command('audit [gaps...]').description('what is open, and where (the default command)'))
    .option(
      '--fail-on <priority>',
      'exit 1 when a gap of this priority or above is open: P0, P1, P2, P3, any',
    )
    .action((named, flags, command) =>
      chosen(globalsOf(command), async (signals) =>
        (await import('./commands/audit.ts')).audit(io, globalsOf(command), { ...flags, named }, signals),
      ),
    );
  program
    .command('list')
    .description('every gap in execution order')
    .action((_flags, command) =>
      chosen(globalsOf(command), async () => (await import('./commands/list.ts')).list()),
    );
  program
    .command('explain <gap>')
    .description('what a gap is, what it would touch, how it is verified')
    .action((id, _flags, command) =>
      chosen(globalsOf(command), async () => (await import('./commands/explain.ts')).explain(id)),
    );
  selecting(
    program
      .command('verify [gaps...]')
      .description('run the checks that prove gaps closed; exits 1 when one is not'),
  )
    .option('--level <level>', 'static (reads), build (installs, builds), live (boots and tries)', 'static')
    .option('--strict', 'skipped checks, steps for a person and unknown gaps fail too')
    .option('--evidence <dir>', 'write the evidence of build and live here too')
    .option('--base <commit>', 'its type errors are not new (default: HEAD)')
    .option('--minutes <n>', 'time limit of each level (default: 20)')
    .action((named, flags, command) =>
      chosen(globalsOf(command), async (signals) =>
        (await import('./commands/verify.ts')).verify(io, globalsOf(command), { ...flags, named }, signals),
      ),
    );
}

function addWriting(program: Command, io: Io, chosen: Chosen): void {
  const options = (command: Command) =>
    selecting(command)
      .option('--option <gap.name=value>', 'set an option of a gap (repeatable)', collect)
      .option('--with-requirements', 'also the gaps that the chosen ones need');
  options(
    program
      .command('plan [gaps...]')
      .description('the diff per gap and the steps for a person; writes nothing'),
  )
    .option('--out <file>', 'save the plan for `apply <file>`')
    .action((named, flags, command) =>
      chosen(globalsOf(command), async (signals) =>
        (await import('./commands/plan.ts')).plan(io, globalsOf(command), { ...flags, named }, signals),
      ),
    );
  options(
    program
      .command('apply [gaps...]')
      .description('plan, show, ask, write, check; or, given a file, write a saved plan'),
  )
    .option('-y, --yes', 'write without asking')
    .option('--dry-run', 'everything but the write')
    .option('--allow-dirty', 'write on top of uncommitted changes')
    .option('--commit', 'one commit a gap')
    .option('--keep-going', 'one transaction a gap; what fails is rolled back and the others go on')
    .action((words, flags, command) =>
      chosen(globalsOf(command), async (signals) => {
        const { file, named } = planOrGaps(words, io.cwd);
        const { apply } = await import('./commands/apply.ts');
        return apply(io, globalsOf(command), { ...flags, named }, file, signals);
      }),
    );
}

function addState(program: Command, io: Io, chosen: Chosen): void {
  program
    .command('undo [run]')
    .description('take a run back, byte for byte (default: the last one)')
    .action((run, _flags, command) =>
      chosen(globalsOf(command), async (signals) =>
        (await import('./commands/undo.ts')).undo(io, globalsOf(command), run, signals),
      ),
    );
  program
    .command('history')
    .description('the runs that wrote')
    .action((_flags, command) =>
      chosen(globalsOf(command), async () =>
        (await import('./commands/history.ts')).history(io, globalsOf(command)),
      ),
    );
  program
    .command('recover')
    .description('put back what a killed run left half done')
    .option('--forget', 'give up what cannot be put back: its folder moves to .aims-fix/kept')
    .action((flags, command) =>
      chosen(globalsOf(command), async (signals) =>
        (await import('./commands/recover.ts')).recover(io, globalsOf(command), flags, signals),
      ),
    );
  program
    .command('doctor')
    .description('what this machine has of what the commands need')
    .action((_flags, command) =>
      chosen(globalsOf(command), async () => (await import('./commands/doctor.ts')).doctor(io)),
    );
}

function selecting(command: Command): Command {
  return command
    .option('--gap <gap>', 'the same as the plain word (repeatable)', collect)
    .option('--priority <priority>', 'the gaps of this priority: P0, P1, P2, P3 (repeatable)', collect)
    .option('--all', 'every gap');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function globalsOf(command: Command): Globals {
  return command.optsWithGlobals<Globals>();
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
