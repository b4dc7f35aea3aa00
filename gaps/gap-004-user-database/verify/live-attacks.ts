import type { NextApp, Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Visitor, World } from '../../../src/world.ts';
import { becomeUser, databaseOf, fail, PASSWORD, pass, signIn } from './live-visits.ts';

const CLIENTS = 20;
const SECONDS = 10;
const SLOWEST_MS = 2000;
/** Eighteen characters after normalization, three bytes before: 1.8 MB in all, below the limit of the middleware. */
const ENDLESS = '\uFDFA'.repeat(600_000);

/** Addresses of megabytes are refused before anything looks at them or writes them down. */
export async function longAddressesCostNothing(world: World): Promise<Verdict> {
  const visitor = world.visitor();
  const { csrfToken } = asRecord((await visitor.ask('/api/auth/csrf')).json);
  const health = watch(world);
  const took: number[] = [];
  const statuses = new Set<number>();
  for (let round = 0; round < CLIENTS; round += 1) {
    const body = { email: ENDLESS, password: PASSWORD, csrfToken, json: 'true' };
    const { status, milliseconds } = await visitor.ask('/api/auth/callback/credentials', { body });
    statuses.add(status);
    took.push(milliseconds);
  }
  const slowest = await health.stop();
  if ([...statuses].join() !== '413')
    return fail(`an address of 1.8 MB gets ${[...statuses].join()} instead of 413`);
  // A proxy that passes files on without a limit, and without the client's address, would pass this on too.
  const disguised = await visitor.ask('/api/auth/callback/credentials/x.js', {
    body: { email: 'ada@aims.test', password: PASSWORD, csrfToken, json: 'true' },
  });
  if (disguised.status !== 404)
    return fail(`sign-in under the name of a script gets ${disguised.status} instead of 404`);
  const signUp = await visitor.ask('/api/auth/register', {
    body: { name: 'Ada', email: ENDLESS, password: PASSWORD },
  });
  if (signUp.status !== 400)
    return fail(`sign-up with an address of 1.8 MB gets ${signUp.status} instead of 400`);
  const { file } = databaseOf(world);
  const [longest] = await world.rows(file, 'SELECT max(length(key)) AS length FROM attempts');
  const [pages] = await world.rows(
    file,
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
  );
  if (Number(longest?.length) > 100) return fail(`a key of ${String(longest?.length)} characters was stored`);
  if (Number(pages?.bytes) > 2_000_000) return fail(`the database has ${String(pages?.bytes)} bytes`);
  if (slowest > SLOWEST_MS) return fail(`the health check took ${slowest} ms meanwhile`);
  return pass(
    {
      subject: `${CLIENTS} sign-ins with an address of 1.8 MB`,
      observed: `413, at most ${Math.max(...took)} ms`,
    },
    { subject: 'the database after that', observed: `${String(pages?.bytes)} bytes` },
    { subject: 'the health check meanwhile', observed: `at most ${slowest} ms` },
  );
}

/** A crowd of wrong passwords leaves threads for everything else, and room for a right one afterwards. */
export async function crowdLeavesRoom(world: World): Promise<Verdict> {
  const email = 'ada.crowd@aims.test';
  const problem = await becomeUser(world, world.visitor(), email);
  if (problem !== undefined) return fail(problem);
  const health = watch(world);
  const crowd = { isOver: false };
  const clients = Array.from({ length: CLIENTS }, (_, index) => guess(world, index, crowd));
  await world.sleep(SECONDS * 1000);
  crowd.isOver = true;
  const answers = (await Promise.all(clients)).flat();
  const slowest = await health.stop();
  const strange = answers.find((answer) => !/^401 (CredentialsSignin|Busy)$/.test(answer));
  if (strange !== undefined) return fail(`a wrong password gets ${strange}`);
  if (slowest > SLOWEST_MS)
    return fail(`the health check took ${slowest} ms while ${CLIENTS} clients tried passwords`);
  if (!(await world.visitor().signIn({ email, password: PASSWORD })))
    return fail('after that the right password opens nothing');
  return pass({
    subject: `${health.path} while ${CLIENTS} clients try passwords for ${SECONDS} seconds`,
    observed: `at most ${slowest} ms; ${answers.length} tries`,
  });
}

async function guess(
  world: World,
  index: number,
  crowd: { readonly isOver: boolean },
): Promise<readonly string[]> {
  const answers: string[] = [];
  while (!crowd.isOver) {
    const email = `crowd${index}.${answers.length}@aims.test`;
    const { status, error } = await signIn(world.visitor(), email, 'wrong');
    answers.push(`${status} ${error}`);
  }
  return answers;
}

/** Asks for the health, or what stands for it, again and again; `stop` says how long the slowest answer took. */
function watch(world: World): { readonly path: string; stop(): Promise<number> } {
  const path = '/api/health';
  let isOver = false;
  let slowest = 0;
  const asking = (async () => {
    const visitor = world.visitor();
    while (!isOver) {
      const { milliseconds } = await visitor.ask(path, { seconds: 60 });
      slowest = Math.max(slowest, milliseconds);
      await world.sleep(250);
    }
  })().catch(() => {
    // The app is gone: a check that failed before it could stop us, or an answer that is as slow as can be.
    slowest = Infinity;
  });
  return {
    path,
    async stop() {
      isOver = true;
      await asking;
      return slowest;
    },
  };
}

/** A wrong password, too many of them and a database that is away are three answers, and failures alone count. */
export async function answersDiffer(world: World, app: NextApp): Promise<Verdict> {
  const email = 'ada.away@aims.test';
  const visitor = world.visitor();
  const problem = await becomeUser(world, visitor, email);
  if (problem !== undefined) return fail(problem);
  return (await limitsAreSaid(world, email)) ?? (await outageIsSurvived(world, app, visitor, email));
}

async function limitsAreSaid(world: World, email: string): Promise<Verdict | undefined> {
  const guesser = world.visitor();
  const said: (string | null)[] = [];
  for (let round = 0; round < 9; round += 1) said.push((await signIn(guesser, email, 'wrong')).error);
  if (said.some((each) => each !== 'CredentialsSignin'))
    return fail(`a wrong password is answered with ${said.join()}`);
  if ((await signIn(guesser, email, PASSWORD)).error !== null)
    return fail('the tenth try, a right one, is refused');
  for (let round = 0; round < 10; round += 1) await signIn(guesser, email, 'wrong');
  const { error, status } = await signIn(guesser, email, PASSWORD);
  if (error !== 'TooManyAttempts')
    return fail(`after ten wrong passwords the right one gets ${status} ${error}`);
  const other = await signIn(world.visitor(), email, PASSWORD);
  return other.error === null ? undefined : fail(`another address is refused too: ${other.error}`);
}

async function outageIsSurvived(
  world: World,
  app: NextApp,
  visitor: Visitor,
  email: string,
): Promise<Verdict> {
  const { path } = databaseOf(world);
  const folder = path.replace(/\/[^/]+$/, '');
  const asked = '/api/profile';
  await world.run('mv', [folder, `${folder}.away`]);
  try {
    const during = await seenDuring(world, visitor, email, asked);
    if (during !== undefined) return fail(`with ${folder.replace(world.home, '')} taken away, ${during}`);
  } finally {
    await world.run('rm', ['-rf', folder]);
    await world.run('mv', [`${folder}.away`, folder]);
  }
  if (!(await visitor.session())) return fail('the session is over once the database is back');
  await world.run('mv', [path, `${path}.away`]);
  try {
    await world.run('mkdir', [path]);
    await world.restart();
    const during = await seenDuring(world, visitor, email, asked);
    if (during !== undefined) return fail(`with a folder in its place at the start, ${during}`);
  } finally {
    await world.run('rm', ['-rf', path]);
    await world.run('mv', [`${path}.away`, path]);
  }
  const back = await visitor.ask(asked);
  if (!(await visitor.session()) || back.status !== 200)
    return fail('the session is over once the database is back');
  if (!(await world.visitor().signIn({ email, password: PASSWORD })))
    return fail('nobody can sign in afterwards');
  return pass(
    {
      subject: 'a wrong password, then too many, then a database that is away',
      observed: 'CredentialsSignin, TooManyAttempts, Unavailable',
    },
    {
      subject: `GET ${asked} of ${app.dir || 'the app'} meanwhile`,
      observed: '503, and 200 with the same cookie afterwards',
    },
  );
}

/** What is wrong while the database is away; undefined when all is as it should be. */
async function seenDuring(
  world: World,
  visitor: Visitor,
  email: string,
  asked: string,
): Promise<string | undefined> {
  const logged = world.log().length;
  const session = await visitor.ask('/api/auth/session');
  if (/max-age=0|=;/i.test(session.headers['set-cookie'] ?? '')) return 'the session cookie is deleted';
  const { user, isUnavailable } = asRecord(session.json);
  if (user !== undefined || isUnavailable !== true) return `the session says ${session.text.slice(0, 120)}`;
  const refused = await visitor.ask(asked);
  if (refused.status !== 503) return `${asked} answers ${refused.status} instead of 503`;
  const { error, text } = await signIn(world.visitor(), email, PASSWORD);
  if (error !== 'Unavailable') return `sign-in is answered with ${error}`;
  const signUp = await world.visitor().ask('/api/auth/register', {
    body: { name: 'Ada', email: 'ada.new@aims.test', password: PASSWORD },
  });
  if (signUp.status !== 503) return `sign-up answers ${signUp.status} instead of 503`;
  const leaked = [session.text, refused.text, text, signUp.text].find((each) =>
    /sqlite|ENOENT|EISDIR|users\.db/i.test(each),
  );
  if (leaked !== undefined) return `an answer tells the cause: ${leaked.slice(0, 120)}`;
  const log = world.log().slice(logged);
  return /The users cannot be read or stored/.test(log) ? undefined : 'the log says nothing of it';
}
