import type { Finding, ManualStep } from '../../src/contract.ts';

/** What to do about each kind of finding; `list` names the pages, with what was found on them. */
const TITLES: Readonly<Record<string, (list: string) => string>> = {
  'no-page': (list) =>
    `Write ${list}: read from the API route of that name, with loading, empty and error states, and add it to the navigation`,
  'hard-coded-data': (list) =>
    `Replace the constants by what an API route answers (write the route where there is none), and say so where nothing is known: ${list}`,
  'simulated-action': (list) =>
    `Send the request that the function stands for, show its progress and its failure, and leave the page as it was when it failed: ${list}`,
  'inert-controls': (list) => `Give each button its handler, or take it out until there is one: ${list}`,
  'invented-user': (list) => `Let the API route take the user from the session, and send none: ${list}`,
  'no-loading-state': (list) => `Show a skeleton while the data is on its way: ${list}`,
  'no-error-state': (list) =>
    `Show that the request failed, with a button that tries again, also for 401 and 502; a fallback must say that it is one: ${list}`,
  'no-empty-state': (list) => `Say that there is nothing yet, and what to do about it: ${list}`,
  'not-in-navigation': (list) => `Add to the navigation: ${list}`,
  'dead-link': (list) => `Take the link out of the navigation, or write the page: ${list}`,
};

/** One step for each kind of finding. */
export function stepsFor(findings: readonly Finding[]): readonly ManualStep[] {
  return Object.entries(TITLES).flatMap(([code, title]) => {
    const places = findings
      .filter((finding) => finding.code === code)
      .map(({ path, data }) => {
        const what = data?.what ? ` (${data.what})` : '';
        return code === 'dead-link' ? `${data?.url} in ${path}` : `${data?.url}${what}`;
      });
    if (places.length === 0) return [];
    return [
      {
        title: title(places.join(', ')),
        why: 'Where the data comes from and what an action does is a decision of the product.',
        seenBy: 'The finding is gone from the next audit, and the checks of this gap pass.',
      },
    ];
  });
}
