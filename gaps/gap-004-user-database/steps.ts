import type { Finding, ManualStep } from '../../src/contract.ts';

const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';

/** What a person could do today for each kind of finding. */
const STEPS: Readonly<Record<string, ManualStep>> = {
  'no-user-store': {
    title:
      'Create a users table (id, email unique and lower case, name, role, avatar_url, password_hash, password_changed_at, created_at, updated_at) behind a versioned migration, open it lazily from a path or URL in the environment, and look users up and store them in authorize() and in the signIn callback; the file or server must outlive the container (a volume or a managed database)',
    why: 'Which database is run and where its data live is a decision for the people who run it.',
    seenBy: SEEN,
  },
  'unused-user-store': {
    title:
      'Import the declared users where sign-in is configured: look them up in authorize(), store them in the signIn callback or through an adapter, and take id and role in the jwt callback from the row; or delete the declaration',
    why: 'Only a person knows whether this schema is the one that is meant.',
    seenBy: SEEN,
  },
  'any-password': {
    title:
      'Compare the password with the stored hash (scrypt, bcrypt or argon2) before authorize() returns a user, and remove the shortcut for owners; set the first owner password with a one-time command before the shortcut goes, and change NEXTAUTH_SECRET so that sessions got this way end',
    why: 'Whoever relies on the shortcut today would be locked out without a password.',
    seenBy: SEEN,
  },
  'inert-form': {
    title:
      'Give each listed page a handler that sends its fields: signIn("credentials", …) on sign-in, a register route or server action on sign-up, a PATCH of the own profile on settings; show errors and the pending state',
    why: 'What the form should keep depends on the user table.',
    seenBy: SEEN,
  },
};

/** One step per kind of finding, in the order in which the findings came. */
export function stepsFor(findings: readonly Finding[]): readonly ManualStep[] {
  return [...new Set(findings.map(({ code }) => code))].flatMap((code) => STEPS[code] ?? []);
}
