import type { Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Answer, Visitor, World } from '../../../src/world.ts';
import { ask, type Call, nameOf } from './calls.ts';
import { judged, owner, somebody, withServices } from './visits.ts';

/** Nobody comes in without a session, and only the owner where the owner is asked for. */
export async function strangersStayOut(world: World, calls: readonly Call[]): Promise<Verdict> {
  const wrong: string[] = [];
  const stranger = world.visitor();
  for (const call of calls) {
    const answers = [await ask(stranger, call)];
    if (call.method === 'POST') answers.push(await stranger.ask(call.path, { body: '{' }));
    for (const { status } of answers)
      if (status !== 401) wrong.push(`a stranger gets ${status} from ${nameOf(call)}`);
  }
  const user = await somebody(world);
  for (const call of calls.filter(({ role }) => role)) {
    const { status } = await ask(user, call);
    if (status !== 403) wrong.push(`a user gets ${status} from ${nameOf(call)}, which is the owner's`);
  }
  if (world.gateway.calls.length > 0)
    wrong.push(`a service is asked for strangers: ${world.gateway.calls[0]?.path}`);
  return judged(wrong, { subject: calls.map(nameOf).join(', '), observed: '401, and 403 without the role' });
}

/** What is wrong about the input is said, and no service is asked. */
export async function inputIsChecked(world: World, calls: readonly Call[]): Promise<Verdict> {
  const wrong: string[] = [];
  const [user, boss] = [await somebody(world), await owner(world)];
  for (const call of calls) {
    const visitor = call.role ? boss : user;
    if (call.wrong) {
      const answer = await ask(visitor, call, call.wrong);
      const { error, details } = asRecord(answer.json);
      if (
        answer.status !== 400 ||
        typeof error !== 'string' ||
        !Array.isArray(details) ||
        details.length === 0
      )
        wrong.push(`${nameOf(call)} answers a wrong type with ${answer.status} ${answer.text.slice(0, 80)}`);
    }
    if (call.method === 'POST') wrong.push(...(await badBodies(visitor, call)));
  }
  if (world.gateway.calls.length > 0) wrong.push(`bad input reaches ${world.gateway.calls[0]?.path}`);
  return judged(wrong, {
    subject: 'no JSON, a wrong type, too large',
    observed: '400, 400 with the issues, 413',
  });
}

async function badBodies(visitor: Visitor, call: Call): Promise<readonly string[]> {
  const malformed = await visitor.ask(call.path, { body: '{"a":' });
  const large = await visitor.ask(call.path, {
    body: JSON.stringify({ ...call.input, more: 'x'.repeat(16_500_000) }),
  });
  return [
    ...(malformed.status === 400 ? [] : [`${nameOf(call)} answers what is no JSON with ${malformed.status}`]),
    ...([400, 413].includes(large.status) ? [] : [`${nameOf(call)} answers 16 MB with ${large.status}`]),
  ];
}

const OTHER_SITES: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
];

/** A page of another site cannot use the session of its visitor. */
export async function otherSitesStayOut(world: World, calls: readonly Call[]): Promise<Verdict> {
  const wrong: string[] = [];
  const [user, boss] = [await somebody(world), await owner(world)];
  for (const call of calls.filter(({ method }) => method === 'POST'))
    for (const headers of OTHER_SITES) {
      const { status } = await ask(call.role ? boss : user, call, call.input, { headers });
      if (status !== 403) wrong.push(`${nameOf(call)} answers ${status} to ${JSON.stringify(headers)}`);
    }
  if (world.gateway.calls.length > 0) wrong.push(`another site reaches ${world.gateway.calls[0]?.path}`);
  return judged(wrong, { subject: 'a foreign origin, none that is told, another site', observed: '403' });
}

/** A limit of as many requests takes too long to reach: it is counted by the same code as the lower ones. */
const MOST = 60;

/** Each person has so many requests a minute. */
export async function limitsHold(world: World, calls: readonly Call[]): Promise<Verdict> {
  await withServices(world);
  const wrong: string[] = [];
  for (const call of calls.filter(({ perMinute = MOST, role }) => perMinute < MOST && !role)) {
    const limit = call.perMinute ?? 0;
    const refused = await untilRefused(await somebody(world), call, limit);
    if (!refused) wrong.push(`${nameOf(call)} answers ${limit * 2 + 1} requests of one person`);
    else if (refused.count < limit)
      wrong.push(`${nameOf(call)} answers ${refused.count} requests, and not ${limit}`);
    else if (!(Number(refused.answer.headers['retry-after']) > 0))
      wrong.push(`${nameOf(call)}: no Retry-After`);
    const other = await ask(await somebody(world), call);
    if (other.status === 429) wrong.push(`${nameOf(call)}: one visitor uses up the requests of another`);
  }
  return judged(wrong, {
    subject: 'more requests of one person than a minute has',
    observed: '429 with Retry-After',
  });
}

/** Asks until it is refused, and how often it was not; undefined where that never happens. A minute may end in between. */
async function untilRefused(
  visitor: Visitor,
  call: Call,
  limit: number,
): Promise<{ readonly count: number; readonly answer: Answer } | undefined> {
  for (let count = 0; count < limit * 2 + 1; count += 1) {
    const answer = await ask(visitor, call);
    if (answer.status === 429) return { count, answer };
  }
  return undefined;
}
