import type { NextApp, Repo } from '../../../../src/contract.ts';
import { beside } from '../../../../src/edit/beside.ts';
import { createFromTemplate } from '../../../../src/edit/from-template.ts';
import { namedPages } from '../../../../src/read/next/named-pages.ts';
import { dirname, join } from '../../../../src/repo/paths.ts';
import { joinParts, type Part } from '../parts.ts';
import { clientEdits } from './client-files.ts';
import { shellPart } from './dashboard-shell.ts';

const GAP = 'gap-004-user-database';
const PAGE = 'app/(auth)/confirm-email/page.tsx';
const SIBLING = /^(log-?in|sign-?in|register|sign-?up)$/i;

/** What every account needs: the page that the confirmation mail leads to, and a way to sign out. */
export function accountPart(repo: Repo, app: NextApp, authPath: string): Part {
  return joinParts([confirmPart(repo, app, authPath), shellPart(repo, app, authPath)]);
}

/** Where the page stands: beside the other account pages, whatever group they are in. */
function confirmPath(app: NextApp): { readonly path: string; readonly sibling: string | undefined } {
  const sibling = namedPages(app).find(({ name }) => SIBLING.test(name))?.path;
  const folder = sibling === undefined ? (app.appDir ?? '') : dirname(dirname(sibling));
  return { path: join(folder, 'confirm-email/page.tsx'), sibling };
}

function confirmPart(repo: Repo, app: NextApp, authPath: string): Part {
  const { path, sibling } = confirmPath(app);
  if (repo.occupied(path)) return { edits: [], manual: [] };
  const page = createFromTemplate(repo, app, GAP, PAGE, authPath);
  return {
    edits: [
      ...clientEdits(repo, app, ['components/auth/ConfirmEmail.tsx', 'components/auth/look.ts'], authPath),
      sibling === undefined ? { ...page, path } : beside(repo, sibling, page, path),
    ],
    manual: [],
  };
}
