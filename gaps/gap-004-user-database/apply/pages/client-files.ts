import type { Edit, NextApp, Repo } from '../../../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../../../src/edit/from-template.ts';
import { template } from '../../../../src/repo/templates.ts';
import { lookEdit } from './look.ts';
import { welcomePath } from './sign-up-destination.ts';

const GAP = 'gap-004-user-database';
const LOOK = 'components/auth/look.ts';
const CONFIRM = 'components/auth/ConfirmEmail.tsx';

/** What pages import, by the paths of the templates. Each comes with the first page that needs it. */
export const CLIENT = [
  LOOK,
  'components/auth/AccountNotice.tsx',
  'components/auth/ConfirmationLink.tsx',
  CONFIRM,
  'components/auth/FormError.tsx',
  'components/auth/FormNotice.tsx',
  'components/auth/ProfileSelect.tsx',
  'components/auth/SignInError.tsx',
  'components/auth/SignInForm.tsx',
  'components/auth/SignOutButton.tsx',
  'components/auth/SignUpGate.tsx',
  'components/auth/SubmitButton.tsx',
  'hooks/useLinkToken.ts',
  'hooks/useProfile.tsx',
  'hooks/useSignUp.tsx',
  'lib/after-sign-in.ts',
  'lib/google-sign-in.ts',
  'lib/post-json.ts',
  'lib/sign-in-messages.ts',
];

/** The files that pages import, with what these import themselves, each once; those that are there are left out. */
export function clientEdits(
  repo: Repo,
  app: NextApp,
  files: readonly string[],
  authPath: string,
): readonly Edit[] {
  const needed = new Set<string>();
  for (const file of files) addWithImports(needed, file);
  return [...needed]
    .filter((file) => !repo.occupied(placeOf(app, file)))
    .sort()
    .map((file) => {
      const edit = createFromTemplate(repo, app, GAP, file, authPath);
      if (file === CONFIRM) return { ...edit, text: greeting(edit.text, welcomePath(repo, app)) };
      return file === LOOK ? lookEdit(repo, app, edit) : edit;
    });
}

/** Whoever has just confirmed an address goes to the page that sign-up led to. */
function greeting(text: string, path: string | undefined): string {
  return path === undefined ? text : text.replace(/(const WELCOME = ['"])[^'"]*/, (_, head) => head + path);
}

function addWithImports(needed: Set<string>, file: string): void {
  if (!CLIENT.includes(file) || needed.has(file)) return;
  needed.add(file);
  for (const imported of importsOf(file)) addWithImports(needed, imported);
}

/** What a template imports of the other ones for pages. */
export function importsOf(file: string): readonly string[] {
  const names = [...template(`${GAP}/frontend/${file}`).matchAll(/from '@\/([\w/-]+)'/g)];
  return names.flatMap(([, name]) => CLIENT.find((each) => each.replace(/\.tsx?$/, '') === name) ?? []);
}
