import type { Edit, Finding, Fix, NextApp, Repo } from '../../src/contract.ts';
import { placeOf } from '../../src/edit/from-template.ts';
import { splice } from '../../src/edit/spans.ts';
import { addImport } from '../../src/edit/ts-imports.ts';
import { dependencyOf } from '../../src/read/code/code-base.ts';
import { specifierFor } from '../../src/read/code/specifier-for.ts';
import type { SignIn } from '../../src/read/sign-in/sign-in.ts';
import { isInside } from '../../src/repo/paths.ts';
import { accountPart } from './account-pages.ts';
import { authEdit } from './auth-file.ts';
import { authRoutePart } from './auth-route.ts';
import { roleSpan } from './auth-words.ts';
import { containerParts } from './container.ts';
import { guestCheckPart } from './guest-checks.ts';
import { hostSteps } from './hosts.ts';
import { dependenciesOf, findConflict, hasLibrary, serverEdits } from './library.ts';
import { laterPart, pagesPart } from './pages.ts';
import { joinParts, NOTHING, type Part } from './part.ts';
import { sessionCheckPart } from './session-checks.ts';
import { authStep, conflictStep, mailStep, ownerStep, stepsFor } from './steps.ts';
import { surroundingEdits } from './surroundings.ts';

/** What one app gets for its findings. */
export function usersFix(repo: Repo, signIn: SignIn, findings: readonly Finding[]): Fix {
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
  const isWired = auth.manual.length === 0;
  const pages = isWired ? pagesPart(repo, app, authPath, findings) : laterPart(findings);
  const { edits, manual } = joinParts([server, auth, pages]);
  return { edits: eachOnce(edits), dependencies: isKept ? [] : dependenciesOf(signIn.base), manual };
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
