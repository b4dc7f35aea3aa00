import type { Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Ask, ErrorItem, World } from '../../../src/world.ts';
import { ADDRESS, SECRET } from './probes.ts';

/** As the runbook has it. */
export const SECONDS = 30;
/** How long silence is listened to: reports arrive within two. */
const QUIET_SECONDS = 8;
const SETTLE_SECONDS = 2;

/** A request that fails on the server is one report. */
export async function serverReports(world: World, mark: string, url: string): Promise<Verdict> {
  const { status } = await world.visitor().ask(url);
  const thrown = `GET ${url} answers ${status}`;
  const events = await eventsOf(world, mark);
  return once(thrown, events) ?? clean(world, thrown, events);
}

/** Two posts that fail, with the secret wherever a request can carry one. */
export async function postsStay(world: World, mark: string, url: string): Promise<Verdict> {
  const visitor = world.visitor();
  const fields = { name: 'Ada', password: SECRET, setupToken: SECRET, token: SECRET };
  const headers = {
    'x-sent': SECRET,
    authorization: `Bearer ${SECRET}`,
    cookie: `theme=${SECRET}; next-auth.session-token=${SECRET}`,
    referer: `${world.url}/sign-up?setup=${SECRET}`,
  };
  const posts: readonly Ask[] = [{ body: fields }, { body: new URLSearchParams(fields) }];
  const statuses: number[] = [];
  for (const post of posts) {
    const { status } = await visitor.ask(`${url}?token=${SECRET}&page=${SECRET}`, { ...post, headers });
    statuses.push(status);
  }
  const thrown = `POST ${url} answers ${statuses.join(' and ')}`;
  const events = await eventsOf(world, mark);
  if (events.length === 0) return nothingCame(world, thrown);
  const address = world.errors.all().find(({ payload }) => payload.includes(visitor.address));
  if (address) return { verdict: 'fail', reason: `${thrown}, and the visitor's network address left` };
  return clean(world, thrown, events);
}

/** Nothing is thrown; three things are logged. */
export async function logsArrive(world: World, mark: string, url: string): Promise<Verdict> {
  const { status } = await world.visitor().ask(url);
  const events = await eventsOf(world, mark);
  const missing = ['a text', 'an object', 'a cause'].filter(
    (kind) => !events.some(({ payload }) => messageOf(payload).includes(`${mark} as ${kind}`)),
  );
  if (missing.length > 0)
    return { verdict: 'fail', reason: `logged, and no report came of ${missing.join(', ')}` };
  const observed = events.map(({ payload }) => messageOf(payload)).join('; ');
  return { verdict: 'pass', evidence: [{ subject: `GET ${url} answers ${status}`, observed }] };
}

/** Addresses that are no UTF-8: the middleware may fail at them, and every scanner sends some. */
export async function scannersAreQuiet(world: World, mark: string, url: string): Promise<Verdict> {
  const visitor = world.visitor();
  const answer = await visitor.ask(url);
  // Where nothing arrives, silence proves nothing.
  if ((await eventsOf(world, mark)).length === 0)
    return nothingCame(world, `GET ${url} answers ${answer.status}`);
  const known = world.errors.all().length;
  const statuses: number[] = [];
  for (const path of ['/%zz', '/api/%E0%A4%A']) statuses.push((await visitor.ask(path)).status);
  await world.sleep(QUIET_SECONDS * 1000);
  const events = world.errors
    .all()
    .slice(known)
    .filter(({ type }) => type === 'event');
  const [event] = events;
  if (event)
    return {
      verdict: 'fail',
      reason: `${events.length} reports came, the first: ${messageOf(event.payload)}`,
    };
  const subject = `GET /%zz and /api/%E0%A4%A answer ${statuses.join(' and ')}`;
  return { verdict: 'pass', evidence: [{ subject, observed: `silence for ${QUIET_SECONDS} seconds` }] };
}

/** The same error with a DSN and without. */
export async function silentWithoutDsn(world: World, mark: string, url: string): Promise<Verdict> {
  const { status } = await world.visitor().ask(url);
  const before = await eventsOf(world, mark);
  if (before.length === 0) return nothingCame(world, `with a DSN GET ${url} answers ${status}`);
  await world.restart({ SENTRY_DSN: '' });
  try {
    const known = world.errors.all().length;
    await world.visitor().ask(url);
    await world.sleep(QUIET_SECONDS * 1000);
    const more = world.errors.all().slice(known);
    if (more.length > 0) return { verdict: 'fail', reason: `${more.length} items came without a DSN` };
    const observed = `silence for ${QUIET_SECONDS} seconds`;
    return { verdict: 'pass', evidence: [{ subject: `GET ${url} answers ${status}`, observed }] };
  } finally {
    await world.restart();
  }
}

/** In a browser, which would report the same error again, under another name. */
export async function pageReports(world: World, mark: string, url: string): Promise<Verdict> {
  const page = await world.page();
  const answer = await page.goto(world.url + url);
  const html = (await answer?.text()) ?? '';
  const digest = /digest\\?":\s*\\?"(\d+)|data-dgst="(\d+)/.exec(html)?.slice(1).find(Boolean);
  const thrown = `GET ${url} answers ${answer?.status()}`;
  const events = await eventsOf(world, mark);
  const failed = once(thrown, events);
  if (failed) return failed;
  const all = world.errors.all().filter(({ type }) => type === 'event');
  const double = all.find(({ payload }) => messageOf(payload).includes('Server Components render'));
  if (double)
    return {
      verdict: 'fail',
      reason: `${thrown}, and a second report says less: ${messageOf(double.payload)}`,
    };
  const tag = events.map(({ payload }) => asRecord(asRecord(JSON.parse(payload)).tags).digest)[0];
  if (digest === undefined || tag !== digest)
    return { verdict: 'fail', reason: `the visitor sees the reference ${digest}, and the report has ${tag}` };
  return clean(world, `${thrown}, with the reference ${digest}`, events);
}

/** What fails in the browser, after a page was opened with the secret in its address. */
export async function browserReports(world: World, mark: string, url: string): Promise<Verdict> {
  const page = await world.page();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|connect-src/i.test(message.text())) refused.push(message.text());
  });
  await page.goto(`${world.url}${url}?token=${SECRET}#setup-token=${SECRET}`);
  await page.locator('[data-probe=reports]').click();
  const thrown = `${url} breaks in the browser`;
  const events = await eventsOf(world, mark);
  await world.picture(page, mark);
  if (events.length > 0) return clean(world, thrown, events);
  if (refused[0]) return { verdict: 'fail', reason: `the policy refused the report: ${refused[0]}` };
  return nothingCame(world, thrown);
}

/** The reports whose own message holds the mark: in an address or a breadcrumb it would say nothing. */
async function eventsOf(world: World, mark: string): Promise<readonly ErrorItem[]> {
  await world.errors.next(mark, SECONDS);
  // What was logged about the error may come before the error itself, or after it.
  await world.sleep(SETTLE_SECONDS * 1000);
  return world.errors
    .all()
    .filter(({ type, payload }) => type === 'event' && messageOf(payload).includes(mark));
}

function nothingCame(world: World, thrown: string): Verdict {
  const kinds = [...new Set(world.errors.all().map(({ type }) => type))].join(', ') || 'nothing';
  return {
    verdict: 'fail',
    reason: `${thrown}, and no report of it came in ${SECONDS} seconds; what came: ${kinds}`,
  };
}

function once(thrown: string, events: readonly ErrorItem[]): Verdict | undefined {
  if (events.length === 1) return undefined;
  const came =
    events.length === 0 ? `no report of it came in ${SECONDS} seconds` : `${events.length} reports came`;
  return { verdict: 'fail', reason: `${thrown}, and ${came}` };
}

/** Nothing that left, of any type, holds the address or the secret. */
function clean(world: World, thrown: string, events: readonly ErrorItem[]): Verdict {
  for (const { type, payload } of world.errors.all()) {
    if (payload.includes(ADDRESS))
      return { verdict: 'fail', reason: `an item of type ${type} holds the e-mail address` };
    const at = payload.indexOf(SECRET);
    if (at !== -1) {
      const around = payload.slice(Math.max(at - 60, 0), at);
      return { verdict: 'fail', reason: `an item of type ${type} holds the secret, after ${around}` };
    }
  }
  const [event] = events;
  const observed = `${event ? messageOf(event.payload) : 'nothing'} (reports: ${events.length})`;
  return { verdict: 'pass', evidence: [{ subject: thrown, observed }] };
}

/** The message of the exception, or of what was logged. */
function messageOf(payload: string): string {
  const { exception, message } = asRecord(JSON.parse(payload));
  const { values } = asRecord(exception);
  const all: readonly unknown[] = Array.isArray(values) ? values : [];
  const thrown = all.map((each) => `${asRecord(each).type}: ${asRecord(each).value}`);
  return [...thrown, ...(typeof message === 'string' ? [message] : [])].join('; ');
}
