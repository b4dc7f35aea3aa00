import { defineGap } from '../../src/contract.ts';
import { applyRecovery, isPart, needsUsers } from './apply.ts';
import { detectRecovery } from './detect.ts';
import { readRecovery } from './read.ts';
import { verifyRecovery } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-008',
    slug: 'password-recovery',
    title: 'Implement password recovery flow',
    problem: 'Whoever forgets the password is locked out, because nothing behind the form lets them back in.',
    looksFor:
      'An app with passwords that lacks a page to ask for a reset, a handler that mails a token, or one that takes it; tokens that are kept as they are, never expire or can be used twice; and routes that set the password of anybody for anybody.',
    category: 'Authentication',
    priority: 'P1',
    effort: '2 hr',
    fix: 'automatic',
    requires: ['GAP-004'],
    writes: [
      '**/lib/**/*.ts',
      '**/app/**/{route,page}.{ts,tsx}',
      '**/components/auth/*.tsx',
      '**/__tests__/api/reset-password.test.ts',
      '**/*env*.{example,sample,template}',
    ],
    messages: {
      'no-forgot-page': 'People sign in with a password, and no page lets them ask for a new one.',
      'inert-form': 'The {{form}} form starts here and is sent to nobody.',
      'no-request-handler': 'Nothing on the server makes a reset token and mails it.',
      'no-reset-handler': 'Nothing on the server takes a reset token and sets the new password.',
      'no-reset-page': 'No page takes the token of the mailed link and asks for the new password.',
      'no-mail': 'This makes a reset token, and no mail leaves with it.',
      'logged-link':
        'The link of the reset, or its token, is written to the log here: whoever reads the log can set the password.',
      'no-expiry': 'The reset token made here never expires.',
      'raw-token': 'The reset token made here is kept as it is; whoever reads the database can use it.',
      'reusable-token': 'The password is set here, and the token still works afterwards.',
      'takeover-route':
        'This sets the password of whom the form names, and asks for no token, no old password and no session: anybody takes over any account.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-008',
      'https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html',
      'https://www.rfc-editor.org/rfc/rfc6749#section-10.10',
    ],
  },

  read: readRecovery,
  detect: detectRecovery,
  unitOf: ({ code, path }) => (isPart(code) ? 'recovery' : `${code} ${path}`),
  apply: applyRecovery,
  verify: verifyRecovery,
  needsRequired: needsUsers,
});
