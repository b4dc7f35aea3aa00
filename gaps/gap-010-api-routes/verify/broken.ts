import type { BuildCheck, NextApp, Repo, Verdict } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import type { Ran, Scratch } from '../../../src/world.ts';
import { TESTS } from '../apply/tests.ts';

/** A rule of the routes, taken out: a test has to fail. */
interface Rule {
  readonly how: string;
  readonly file: string;
  readonly find: RegExp;
  readonly by: string;
}

const GUARD = 'lib/api/guard.ts';
const UPSTREAM = 'lib/api/upstream.ts';
const INVITATIONS = 'lib/db/invitations.ts';
const RULES: readonly Rule[] = [
  {
    how: 'asks nobody who calls',
    file: GUARD,
    find: /if \(user instanceof NextResponse\)/,
    by: 'if (false)',
  },
  { how: 'takes everybody for the owner', file: GUARD, find: /if \(role && [^)]{1,200}\)/, by: 'if (false)' },
  {
    how: 'takes what other sites send',
    file: GUARD,
    find: /if \(!isSameOrigin\(request\)\)/,
    by: 'if (false)',
  },
  { how: 'answers as often as it is asked', file: GUARD, find: /if \(retryAfter === 0\)/, by: 'if (true)' },
  { how: 'takes any input', file: GUARD, find: /if \(parsed\.success\)/, by: 'if (true)' },
  {
    how: 'reads a body of any size',
    file: GUARD,
    find: /readBody\(request, maxBytes\)/,
    by: 'readBody(request, Infinity)',
  },
  {
    how: 'waits for a service without end',
    file: UPSTREAM,
    find: /, signal: AbortSignal\.timeout\(\w+\)/,
    by: '',
  },
  {
    how: 'hands on every status of a service',
    file: UPSTREAM,
    find: /if \(ABOUT_REQUEST\.includes\(status\)\)/,
    by: 'if (true)',
  },
  {
    how: 'hands on what a service says of the keys',
    file: 'app/api/admin/api-keys/route.ts',
    find: /ApiKeyList\.parse\(/,
    by: '(',
  },
  {
    how: 'keeps the token of an invitation',
    file: INVITATIONS,
    find: /digest\(token\), inviterId/,
    by: 'token, inviterId',
  },
  {
    how: 'accepts an invitation for ever',
    file: INVITATIONS,
    find: /expires_at > \?(?=\s+RETURNING)/,
    by: '(expires_at > ? OR 1)',
  },
  {
    how: 'accepts an invitation twice',
    file: INVITATIONS,
    find: /token_hash = \? AND accepted_at IS NULL/,
    by: 'token_hash = ?',
  },
];
/** In every route's own file. */
const ADMISSION = /if \(admitted\.refused\) return admitted\.refused;?/g;

/** The target's tests of the routes pass, and fail where a rule is taken out; none where it has no such tests. */
export function testChecks(repo: Repo, app: NextApp): readonly BuildCheck[] {
  const tests = [...TESTS].filter(([, file]) => repo.exists(placeOf(app, file)));
  if (tests.length === 0) return [];
  const routes = tests.map(
    ([url]): Rule => ({
      how: `lets everybody into ${url}`,
      file: `app${url}/route.ts`,
      find: ADMISSION,
      by: '',
    }),
  );
  const rules = [...RULES, ...routes].filter(({ file, find }) =>
    repo.mentions(placeOf(app, file), new RegExp(find.source)),
  );
  const files = tests.map(([, file]) => file);
  return [
    {
      title: `A rule of the named routes of ${app.dir || 'the app'} that is taken out makes a test fail`,
      level: 'build',
      app: app.dir,
      seconds: 900,
      run: (scratch) => rulesHold(scratch, app, files, rules),
    },
  ];
}

async function rulesHold(
  scratch: Scratch,
  app: NextApp,
  tests: readonly string[],
  rules: readonly Rule[],
): Promise<Verdict> {
  const sound = await run(scratch, app, tests);
  if (sound.exitCode !== 0)
    return {
      verdict: 'fail',
      reason: `the tests fail before anything is broken: ${sound.stdout.slice(-400)}`,
    };
  const evidence = [];
  for (const { how, file, find, by } of rules) {
    const path = placeOf(app, file);
    const text = (await scratch.read(path)) ?? '';
    await scratch.write(path, text.replace(find, by));
    const { exitCode, stdout } = await run(scratch, app, tests);
    await scratch.write(path, text);
    if (exitCode === 0 || !hasFailed(stdout))
      return { verdict: 'fail', reason: `${file} ${how}, and no test fails`, evidence };
    evidence.push({ subject: `${file} ${how}`, observed: 'a test fails' });
  }
  return { verdict: 'pass', evidence };
}

/** Whether a test failed: not the runner, and not a file that cannot be compiled. */
function hasFailed(said: string): boolean {
  return said.split('\n').some((line) => line.trim().startsWith('Tests ') && line.includes(' failed'));
}

function run(scratch: Scratch, { dir }: NextApp, tests: readonly string[]): Promise<Ran> {
  const options = { dir: dir || '.', env: { CI: '1', NO_COLOR: '1' }, seconds: 180 };
  return scratch.run('npx', ['--no-install', 'vitest', 'run', '--bail=1', ...tests], options);
}
