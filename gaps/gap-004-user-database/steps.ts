import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import type { Code } from './detect.ts';

const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';

/** What a person could do today for each kind of finding. */
const STEPS: Readonly<Record<Code, ManualStep | undefined>> = {
  'no-user-store': {
    title:
      'Create a users table (id, email unique and lower case, name, role, avatar_url, password_hash, password_id, created_at, updated_at) behind a versioned migration, open it lazily from a path or URL in the environment, and look users up and store them in authorize() and in the signIn callback; the file or server must outlive the container (a volume or a managed database)',
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
  'maybe-any-password': undefined,
  // Their steps name the script and the stack: apply/environment.
  'blank-environment': undefined,
  'foreign-port': undefined,
};

/** One step per kind of finding, in the order in which the findings came. */
export function stepsFor(findings: readonly Finding<Code>[]): readonly ManualStep[] {
  return [...new Set(findings.map(({ code }) => code))].flatMap((code) => STEPS[code] ?? []);
}

/** How the owner gets in once the door that took any password is shut. */
export function ownerStep(repo: Repo): ManualStep {
  return {
    title: `Set OWNER_SETUP_TOKEN in ${environmentFile(repo)} to the output of openssl rand -hex 32, deploy, open /sign-up#setup-token=<that token> and sign up with an address of OWNER_EMAILS; then empty the variable and deploy again (or sign in with Google, where that is set up)`,
    why: "Until now any password opened an owner's account; the new one must be known to the owner alone.",
    seenBy: 'The owner signs in with the new password, and with no other. Reading cannot see it.',
  };
}

/** What has to be there before strangers may sign up. */
export function mailStep(repo: Repo): ManualStep {
  return {
    title: `To let people sign up, set RESEND_API_KEY, EMAIL_FROM (an address in a domain that Resend has verified), NEXTAUTH_URL and SIGN_UP=open in ${environmentFile(repo)}; without SIGN_UP=open nobody gets a new account in production, with Google neither, and whoever came with Google before has none yet; without mail nobody gets one with a password; owners get in all the same; to let nobody new in, set SIGN_UP=closed`,
    why: 'The gateway takes the email address for the user id, so an address counts only once its mail was read; only the owner of the mail account can set it up.',
    seenBy:
      'Sign up on the server: the mail arrives, and its link opens your own domain. Reading cannot see it.',
  };
}

function environmentFile(repo: Repo): string {
  const [example] = repo.find(/(^|\/)\.env\.production\.example$/);
  return example?.replace(/\.example$/, '') ?? 'the environment of the deployed app';
}

/** What to write into the file that configures sign-in, where it cannot be edited. */
export function authStep(path: string, specifier: (file: string) => string, reason: string): ManualStep {
  const users = specifier('lib/auth-users.ts');
  const session = specifier('lib/auth-session.ts');
  return {
    title: `In ${path}, import { keepGoogleUser, verifyCredentials } from '${users}', { sessionOfToken, tokenOfRow } from '${session}' and { authLogger } from '${specifier('lib/auth-log.ts')}'; let "async authorize(credentials, request)" be "return verifyCredentials(credentials, request)", the callback "async signIn({ user, account, profile })" be "return keepGoogleUser(user, account, profile, isOwnerEmail)", the callback "async jwt({ token, user })" be "return tokenOfRow(token, user, isOwnerEmail)", the callback "async session({ session, token })" be "return sessionOfToken(session, token)", and add "logger: authLogger"; what your own callbacks add goes onto what these return, and a session without a user stays without one; isOwnerEmail(email) says whether an address belongs to an owner, and it and authOptions must be exported there`,
    why: `It cannot be edited safely: ${reason}.`,
    seenBy: SEEN,
  };
}

const FORM_STEPS: Readonly<Record<string, string>> = {
  'sign-in':
    'put the fields (name="email", name="password") into <SignInForm className="…"> of components/auth/SignInForm, the button into <SubmitButton pending="Signing in…"> of components/auth/SubmitButton, <SignInError /> of components/auth/SignInError below the heading, and give the Google button onClick={signInWithGoogle} of lib/google-sign-in',
  'sign-up':
    'hold what is typed in state, take const signUp = useSignUp() of hooks/useSignUp, and let the last form call signUp.create({ name, email, password, workspaceName, industry, timezone }, () => router.push(…)); its button is disabled={signUp.isPending}, {signUp.notice} shows errors',
  settings:
    "take const profile = useProfile() of hooks/useProfile, give each field {...profile.field('name')} (or workspaceName, industry, timezone, avatarUrl), let the Save button await profile.save(), which says whether it was stored, disabled={profile.isPending}, and show {profile.notice}",
};

/** What to do about a page whose form cannot be edited. */
export function pageStep(path: string, form: string, reason: string): ManualStep {
  return {
    title: `In ${path}, ${FORM_STEPS[form] ?? 'hand the fields on to the server'}`,
    why: `It cannot be edited safely: ${reason}.`,
    seenBy: SEEN,
  };
}

/** Somebody has begun on the same files. */
export function conflictStep(path: string): ManualStep {
  return {
    title: `Look at ${path} and finish it, or move it away and run this gap again`,
    why: 'It stands where this gap would create a file, and nothing is overwritten.',
    seenBy: SEEN,
  };
}
