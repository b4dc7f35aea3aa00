import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Left } from './apply/page-fix.ts';
import type { Code } from './detect.ts';
import type { GatewayLimit } from './read/gateway-limits.ts';

/** What a person, or an editor that writes code, does about a code. */
interface Order {
  /** Imperative; `place` is the page with what was found on it. */
  readonly title: (place: string) => string;
  /** Which data, which states. */
  readonly why: string;
  /** How it is verified. */
  readonly seenBy: string;
}

const STATES =
  'While it loads, when there is none, when it failed (with a button that tries again), after a 401 (with a link to sign in) and after a 429 the page says so';
const AUDIT = 'The finding is gone from the next audit';
const PAYLOAD = `${AUDIT}; with a gateway that answers a random word the word is on the page, and an empty list, a 500 and no answer each show their state.`;

/** A note has no order. */
const ORDERS: Readonly<Record<Code, Order | undefined>> = {
  'no-page': {
    title: (place) =>
      `Write ${place}: it reads from the API route of that name, and stands in the navigation`,
    why: `What it shows is a decision of the product. ${STATES}.`,
    seenBy: PAYLOAD,
  },
  'hard-coded-data': {
    title: (place) => `Replace the constant by what its API route answers: ${place}`,
    why: `The endpoint exists, and the page is of a shape that is not edited blindly. ${STATES}.`,
    seenBy: PAYLOAD,
  },
  'unsourced-data': {
    title: (place) =>
      `Give the constant a source: an endpoint that answers its fields, a route over it that asks for the session, a schema that a changed answer does not pass; or take it off the page: ${place}`,
    why: `No endpoint of this repository answers with these fields, so where they come from is a decision of the product. ${STATES}.`,
    seenBy: PAYLOAD,
  },
  'simulated-action': {
    title: (place) =>
      `Send the request that the function stands for, show its progress and its failure, and leave the page as it was when it failed; or disable the control with a reason on the page: ${place}`,
    why: 'Which endpoint carries it out, and with what, is a decision of the product.',
    seenBy: `${AUDIT}; one press reaches the endpoint once, and a 500 is told on the page.`,
  },
  'inert-controls': {
    title: (place) => `Give each button its handler, or disable it with a reason on the page: ${place}`,
    why: 'What a button does is a decision of the product.',
    seenBy: `${AUDIT}.`,
  },
  'dead-request': {
    title: (place) =>
      `Write the routes that the page asks, or let it ask those that there are, and look at response.ok: ${place}`,
    why: 'What these routes would answer is a decision of the product.',
    seenBy: `${AUDIT}; none of the page's requests answers 404 or 405.`,
  },
  'invented-user': {
    title: (place) => `Let the API route take the user from the session, and send none: ${place}`,
    why: 'The route trusts what the page says, or is not known.',
    seenBy: `${AUDIT}; two people who are signed in get different answers.`,
  },
  'client-guard': {
    title: (place) => `Ask for the session and its role on the server, before the page is sent: ${place}`,
    why: 'How this app tells who is signed in is not known well enough to write it.',
    seenBy: `${AUDIT}; without a session the address answers with a redirect.`,
  },
  'no-loading-state': {
    title: (place) => `Show that the data is on its way: ${place}`,
    why: 'The page fetches in a way of its own.',
    seenBy: `${AUDIT}; while the gateway does not answer, the page says that it waits.`,
  },
  'no-error-state': {
    title: (place) =>
      `Show that the request failed, with a button that tries again, also for 401 and 502; a fallback says that it is one: ${place}`,
    why: 'The page fetches in a way of its own.',
    seenBy: `${AUDIT}; a 500 of the gateway is told on the page.`,
  },
  'no-empty-state': {
    title: (place) => `Say that there is nothing yet, and what to do about it: ${place}`,
    why: 'The page fetches in a way of its own.',
    seenBy: `${AUDIT}; an empty list is told on the page.`,
  },
  'not-in-navigation': {
    title: (place) => `Add to the navigation: ${place}`,
    why: 'The entries of the navigation are of a shape of their own.',
    seenBy: `${AUDIT}.`,
  },
  'dead-link': {
    title: (place) => `Take the link out of the navigation, or write the page: ${place}`,
    why: 'The link is no entry of a list that could lose it.',
    seenBy: `${AUDIT}.`,
  },
  'no-phone-navigation': {
    title: (place) => `Show the navigation on narrow screens, behind a button for instance: ${place}`,
    why: 'What stands beside the navigation is of a shape of its own.',
    seenBy: `${AUDIT}; at 390 pixels the links can be reached.`,
  },
  'sibling-is-mock': undefined,
};

/** One order for each page and code: what, where, which data, which states, how it is verified. */
export function stepsFor(left: readonly Left[]): readonly ManualStep[] {
  const groups = new Map<string, Left[]>();
  for (const each of left) {
    const { code, path } = each.finding;
    const key = `${code} ${path}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const order = first && ORDERS[first.finding.code];
    if (!first || !order) return [];
    const whys = [...new Set(group.flatMap(({ why }) => why ?? []))].map((why) => ` The page ${why}.`);
    return [
      {
        title: order.title(placeOf(group.map(({ finding }) => finding))),
        why: order.why + whys.join(''),
        seenBy: order.seenBy,
      },
    ];
  });
}

/** The gateway sees one address for everybody who uses the app: a few page views use up what all of them have. */
export function limitSteps(limits: readonly GatewayLimit[]): readonly ManualStep[] {
  return limits.map(({ name, path, line }) => ({
    title: `Let ${name} (${path}:${line}) skip requests that bring the valid internal key`,
    why: 'The new routes count each person by themselves, but the gateway sees all of them at the one address of the app, and the pages now ask it for live data. How it knows the key is a decision about security: where no key is set, nothing may be skipped.',
    seenBy:
      'Not by verify: more requests than the limit, with the key, are all answered; without the key, or with a wrong one, they are refused.',
  }));
}

function placeOf(findings: readonly Finding<Code>[]): string {
  const [first] = findings;
  if (!first) return '';
  const { code, path, data } = first;
  if (code === 'dead-link') return `${findings.map((each) => each.data?.url).join(', ')} in ${path}`;
  const whats = findings.flatMap((each) => each.data?.what || []);
  const named = whats.length > 0 ? ` (${whats.join(', ')})` : '';
  return `${data?.url ?? path}${named}${code === 'no-page' ? '' : ` in ${path}`}`;
}
