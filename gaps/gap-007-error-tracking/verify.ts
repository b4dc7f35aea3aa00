import type { Check, LiveCheck, NextApp, Repo } from '../../src/contract.ts';
import { findCode } from '../../src/read/code/code-base.ts';
import { pageFoldersOf } from '../../src/read/next/app-router.ts';
import type { AppTracking, TrackingState } from './read.ts';
import { imageCheck } from './verify/image-arguments.ts';
import { markOf, probesOf } from './verify/probes.ts';
import {
  browserReports,
  logsArrive,
  pageReports,
  postsStay,
  SECONDS,
  scannersAreQuiet,
  serverReports,
  silentWithoutDsn,
} from './verify/trials.ts';

/** Errors are thrown in the built app, and looked for in a sink that speaks Sentry's protocol. */
export function verify({ repo, apps }: TrackingState): readonly Check[] {
  return apps.flatMap((tracking) => [imageCheck(repo, tracking), ...liveChecks(repo, tracking)]);
}

function liveChecks(repo: Repo, { app, base, declared, isStatic }: AppTracking): readonly LiveCheck[] {
  const { appDir } = app;
  const isOther = declared.length > 0 && !declared.some(({ tracker }) => tracker.name === 'Sentry');
  if (appDir === undefined || isOther || isStatic) return [];
  const isStarted = declared.some(({ starts }) => starts.length > 0);
  if (isStarted && !readsBothDsns(repo, base.code)) return [unreachable(app)];
  const inRoutes = routeChecks(app, appDir);
  return pageFoldersOf(app).includes(appDir) ? [...inRoutes, ...pageChecks(app, appDir)] : inRoutes;
}

function routeChecks(app: NextApp, appDir: string): readonly LiveCheck[] {
  const { route, form, log } = probesOf(app, appDir);
  const common = { level: 'live', app: app.dir, seconds: 90, needs: ['app', 'errors'] } as const;
  return [
    {
      ...common,
      title: `An error thrown in a route arrives within ${SECONDS} seconds, once, without the e-mail address in it`,
      probes: [route],
      run: (world) => serverReports(world, markOf('route'), `/api/${markOf('route')}`),
    },
    {
      ...common,
      title: 'Of a JSON and of a form post that fail, no body, header, cookie, query or secret leaves',
      probes: [form],
      run: (world) => postsStay(world, markOf('form'), `/api/${markOf('form')}`),
    },
    {
      ...common,
      title: 'What a route catches and logs as an error arrives: a text, an object, a cause',
      probes: [log],
      run: (world) => logsArrive(world, markOf('log'), `/api/${markOf('log')}`),
    },
    {
      ...common,
      title: 'An address that no browser would send is no report',
      probes: [route],
      run: (world) => scannersAreQuiet(world, markOf('route'), `/api/${markOf('route')}`),
    },
    {
      ...common,
      title: 'Without a DSN the server sends nothing',
      probes: [route],
      run: (world) => silentWithoutDsn(world, markOf('route'), `/api/${markOf('route')}`),
    },
  ];
}

function pageChecks(app: NextApp, appDir: string): readonly LiveCheck[] {
  const { server, client } = probesOf(app, appDir);
  const common = { level: 'live', app: app.dir, seconds: 90 } as const;
  return [
    {
      ...common,
      title: `An error thrown in a server component arrives within ${SECONDS} seconds, once, with the reference that a visitor sees`,
      needs: ['app', 'errors', 'browser'],
      probes: [server],
      run: (world) => pageReports(world, markOf('server'), `/${markOf('server')}`),
    },
    {
      ...common,
      title: `An error thrown in a client component gets past the policy and arrives within ${SECONDS} seconds, without a secret of the address or of the log`,
      needs: ['app', 'errors', 'browser'],
      probes: [client],
      run: (world) => browserReports(world, markOf('client'), `/${markOf('client')}`),
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
