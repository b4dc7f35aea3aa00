import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Lack } from './lacks.ts';

/** What to do about each lack; `urls` are the routes that lack it. */
const TITLES: Readonly<Record<Lack | 'stub-route', (urls: string) => string>> = {
  'no-authentication': (urls) =>
    `In ${urls}, read the session before anything else and answer 401 without one; then make the pages that call it handle 401`,
  'no-validation': (urls) =>
    `In ${urls}, parse the body inside try, after the login: answer 400 for malformed JSON and 400 with the issues where schema.safeParse(body) fails; pass on only the parsed data`,
  'no-rate-limit': (urls) =>
    `In ${urls}, count requests per user and answer 429 with Retry-After over the limit, or limit all of /api in the middleware`,
  'unescaped-query': (urls) =>
    `In ${urls}, build the upstream query with new URLSearchParams({…}) instead of putting the parameters into the text`,
  'mock-data': (urls) => `In ${urls}, read the records from the database or the service that owns them`,
  'cached-upstream': (urls) =>
    `In ${urls}, pass { cache: 'no-store' } to fetch, or export const dynamic = 'force-dynamic'`,
  'hides-upstream-failure': (urls) =>
    `In ${urls}, look at response.ok and answer 502 when the upstream failed; let the page show that, instead of a ready-made answer with 200`,
  'no-invitation-record': (urls) =>
    `In ${urls}, store an invitation (e-mail, inviter, hashed token, expiry) before the mail goes out, and add the page that accepts it`,
  'read-only': (urls) =>
    `In ${urls}, add the handlers that create, rotate and revoke a key, for the owner only, or waive this when keys are managed elsewhere`,
  'stub-route': (urls) => `Implement ${urls}, or delete it and what calls it`,
};

/** One step for each kind of lack, in the order of the list above. */
export function stepsFor(findings: readonly Finding[]): readonly ManualStep[] {
  return Object.entries(TITLES).flatMap(([code, title]) => {
    const urls = findings.filter((finding) => finding.code === code).map(({ data }) => data?.url ?? '');
    if (urls.length === 0) return [];
    return [
      {
        title: title([...new Set(urls)].join(', ')),
        why: 'What the route may accept, from whom, and where its data lives is a decision of the product.',
        seenBy: 'The finding is gone from the next audit, and the checks of this gap pass.',
      },
    ];
  });
}
