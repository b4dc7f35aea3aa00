import type { Evidence, Verdict } from '../../../src/contract.ts';
import { dependencyOf } from '../../../src/read/code/code-base.ts';
import type { Ran, Scratch } from '../../../src/world.ts';
import type { AppTests } from '../read.ts';
import type { BrokenRules, Mutant } from './broken-rules.ts';
import { runScript, SECONDS_A_RUN } from './test-runs.ts';

/** Runs the tests that are about some files. */
export interface Runner {
  run(scratch: Scratch, paths: readonly string[]): Promise<Ran>;
  /** Whether a test failed: not the runner, and not a file that cannot be compiled. */
  hasFailed(ran: Ran): boolean;
}

/** Vitest knows which tests import a file, through whatever; any other runner runs them all. */
export function runnerOf({ app, base }: AppTests): Runner {
  if (!dependencyOf(base, /^vitest$/))
    return {
      run: (scratch) => runScript(scratch, app, 'test'),
      hasFailed: ({ exitCode }) => exitCode !== 0,
    };
  const options = { dir: app.dir || '.', env: { CI: '1', NO_COLOR: '1' }, seconds: SECONDS_A_RUN };
  const own = (path: string) => (app.dir === '' ? path : path.slice(app.dir.length + 1));
  return {
    run: (scratch, paths) =>
      scratch.run(
        'npx',
        ['--no-install', 'vitest', 'related', ...paths.map(own), '--run', '--bail=1', '--passWithNoTests'],
        options,
      ),
    hasFailed: ({ exitCode, stdout }) => exitCode !== 0 && /^[ \t]*Tests\s.*\d failed/m.test(stdout),
  };
}

/** Whether a test fails for each of the broken files. */
export async function filesHold(
  scratch: Scratch,
  runner: Runner,
  mutants: readonly Mutant[],
): Promise<Verdict> {
  if (mutants.length > 0) return mutantsDie(scratch, runner, mutants, []);
  return { verdict: 'fail', reason: 'no test imports a route handler or a page, so none can be broken' };
}

/** Whether a test fails for each of the broken rules. */
export async function rulesHold(
  scratch: Scratch,
  runner: Runner,
  { mutants, absent }: BrokenRules,
): Promise<Verdict> {
  if (mutants.length === 0)
    return { verdict: 'skip', reason: 'none of the rules stands here as it is known' };
  const evidence = absent.map((how) => ({ subject: how, observed: 'not applicable: no such code here' }));
  return mutantsDie(scratch, runner, mutants, evidence);
}

async function mutantsDie(
  scratch: Scratch,
  runner: Runner,
  mutants: readonly Mutant[],
  known: readonly Evidence[],
): Promise<Verdict> {
  const paths = [...new Set(mutants.flatMap(({ files }) => files.map(({ path }) => path)))];
  const sound = await runner.run(scratch, paths);
  if (sound.exitCode !== 0)
    return {
      verdict: 'fail',
      reason: `the tests fail before anything is broken: ${sound.stdout.slice(-400)}`,
    };
  const evidence = [...known];
  for (const mutant of mutants) {
    const ran = await runBroken(scratch, runner, mutant);
    if (!runner.hasFailed(ran))
      return { verdict: 'fail', reason: `${mutant.how}, and no test fails`, evidence };
    evidence.push({ subject: mutant.how, observed: 'a test fails' });
  }
  return { verdict: 'pass', evidence };
}

/** Broken, tried, and put back. */
async function runBroken(scratch: Scratch, runner: Runner, { files }: Mutant): Promise<Ran> {
  const sound = new Map<string, string>();
  for (const { path, mutate } of files) {
    const text = (await scratch.read(path)) ?? '';
    if (!sound.has(path)) sound.set(path, text);
    await scratch.write(path, mutate(text));
  }
  const ran = await runner.run(scratch, [...sound.keys()]);
  for (const [path, text] of sound) await scratch.write(path, text);
  return ran;
}
