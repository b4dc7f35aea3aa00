import type { NextApp } from '../../../src/contract.ts';
import { join } from '../../../src/repo/paths.ts';
import type { Probe } from '../../../src/world.ts';

/** What nothing in a report may hold. It comes with requests and addresses alone: the source of a probe is code. */
export const SECRET = 'Xq7-never-to-leave-9Zk';
/** What no report may hold either. */
export const ADDRESS = 'ada.probe@example.com';
/** How a probe writes to the log; this file itself writes nowhere. */
const LOG = 'console';
const DYNAMIC = "export const dynamic = 'force-dynamic';\n\n";

/** The files of the checks for one app, by what they do. */
export interface Probes {
  readonly route: Probe;
  readonly form: Probe;
  readonly log: Probe;
  readonly server: Probe;
  readonly client: Probe;
}

/** How the kind of a probe is called in its path, its messages and its reports. */
export function markOf(kind: keyof Probes): string {
  return `probe-of-reports-in-${kind}`;
}

/** The probes of an app whose pages stand in this folder. */
export function probesOf({ typescript }: NextApp, appDir: string): Probes {
  const extension = typescript ? 'ts' : 'js';
  const route = (kind: keyof Probes, text: string): Probe => ({
    path: join(appDir, 'api', markOf(kind), `route.${extension}`),
    text,
  });
  const page = (kind: keyof Probes, text: string): Probe => ({
    path: join(appDir, markOf(kind), `page.${extension}${typescript ? 'x' : ''}`),
    text,
  });
  return {
    route: route('route', throwing('GET', markOf('route'))),
    form: route('form', failingForm(markOf('form'), typescript ? ': Request' : '')),
    log: route('log', logging(markOf('log'))),
    server: page('server', throwing('default', markOf('server'))),
    client: page('client', inBrowser(markOf('client'), typescript ? ': string' : '')),
  };
}

function throwing(name: 'GET' | 'default', mark: string): string {
  const head = name === 'GET' ? 'export function GET()' : 'export default function Probe()';
  return `${DYNAMIC}${head} {\n  throw new Error('${mark}: no account of ${ADDRESS}');\n}\n`;
}

/** A sign-up that logs what it was sent, as people do, and fails with what it was sent in its message. */
function failingForm(mark: string, type: string): string {
  return `${DYNAMIC}export async function POST(request${type}) {
  const body = await request.text();
  const sent = request.headers.get('x-sent');
  ${LOG}.log('signing up', body, { password: sent, setupToken: sent });
  ${LOG}.warn('token: ' + sent + ' "token":"' + sent + '" cookie: next-auth.session-token=' + sent);
  ${LOG}.error('${mark} was logged', { headers: Object.fromEntries(request.headers), password: sent });
  throw new Error('${mark}: password=' + sent + ' Bearer ' + sent + ' /sign-up#setup-token=' + sent + ' of ${ADDRESS}');
}
`;
}

/** Nothing fails: what went wrong was caught and logged. */
function logging(mark: string): string {
  return `${DYNAMIC}export function GET() {
  ${LOG}.error('${mark} as a text');
  ${LOG}.error('${mark} as an object', { error: { message: 'mail is down' } });
  ${LOG}.error('as an error', new Error('${mark} as a cause'));
  return new Response('logged');
}
`;
}

/** Calm on the server: what throws there is another matter. */
function inBrowser(mark: string, type: string): string {
  return `'use client';

import { useState } from 'react';

function tell(secret${type}) {
  ${LOG}.log('opened with the token', secret, { password: secret });
  ${LOG}.warn('"token":"' + secret + '" at ' + window.location.href);
  void fetch('/api/health?token=' + secret).catch(() => undefined);
  window.history.pushState(window.history.state, '', '?token=' + secret + '#setup-token=' + secret);
}

export default function Probe() {
  const [secret, setSecret] = useState('');
  if (secret) throw new Error('${mark}: password: ' + secret + ' of ${ADDRESS}');
  return (
    <button
      type="button"
      data-probe="reports"
      onClick={() => {
        const found = window.location.hash.replace(/^.*=/, '');
        tell(found);
        setSecret(found);
      }}
    >
      break
    </button>
  );
}
`;
}
