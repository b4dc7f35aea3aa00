import { defineGap } from '../../src/contract.ts';
import { applyUsers } from './apply.ts';
import { detectUsers } from './detect.ts';
import { readUsers } from './read.ts';
import { verifyUsers } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-004',
    slug: 'user-database',
    title: 'Create user database schema',
    problem: 'Nobody who signs in is kept: roles, profiles and passwords live as long as a session cookie.',
    looksFor:
      'An app with sign-in that keeps no users, a password door that opens to any password, and sign-in, sign-up or settings forms that hand nothing on.',
    category: 'Database',
    priority: 'P1',
    effort: '1 hr',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/lib/**/*.ts',
      '**/app/**/route.ts',
      '**/*proxy*.ts',
      '**/components/auth/*.{ts,tsx}',
      '**/components/**/*.tsx',
      '**/hooks/{useSignUp,useProfile,useLinkToken}.{ts,tsx}',
      '**/layout.tsx',
      '**/*auth*.ts',
      '**/page.tsx',
      '**/Dockerfile',
      // Scripts that call Compose.
      '**/*.{sh,bash}',
      '**/*compose*.{yml,yaml}',
      '**/.gitignore',
      '**/.dockerignore',
      '**/*.{example,sample,template}',
    ],
    messages: {
      'no-user-store':
        'Sign-in is set up here, and nothing behind it keeps users: no table, no adapter, no service.',
      'unused-user-store': 'Users are declared here, but sign-in ({{config}}) neither reads nor writes them.',
      'any-password':
        'This answers with a session before the password was compared with anything, so any password opens it.',
      'maybe-any-password': {
        text: 'While {{setting}} says so, this answers with a session before the password was compared with anything; a person has to see that it never does in production.',
        kind: 'note',
      },
      'inert-form': 'The {{form}} page shows fields from here on and hands what is typed to nobody.',
      'blank-environment':
        'Compose blanks {{names}} of {{services}}: {{scripts}} starts the stack without --env-file {{files}}.',
      'foreign-port':
        '{{service}} listens on {{port}}, which {{file}} sets for another service, and is asked on {{expected}}: nobody reaches sign-in.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-004',
      'https://authjs.dev/concepts/database-models',
      'https://next-auth.js.org/configuration/providers/credentials',
      'https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html',
    ],
  },

  read: readUsers,
  detect: detectUsers,
  /** The store, the door and the session are one change; a form waits for them, and the stack for nobody. */
  unitOf: ({ code, path, at }) =>
    ['no-user-store', 'unused-user-store', 'any-password'].includes(code)
      ? 'users'
      : `${code} ${path} ${at ?? ''}`,
  apply: applyUsers,
  verify: verifyUsers,
});
