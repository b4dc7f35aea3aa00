const MESSAGES = new Map([
  ['CredentialsSignin', 'Incorrect email or password.'],
  ['TooManyAttempts', 'Too many attempts. Try again later, or reset your password.'],
  ['Busy', 'Sign-in is busy. Try again in a moment.'],
  ['NoSession', 'You could not be signed in. Allow cookies for this site and try again.'],
  ['AccessDenied', 'That account cannot sign in here. A Google account needs a verified email address.'],
  ['OAuthAccountNotLinked', 'This email address already has an account. Sign in the way you did before.'],
  ['GoogleNotSetUp', 'Sign-in with Google is not set up here. Use your email address.'],
  // Somebody pressed Cancel there, or took too long.
  ['Callback', 'Sign-in with Google was not completed. Try again.'],
  ['OAuthCallback', 'Sign-in with Google was not completed. Try again.'],
  ['SignUpClosed', 'New accounts are not available right now.'],
  ['SessionRequired', 'Sign in to continue.'],
]);

/** Translates an error code from sign-in into a message for the user. */
export function signInMessage(code: string | null | undefined): string {
  return MESSAGES.get(code ?? '') ?? 'Sign-in is not available right now. Try again in a few minutes.';
}
