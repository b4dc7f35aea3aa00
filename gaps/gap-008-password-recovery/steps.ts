import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { deploymentsOf } from '../../src/read/deploy/deployments.ts';
import type { Code } from './detect.ts';
import type { AppRecovery } from './read.ts';

const SEEN =
  'The finding is gone from the next audit; ask for a reset, follow the mail and sign in with the new password.';
const WHY = 'It needs the user database, a mail account and a sender address that a person has to choose.';

/** What to do about each kind of finding, at the place of the first of them. */
const STEPS: Readonly<Record<Code, (place: string) => string>> = {
  'no-forgot-page': () =>
    'Add a page that asks for the email address and posts it, and link it from the sign-in page',
  'inert-form': () =>
    'Make the listed form a client component that posts its fields and shows the same answer whether or not the address is known',
  'no-request-handler': () =>
    'Write the handler that takes an address: 32 random bytes as token, only its SHA-256 kept with an expiry of an hour at most, the link (from NEXTAUTH_URL, never from the Host header, with the token behind the #) sent by the mail provider, a limit per address and IP, and the same answer in the same time for unknown addresses',
  'no-reset-handler': () =>
    'Write the handler that takes a token and a new password: look the SHA-256 up, refuse what is used or expired, set the password hash, delete the token in the same transaction, and end older sessions: give every password a random password_id and compare it in the jwt callback',
  'no-reset-page': () =>
    'Add the page that the mailed link opens: read the token from behind the #, which stands in no log and no Referer, keep it in sessionStorage, so that a reload finds it, ask for the new password, post both',
  'no-mail': (place) =>
    `In ${place}, send the link by the mail provider where the token is made, and let the request fail loudly in the log when sending fails`,
  'logged-link': (place) =>
    `Take the link out of what ${place} writes to the log: whoever reads the log can set the password; mail it instead`,
  'no-expiry': (place) =>
    `In ${place}, keep an expiry of an hour at most with the token and refuse it afterwards`,
  'raw-token': (place) =>
    `In ${place}, keep the SHA-256 of the token instead of the token, and hash what comes back before looking it up`,
  'reusable-token': (place) =>
    `In ${place}, delete the token, or mark it used, in the transaction that sets the password`,
  'takeover-route': (place) =>
    `Before the next deployment, take ${place} away, or let it set a password only for who is signed in and types the old one, or for who holds a token that was mailed`,
};

/** What a person could do today. */
export function stepsFor(findings: readonly Finding<Code>[]): readonly ManualStep[] {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return codes.map((code) => {
    const paths = findings.filter((finding) => finding.code === code).map(({ path }) => path);
    return { title: STEPS[code]([...new Set(paths)].join(', ')), why: WHY, seenBy: SEEN };
  });
}

/** What a reset of one's own should do besides, once somebody works on it. */
export function hardeningSteps({ request, reset }: AppRecovery): readonly ManualStep[] {
  const limit = request && !request.limits;
  const sessions = reset && !reset.endsSessions;
  return [
    ...(limit
      ? [
          {
            title: `In ${request.path}, limit how often a reset is asked for: five an hour for one address and one IP, counted where all instances see it`,
            why: 'Without a limit anybody fills a mailbox, and spends the mail account, with one line of shell.',
            seenBy: 'Ask six times within a minute: the sixth answers as the others, and no mail comes.',
          },
        ]
      : []),
    ...(sessions
      ? [
          {
            title: `In ${reset.path}, end the sessions of before when the password is set: keep a password_id (random) with the user, put it into the token in the jwt callback, and refuse a token with another one; ask for at least 8 characters`,
            why: 'Whoever stole a session stays signed in after the owner has set another password.',
            seenBy:
              'Sign in twice, set a new password in one browser: the other one is asked to sign in again.',
          },
        ]
      : []),
  ];
}

/** What only the owner of the mail account can set up. */
export const MAIL_STEP: ManualStep = {
  title:
    'Set RESEND_API_KEY, EMAIL_FROM (an address in a domain that Resend has verified), NEXTAUTH_URL and, where you have one, SUPPORT_EMAIL in the environment of the running app',
  why: 'Only the owner of the mail account and of the domain has them; without the first three the request is answered with 503 and words, and the log says what is not set.',
  seenBy: 'Ask for a new password on the server: the mail arrives, and its link opens your own domain.',
};

/** Work that goes on after the answer needs a processor then: https://cloud.google.com/run/docs/configuring/billing-settings */
export function cloudRunSteps(repo: Repo): readonly ManualStep[] {
  return deploymentsOf(repo)
    .filter(({ how }) => how === 'Cloud Build')
    .filter(({ path }) => repo.mentions(path, /\brun\b[\s\S]{0,40}\bdeploy\b/))
    .filter(({ path }) => !repo.mentions(path, '--no-cpu-throttling'))
    .map(({ path }) => ({
      title: `Where ${path} deploys the app to Cloud Run, deploy it with --no-cpu-throttling`,
      why: 'The answer takes a second for every address, so that it does not tell who has an account; mail that takes longer goes on after it, and an instance without requests stands still.',
      seenBy: `${path} names the flag.`,
    }));
}
