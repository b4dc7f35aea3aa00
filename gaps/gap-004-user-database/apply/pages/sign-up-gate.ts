import type { NextApp, Repo } from '../../../../src/contract.ts';
import { beside } from '../../../../src/edit/beside.ts';
import { createFromTemplate } from '../../../../src/edit/from-template.ts';
import { findSpecial } from '../../../../src/read/next/app-router.ts';
import { dirname, join } from '../../../../src/repo/paths.ts';
import type { Part } from '../parts.ts';
import { clientEdits } from './client-files.ts';

const LAYOUT = 'app/(auth)/sign-up/layout.tsx';
const GATE = 'components/auth/SignUpGate.tsx';

/** A layout around the sign-up page says that sign-up is closed before anybody fills it in. */
export function gatePart(repo: Repo, app: NextApp, authPath: string, page: string): Part {
  const folder = dirname(page);
  const existing = findSpecial(repo, folder, 'layout');
  if (existing !== undefined) return { edits: [], manual: [gateStep(existing)] };
  const layout = createFromTemplate(repo, app, 'gap-004-user-database', LAYOUT, authPath);
  return {
    edits: [
      ...clientEdits(repo, app, [GATE], authPath),
      beside(repo, page, layout, join(folder, 'layout.tsx')),
    ],
    manual: [],
  };
}

function gateStep(path: string) {
  return {
    title: `In ${path}, put <SignUpGate isOpen={isSignUpOpen()}> of components/auth/SignUpGate around the children, isSignUpOpen of lib/sign-up-switch, and export const dynamic = 'force-dynamic'`,
    why: 'It is a layout already, and only a person knows what else it is for.',
    seenBy: 'With SIGN_UP=closed the page says that sign-up is closed, and shows no form.',
  };
}
