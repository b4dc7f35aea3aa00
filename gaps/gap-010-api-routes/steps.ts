import type { Edit, Finding, ManualStep, NextApp, Repo } from '../../src/contract.ts';
import { deployedServices } from '../../src/read/deploy/deployed-environment.ts';
import type { Code } from './detect.ts';

/** What to do about each code; `urls` are the routes, with their methods. Notes have no step. */
const TITLES: Readonly<Record<Code, ((urls: string) => string) | undefined>> = {
  'no-authentication': (urls) =>
    `In ${urls}, read the session before anything else and answer 401 without one; then make the pages that call it handle 401`,
  'body-first': (urls) =>
    `In ${urls}, read the session before the body, and the body inside try: 400 for what is no JSON`,
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
  'waits-forever': (paths) =>
    `In ${paths}, pass { signal: AbortSignal.timeout(8000) } to fetch, and answer 504 when it throws a TimeoutError`,
  'leaks-secret': (urls) =>
    `In ${urls}, answer with id, label, scope and whether the key is set, and with nothing else of what the service says`,
  'no-invitation-record': (urls) =>
    `In ${urls}, store an invitation (e-mail, inviter, hashed token, expiry) before the mail goes out, and add the page that accepts it`,
  'read-only': (urls) =>
    `In ${urls}, add the handlers that create, rotate and revoke a key, for the owner only, or waive this when keys are managed elsewhere`,
  'stub-route': (urls) => `Implement ${urls}, or delete it and what calls it`,
  'keys-elsewhere': undefined,
  'sibling-lacks': undefined,
  'unread-route': undefined,
};

/** One step for each code, in the order of the list above. */
export function stepsFor(wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  return Object.entries(TITLES).flatMap(([code, title]) => {
    const urls = wanted.filter((finding) => finding.code === code).map(({ data, path }) => data?.url ?? path);
    if (urls.length === 0 || !title) return [];
    return [
      {
        title: title([...new Set(urls)].join(', ')),
        why: 'What the route may accept, from whom, and where its data lives is a decision of the product.',
        seenBy: 'The finding is gone from the next audit.',
      },
    ];
  });
}

/** The variable in which a route has the address of its service, and the machine itself where nothing sets it. */
const LOCAL_DEFAULT = /process\.env\.(\w+)\s*(?:\|\||\?\?)\s*['"`]https?:\/\/(?:localhost|127\.0\.0\.1)/;

/** Services that the edited routes ask, and that the deployed stack does not name to the app. */
export function unreachedSteps(repo: Repo, app: NextApp, edits: readonly Edit[]): readonly ManualStep[] {
  const [deployed] = deployedServices(repo, app);
  if (!deployed) return [];
  return edits.flatMap(({ kind, path }) => {
    const name = kind === 'splice' ? LOCAL_DEFAULT.exec(repo.peek(path) ?? '')?.[1] : undefined;
    if (name === undefined || !app.files.includes(path) || deployed.variables.has(name)) return [];
    return [
      {
        title: `In ${deployed.path}, set ${name} for ${deployed.service.name}, and run the service that it names`,
        why: `${path} asks the container itself where nothing sets it, and nobody answers there: the route says 502 until then.`,
        seenBy: `On the server, somebody who is signed in gets 200 from the route. Reading cannot see it.`,
      },
    ];
  });
}

/** Routes that take any object still. */
export function schemaSteps(edits: readonly Edit[]): readonly ManualStep[] {
  const paths = edits.flatMap((edit) =>
    edit.kind === 'splice' && edit.spans.some(({ text }) => text.includes('schema: JsonObject'))
      ? [edit.path]
      : [],
  );
  if (paths.length === 0) return [];
  return [
    {
      title: `In ${paths.join(', ')}, put a schema of its fields in place of JsonObject`,
      why: 'Nothing here says which fields the route takes: any object of at most 16 KB passes until then.',
      seenBy: 'A field of a wrong type is answered with 400. Reading cannot see it.',
    },
  ];
}
