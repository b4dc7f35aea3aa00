import type { NextApp, Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Visitor, World } from '../../../src/world.ts';
import { becomeUser, databaseOf, fail, PASSWORD, pass, signIn } from './live-visits.ts';

/** What only somebody who is signed in is told. */
const ASKED = '/api/profile';

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
  const seen = () => seenDuring(world, visitor, email);
  const taken = await without(world, folder, seen);
  if (taken !== undefined) return fail(`with ${folder.replace(world.home, '')} taken away, ${taken}`);
  if (!(await visitor.session())) return fail('the session is over once the database is back');
  const replaced = await without(world, path, async () => {
    await world.run('mkdir', [path]);
    await world.restart();
    return seen();
  });
  if (replaced !== undefined) return fail(`with a folder in its place at the start, ${replaced}`);
  const back = await visitor.ask(ASKED);
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
      subject: `GET ${ASKED} of ${app.dir || 'the app'} meanwhile`,
      observed: '503, and 200 with the same cookie afterwards',
    },
  );
}

/** What is seen while a path is away; it is back afterwards, whatever happens. */
async function without<T>(world: World, path: string, seen: () => Promise<T>): Promise<T> {
  await world.run('mv', [path, `${path}.away`]);
  try {
    return await seen();
  } finally {
    await world.run('rm', ['-rf', path]);
    await world.run('mv', [`${path}.away`, path]);
  }
}

/** What is wrong while the database is away; undefined when all is as it should be. */
async function seenDuring(world: World, visitor: Visitor, email: string): Promise<string | undefined> {
  const logged = world.log().length;
  const session = await visitor.ask('/api/auth/session');
  if (/max-age=0|=;/i.test(session.headers['set-cookie'] ?? '')) return 'the session cookie is deleted';
  const { user, isUnavailable } = asRecord(session.json);
  if (user !== undefined || isUnavailable !== true) return `the session says ${session.text.slice(0, 120)}`;
  const refused = await visitor.ask(ASKED);
  if (refused.status !== 503) return `${ASKED} answers ${refused.status} instead of 503`;
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
