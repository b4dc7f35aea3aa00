import type { Finding, Findings } from '../../src/contract.ts';
import type { FlawCode } from './read/page-flaws.ts';
import type { DashboardState, JudgedPage } from './read.ts';

export type Code =
  | FlawCode
  | 'no-page'
  | 'not-in-navigation'
  | 'dead-link'
  | 'no-phone-navigation'
  | 'sibling-is-mock';

/** What each page lacks, and links that lead nowhere. */
export function detect({ dashboards }: DashboardState): Findings<Code> {
  return {
    findings: dashboards.flatMap(({ pages, deadLinks, hidden }) => [
      ...pages.flatMap(findingsOf),
      ...deadLinks.map(
        ({ path, at, href }): Finding<Code> => ({ code: 'dead-link', path, at, data: { url: href } }),
      ),
      ...(hidden
        ? [
            {
              code: 'no-phone-navigation' as const,
              path: hidden.path,
              at: hidden.at,
              data: { what: hidden.name },
            },
          ]
        : []),
    ]),
  };
}

function findingsOf({ url, path, standing, flaws, isLinked }: JudgedPage): readonly Finding<Code>[] {
  if (standing === 'absent') return [{ code: 'no-page', path, data: { url } }];
  if (standing === 'mock') return [{ code: 'sibling-is-mock', path, at: 0, data: { url } }];
  return [
    ...flaws.map(
      (flaw): Finding<Code> => ({
        code: flaw.code,
        path: flaw.path,
        at: flaw.at,
        data: { url, what: flaw.what },
      }),
    ),
    ...(isLinked ? [] : [{ code: 'not-in-navigation' as const, path, at: 0, data: { url } }]),
  ];
}

/**
 * What goes together: the data of a page with the actions on it, the states of one list, an absent page with the links
 * that it would serve.
 */
export function unitOf({ code, path, data }: Finding<Code>): string {
  if (code === 'hard-coded-data' || code === 'simulated-action') return `data ${path}`;
  if (code === 'no-error-state' || code === 'no-empty-state') return `states ${path}`;
  if (code === 'no-page' || code === 'dead-link') return `address ${data?.url}`;
  return `${code} ${path} ${data?.what ?? ''}`;
}
