import type { BuildCheck, NextApp, Repo, Verdict } from '../../src/contract.ts';
import type { Scratch } from '../../src/world.ts';
import { ENOUGH, testedFiles, testsOf } from './tests.ts';

const HANDLER = /(^|\/)route\.[jt]s$/;
const VIEW = /\.[jt]sx$/;
const METHOD = /^export\s+(async\s+)?(function|const)\s+(GET|POST|PUT|PATCH|DELETE)\b/gm;
const DEFAULT_VIEW = /^export\s+default\s+function\s+(\w+)/m;
/** Each mutant costs a run of the whole suite. */
const MOST_MUTANTS = 10;
const SECONDS_A_RUN = 300;

/** A tested file as it must not be. */
interface Mutant {
  readonly path: string;
  readonly how: string;
  readonly mutate: (text: string) => string;
}

/** What reading cannot say of tests: that they run and pass, and that they would notice. */
export function buildChecks(repo: Repo, app: NextApp): readonly BuildCheck[] {
  const name = app.dir || 'the app';
  const { scripts } = app.workspace.manifest;
  const check = (title: string, seconds: number, run: BuildCheck['run']): BuildCheck => ({
    title,
    level: 'build',
    app: app.dir,
    seconds,
    run,
  });
  return [
    check(`npm test runs at least ${ENOUGH} tests of ${name}, and they pass`, SECONDS_A_RUN, (scratch) =>
      testsPass(scratch, app),
    ),
    check(`A handler or page of ${name} that is broken makes a test fail`, SECONDS_A_RUN * 6, (scratch) =>
      mutantsDie(scratch, app, mutantsOf(repo, app)),
    ),
    ...('test:coverage' in scripts
      ? [
          check(`The coverage of ${name} is above its thresholds`, SECONDS_A_RUN, (scratch) =>
            coverageHolds(scratch, app),
          ),
        ]
      : []),
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

async function mutantsDie(scratch: Scratch, app: NextApp, mutants: readonly Mutant[]): Promise<Verdict> {
  if (mutants.length === 0)
    return { verdict: 'fail', reason: 'no test imports a route handler or a page, so none can be broken' };
  const evidence = [];
  for (const { path, how, mutate } of mutants) {
    const text = (await scratch.read(path)) ?? '';
    await scratch.write(path, mutate(text));
    const { exitCode } = await runTests(scratch, app, 'test');
    await scratch.write(path, text);
    if (exitCode === 0) return { verdict: 'fail', reason: `${path} ${how}, and every test passes` };
    evidence.push({ subject: `${path} ${how}`, observed: 'a test fails' });
  }
  return { verdict: 'pass', evidence };
}

/** Every handler and page that a test imports, broken in the ways that a careless test would not notice. */
function mutantsOf(repo: Repo, app: NextApp): readonly Mutant[] {
  const tested = testedFiles(repo, testsOf(repo, app));
  return [...tested].sort().flatMap(mutations(repo)).slice(0, MOST_MUTANTS);
}

function mutations(repo: Repo): (path: string) => readonly Mutant[] {
  return (path) => {
    const text = repo.scan(path) ?? '';
    if (HANDLER.test(path) && text.search(METHOD) !== -1)
      return [
        { path, how: 'answers 200 and nothing', mutate: answering('Response.json({})') },
        { path, how: 'answers 500', mutate: answering('new Response(null, { status: 500 })') },
      ];
    if (VIEW.test(path) && DEFAULT_VIEW.test(text))
      return [{ path, how: 'shows nothing', mutate: showingNothing }];
    return [];
  };
}

function answering(answer: string): (text: string) => string {
  return (text) => {
    const methods = [...text.matchAll(METHOD)].map(([, , , method = '']) => method);
    const broken = methods.map((method) => `export async function ${method}() { return ${answer}; }\n`);
    return `${text.replace(METHOD, (_, isAsync = '', kind, method) => `${isAsync}${kind} was${method}`)}\n${broken.join('')}`;
  };
}

function showingNothing(text: string): string {
  return `${text.replace(DEFAULT_VIEW, 'function $1')}\nexport default function Nothing() { return null; }\n`;
}
