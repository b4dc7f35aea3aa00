import type { Check, NextApp, Repo, StaticCheck, Verdict } from '../../src/contract.ts';
import { codeBaseOf } from '../../src/read/code/code-base.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { instructionsOf } from '../../src/read/deploy/dockerfile.ts';
import { isInside, join } from '../../src/repo/paths.ts';
import { findBlockingPolicy } from './csp.ts';
import { liveChecks } from './live.ts';
import { isStaticExport } from './static-export.ts';
import { TRACKERS } from './trackers.ts';
import { trackingOf } from './tracking.ts';

/** Checks of the gap; empty without a Next.js app. */
export function checksOf(repo: Repo): readonly Check[] {
  return repo.layout.apps.flatMap((app) => [
    check(`Starting from what Next.js loads, an error reporter is reached (${app.workspace.path})`, () =>
      isReached(repo, app),
    ),
    check(`Sentry's server and client files both have a loader (${app.workspace.path})`, () =>
      sentryFiles(repo, app),
    ),
    check(`The Content-Security-Policy lets errors out (${app.workspace.path})`, () => letsOut(repo, app)),
    check(`The build in the image is given the browser's DSN (${app.workspace.path})`, () =>
      imageIsGiven(repo, app),
    ),
    ...liveChecks(repo, trackingOf(repo, app)),
  ]);
}

function check(title: string, run: () => Verdict): StaticCheck {
  return { title, level: 'static', run };
}

/** From the entry files down, instead of from the start call up. */
function isReached(repo: Repo, app: NextApp): Verdict {
  const entries = app.files.filter(
    (path) =>
      /(^|\/)(instrumentation(-client)?|layout|_app|page|route|middleware|proxy|next\.config)\.[cm]?[jt]sx?$/.test(
        path,
      ) ||
      (app.pagesDir !== undefined && isInside(app.pagesDir, path)),
  );
  const words =
    /sentry|bugsnag|rollbar|datadog|dd-trace|highlight|posthog|honeybadger|axiom|newrelic|appsignal|raygun|airbrake|logrocket|trackjs|hyperdx|faro|apm|insights|otel|opentelemetry|onRequestError|monitor|track|report|error|provider|analytics|observ|telemetry/i;
  const leads = (path: string) => {
    const code = withoutComments(repo, path);
    return importsIn(code).some((from) => words.test(from)) || /onRequestError/.test(code);
  };
  // Its own name first: `track` and `report` are words of many things.
  const hit = entries.find((path) => repo.mentions(path, /sentry/i) && leads(path)) ?? entries.find(leads);
  const starts = codeBaseOf(repo, app).code.some((path) => {
    const text = withoutComments(repo, path);
    const sources = importsIn(text);
    return (
      /onRequestError/.test(text) ||
      TRACKERS.some(
        ({ starts: call, packages }) =>
          call.test(text) &&
          sources.some((from) => packages.test(from) || packages.test(from.replace(/\/[\w-]+$/, ''))),
      )
    );
  });
  if (hit === undefined || !starts)
    return { verdict: 'fail', reason: 'no entry file leads to an error reporter' };
  return { verdict: 'pass', evidence: [{ subject: hit, observed: 'leads to an error reporter' }] };
}

function importsIn(code: string): readonly string[] {
  return [...code.matchAll(/(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, from = '']) => from);
}

function sentryFiles(repo: Repo, app: NextApp): Verdict {
  const all = app.files.filter((path) => /(^|\/)sentry\.(client|server|edge)\.config\./.test(path));
  const config = withoutComments(repo, app.configPath ?? '');
  const hooks = app.files.filter((path) => /(^|\/)instrumentation\.[cm]?[jt]s$/.test(path));
  const hooked = hooks.map((path) => withoutComments(repo, path)).join('\n');
  const isOld = repo.mentions(app.workspace.path, /"@sentry\/nextjs"\s*:\s*"[\^~]?[1-7]\./);
  const needsFlag = /^[\^~]?1[0-4]\b/.test(app.next) && hooks.length > 0 && !isOld;
  const bad = all.filter((path) =>
    /client/.test(path)
      ? !/withSentry/.test(config)
      : !isOld && !/sentry\.(server|edge)\.config|Sentry\.init/.test(hooked),
  );
  if (bad.length > 0) return { verdict: 'fail', reason: `nothing loads ${bad.join(', ')}` };
  if (needsFlag && !/instrumentationHook|withSentryConfig/.test(config))
    return { verdict: 'fail', reason: 'next.config does not switch instrumentation on' };
  const isOnServer = hooked.includes('Sentry.init') || all.some((path) => !/client/.test(path));
  if (isOnServer && !startsInBrowser(repo, app))
    return { verdict: 'fail', reason: 'Sentry starts on the server only' };
  const clients = app.files.filter(
    (path) =>
      /(^|\/)(sentry\.client\.config|instrumentation-client)\.[jt]sx?$/.test(path) &&
      repo.mentions(path, 'Sentry.init'),
  );
  const onlyClient = clients.length > 0 && all.every((path) => /client/.test(path)) && hooks.length === 0;
  if (onlyClient && !isStaticExport(repo, app))
    return { verdict: 'fail', reason: 'Sentry starts in the browser only' };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'Sentry files', observed: `${all.length}, each with a loader` }],
  };
}

/** A tracker's start in a file that is not for the server alone by its name; traces are sent by servers. */
function startsInBrowser(repo: Repo, app: NextApp): boolean {
  const starts = TRACKERS.flatMap((tracker) => (tracker.ingest === undefined ? [] : [tracker.starts]));
  return codeBaseOf(repo, app).code.some((path) => {
    if (/(server|edge)[\w.]*$|(^|\/)(instrumentation|route)\.\w+$|\/api\//.test(path)) return false;
    const code = withoutComments(repo, path);
    return starts.some((start) => start.test(code));
  });
}

function letsOut(repo: Repo, app: NextApp): Verdict {
  const policy = findBlockingPolicy(repo, trackingOf(repo, app));
  if (policy) return { verdict: 'fail', reason: `${policy.path} blocks the ingest host` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'connect-src', observed: 'no policy against the tracker' }],
  };
}

/** Where no env file can come along, an argument is the only way to the code that the browser runs. */
function imageIsGiven(repo: Repo, app: NextApp): Verdict {
  const name = 'NEXT_PUBLIC_SENTRY_DSN';
  const reads = codeBaseOf(repo, app).code.find((path) => withoutComments(repo, path).includes(name));
  const image = repo.peek(join(app.dir, 'Dockerfile'));
  const isSealed = repo.mentions(join(app.dir, '.dockerignore'), /^\.env\*?$/m);
  if (reads === undefined || image === undefined || !isSealed)
    return { verdict: 'pass', evidence: [{ subject: name, observed: 'no image needs an argument for it' }] };
  const instructions = instructionsOf(image);
  const build = instructions.find(
    ({ keyword, words }) => keyword === 'RUN' && /\bbuild\b/.test(words) && !words.includes(name),
  );
  if (!build)
    return { verdict: 'pass', evidence: [{ subject: name, observed: 'no bare build in the image' }] };
  const given = instructions.find(
    ({ keyword, words, stage, start }) =>
      /^(ARG|ENV)$/.test(keyword) && words.includes(name) && stage === build.stage && start < build.start,
  );
  return given
    ? {
        verdict: 'pass',
        evidence: [{ subject: join(app.dir, 'Dockerfile'), observed: `${given.keyword} ${name}` }],
      }
    : { verdict: 'fail', reason: `${reads} reads ${name}, and nothing gives it to the build in the image` };
}
