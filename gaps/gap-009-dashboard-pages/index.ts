import { defineGap, type Finding, type NextApp, notApplicable, type Repo } from '../../src/contract.ts';
import type { PageFile } from '../../src/read/next/next-routes.ts';
import { join } from '../../src/repo/paths.ts';
import { certainLacks } from './certain.ts';
import { checksOf } from './checks.ts';
import { deadLinks, type NavLink, navLinks } from './navigation.ts';
import { isMock, lacksOfPage, type PageLack } from './page-state.ts';
import { stepsFor } from './steps.ts';
import { dashboardPages, isRunbooks, NAMED } from './subject.ts';

type Code = PageLack | 'no-page' | 'not-in-navigation' | 'dead-link' | 'sibling-is-mock';

export default defineGap({
  meta: {
    id: 'GAP-009',
    slug: 'dashboard-pages',
    title: 'Complete stub dashboard pages',
    problem: 'Dashboard pages show constants as if they were live, and buttons wait where they should work.',
    looksFor:
      'Dashboard pages that the runbook names: missing, hard-coded or simulated, without states, not in the navigation; elsewhere, pages that sleep instead of saving, charts of constants, buttons without effect and links that lead nowhere.',
    category: 'Frontend',
    priority: 'P2',
    effort: '8 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-page': '{{url}} does not exist.',
      'hard-coded-data': '{{url}} shows constants as data: {{what}}.',
      'simulated-action': '{{what}} of {{url}} only waits; nothing is saved or started.',
      'inert-controls': '{{url}} has buttons that do nothing: {{what}}.',
      'invented-user': '{{url}} acts for the invented user {{what}}, not for the one who is signed in.',
      'no-loading-state': '{{url}} fetches and shows nothing while it waits.',
      'no-error-state': '{{url}} fetches and does not show that it failed.',
      'no-empty-state': '{{url}} lists what it fetched and says nothing when there is none.',
      'not-in-navigation': '{{url}} is not in the navigation.',
      'dead-link': 'This links to {{url}}, which no page serves.',
      'sibling-is-mock': {
        text: '{{url}}, which the runbook does not name, shows invented data or only pretends to act.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-009',
      'https://nextjs.org/docs/14/app/building-your-application/routing/loading-ui-and-streaming',
      'https://nextjs.org/docs/14/app/building-your-application/routing/error-handling',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const all = repo.layout.apps.map((app) => ({ app, found: dashboardPages(repo, app) }));
    if (all.every(({ found }) => found.length === 0))
      return notApplicable('no Next.js app has pages under /dashboard or in a group of that name');
    return { findings: all.flatMap(({ app, found }) => findingsOf(repo, app, found)) };
  },

  apply: (_state, findings) => ({ edits: [], manual: stepsFor(findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function findingsOf(repo: Repo, app: NextApp, found: readonly PageFile[]): readonly Finding<Code>[] {
  if (found.length === 0) return [];
  const links = navLinks(repo, app);
  return [
    ...(isRunbooks(found) ? namedFindings(repo, app, found, links) : certainFindings(repo, app, found)),
    ...deadLinks(repo, app, links).map(({ path, at, href }) => ({
      code: 'dead-link' as const,
      path,
      at,
      data: { url: href },
    })),
  ];
}

function namedFindings(
  repo: Repo,
  app: NextApp,
  found: readonly PageFile[],
  links: readonly NavLink[],
): readonly Finding<Code>[] {
  const linked = new Set(links.map(({ href }) => href));
  const named = NAMED.flatMap((url): Finding<Code>[] => {
    const page = found.find((each) => each.url === url);
    if (!page) {
      const [first] = found.filter((each) => each.path.includes('/dashboard/'));
      const base = first?.path.replace(/\/dashboard\/.*$/, '') ?? app.appDir ?? '';
      return [{ code: 'no-page', path: join(base, url.slice(1), 'page.tsx'), data: { url } }];
    }
    const lacks = lacksOfPage(repo, app, page.path).map(({ code, at, what }) => ({
      code,
      path: page.path,
      at,
      data: { url, what },
    }));
    if (linked.size === 0 || linked.has(url)) return lacks;
    return [...lacks, { code: 'not-in-navigation', path: page.path, at: 0, data: { url } }];
  });
  const siblings = found
    .filter(({ url, path }) => !NAMED.includes(url) && isMock(repo, app, path))
    .map(({ url, path }) => ({ code: 'sibling-is-mock' as const, path, at: 0, data: { url } }));
  return [...named, ...siblings];
}

/** In other applications: what is certain without knowing what the page is for; a file that two pages show once. */
function certainFindings(repo: Repo, app: NextApp, found: readonly PageFile[]): readonly Finding<Code>[] {
  const seen = new Set<string>();
  return found.flatMap(({ path: page, url }) =>
    certainLacks(repo, app, page).flatMap(({ code, path, at, what }): readonly Finding<Code>[] => {
      const key = `${code} ${path} ${at}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ code, path, at, data: { url, what } }];
    }),
  );
}
