import {
  CLOSED,
  defineGap,
  type Finding,
  type Fix,
  notApplicable,
  type Repo,
  type Verdict,
} from '../../src/contract.ts';
import { isTest, missingCalls } from './callers.ts';
import { gateEdits } from './gate.ts';
import { guardOf } from './guard.ts';
import { liveChecks } from './live.ts';
import { mentionsOf } from './mentions.ts';
import { removalOf } from './removal.ts';
import { debugRoutes, doubtfulRoutes } from './routes.ts';
import { callerStep, routeStep } from './steps.ts';
import { findingsOf, type Unit, type UnitCode, unitsOf, wantedUnits } from './survey.ts';

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
    writes: ['**/*.{ts,tsx,js,jsx,mts,cts,mjs,cjs}', '**/*.{md,mdx,markdown}'],
    messages: {
      'debug-route': '{{methods}} {{url}} answers anybody in production.',
      'calls-debug-route': 'This calls the debug route {{url}}.',
      'imports-debug-route': 'This imports the file of the debug route {{url}}.',
      'debug-route-behind-login': {
        text: '{{url}} stands among debug routes and asks for a login; it is left alone.',
        kind: 'note',
      },
      'maybe-debug-route': {
        text: '{{url}} is called like a debug route and {{seen}}; a person has to look.',
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

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const { apps } = repo.layout;
    if (apps.length === 0) return notApplicable('no Next.js app');
    const open = unitsOf(repo).flatMap(findingsOf);
    const findings: Finding<Code>[] = [
      ...open.filter(({ code }) => code === 'debug-route'),
      ...open.filter(({ code }) => code !== 'debug-route'),
      ...notesOf(repo),
    ];
    return findings.length === 0 ? CLOSED : { findings };
  },

  unitOf: ({ data }) => data?.url ?? '',

  apply({ repo }, findings, { strategy }) {
    const wanted = wantedUnits(repo, findings);
    return strategy === 'gate' ? gateAll(repo, wanted) : removalOf(repo, wanted);
  },

  verify({ repo }) {
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

type Code = UnitCode | 'debug-route-behind-login' | 'maybe-debug-route' | 'calls-missing-route';

/** What goes beyond open routes: routes that are shut, or may be, and calls of none. */
function notesOf(repo: Repo): readonly Finding<Code>[] {
  return repo.layout.apps.flatMap((app) => {
    const routes = debugRoutes(repo, app);
    return [
      ...routes.flatMap(({ path, url, guard }): readonly Finding<Code>[] => {
        if (guard.kind === 'authentication')
          return [{ code: 'debug-route-behind-login', path, at: 0, data: { url } }];
        if (guard.kind !== 'unproven') return [];
        return [
          {
            code: 'maybe-debug-route',
            path,
            at: 0,
            data: { url, seen: `${guard.by} may keep the public out` },
          },
        ];
      }),
      ...missingCalls(repo, app, routes).map(
        ({ path, at, url }): Finding<Code> => ({ code: 'calls-missing-route', path, at, data: { url } }),
      ),
      ...doubtfulRoutes(repo, app).map(
        ({ path, url }): Finding<Code> => ({
          code: 'maybe-debug-route',
          path,
          at: 0,
          data: { url, seen: 'asks for no login that is known here' },
        }),
      ),
    ];
  });
}

/** What machines call or other files import cannot answer 404 in production either. */
function gateAll(repo: Repo, wanted: readonly Unit[]): Fix {
  const parts = wanted.map(({ routes, callers }): Fix => {
    const needing = callers.filter(({ kind }) => kind === 'setting' || kind === 'import');
    if (needing.length > 0) return { edits: [], manual: needing.map((each) => callerStep(repo, each, '')) };
    const gated = routes.map((route) =>
      route.guard.isUnseen ? { edits: [], manual: [routeStep(route)] } : gateEdits(repo, route),
    );
    return { edits: gated.flatMap(({ edits }) => edits), manual: gated.flatMap(({ manual }) => manual) };
  });
  return { edits: parts.flatMap(({ edits }) => edits), manual: parts.flatMap(({ manual }) => manual ?? []) };
}

function filesAreShut(repo: Repo): Verdict {
  const files = repo.find(
    /(^|\/)api\/(v\d+\/)?(\(.*\)\/)?(_{0,2}(test|testing|debug)_{0,2}|debug-[\w-]+|[\w-]+-debug|sentry-example-api)(\/([^[]*\/)?(route|[\w-]+))?\.[jt]sx?$/,
  );
  const routes = repo.layout.apps.flatMap((app) =>
    app.files
      .filter((path) => files.includes(path) && /\/route\.[jt]sx?$|(^|\/)pages\/api\//.test(path))
      .map((path) => ({ app, path })),
  );
  const open = routes.filter(({ app, path }) => {
    const url = `/api/${/(?:^|\/)api\/(.*?)(?:\/route|\/index)?\.[jt]sx?$/.exec(path)?.[1]?.replace(/\([^)]*\)\//g, '')}`;
    const kind = /\/route\.[jt]sx?$/.test(path) ? 'app' : 'pages';
    return guardOf(repo, app, { path, url, kind }).kind === 'none';
  });
  if (open.length > 0)
    return { verdict: 'fail', reason: `${open.length} answer anybody, the first: ${open[0]?.path}` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'files under api/test and api/debug', observed: `${routes.length}, none open` }],
  };
}

/** Reads lines as text. A call that no route serves is a note: a rewrite or another server may answer it. */
function callsAreServed(repo: Repo): Verdict {
  const open = unitsOf(repo).map(({ url }) => url);
  const shipped =
    open.length === 0 ? [] : repo.files.filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !isTest(path));
  for (const path of shipped) {
    const text = repo.peek(path) ?? '';
    const url = open.find((each) => mentionsOf(text, each).length > 0);
    if (url !== undefined) return { verdict: 'fail', reason: `${path} names ${url}, which is open` };
  }
  return {
    verdict: 'pass',
    evidence: [{ subject: 'lines of the shipped code', observed: 'none names an open debug route' }],
  };
}
