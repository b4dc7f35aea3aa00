import type { LiveCheck, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { pageFoldersOf } from '../../src/read/app-router.ts';
import { findCode } from '../../src/read/code-base.ts';
import { join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { Probe, World } from '../../src/world.ts';
import type { Tracking } from './tracking.ts';

const NAME = 'probe-of-reports';
const ADDRESS = 'ada.probe@example.com';
/** As the runbook has it. */
const SECONDS = 30;
/** How long silence is listened to: reports arrive within two. */
const QUIET_SECONDS = 8;
const SETTLE_SECONDS = 2;

const inRoute = (mark: string) => `export const dynamic = 'force-dynamic';

export function GET() {
  throw new Error('${mark}: no account of ${ADDRESS}');
}
`;
const inServerComponent = (mark: string) => `export const dynamic = 'force-dynamic';

export default function Probe() {
  throw new Error('${mark}: no account of ${ADDRESS}');
}
`;
/** Calm on the server: what throws there is another matter. */
const inClientComponent = (mark: string) => `'use client';

import { useState } from 'react';

export default function Probe() {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) throw new Error('${mark}: no account of ${ADDRESS}');
  return (
    <button type="button" data-probe="${NAME}" onClick={() => setBroken(true)}>
      break
    </button>
  );
}
`;

/** Errors are thrown in the built app, and looked for in a sink that speaks Sentry's protocol. */
export function liveChecks(repo: Repo, { app, base, declared }: Tracking): readonly LiveCheck[] {
  const { appDir } = app;
  const isOther = declared.length > 0 && !declared.some(({ tracker }) => tracker.name === 'Sentry');
  if (appDir === undefined || isOther) return [];
  const common = { level: 'live', app: app.dir, seconds: 90 } as const;
  const isStarted = declared.some(({ starts }) => starts.length > 0);
  if (isStarted && !readsBothDsns(repo, base.code)) return [unreachable(app)];
  const extension = app.typescript ? 'ts' : 'js';
  const at = (kind: string) => `${NAME}-in-${kind}`;
  const route: Probe = {
    path: join(appDir, 'api', at('route'), `route.${extension}`),
    text: inRoute(at('route')),
  };
  const page = (kind: string, text: string): Probe => ({
    path: join(appDir, at(kind), `page.${extension}${extension === 'ts' ? 'x' : ''}`),
    text,
  });
  const checks: LiveCheck[] = [
    {
      ...common,
      title: `An error thrown in a route arrives within ${SECONDS} seconds, without the e-mail address in it`,
      needs: ['app', 'errors'],
      probes: [route],
      run: (world) => serverReports(world, at('route'), `/api/${at('route')}`),
    },
    {
      ...common,
      title: 'Without a DSN the server sends nothing',
      needs: ['app', 'errors'],
      probes: [route],
      run: (world) => silentWithoutDsn(world, at('route'), `/api/${at('route')}`),
    },
  ];
  if (!pageFoldersOf(app).includes(appDir)) return checks;
  return [
    ...checks,
    {
      ...common,
      title: `An error thrown in a server component arrives within ${SECONDS} seconds, without the e-mail address in it`,
      needs: ['app', 'errors'],
      probes: [page('server', inServerComponent(at('server')))],
      run: (world) => serverReports(world, at('server'), `/${at('server')}`),
    },
    {
      ...common,
      title: `An error thrown in a client component gets past the policy and arrives within ${SECONDS} seconds, without the e-mail address in it`,
      needs: ['app', 'errors', 'browser'],
      probes: [page('client', inClientComponent(at('client')))],
      run: (world) => browserReports(world, at('client'), `/${at('client')}`),
    },
  ];
}

/** A DSN that stands in the code leads to somebody's project: nothing is thrown there. */
function readsBothDsns(repo: Repo, code: readonly string[]): boolean {
  return (
    findCode(repo, code, /\bNEXT_PUBLIC_SENTRY_DSN\b/) !== undefined &&
    findCode(repo, code, /(?<!NEXT_PUBLIC_)\bSENTRY_DSN\b|\bNEXT_PUBLIC_SENTRY_DSN\b/) !== undefined
  );
}

function unreachable({ dir }: NextApp): LiveCheck {
  return {
    level: 'live',
    title: `Errors thrown in ${dir || 'the app'} arrive in a local sink`,
    needs: [],
    run: async () => ({
      verdict: 'skip',
      reason:
        'the app does not take its DSN from NEXT_PUBLIC_SENTRY_DSN, so its reports cannot be led to a sink',
    }),
  };
}

async function serverReports(world: World, mark: string, url: string): Promise<Verdict> {
  const { status } = await world.visitor().ask(url);
  return arrived(world, mark, `GET ${url} answers ${status}`);
}

async function browserReports(world: World, mark: string, url: string): Promise<Verdict> {
  const page = await world.page();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|connect-src/i.test(message.text())) refused.push(message.text());
  });
  await page.goto(world.url + url);
  await page.locator(`[data-probe=${NAME}]`).click();
  const verdict = await arrived(world, mark, `${url} breaks in the browser`);
  await world.picture(page, mark);
  if (verdict.verdict === 'pass' || refused.length === 0) return verdict;
  return { verdict: 'fail', reason: `the policy refused the report: ${refused[0]}` };
}

/** The report holds what happened, and nowhere in it the address. */
async function arrived(world: World, mark: string, thrown: string): Promise<Verdict> {
  await world.errors.next(mark, SECONDS);
  // What was logged about the error may come before the error itself, or after it.
  await world.sleep(SETTLE_SECONDS * 1000);
  const items = world.errors.all();
  const events = items.filter(({ type, payload }) => type === 'event' && messageOf(payload).includes(mark));
  const [event] = events;
  if (!event) {
    const kinds = [...new Set(items.map(({ type }) => type))].join(', ') || 'nothing';
    return {
      verdict: 'fail',
      reason: `${thrown}, and no report of it came in ${SECONDS} seconds; what came: ${kinds}`,
    };
  }
  const telling = items.find(({ payload }) => payload.includes(ADDRESS));
  if (telling) return { verdict: 'fail', reason: `an item of type ${telling.type} holds the e-mail address` };
  const observed = `${messageOf(event.payload)} (reports: ${events.length})`;
  return { verdict: 'pass', evidence: [{ subject: thrown, observed }] };
}

/** The message of the exception: a mark in an address or a breadcrumb would say nothing. */
function messageOf(payload: string): string {
  const { values } = asRecord(asRecord(JSON.parse(payload)).exception);
  const all: readonly unknown[] = Array.isArray(values) ? values : [];
  return all.map((each) => `${asRecord(each).type}: ${asRecord(each).value}`).join('; ');
}

async function silentWithoutDsn(world: World, mark: string, url: string): Promise<Verdict> {
  const before = await serverReports(world, mark, url);
  if (before.verdict !== 'pass') return { verdict: 'fail', reason: 'with a DSN nothing arrives either' };
  await world.restart({ SENTRY_DSN: '' });
  try {
    const known = world.errors.all().length;
    const { status } = await world.visitor().ask(url);
    await world.sleep(QUIET_SECONDS * 1000);
    const more = world.errors.all().slice(known);
    if (more.length > 0) return { verdict: 'fail', reason: `${more.length} items came without a DSN` };
    return {
      verdict: 'pass',
      evidence: [
        { subject: `GET ${url} answers ${status}`, observed: `silence for ${QUIET_SECONDS} seconds` },
      ],
    };
  } finally {
    await world.restart();
  }
}
