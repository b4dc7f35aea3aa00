import type { Check, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { dirname, join } from '../../src/repo/paths.ts';
import { askedElsewhere, withoutValue } from './environment-checks.ts';
import { hasLibrary } from './library.ts';
import { liveChecks } from './live.ts';
import { isKnownShape } from './users.ts';

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
    check('What the app reads from its environment has a value in the stack that is deployed', () =>
      signIns.flatMap((signIn) => withoutValue(repo, signIn.base.app)),
    ),
    check('The app listens in the deployed stack where it is asked', () =>
      signIns.flatMap((signIn) => askedElsewhere(repo, signIn.base.app)),
    ),
    ...signIns.flatMap((signIn) => checksOfOwn(repo, signIn)),
  ];
}

/** Further checks of an app whose users are kept as this gap keeps them, or that could. */
function checksOfOwn(repo: Repo, signIn: SignIn): readonly Check[] {
  const { app } = signIn.base;
  if (!isKnownShape(repo, signIn)) return [];
  const isKept = hasLibrary(repo, app);
  const outlives = check('The database file stands in a volume that the user of the image may write to', () =>
    withoutVolume(repo, app),
  );
  const live = isKept || withoutStore(repo, signIn).length > 0 ? liveChecks(app) : [];
  return [...(isKept ? [outlives] : []), ...live];
}

/** Told by the text of the files, not by the models that the edits are made with. */
function withoutVolume(repo: Repo, app: NextApp): readonly string[] {
  const path = join(app.dir, 'Dockerfile');
  const image = repo.peek(path);
  if (image === undefined) return [];
  const file = /^ENV USERS_DB_PATH[= ](\S+)/m.exec(image)?.[1];
  const folder = file && dirname(file);
  if (!folder) return [`${path} does not say where the users are kept`];
  const user = /^USER +(\w+)/m.exec(image)?.[1];
  const isOwned =
    user === undefined || new RegExp(`chown (-R )?${user}\\S* ([^\\n]* )?${folder}`).test(image);
  const services = repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .filter(({ path: compose }) => composeBuilds(repo, compose, app));
  return [
    ...(isOwned ? [] : [`${path} does not give ${folder} to ${user}`]),
    ...services
      .filter(
        ({ path: compose }) =>
          !new RegExp(`- *["']?[\\w-]+:${folder}["']?\\s*$`, 'm').test(serviceText(repo, compose, app)),
      )
      .map(({ path: compose }) => `${compose} mounts no named volume at ${folder}`),
  ];
}

function composeBuilds(repo: Repo, compose: string, app: NextApp): boolean {
  return serviceText(repo, compose, app) !== '';
}

/** The lines of the service that builds the app. */
function serviceText(repo: Repo, compose: string, { dir }: NextApp): string {
  const blocks = (repo.peek(compose) ?? '').split(/^(?= {2}[\w.-]+:\s*$)/m);
  const context = new RegExp(`(context|build): *["']?\\S*${dir}/?["']?\\s*$`, 'm');
  return blocks.find((block) => context.test(block)) ?? '';
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

/** Code that keeps something or asks somebody who does, in an app that sets no library up. */
const KEEPS_OR_ASKS =
  /prisma|drizzle|kysely|mongoose|mongodb|sqlite|INSERT INTO|SELECT |\bdb\.|redis|\bkv\.|users?\.json|\bfetch\(|\baxios\b|\.post\(|\bsdk\.\w+\./;

function withoutStore(repo: Repo, { base, configs, handlers, hosted }: SignIn): readonly string[] {
  if (hosted) return [];
  if (configs.length === 0) {
    const shipped = base.code.filter((path) => !/(^|\/)(mocks?|msw|testing)\//.test(path));
    const isKept = shipped.some((path) => KEEPS_OR_ASKS.test(withoutComments(repo, path)));
    return isKept ? [] : [`nothing behind ${handlers[0] ?? 'the sign-in page'} keeps users`];
  }
  const bad = configs.filter(({ path }) => {
    if (/\badapter\b|\bdatabase\b/.test(withoutComments(repo, path))) return false;
    const reached = [...reachableFrom(repo, base.app, [path])];
    return !reached.some((each) => KEEPS_OR_ASKS.test(withoutComments(repo, each)));
  });
  return bad.length === configs.length
    ? bad.map(({ path }) => `${path} brings in nothing that keeps users`)
    : [];
}

function withoutComparison(repo: Repo, { base }: SignIn): readonly string[] {
  return base.code.flatMap((path) => {
    const text = repo.peek(path);
    if (!text?.includes('authorize')) return [];
    // Up to the next provider, whose fields are its own.
    const bodies = blankComments(text)
      .split(/\bauthorize\b/)
      .slice(1)
      .map((rest) => rest.split(/\b\w*(?:Provider|Credentials)\(/, 1)[0] ?? '')
      .filter((body) => /password/i.test(body));
    return bodies.some((body) => !comparesEarly(body)) ? [`${path}: authorize() compares nothing`] : [];
  });
}

function comparesEarly(body: string): boolean {
  const opens = /\breturn\s*\{/.exec(body)?.index ?? Number.POSITIVE_INFINITY;
  const compares =
    /compare|timingSafeEqual|verify|hash|scrypt|argon|[a-z]Password\w*\(|\.includes\(|fetch\(|\.post\(|===\s*\w*\.?password|password\w*\s*[!=]==/i;
  return compares.test(body.slice(0, opens + 400));
}

function withoutRequest(repo: Repo, { base, pages }: SignIn): readonly string[] {
  const settings = base.app.files.filter((path) =>
    /\/(settings|profile|account)(\/page)?\.[jt]sx?$/.test(path),
  );
  return [...pages, ...settings].flatMap((path) => {
    const code = withoutComments(repo, path);
    const hasFields = /type=["'{`]*(?:password|email|text)/.test(code) && /<(?:button|form)/i.test(code);
    const hands =
      /fetch|\bsign(?:In|Up)(?:\.\w+)?\(|mutate|action=|await|axios|submit\w*\.|authClient|use server|startTransition\(|\.\w+\(\{/i.test(
        code,
      ) || /<[A-Z]\w*Form\b|<Sign(?:In|Up)\b|\bon(?:Save|Submit)\(|\bsign\w+\.\w+\(/.test(code);
    return hasFields && !hands ? [`${path} hands its fields to nobody`] : [];
  });
}
