import {
  CLOSED,
  defineGap,
  type Edit,
  type Finding,
  type ManualStep,
  notApplicable,
  type Repo,
  type Verdict,
} from '../../src/contract.ts';
import { remove, splice } from '../../src/edit/spans.ts';
import { type Call, callerEdits, callsOf } from './callers.ts';
import { gateEdits } from './gate.ts';
import { guardOf } from './guard.ts';
import { liveChecks } from './live.ts';
import { type DebugRoute, debugRoutes, doubtfulRoutes, everyHandlerIsGuarded } from './routes.ts';

export default defineGap({
  meta: {
    id: 'GAP-001',
    slug: 'debug-endpoints',
    title: 'Remove debug/test API endpoints',
    problem: 'Routes made for trying things out answer anybody in production, and run what they are sent.',
    looksFor:
      'Route handlers under api/test, api/debug and their like that answer without a login in production, and the shipped code that calls them.',
    category: 'Security',
    priority: 'P0',
    effort: '5 min',
    fix: 'automatic',
    requires: [],
    writes: ['**/*.{ts,tsx,js,jsx}'],
    messages: {
      'debug-route': '{{url}} answers anybody in production.',
      'calls-debug-route': 'This calls the debug route {{url}}.',
      'debug-route-behind-login': {
        text: '{{url}} stands among debug routes and asks for a login; it is left alone.',
        kind: 'note',
      },
      'maybe-debug-route': {
        text: '{{url}} is called like a debug route and asks for no login that is known here; a person has to look.',
        kind: 'note',
      },
      'calls-missing-route': {
        text: 'This names {{url}}, which no route handler of this app serves.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-001',
      'https://nextjs.org/docs/14/app/building-your-application/routing/route-handlers',
    ],
  },

  options: (zod) =>
    zod.object({
      strategy: zod
        .enum(['delete', 'gate'])
        .default('delete')
        .describe(
          'delete the routes and the entries that call them, or keep them for development: gated handlers answer 404 in production, other methods 405.',
        ),
    }),

  detect(repo) {
    const { apps } = repo.layout;
    if (apps.length === 0) return notApplicable('no Next.js app');
    const findings = apps.flatMap((app) => {
      const routes = debugRoutes(repo, app);
      return [
        ...routes.flatMap(routeFindings),
        ...callsOf(repo, app).flatMap((call) => callFindings(call, routes)),
        ...doubtfulRoutes(repo, app).map(
          ({ path, url }): Finding<Code> => ({ code: 'maybe-debug-route', path, at: 0, data: { url } }),
        ),
      ];
    });
    return findings.length === 0 ? CLOSED : { kind: 'findings', findings };
  },

  apply(repo, _findings, { strategy }) {
    const edits: Edit[] = [];
    const manual: ManualStep[] = [];
    for (const app of repo.layout.apps) {
      const open = debugRoutes(repo, app).filter(({ guard }) => guard === 'none');
      const part = strategy === 'gate' ? gateAll(repo, open) : deleteAll(repo, open, callsOf(repo, app));
      edits.push(...part.edits);
      manual.push(...part.manual);
    }
    return { edits, manual };
  },

  verify(repo) {
    return [
      {
        title: 'Every file under api/test and api/debug answers 404 first in production, or asks for a login',
        level: 'static',
        run: () => filesAreShut(repo),
      },
      {
        title: 'Nothing that ships calls a debug route that is open',
        level: 'static',
        run: () => callsAreServed(repo),
      },
      ...repo.layout.apps.flatMap((app) => liveChecks(repo, app)),
    ];
  },
});

type Code =
  | 'debug-route'
  | 'calls-debug-route'
  | 'debug-route-behind-login'
  | 'maybe-debug-route'
  | 'calls-missing-route';

function routeFindings({ path, url, guard }: DebugRoute): Finding<Code>[] {
  if (guard === 'production') return [];
  return [
    { code: guard === 'none' ? 'debug-route' : 'debug-route-behind-login', path, at: 0, data: { url } },
  ];
}

function callFindings({ path, at, url }: Call, routes: readonly DebugRoute[]): Finding<Code>[] {
  const route = routes.find((each) => each.url === url);
  if (route && route.guard !== 'none') return [];
  return [{ code: route ? 'calls-debug-route' : 'calls-missing-route', path, at, data: { url } }];
}

interface Part {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

function gateAll(repo: Repo, routes: readonly DebugRoute[]): Part {
  const parts = routes.map((route) => gateEdits(repo, route));
  return { edits: parts.flatMap(({ edits }) => edits), manual: parts.flatMap(({ manual }) => manual) };
}

/** Callers first: a route that some shipped code still needs stays, and a person is told. */
function deleteAll(repo: Repo, routes: readonly DebugRoute[], calls: readonly Call[]): Part {
  const edits: Edit[] = [];
  const manual: ManualStep[] = [];
  const kept = new Set<string>();
  for (const path of new Set(calls.map((call) => call.path))) {
    const own = calls.filter((call) => call.path === path && routes.some(({ url }) => url === call.url));
    if (own.length === 0 || routes.some((route) => route.path === path)) continue;
    const outcome = callerEdits(repo, path, own);
    if ('spans' in outcome) edits.push(splice(repo, path, outcome.spans));
    else {
      manual.push(outcome.manual);
      for (const { url } of own) kept.add(url);
    }
  }
  return {
    edits: [...edits, ...routes.filter(({ url }) => !kept.has(url)).map(({ path }) => remove(repo, path))],
    manual,
  };
}

function filesAreShut(repo: Repo): Verdict {
  const files = repo.find(
    /(^|\/)api\/(v\d+\/)?(\(.*\)\/)?(_{0,2}(test|testing|debug)_{0,2}|debug-[\w-]+|[\w-]+-debug|sentry-example-api)(\/([^[]*\/)?(route|[\w-]+))?\.[jt]sx?$/,
  );
  const routes = files.filter(
    (path) =>
      repo.layout.apps.some((app) => app.files.includes(path)) &&
      /\/route\.[jt]sx?$|(^|\/)pages\/api\//.test(path),
  );
  const open = routes.filter(
    (path) =>
      !everyHandlerIsGuarded(repo.scan(path) ?? '') &&
      guardOf(repo, path, /\/route\.[jt]sx?$/.test(path) ? 'app' : 'pages') !== 'authentication',
  );
  if (open.length > 0)
    return { verdict: 'fail', reason: `${open.length} answer anybody, the first: ${open[0]}` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'files under api/test and api/debug', observed: `${routes.length}, none open` }],
  };
}

/** Reads the calls as text. One that no route serves is a note: a rewrite or another server may answer it. */
function callsAreServed(repo: Repo): Verdict {
  for (const app of repo.layout.apps) {
    const open = new Set(
      debugRoutes(repo, app)
        .filter(({ guard }) => guard === 'none')
        .map(({ url }) => url),
    );
    const bad = callsOf(repo, app).find(({ url }) => open.has(url));
    if (bad) return { verdict: 'fail', reason: `${bad.path} calls ${bad.url}` };
  }
  return {
    verdict: 'pass',
    evidence: [{ subject: 'strings of the shipped code', observed: 'none names an open debug route' }],
  };
}
