import type { BuildCheck, Repo } from '../../src/contract.ts';
import type { AppTests, FrontendTests } from './read.ts';
import { ENOUGH } from './tables.ts';
import { brokenFiles } from './verify/broken-files.ts';
import { brokenRules } from './verify/broken-rules.ts';
import { filesHold, rulesHold, runnerOf } from './verify/mutation.ts';
import { coverageHolds, SECONDS_A_RUN, testsPass } from './verify/test-runs.ts';

/** What reading cannot say of tests: that they run and pass, and that they would notice. */
export function verify({ repo, apps }: FrontendTests): readonly BuildCheck[] {
  return apps.flatMap((tests) => checksOf(repo, tests));
}

function checksOf(repo: Repo, tests: AppTests): readonly BuildCheck[] {
  const { app, starters, tested } = tests;
  const name = app.dir || 'the app';
  const runner = runnerOf(tests);
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
    (scratch) => filesHold(scratch, runner, brokenFiles(repo, tested())),
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
    ...(starters.some(({ isCritical }) => isCritical) ? [guards] : []),
    ...('test:coverage' in app.workspace.manifest.scripts ? [covers] : []),
  ];
}
