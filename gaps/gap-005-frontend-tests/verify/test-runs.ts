import type { NextApp, Verdict } from '../../../src/contract.ts';
import type { Ran, Scratch } from '../../../src/world.ts';
import { ENOUGH } from '../tables.ts';

/** How long the tests may take. */
export const SECONDS_A_RUN = 300;

/** Runs a script of the app's package. */
export function runScript(scratch: Scratch, app: NextApp, script: string): Promise<Ran> {
  const env = { CI: '1', NO_COLOR: '1' };
  return scratch.run('npm', ['run', script], { dir: app.dir || '.', env, seconds: SECONDS_A_RUN });
}

/** Vitest: `Tests  25 passed (25)`; Jest: `Tests:       25 passed, 25 total`; node: `# pass 25`, `ℹ pass 25`. */
const COUNT = /^[ \t]*Tests:?\s(?:.*?\D)?(\d+) passed|^[#\u2139] pass (\d+)/m;

/** Whether npm test passes, with enough tests. */
export async function testsPass(scratch: Scratch, app: NextApp): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await runScript(scratch, app, 'test');
  const said = stdout + stderr;
  if (exitCode !== 0)
    return { verdict: 'fail', reason: `npm test ends with ${exitCode}: ${said.trim().slice(-400)}` };
  const count = COUNT.exec(said)?.slice(1).find(Boolean);
  if (count === undefined) return { verdict: 'skip', reason: 'npm test passes, and does not say how many' };
  if (Number(count) < ENOUGH) return { verdict: 'fail', reason: `npm test passes and names ${count} tests` };
  return { verdict: 'pass', evidence: [{ subject: 'npm test', observed: `${count} tests passed` }] };
}

/** Whether the coverage is above its thresholds: the runner says so with its exit code. */
export async function coverageHolds(scratch: Scratch, app: NextApp): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await runScript(scratch, app, 'test:coverage');
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
