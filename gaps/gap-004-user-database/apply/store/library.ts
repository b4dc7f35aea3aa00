import type { Dependency, Edit, Fix, NextApp, Repo } from '../../../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../../../src/edit/from-template.ts';
import { type CodeBase, dependencyOf } from '../../../../src/read/code/code-base.ts';
import { productName } from '../../../../src/read/product/product-name.ts';
import { CLIENT } from '../pages/client-files.ts';

const GAP = 'gap-004-user-database';
const MAIL = 'lib/mail.ts';
const SWITCH = 'lib/sign-up-switch.ts';
/** What is created, by the paths of the templates; `app/` is the app folder, the rest stands beside it. */
const SERVER = [
  'lib/db/migrations.ts',
  'lib/db/index.ts',
  'lib/db/attempts.ts',
  'lib/db/password-hash.ts',
  'lib/db/users.ts',
  'lib/db/email-confirmations.ts',
  'lib/password-rule.ts',
  'lib/profile-rule.ts',
  'lib/client-address.ts',
  'lib/json-body.ts',
  'lib/unavailable.ts',
  MAIL,
  'lib/sign-in-alarm.ts',
  'lib/sign-in-limits.ts',
  SWITCH,
  'lib/owner-setup.ts',
  'lib/confirmation-mail.ts',
  'lib/auth-users.ts',
  'lib/once-per-request.ts',
  'lib/auth-session.ts',
  'lib/auth-log.ts',
  'lib/auth-route.ts',
  'lib/session-refusal.ts',
  'app/api/auth/register/route.ts',
  'app/api/auth/confirm-email/route.ts',
  'app/api/auth/confirm-email/send/route.ts',
  'app/api/profile/route.ts',
];

/** Whether the tables and the functions around them are there already. */
export function hasLibrary(repo: Repo, app: NextApp): boolean {
  return SERVER.every((file) => repo.exists(placeOf(app, file)));
}

/** A path at which something else stands; nothing is created then. */
export function findConflict(repo: Repo, app: NextApp): string | undefined {
  return [...SERVER, ...CLIENT].map((file) => placeOf(app, file)).find((path) => repo.occupied(path));
}

/** The database, the functions of sign-in and the routes. */
export function serverEdits(repo: Repo, app: NextApp, authPath: string): readonly Edit[] {
  const product = productName(repo, app) ?? 'our site';
  return SERVER.map((file) => {
    const edit = createFromTemplate(repo, app, GAP, file, authPath);
    return file === MAIL ? { ...edit, text: named(edit.text, product) } : edit;
  });
}

/** Whether a fix brings the users' database, and with it the question who may sign up. */
export function addsUserStore({ edits }: Fix): boolean {
  return edits.some(({ kind, path }) => kind === 'create' && path.endsWith(SWITCH));
}

/** Mails speak of the product by its own name. */
function named(text: string, product: string): string {
  return text.replace(/(PRODUCT = )(['"])A\.I\.M\.S\.\2/, (_, head: string, quote: string) => {
    const isPlain = !product.includes(quote);
    return `${head}${isPlain ? quote + product + quote : JSON.stringify(product)}`;
  });
}

/** The packages that the files above import. */
export function dependenciesOf(base: CodeBase): readonly Dependency[] {
  const { dir } = base.app;
  const hasMail = dependencyOf(base, /^resend$/) !== undefined;
  const why = "keeps the users; the gateway's database is its kind too";
  return [
    { dir, name: 'better-sqlite3', range: '~12.6.2', dev: false, why },
    {
      dir,
      name: '@types/better-sqlite3',
      range: '^7.6.13',
      dev: true,
      why: 'types, without which the build fails',
    },
    ...(hasMail
      ? []
      : [
          {
            dir,
            name: 'resend',
            range: '^4.8.0',
            dev: false,
            why: 'mails the link that confirms an address',
          },
        ]),
    { dir, name: 'zod', range: '^3.22.4', dev: false, why: 'checks what the new routes are sent' },
  ];
}
