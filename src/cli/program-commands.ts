import type { Command } from 'commander';
import { planOrGaps } from './arguments.ts';
import type { Globals } from './globals.ts';
import type { Io } from './io.ts';
import type { Outcome } from './outcome.ts';
import type { Signals } from './signals.ts';

/** Told which command was typed, and how to run it. */
export type Chosen = (globals: Globals, run: (signals: Signals) => Promise<Outcome>) => void;

/** The commands that only read. */
export function addReading(program: Command, io: Io, chosen: Chosen): void {
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

/** The commands that plan and write. */
export function addWriting(program: Command, io: Io, chosen: Chosen): void {
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

/** The commands about past runs, and about this machine. */
export function addState(program: Command, io: Io, chosen: Chosen): void {
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

/** An option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function globalsOf(command: Command): Globals {
  return command.optsWithGlobals<Globals>();
}
