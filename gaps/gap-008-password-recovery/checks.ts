import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import { isPage } from '../../src/read/next/named-pages.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { liveChecks } from './live.ts';
import { hasPasswordLogin, isCheckedElsewhere, passwordLeaves } from './recovery.ts';

/** Checks of the gap; empty where nobody signs in with a password. */
export function checksOf(repo: Repo): readonly Check[] {
  const signIns = repo.layout.apps
    .flatMap((app) => findSignIn(repo, app) ?? [])
    .filter((signIn) => hasPasswordLogin(repo, signIn) && !isElsewhere(repo, signIn));
  return signIns.flatMap((signIn) => [
    check('A person can ask for a new password on a page that sends something', () => asks(repo, signIn)),
    ...(isCheckedElsewhere(repo, signIn) ? [] : serverChecks(repo, signIn)),
    // The way in is tried where its pages and routes have the names that the runbook gives them.
    ...(hasUsualNames(signIn) ? liveChecks(signIn.base.app) : []),
  ]);
}

function serverChecks(repo: Repo, signIn: SignIn): readonly Check[] {
  return [
    check('Some code on the server mails a link with a token that ends', () => mails(repo, signIn)),
    check('Some code on the server trades a token for a new password and takes the token away', () =>
      trades(repo, signIn),
    ),
  ];
}

function hasUsualNames({ base: { app } }: SignIn): boolean {
  const names = [/\/api\/auth\/forgot-password\/route\.[jt]s$/, /\/forgot-password\/page\.[jt]sx?$/];
  return names.some((name) => app.files.some((path) => name.test(path)));
}

function check(title: string, look: () => string | undefined): Check {
  return {
    title,
    level: 'static',
    run: (): Verdict => {
      const reason = look();
      return reason === undefined
        ? { verdict: 'pass', evidence: [{ subject: 'password recovery', observed: title }] }
        : { verdict: 'fail', reason };
    },
  };
}

/** A hosted service, a backend or a link by e-mail: nothing to prove in this code. */
function isElsewhere(repo: Repo, signIn: SignIn): boolean {
  const { hosted, base, configs } = signIn;
  if (passwordLeaves(repo, signIn) !== undefined) return true;
  const calls =
    /resetPasswordForEmail|sendPasswordReset|requestPasswordReset|forg[eo]tPassword\(|resetPassword\(/;
  const configPaths = configs.map(({ path }) => path);
  const all = [...reachableFrom(repo, base.app, configPaths)]
    .filter((path) => configPaths.includes(path) || /provider|auth/i.test(path))
    .map((path) => withoutComments(repo, path))
    .join('\n');
  const isBeside = hosted?.name.startsWith('an ') && /Credentials/.test(all) && /password/.test(all);
  if (
    hosted &&
    !isBeside &&
    (!/Supabase|Firebase|Cognito|Appwrite|PocketBase/.test(hosted.name) ||
      base.code.some((path) => calls.test(repo.peek(path) ?? '')))
  )
    return true;
  if (/sendResetPassword/.test(all)) return true;
  if (/EmailProvider|providers\/(?:resend|nodemailer|email)|magicLink|emailOTP/.test(all))
    return !base.code.some((path) => /\/(?:forgot|reset)-?password(?:\/route)?\.[jt]s$/i.test(path));
  return base.code.some((path) => /fetch\(\s*[`\w(][^;]*(?:forgot|reset)/i.test(withoutComments(repo, path)));
}

function asks(repo: Repo, { base }: SignIn): string | undefined {
  const pages = base.app.files.filter((path) => isPage(base.app, path) && /forgot|recover|reset/i.test(path));
  if (pages.length === 0) return 'no page is named for it';
  const dead = pages.filter((path) => {
    const code = [...reachableFrom(repo, base.app, [path])]
      .map((each) => withoutComments(repo, each))
      .join('\n');
    return (
      /<form|<input/i.test(code) &&
      !/fetch|action=|mutate|await|axios|submit\w*\(|onSubmit=\{(?:handle|submit)/i.test(code)
    );
  });
  return dead.length > 0 ? `${dead.join(', ')} sends nothing` : undefined;
}

/** The texts of everything on the server that speaks of tokens and passwords. */
function serverTexts(repo: Repo, { base }: SignIn): readonly string[] {
  return base.code
    .filter((path) => !isPage(base.app, path) || repo.mentions(path, /use server/))
    .map((path) => withoutComments(repo, path))
    .filter((text) => !/^\s*['"]use client/.test(text));
}

function mails(repo: Repo, signIn: SignIn): string | undefined {
  const texts = serverTexts(repo, signIn).filter((text) => /token/i.test(text));
  const makes = texts.filter(
    (text) =>
      /random|uuid|nanoid|SignJWT|jwt\.sign|Token\(/i.test(text) && /reset|forgot|recover/i.test(text),
  );
  if (makes.length === 0) return 'no code makes a reset token';
  const all = serverTexts(repo, signIn).join('\n');
  if (!/send\w*\(/i.test(all) || !/mail|resend/i.test(all)) return 'no code sends mail';
  if (!/expir|ttl|setex|exp\b|until/i.test(texts.join('\n'))) return 'the token has no end';
  if (
    !/hash|digest|sha|hmac|jwt/i.test(makes.join('\n') + all.match(/hash\w*Token|token\w*hash/gi)?.join(' '))
  )
    return 'the token is kept as it is';
  return undefined;
}

function trades(repo: Repo, signIn: SignIn): string | undefined {
  const speaksOfIt = /reset\w*(?:token|password)|password\w*reset|forgot\w*password|recover\w*password/i;
  const sets = serverTexts(repo, signIn).filter(
    (text) => speaksOfIt.test(text) && /token/i.test(text) && /(?:update|set|save)\w*\(|UPDATE /.test(text),
  );
  if (sets.length === 0) return 'no code takes a reset token';
  return sets.some((text) => /delete|used|null|consume|\bdel\(/i.test(text))
    ? undefined
    : 'the token outlives its use';
}
