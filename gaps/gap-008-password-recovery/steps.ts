import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { deploymentsOf } from '../../src/read/deploy/deployments.ts';

const STEPS: Readonly<Record<string, string>> = {
  'no-forgot-page':
    'Add a page that asks for the email address and posts it, and link it from the sign-in page',
  'inert-form':
    'Make the listed form a client component that posts its fields and shows the same answer whether or not the address is known',
  'no-request-handler':
    'Write the handler that takes an address: 32 random bytes as token, only its SHA-256 kept with an expiry of an hour at most, the link (from NEXTAUTH_URL, never from the Host header, with the token behind the #) sent by the mail provider, a limit per address and IP, and the same answer in the same time for unknown addresses',
  'no-reset-handler':
    'Write the handler that takes a token and a new password: look the SHA-256 up, refuse what is used or expired, set the password hash, delete the token in the same transaction, and end older sessions: give every password a random password_id and compare it in the jwt callback',
  'no-reset-page':
    'Add the page that the mailed link opens: read the token from behind the #, which stands in no log and no Referer, keep it in sessionStorage, so that a reload finds it, ask for the new password, post both',
  'no-mail':
    'Send the link by the mail provider where the token is made, and let the request fail loudly in the log when sending fails',
  'no-expiry': 'Keep an expiry of an hour at most with the token and refuse it afterwards',
  'raw-token':
    'Keep the SHA-256 of the token instead of the token, and hash what comes back before looking it up',
  'reusable-token': 'Delete the token, or mark it used, in the transaction that sets the password',
};

/** What a person could do today. */
export function stepsFor(findings: readonly Finding[]): readonly ManualStep[] {
  return [...new Set(findings.map(({ code }) => code))].flatMap((code) => {
    const title = STEPS[code];
    return title === undefined
      ? []
      : [
          {
            title,
            why: 'It needs the user database, a mail account and a sender address that a person has to choose.',
            seenBy:
              'The finding is gone from the next audit; ask for a reset, follow the mail and sign in with the new password.',
          },
        ];
  });
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
