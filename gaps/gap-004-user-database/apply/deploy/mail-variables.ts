import type { EnvVariable } from '../../../../src/edit/dotenv.ts';

/** What decides whether strangers may sign up, and what mails them the link that confirms their address. */
export const MAIL_VARIABLES: readonly EnvVariable[] = [
  {
    name: 'SIGN_UP',
    value: '',
    comment:
      'Whether strangers may create accounts, with a password or with Google: open or closed. Empty means open in\ndevelopment and closed in production, where sign-up with a password stays closed without mail.',
  },
  { name: 'RESEND_API_KEY', value: '', comment: 'Sends mail (https://resend.com/api-keys)' },
  { name: 'EMAIL_FROM', value: '', comment: 'Sender of that mail, in a domain that Resend has verified' },
  { name: 'SUPPORT_EMAIL', value: '', comment: 'Where mail tells people to write with questions (optional)' },
];
