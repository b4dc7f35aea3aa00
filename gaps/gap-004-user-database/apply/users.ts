import type { Edit, Finding, Fix, NextApp, Repo } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { splice } from '../../../src/edit/spans.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import { dependencyOf } from '../../../src/read/code/code-base.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import type { InertForm } from '../../../src/read/product/inert-forms.ts';
import type { SignIn } from '../../../src/read/sign-in/sign-in.ts';
import { isInside } from '../../../src/repo/paths.ts';
import type { Code } from '../detect.ts';
import type { AppUsers } from '../read.ts';
import { authStep, conflictStep, mailStep, ownerStep, stepsFor } from '../steps.ts';
import { containerParts } from './deploy/container.ts';
import { surroundingEdits } from './deploy/examples-and-ignores.ts';
import { hostSteps } from './deploy/hosts.ts';
import { accountPart } from './pages/account-pages.ts';
import { laterPart, pagesPart } from './pages/pages.ts';
import { joinParts, NOTHING, type Part } from './parts.ts';
import { authEdit } from './store/auth-file.ts';
import { authRoutePart } from './store/auth-route.ts';
import { roleSpan } from './store/auth-words.ts';
import { guestCheckPart } from './store/guest-checks.ts';
import { dependenciesOf, findConflict, hasLibrary, serverEdits } from './store/library.ts';
import { sessionCheckPart } from './store/session-checks.ts';

/** What one app gets for its findings. */
export function usersFix(repo: Repo, users: AppUsers, findings: readonly Finding<Code>[]): Fix {
  const { signIn, inertForms } = users;
  const { app } = signIn.base;
  const authPath = signIn.configs[0]?.path;
  const isKept = hasLibrary(repo, app);
  const isAsked = isKept || findings.some(({ code }) => code === 'no-user-store');
  if (authPath === undefined || !isKnownShape(repo, signIn) || !isAsked)
    return { edits: [], manual: stepsFor(findings) };
  const conflict = isKept ? undefined : findConflict(repo, app);
  if (conflict !== undefined) return { edits: [], manual: [conflictStep(conflict), ...stepsFor(findings)] };
  const server = isKept ? NOTHING : serverPart(repo, app, authPath);
  const isOpen = findings.some(({ code }) => code === 'no-user-store' || code === 'any-password');
  const auth = isOpen ? authPart(repo, app, authPath) : NOTHING;
  const forms = inertForms.filter((form) => isWanted(findings, form));
  const pages = auth.manual.length === 0 ? pagesPart(repo, app, authPath, forms) : laterPart(forms);
  const { edits, manual } = joinParts([server, auth, pages]);
  return { edits: eachOnce(edits), dependencies: isKept ? [] : dependenciesOf(signIn.base), manual };
}

function isWanted(findings: readonly Finding<Code>[], { path }: InertForm): boolean {
  return findings.some((finding) => finding.code === 'inert-form' && finding.path === path);
}

/** Several parts may need the same new file. */
function eachOnce(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter(
    ({ kind, path }, index) =>
      kind !== 'create' ||
      edits.findIndex((other) => other.kind === 'create' && other.path === path) === index,
  );
}

/** NextAuth 4 in an App Router written in TypeScript: what the templates are for. */
export function isKnownShape(repo: Repo, { base, configs, hosted }: SignIn): boolean {
  const [first] = configs;
  const version = dependencyOf(base, /^next-auth$/)?.range ?? '';
  return (
    !hosted &&
    first !== undefined &&
    /\.ts$/.test(first.path) &&
    isInside(base.app.dir, first.path) &&
    base.app.typescript &&
    base.app.appDir !== undefined &&
    /^[\^~]?4(\.|$)/.test(version) &&
    repo.text(first.path).includes('next-auth')
  );
}

function serverPart(repo: Repo, app: NextApp, authPath: string): Part {
  const edits = [...serverEdits(repo, app, authPath), ...surroundingEdits(repo, app)];
  return joinParts([
    { edits, manual: [] },
    containerParts(repo, app),
    accountPart(repo, app, authPath),
    authRoutePart(repo, app),
    sessionCheckPart(repo, app),
    guestCheckPart(repo, app),
    { edits: [], manual: [ownerStep(repo), mailStep(repo), ...hostSteps(repo, app)] },
  ]);
}

function authPart(repo: Repo, app: NextApp, path: string): Part {
  const specifier = (file: string) => specifierFor(repo, app, path, placeOf(app, file));
  const refuse = (reason: string): Part => ({ edits: [], manual: [authStep(path, specifier, reason)] });
  const edit = authEdit(repo, path);
  if ('refused' in edit) return refuse(edit.refused);
  const role = roleSpan(repo.module(path), specifier('lib/db/users.ts'));
  const spans = [...edit.spans, ...(role ? [role] : [])];
  for (const { file, names } of edit.imports) {
    const imported = addImport(path, repo.text(path), { module: specifier(file), named: names });
    if ('refused' in imported) return refuse(imported.refused);
    spans.push(...imported.spans);
  }
  return { edits: [splice(repo, path, spans)], manual: [] };
}
