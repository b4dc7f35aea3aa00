import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';

/** What to do about each code; `list` names the pages, with what was found on them. A note has no step. */
const TITLES: Readonly<Record<Code, ((list: string) => string) | undefined>> = {
  'no-page': (list) =>
    `Write ${list}: read from the API route of that name, with loading, empty and error states, and add it to the navigation`,
  'hard-coded-data': (list) =>
    `Replace the constants by what an API route answers (write the route where there is none), and say so where nothing is known: ${list}`,
  'simulated-action': (list) =>
    `Send the request that the function stands for, show its progress and its failure, and leave the page as it was when it failed: ${list}`,
  'inert-controls': (list) => `Give each button its handler, or take it out until there is one: ${list}`,
  'dead-request': (list) =>
    `Write the routes that the pages ask, or let them ask those that there are, and look at response.ok: ${list}`,
  'invented-user': (list) => `Let the API route take the user from the session, and send none: ${list}`,
  'no-loading-state': (list) => `Show a skeleton while the data is on its way: ${list}`,
  'no-error-state': (list) =>
    `Show that the request failed, with a button that tries again, also for 401 and 502; a fallback must say that it is one: ${list}`,
  'no-empty-state': (list) => `Say that there is nothing yet, and what to do about it: ${list}`,
  'not-in-navigation': (list) => `Add to the navigation: ${list}`,
  'dead-link': (list) => `Take the link out of the navigation, or write the page: ${list}`,
  'sibling-is-mock': undefined,
};

/** One step for each code. */
export function stepsFor(wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  return Object.entries(TITLES).flatMap(([code, title]) => {
    const places = wanted.filter((finding) => finding.code === code).map(placeOf);
    if (places.length === 0 || !title) return [];
    return [
      {
        title: title(places.join(', ')),
        why: 'Where the data comes from and what an action does is a decision of the product.',
        seenBy: 'The finding is gone from the next audit.',
      },
    ];
  });
}

function placeOf({ code, path, data }: Finding<Code>): string {
  if (code === 'dead-link') return `${data?.url} in ${path}`;
  return data?.what ? `${data.url} (${data.what})` : `${data?.url}`;
}
