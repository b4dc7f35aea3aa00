import type { Verdict } from '../../../src/contract.ts';
import type { Answer, World } from '../../../src/world.ts';
import { ask, type Call, nameOf } from './calls.ts';
import { fail, judged, owner, pass, somebody, withServices } from './visits.ts';

/** Longer than anybody waits, and than a route may. */
const PATIENCE_MS = 10_000;
const CAUSE = 'cause-7d2c';

/** A list of keys is what every answer holds, because the route of the keys answers nothing else. */
function body(mark: string) {
  return {
    mark,
    keys: [{ id: mark, configured: true }],
    boomerangs: [{ id: mark, name: mark }],
    reply: mark,
  };
}

/** Two answers of a service come out as two answers. */
export async function answersAreReal(world: World, calls: readonly Call[]): Promise<Verdict> {
  await withServices(world);
  const wrong: string[] = [];
  const [user, boss] = [await somebody(world), await owner(world)];
  for (const call of calls.filter(({ isHandedOn }) => isHandedOn)) {
    const said: Answer[] = [];
    for (const mark of ['first-4b1e', 'second-9c0f']) {
      world.gateway.answer({ status: 200, body: body(mark) });
      const answer = await ask(call.role ? boss : user, call);
      said.push(answer);
      if (answer.status !== 200 || !answer.text.includes(mark))
        wrong.push(
          `${nameOf(call)} answers ${answer.status} ${answer.text.slice(0, 80)}, and not what its service says`,
        );
    }
  }
  wrong.push(...queriesIn(world));
  return judged(wrong, { subject: 'two answers of each service', observed: 'two answers of each route' });
}

/** What was typed into a parameter is that parameter still. */
function queriesIn(world: World): readonly string[] {
  const asked = world.gateway.calls.filter(({ path }) => path.includes('/make-it-mine/suggest'));
  return asked.flatMap(({ path }) => {
    const { searchParams } = new URL(path, 'http://gateway');
    const isWhole = searchParams.get('templateId') === 'crm&role=owner' && !searchParams.has('role');
    return isWhole ? [] : [`a parameter of the query becomes another one: ${path}`];
  });
}

/** A failure is an answer of its own, whatever the service does. */
export async function failuresShow(world: World, calls: readonly Call[]): Promise<Verdict> {
  await withServices(world);
  const wrong: string[] = [];
  const [user, boss] = [await somebody(world), await owner(world)];
  const times: number[] = [];
  for (const call of calls.filter(({ isHandedOn }) => isHandedOn)) {
    const visitor = call.role ? boss : user;
    for (const status of [500, 401]) {
      world.gateway.answer({ status, body: { error: CAUSE } });
      wrong.push(...failureOf(await ask(visitor, call), `${nameOf(call)}, whose service answers ${status},`));
    }
    world.gateway.answer('hang');
    const hung = await ask(visitor, call, call.input, { seconds: 30 });
    times.push(hung.milliseconds);
    wrong.push(...failureOf(hung, `${nameOf(call)}, whose service does not answer,`));
    if (hung.milliseconds > PATIENCE_MS) wrong.push(`${nameOf(call)} waits ${hung.milliseconds} ms`);
  }
  return judged(
    wrong,
    { subject: '500 and 401 of each service', observed: '502, and nothing of the cause' },
    { subject: 'a service that hangs', observed: `refused after ${times.join(', ')} ms` },
  );
}

function failureOf({ status, text }: Answer, what: string): readonly string[] {
  if (status !== 502 && status !== 504) return [`${what} answers ${status} ${text.slice(0, 80)}`];
  return text.includes(CAUSE) ? [`${what} tells the cause`] : [];
}

/** What a service shows of a key does not come through. */
export async function keysStayHidden(world: World): Promise<Verdict> {
  const masked = 'sk_l************9f2a';
  const key = { id: 'STRIPE_SECRET_KEY', label: 'Stripe', scope: 'Payments', configured: true, masked };
  world.gateway.answer({ status: 200, body: { keys: [key], NEXTAUTH_SECRET: 'hunter2-hunter2' } });
  const answer = await (await owner(world)).ask('/api/admin/api-keys');
  if (answer.status !== 200 || !answer.text.includes('STRIPE_SECRET_KEY'))
    return fail(`the owner gets ${answer.status} ${answer.text.slice(0, 80)}`);
  const leaked = ['sk_l', '9f2a', 'hunter2'].find((piece) => answer.text.includes(piece));
  return leaked === undefined
    ? pass({ subject: 'GET /api/admin/api-keys', observed: answer.text.slice(0, 200) })
    : fail(`the answer holds a piece of a key: ${leaked}`);
}
