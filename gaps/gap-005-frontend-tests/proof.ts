import type { BuildCheck, Evidence, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { dependencyOf } from '../../src/read/code/code-base.ts';
import type { Ran, Scratch } from '../../src/world.ts';
import { brokenFiles } from './mutants.ts';
import { type BrokenRules, brokenRules, type Mutant } from './rules.ts';
import { criticalSubjects } from './starters.ts';
import { ENOUGH, testsOf } from './tests.ts';

const SECONDS_A_RUN = 300;

/** What reading cannot say of tests: that they run and pass, and that they would notice. */
export function buildChecks(repo: Repo, app: NextApp): readonly BuildCheck[] {
  const name = app.dir || 'the app';
  const { scripts } = app.workspace.manifest;
  const runner = runnerOf(repo, app);
  const check = (title: string, seconds: number, run: BuildCheck['run']): BuildCheck => ({
    title,
    level: 'build',
    app: app.dir,
    seconds,
    run,
  });
  const passes = check(
    `npm test runs at least ${ENOUGH} tests of ${name}, and they pass`,
    SECONDS_A_RUN,
    (scratch) => testsPass(scratch, app),
  );
  const notices = check(
    `A handler or page of ${name} that is broken makes a test fail`,
    SECONDS_A_RUN * 4,
    (scratch) => filesHold(scratch, runner, brokenFiles(repo, app)),
  );
  const guards = check(
    `A rule of ${name} about who comes in and what leaves makes a test fail when it is broken`,
    SECONDS_A_RUN * 4,
    (scratch) => rulesHold(scratch, runner, brokenRules(repo, app)),
  );
  const covers = check(`The coverage of ${name} is above its thresholds`, SECONDS_A_RUN, (scratch) =>
    coverageHolds(scratch, app),
  );
  return [
    passes,
    notices,
    ...(criticalSubjects(repo, app).length > 0 ? [guards] : []),
    ...('test:coverage' in scripts ? [covers] : []),
  ];
}

function runTests(scratch: Scratch, app: NextApp, script: string) {
  const env = { CI: '1', NO_COLOR: '1' };
  return scratch.run('npm', ['run', script], { dir: app.dir || '.', env, seconds: SECONDS_A_RUN });
}

async function testsPass(scratch: Scratch, app: NextApp): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await runTests(scratch, app, 'test');
  const said = stdout + stderr;
  if (exitCode !== 0)
    return { verdict: 'fail', reason: `npm test ends with ${exitCode}: ${said.trim().slice(-400)}` };
  // Vitest: `Tests  25 passed (25)`; Jest: `Tests:       25 passed, 25 total`; node: `# pass 25`.
  const count = Number(/^\s*Tests:?\s.*?(\d+) passed|^# pass (\d+)/m.exec(said)?.slice(1).find(Boolean) ?? 0);
  if (count < ENOUGH) return { verdict: 'fail', reason: `npm test passes and names ${count} tests` };
  return { verdict: 'pass', evidence: [{ subject: 'npm test', observed: `${count} tests passed` }] };
}

async function coverageHolds(scratch: Scratch, app: NextApp): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await runTests(scratch, app, 'test:coverage');
  const all = /^All files.*$/m.exec(stdout)?.[0];
  if (exitCode !== 0)
    return {
      verdict: 'fail',
      reason: /ERROR: Coverage.*/.exec(stdout + stderr)?.[0] ?? `exit code ${exitCode}`,
    };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'npm run test:coverage', observed: all ?? 'exit code 0' }],
  };
}

/** Runs the tests that are about some files. */
interface Runner {
  run(scratch: Scratch, paths: readonly string[]): Promise<Ran>;
  /** Whether a test failed: not the runner, and not a file that cannot be compiled. */
  hasFailed(ran: Ran): boolean;
}

/** Vitest knows which tests import a file, through whatever; any other runner runs them all. */
function runnerOf(repo: Repo, app: NextApp): Runner {
  if (!dependencyOf(testsOf(repo, app).base, /^vitest$/))
    return {
      run: (scratch) => runTests(scratch, app, 'test'),
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
    hasFailed: ({ exitCode, stdout }) => exitCode !== 0 && /^\s*Tests\s.*\d+ failed/m.test(stdout),
  };
}

async function filesHold(scratch: Scratch, runner: Runner, mutants: readonly Mutant[]): Promise<Verdict> {
  if (mutants.length > 0) return mutantsDie(scratch, runner, mutants, []);
  return { verdict: 'fail', reason: 'no test imports a route handler or a page, so none can be broken' };
}

async function rulesHold(
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
