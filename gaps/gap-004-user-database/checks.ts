import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in.ts';

/** Told from the side of the code that stores, not of the sign-in that detect starts from. */
const KEEPS =
  /adapter|database|prisma|drizzle|kysely|typeorm|mongoose|mongodb|sqlite|postgres|redis|\bkv\b|\bpool\b|\bsql\b|\/db\b|users?|account|\/api\b|fetch|axios/i;

/** Checks of the gap; empty without sign-in. */
export function checksOf(repo: Repo): readonly Check[] {
  const signIns = repo.layout.apps.flatMap((app) => findSignIn(repo, app) ?? []);
  if (signIns.length === 0) return [];
  return [
    check('The file that sets sign-in up brings in something that keeps users', () =>
      signIns.flatMap((signIn) => withoutStore(repo, signIn)),
    ),
    check('Every authorize() that takes a password has a comparison or a request in it', () =>
      signIns.flatMap((signIn) => withoutComparison(repo, signIn)),
    ),
    check('No page with a password field or a Save button is without a request', () =>
      signIns.flatMap((signIn) => withoutRequest(repo, signIn)),
    ),
  ];
}

function check(title: string, look: () => readonly string[]): Check {
  return {
    title,
    level: 'static',
    run: (): Verdict => {
      const bad = look();
      if (bad.length > 0) return { verdict: 'fail', reason: bad.join('; ') };
      return { verdict: 'pass', evidence: [{ subject: 'sign-in', observed: 'nothing against it' }] };
    },
  };
}

function withoutStore(repo: Repo, { configs, hosted }: SignIn): readonly string[] {
  if (hosted) return [];
  const bad = configs.filter(({ path }) => {
    const code = blankComments(repo.peek(path) ?? '');
    const sources = [...code.matchAll(/(?:from|import|require\()\s*['"]([^'"]+)['"]/g)].map(
      ([, from]) => from,
    );
    const own = sources.filter((source) => source !== undefined && !/^(next|react)/.test(source));
    return !(
      own.some((source) => KEEPS.test(source ?? '')) || /\badapter\b|\bfetch\(|\bdatabase\b/.test(code)
    );
  });
  return bad.length === configs.length
    ? bad.map(({ path }) => `${path} brings in nothing that keeps users`)
    : [];
}

function withoutComparison(repo: Repo, { base }: SignIn): readonly string[] {
  return base.code.flatMap((path) => {
    const text = repo.peek(path);
    if (!text?.includes('authorize')) return [];
    const body = /\bauthorize\b[\s\S]*/.exec(blankComments(text))?.[0] ?? '';
    if (!/password/i.test(body)) return [];
    const opens = /\breturn\s*\{/.exec(body)?.index ?? Number.POSITIVE_INFINITY;
    const compares =
      /compare|verify|hash|scrypt|argon|fetch\(|\.post\(|===\s*\w*\.?password|password\w*\s*[!=]==/i;
    return compares.exec(body.slice(0, opens + 400)) ? [] : [`${path}: authorize() compares nothing`];
  });
}

function withoutRequest(repo: Repo, { base, pages }: SignIn): readonly string[] {
  const settings = base.app.files.filter((path) =>
    /\/(settings|profile|account)(\/page)?\.[jt]sx?$/.test(path),
  );
  return [...pages, ...settings].flatMap((path) => {
    const code = blankComments(repo.peek(path) ?? '');
    const hasFields = /type=["'{`]*(?:password|email|text)/.test(code) && /<(?:button|form)/i.test(code);
    const hands =
      /fetch|sign(?:In|Up)|mutate|action=|await|axios|submit\w*\.|authClient|use server|\.\w+\(\{/i;
    return hasFields && !hands.test(code) ? [`${path} hands its fields to nobody`] : [];
  });
}
