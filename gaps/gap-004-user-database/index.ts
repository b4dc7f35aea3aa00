import { defineGap, type Edit, type Finding, notApplicable, type Repo } from '../../src/contract.ts';
import { type Besides, besides } from '../../src/edit/also-changes.ts';
import { mergeSplices } from '../../src/edit/spans.ts';
import { type FormName, findInertForms } from '../../src/read/product/inert-forms.ts';
import { accountsOf } from '../../src/read/sign-in/accounts.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { basename, join } from '../../src/repo/paths.ts';
import { blankFindings } from './blank-environment.ts';
import { checksOf } from './checks.ts';
import { environmentFix } from './environment.ts';
import { portFindings, portFix } from './foreign-port.ts';
import { addsUserStore } from './library.ts';
import { findDeclaredUsers } from './user-store.ts';
import { usersFix } from './users.ts';

export type Code =
  | 'no-user-store'
  | 'unused-user-store'
  | 'any-password'
  | 'maybe-any-password'
  | 'inert-form'
  | 'blank-environment'
  | 'foreign-port';

const FORMS: readonly FormName[] = [
  [/^(log-?in|sign-?in)$/i, 'sign-in'],
  [/^(register|sign-?up)$/i, 'sign-up'],
  [/^(settings|profile|account|edit-?profile)$/i, 'settings'],
];

const BESIDES: readonly Besides[] = [
  [
    /\.sh$/,
    'Hands the env file to every Compose call of {{path}}: variables of the stack that were blank get values. Where the script has a place for it, it first stops while that file lacks what the stack needs.',
  ],
  [
    /(^|\/)lib\/auth\w*\.ts$/,
    'Ends the sessions of before; sign-up, with Google too, stays closed until SIGN_UP=open is set, and with a password until mail can be sent. The schema stands as migrations in lib/db/migrations.ts, where the runbook has one lib/db/schema.ts: a table that is there can change.',
  ],
  [/\.ya?ml$/, "Mounts a volume for the users' database in {{path}}."],
];

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

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const signIns = signInsOf(repo);
    if (signIns.length === 0) return notApplicable('no Next.js app with sign-in');
    const findings: Finding<Code>[] = [];
    const reasons: string[] = [];
    for (const signIn of signIns) {
      const store = accountsOf(repo, signIn).users;
      if (store) reasons.push(`${store.how} (${store.path})`);
      else findings.push(missingStore(repo, signIn));
      findings.push(...doorFindings(repo, signIn), ...inertForms(repo, signIn));
      findings.push(...blankFindings(repo, signIn.base.app), ...portFindings(repo, signIn.base.app));
    }
    return { findings, ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}) };
  },

  /** The store, the door and the session are one change; a form waits for them, and the stack for nobody. */
  unitOf: ({ code, path, data }) =>
    ['no-user-store', 'unused-user-store', 'any-password'].includes(code)
      ? 'users'
      : `${code} ${path} ${data?.form ?? data?.service ?? ''}`,

  apply({ repo }, findings) {
    const coded = (wanted: Code) => findings.filter(({ code }) => code === wanted);
    const others = findings.filter(({ code }) => code !== 'blank-environment' && code !== 'foreign-port');
    const fixes = signInsOf(repo).flatMap((signIn) => {
      const own = others.filter(({ path }) => isOwnFinding(repo, signIn, path));
      return own.length > 0 ? [usersFix(repo, signIn, own)] : [];
    });
    fixes.push(
      environmentFix(repo, coded('blank-environment'), { isUserStoreNew: fixes.some(addsUserStore) }),
      portFix(repo, coded('foreign-port')),
    );
    const edits = mergeSplices(fixes.flatMap((fix) => fix.edits));
    const { alsoChanges = [] } = besides(edits, others.length > 0 ? BESIDES : BESIDES.slice(0, 1));
    return {
      edits,
      alsoChanges: [...alsoChanges, ...setVariables(edits)],
      dependencies: fixes.flatMap(({ dependencies = [] }) => dependencies),
      manual: fixes.flatMap(({ manual = [] }) => manual),
    };
  },

  verify: ({ repo }) => checksOf(repo),
});

/** What the services of a stack get besides, by the names that its file sets from now on. */
function setVariables(edits: readonly Edit[]): readonly string[] {
  return edits.flatMap((edit) => {
    if (edit.kind !== 'splice' || !/\.ya?ml$/.test(edit.path)) return [];
    const names = edit.spans.flatMap(({ text }) =>
      [...text.matchAll(/^\s*-?\s*["']?([A-Z][A-Z0-9_]+)["']?\s*[=:]/gm)].flatMap(([, name]) => name ?? []),
    );
    return names.length === 0 ? [] : [`Sets ${[...new Set(names)].join(' and ')} in ${edit.path}.`];
  });
}

function signInsOf(repo: Repo): readonly SignIn[] {
  return repo.layout.apps.flatMap((app) => findSignIn(repo, app) ?? []);
}

/** A finding in a package that several apps share is the first one's. */
function isOwnFinding(repo: Repo, signIn: SignIn, path: string): boolean {
  const signIns = signInsOf(repo);
  const owner = signIns.find(({ base }) => base.app.files.includes(path)) ?? signIns[0];
  return owner?.base.app.dir === signIn.base.app.dir;
}

function missingStore(repo: Repo, signIn: SignIn): Finding<Code> {
  const { configs, mounted, handlers, pages, base } = signIn;
  const config = mounted[0] ?? configs[0] ?? { path: handlers[0] ?? pages[0] ?? join(base.app.dir, 'package.json'), at: 0 };
  const declared = findDeclaredUsers(repo, signIn);
  if (declared)
    return {
      code: 'unused-user-store',
      path: declared.path,
      at: declared.at,
      data: { config: basename(config.path) },
    };
  return { code: 'no-user-store', path: config.path, at: config.at };
}

function doorFindings(repo: Repo, signIn: SignIn): readonly Finding<Code>[] {
  return accountsOf(repo, signIn).open.map(({ path, at, setting }) =>
    setting === undefined
      ? { code: 'any-password', path, at }
      : { code: 'maybe-any-password', path, at, data: { setting } },
  );
}

function inertForms(repo: Repo, { base }: SignIn): readonly Finding<Code>[] {
  return findInertForms(repo, base.app, FORMS).map(({ path, at, form }) => ({
    code: 'inert-form',
    path,
    at,
    data: { form },
  }));
}
