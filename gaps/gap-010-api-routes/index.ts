import { defineGap, type Finding, type NextApp, notApplicable, type Repo } from '../../src/contract.ts';
import { type RouteHandlers, routeHandlers } from '../../src/read/next/next-routes.ts';
import { checksOf } from './checks.ts';
import { codeOf } from './code.ts';
import { entriesOf, isRunbooks, type Lack, lacksOf, NAMED } from './lacks.ts';
import { stepsFor } from './steps.ts';
import { stubReason } from './stubs.ts';
import { unguardedMethods } from './unguarded.ts';

type Code = Lack | 'stub-route' | 'sibling-lacks' | 'unread-route';

export default defineGap({
  meta: {
    id: 'GAP-010',
    slug: 'api-routes',
    title: 'Complete stub API routes',
    problem: 'API routes act for anybody, take any body, or answer with data that nobody wrote.',
    looksFor:
      'The API routes that the runbook names: login, input validation, rate limit, real and fresh data; elsewhere, routes that only say they are not implemented or answer with mock data, and routes that change or delete records for anybody.',
    category: 'API Routes',
    priority: 'P2',
    effort: '4 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-authentication': '{{url}} answers without asking who calls.',
      'no-validation': '{{url}} uses the body as it comes; no schema checks it.',
      'no-rate-limit': 'Nothing limits how often {{url}} is called.',
      'unescaped-query': '{{url}} puts query parameters into an upstream url without escaping them.',
      'mock-data': '{{url}} answers with invented data.',
      'cached-upstream':
        '{{url}} answers for ever what its upstream said first: this version of Next.js caches the fetch of a GET handler.',
      'hides-upstream-failure': '{{url}} answers 200 when its upstream fails.',
      'no-invitation-record': '{{url}} sends a mail and keeps no invitation that could be accepted.',
      'read-only': '{{url}} only lists the keys; none can be created, rotated or revoked.',
      'stub-route': '{{url}} {{reason}}.',
      'sibling-lacks': {
        text: '{{url}}, which the runbook does not name, has no {{lacks}}.',
        kind: 'note',
      },
      'unread-route': {
        text: '{{url}} exports its handlers from elsewhere; they were not read.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-010',
      'https://nextjs.org/docs/14/app/building-your-application/caching#data-cache',
      'https://owasp.org/API-Security/editions/2023/en/0x11-t10/',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const all = repo.layout.apps.map((app) => ({ app, routes: routeHandlers(repo, app) }));
    if (all.every(({ routes }) => routes.length === 0))
      return notApplicable('no API routes of a Next.js app');
    const hasNamed = isRunbooks(all.flatMap(({ routes }) => routes.map(({ url }) => url)));
    if (!hasNamed) {
      const findings = all.flatMap(({ app, routes }) =>
        routes.flatMap((route) => [...stubsOf(repo, app, route), ...unguardedOf(repo, app, route)]),
      );
      if (findings.length > 0) return { findings };
      return notApplicable(
        'none of the routes that the runbook names, and no route that is clearly a stub or clearly open to strangers',
      );
    }
    const findings = all.flatMap(({ app, routes }) =>
      routes.flatMap((route) => findingsOf(repo, app, route)),
    );
    return { findings };
  },

  apply: (_state, findings) => ({ edits: [], manual: stepsFor(findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function stubsOf(repo: Repo, app: NextApp, route: RouteHandlers): readonly Finding<Code>[] {
  const reason = stubReason(repo, app, route);
  if (reason === undefined) return [];
  return [{ code: 'stub-route', path: route.path, at: 0, data: { url: route.url, reason } }];
}

/** In other applications, only where nothing at all asks who wants a record changed or deleted. */
function unguardedOf(repo: Repo, app: NextApp, route: RouteHandlers): readonly Finding<Code>[] {
  const { path, url } = route;
  const methods = unguardedMethods(repo, app, route);
  if (methods.length === 0) return [];
  return [
    {
      code: 'no-authentication',
      path,
      at: handlerOffset(repo.peek(path) ?? '', methods),
      data: { url: `${methods.join(' and ')} ${url}` },
    },
  ];
}

function findingsOf(repo: Repo, app: NextApp, route: RouteHandlers): readonly Finding<Code>[] {
  const { path, url } = route;
  if (!NAMED.has(url)) return siblingOf(repo, app, route);
  if (entriesOf(route).every((method) => codeOf(repo, app, path, method, 1) === ''))
    return [{ code: 'unread-route', path, at: 0, data: { url } }];
  const at = handlerOffset(repo.peek(path) ?? '', entriesOf(route));
  const lacks = lacksOf(repo, app, route).map((code) => ({ code, path, at, data: { url } }));
  return [...stubsOf(repo, app, route), ...lacks];
}

/** What a note tells of a route that the runbook does not name. */
const TOLD: Readonly<Partial<Record<Lack, string>>> = {
  'no-authentication': 'login',
  'no-validation': 'validation',
  'mock-data': 'real data',
};

/** Routes that strangers and machines call by design. */
const OPEN_BY_DESIGN = /\/(auth|webhooks?|cron|health|healthz|test|debug)(\/|$)|webhook/;

function siblingOf(repo: Repo, app: NextApp, route: RouteHandlers): readonly Finding<Code>[] {
  const { path, url } = route;
  if (OPEN_BY_DESIGN.test(url)) return [];
  const lacks = lacksOf(repo, app, route, (lack) => TOLD[lack] !== undefined).flatMap(
    (lack) => TOLD[lack] ?? [],
  );
  if (lacks.length === 0) return [];
  return [{ code: 'sibling-lacks', path, at: 0, data: { url, lacks: lacks.join(', no ') } }];
}

function handlerOffset(text: string, methods: readonly string[]): number {
  const found = new RegExp(`\\bexport\\b[^\\n]*\\b(?:${methods.join('|')})\\b`).exec(text);
  return found?.index ?? 0;
}
