import type { LiveCheck, NextApp } from '../../../src/contract.ts';
import { type Call, callsOf } from './calls.ts';
import { inputIsChecked, limitsHold, otherSitesStayOut, strangersStayOut } from './live-door.ts';
import { invitationsWork, linkOpensAccount, noRelay } from './live-invitations.ts';
import { answersAreReal, failuresShow, keysStayHidden } from './live-services.ts';
import { OWNER, SETUP_TOKEN } from './visits.ts';

type Own = Pick<LiveCheck, 'title' | 'needs' | 'run'>;

/** The named routes of the built application, asked by strangers, by people who are signed in, and by other sites. */
export function liveChecks(app: NextApp): readonly LiveCheck[] {
  const calls = callsOf(app);
  const own = [...doorChecks(calls), ...serviceChecks(calls), ...(isInviting(calls) ? INVITATIONS : [])];
  return own.map((check) => ({
    level: 'live',
    app: app.dir,
    seconds: 180,
    env: {
      OWNER_EMAILS: OWNER,
      OWNER_SETUP_TOKEN: SETUP_TOKEN,
      SIGN_UP: 'open',
      EMAIL_FROM: 'A.I.M.S. <no-reply@aims.test>',
    },
    ...check,
  }));
}

function isInviting(calls: readonly Call[]): boolean {
  return calls.some(({ path }) => path === '/api/invite');
}

function doorChecks(calls: readonly Call[]): readonly Own[] {
  return [
    {
      title:
        "A stranger gets 401 from every named route, whatever is sent, and others get 403 from the owner's",
      needs: ['app', 'gateway', 'mail'],
      run: (world) => strangersStayOut(world, calls),
    },
    {
      title: 'Input that is no JSON, of a wrong type or too large is refused with what is wrong about it',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => inputIsChecked(world, calls),
    },
    {
      title: 'What another site sends with the session of a visitor is refused and reaches no service',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => otherSitesStayOut(world, calls),
    },
    {
      title: 'Who asks too often gets 429 with Retry-After, and nobody else does',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => limitsHold(world, calls),
    },
  ];
}

function serviceChecks(calls: readonly Call[]): readonly Own[] {
  return [
    {
      title: 'Two answers of a service are two answers of its route, and a query stays what it is',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => answersAreReal(world, calls),
    },
    {
      title:
        'A service that fails, refuses the key or does not answer is 502 or 504 within ten seconds, and nothing of the cause',
      needs: ['app', 'gateway', 'mail'],
      run: (world) => failuresShow(world, calls),
    },
    ...(calls.some(({ path }) => path === '/api/admin/api-keys')
      ? [
          {
            title: 'The list of keys holds no piece of a key',
            needs: ['app', 'gateway', 'mail'] as const,
            run: keysStayHidden,
          },
        ]
      : []),
  ];
}

const INVITATIONS: readonly Own[] = [
  {
    title: 'An invitation is mailed once, kept as a hash, and opens one account',
    needs: ['app', 'mail'],
    run: invitationsWork,
  },
  {
    title: 'The route for invitations mails nobody for strangers, for users, or in words of the sender',
    needs: ['app', 'mail'],
    run: noRelay,
  },
  {
    title: 'In a browser: the mailed link opens the form, and the form an account that is signed in',
    needs: ['app', 'mail', 'browser'],
    run: linkOpensAccount,
  },
];
