import type { LiveCheck, NextApp, Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Answer, Visitor, World } from '../../../src/world.ts';
import { ask, type Call, callsOf, nameOf } from './calls.ts';
import { invitationsWork, linkOpensAccount, noRelay } from './live-invitations.ts';
import { answersAreReal, failuresShow, keysStayHidden } from './live-services.ts';
import { judged, OWNER, owner, SETUP_TOKEN, somebody, withServices } from './visits.ts';

type Own = Pick<LiveCheck, 'title' | 'needs' | 'run'>;

/** The named routes of the built application, asked by strangers, by people who are signed in, and by other sites. */
export function liveChecks(app: NextApp): readonly LiveCheck[] {
  const calls = callsOf(app);
  const own = [...doorChecks(calls), ...serviceChecks(calls), ...(isInviting(calls) ? INVITATIONS : [])];
  return own.map((check) => ({
    level: 'live',
    app: app.dir,
    seconds: 180,
    env: {
      OWNER_EMAILS: OWNER,
      OWNER_SETUP_TOKEN: SETUP_TOKEN,
      SIGN_UP: 'open',
      EMAIL_FROM: 'A.I.M.S. <no-reply@aims.test>',
    },
    ...check,
  }));
}

function isInviting(calls: readonly Call[]): boolean {
  return calls.some(({ path }) => path === '/api/invite');
}

function doorChecks(calls: readonly Call[]): readonly Own[] {
  return [
    {
      title:
        "A stranger gets 401 from every named route, whatever is sent, and others get 403 from the owner's",
      needs: ['app', 'gateway', 'mail'],
      run: (world) => strangersStayOut(world, calls),
    },
    {
      title: 'Input that is no JSON, of a wrong type or too large is refused with what is wrong about it',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => inputIsChecked(world, calls),
    },
    {
      title: 'What another site sends with the session of a visitor is refused and reaches no service',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => otherSitesStayOut(world, calls),
    },
    {
      title: 'Who asks too often gets 429 with Retry-After, and nobody else does',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => limitsHold(world, calls),
    },
  ];
}

function serviceChecks(calls: readonly Call[]): readonly Own[] {
  return [
    {
      title: 'Two answers of a service are two answers of its route, and a query stays what it is',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => answersAreReal(world, calls),
    },
    {
      title:
        'A service that fails, refuses the key or does not answer is 502 or 504 within ten seconds, and nothing of the cause',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => failuresShow(world, calls),
    },
    ...(calls.some(({ path }) => path === '/api/admin/api-keys')
      ? [
          {
            title: 'The list of keys holds no piece of a key',
            needs: ['app', 'gateway', 'mail'] as const,
            run: keysStayHidden,
          },
        ]
      : []),
  ];
}

const INVITATIONS: readonly Own[] = [
  {
    title: 'An invitation is mailed once, kept as a hash, and opens one account',
    needs: ['app', 'mail'],
    run: invitationsWork,
  },
  {
    title: 'The route for invitations mails nobody for strangers, for users, or in words of the sender',
    needs: ['app', 'mail'],
    run: noRelay,
  },
  {
    title: 'In a browser: the mailed link opens the form, and the form an account that is signed in',
    needs: ['app', 'mail', 'browser'],
    run: linkOpensAccount,
  },
];

async function strangersStayOut(world: World, calls: readonly Call[]): Promise<Verdict> {
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

async function inputIsChecked(world: World, calls: readonly Call[]): Promise<Verdict> {
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

async function otherSitesStayOut(world: World, calls: readonly Call[]): Promise<Verdict> {
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

async function limitsHold(world: World, calls: readonly Call[]): Promise<Verdict> {
  await withServices(world);
  const wrong: string[] = [];
  for (const call of calls.filter(({ perMinute, role }) => perMinute && !role)) {
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
