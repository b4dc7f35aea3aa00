import type { Evidence, Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Answer, World } from '../../../src/world.ts';
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
  const form = { password: PASSWORD, csrfToken, json: 'true' };
  const health = watch(world);
  const answers: Answer[] = [];
  for (let round = 0; round < CLIENTS; round += 1)
    answers.push(await visitor.ask('/api/auth/callback/credentials', { body: { ...form, email: ENDLESS } }));
  const slowest = await health.stop();
  const statuses = [...new Set(answers.map(({ status }) => status))].join();
  if (statuses !== '413') return fail(`an address of 1.8 MB gets ${statuses} instead of 413`);
  // A proxy that passes files on without a limit, and without the client's address, would pass this on too.
  const disguised = await visitor.ask('/api/auth/callback/credentials/x.js', {
    body: { ...form, email: 'ada@aims.test' },
  });
  if (disguised.status !== 404)
    return fail(`sign-in under the name of a script gets ${disguised.status} instead of 404`);
  const signUp = await visitor.ask('/api/auth/register', {
    body: { name: 'Ada', email: ENDLESS, password: PASSWORD },
  });
  if (signUp.status !== 400)
    return fail(`sign-up with an address of 1.8 MB gets ${signUp.status} instead of 400`);
  if (slowest > SLOWEST_MS) return fail(`the health check took ${slowest} ms meanwhile`);
  const took = Math.max(...answers.map(({ milliseconds }) => milliseconds));
  return littleIsStored(world, [
    { subject: `${CLIENTS} sign-ins with an address of 1.8 MB`, observed: `413, at most ${took} ms` },
    { subject: 'the health check meanwhile', observed: `at most ${slowest} ms` },
  ]);
}

/** Whether the database is as small as before. */
async function littleIsStored(world: World, seen: readonly Evidence[]): Promise<Verdict> {
  const { file } = databaseOf(world);
  const [longest] = await world.rows(file, 'SELECT max(length(key)) AS length FROM attempts');
  const [pages] = await world.rows(
    file,
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
  );
  if (Number(longest?.length) > 100) return fail(`a key of ${String(longest?.length)} characters was stored`);
  if (Number(pages?.bytes) > 2_000_000) return fail(`the database has ${String(pages?.bytes)} bytes`);
  return pass(...seen, { subject: 'the database after that', observed: `${String(pages?.bytes)} bytes` });
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
