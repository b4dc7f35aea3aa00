import type { Finding, Fix, ManualStep, NextApp, Repo, Span } from '../../src/contract.ts';
import { placeOf } from '../../src/edit/from-template.ts';
import { splice } from '../../src/edit/spans.ts';
import { addImport } from '../../src/edit/ts-imports.ts';
import { dependencyOf } from '../../src/read/code-base.ts';
import type { SignIn } from '../../src/read/sign-in.ts';
import { specifierFor } from '../../src/read/specifier-for.ts';
import { isInside } from '../../src/repo/paths.ts';
import { authEdit } from './auth-file.ts';
import { containerParts } from './container.ts';
import { hostSteps } from './hosts.ts';
import { clientEdits, dependenciesOf, findConflict, hasLibrary, serverEdits } from './library.ts';
import { joinParts, NOTHING, type Part } from './part.ts';
import { settingsEdit } from './settings-page.ts';
import { type Need, type PageEdit, signInEdit } from './sign-in-page.ts';
import { signUpEdit } from './sign-up-page.ts';
import { authStep, conflictStep, leftStep, ownerStep, pageStep, stepsFor } from './steps.ts';
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
  return { edits, dependencies: isKept ? [] : dependenciesOf(app), manual };
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
    { edits: [], manual: [ownerStep(repo), ...hostSteps(repo, app)] },
  ]);
}

function authPart(repo: Repo, app: NextApp, path: string): Part {
  const edit = authEdit(repo, path);
  const module = specifierFor(repo, app, path, placeOf(app, 'lib/auth-users.ts'));
  if ('refused' in edit) return { edits: [], manual: [authStep(path, module, edit.refused)] };
  const imported = addImport(path, repo.text(path), { module, named: edit.names });
  if ('refused' in imported) return { edits: [], manual: [authStep(path, module, imported.refused)] };
  return { edits: [splice(repo, path, [...imported.spans, ...edit.spans])], manual: [] };
}

function pagesPart(repo: Repo, app: NextApp, authPath: string, findings: readonly Finding[]): Part {
  const needs: Need[] = [];
  const hasGoogle = repo.text(authPath).includes('next-auth/providers/google');
  const parts = formsOf(findings).map(({ path, form }): Part => {
    const edit = withImports(repo, app, path, pageEdit(repo, app, { path, form, hasGoogle }));
    if ('refused' in edit) return { edits: [], manual: [pageStep(path, form, edit.refused)] };
    needs.push(...edit.needs);
    const { left = [] } = edit;
    return {
      edits: [splice(repo, path, edit.spans)],
      manual: left.length > 0 ? [leftStep(path, left)] : [],
    };
  });
  const files = needs.map(({ file }) => file);
  return joinParts([{ edits: clientEdits(repo, app, files, authPath), manual: [] }, ...parts]);
}

interface Form {
  readonly path: string;
  readonly form: string;
  /** Whether a Google button would lead anywhere. */
  readonly hasGoogle: boolean;
}

function pageEdit(repo: Repo, app: NextApp, { path, form, hasGoogle }: Form): PageEdit {
  if (!path.endsWith('.tsx')) return { refused: 'it is not written in TypeScript' };
  if (form === 'sign-in') return signInEdit(repo, path, hasGoogle);
  return form === 'sign-up' ? signUpEdit(repo, app, path, hasGoogle) : settingsEdit(repo, path);
}

function withImports(repo: Repo, app: NextApp, path: string, edit: PageEdit): PageEdit {
  if ('refused' in edit) return edit;
  const imports: Span[] = [];
  for (const { file, name, isDefault } of edit.needs) {
    const module = specifierFor(repo, app, path, placeOf(app, file));
    const imported = addImport(
      path,
      repo.text(path),
      isDefault ? { module, default: name } : { module, named: [name] },
    );
    if ('refused' in imported) return imported;
    imports.push(...imported.spans);
  }
  return { ...edit, spans: [...imports, ...edit.spans] };
}

/** Forms wait for sign-in: an account that nobody can sign in to would be worse than none. */
function laterPart(findings: readonly Finding[]): Part {
  const manual: ManualStep[] = formsOf(findings).map(({ path, form }) =>
    pageStep(path, form, 'it follows by itself once sign-in asks the database; run this gap again then'),
  );
  return { edits: [], manual };
}

function formsOf(findings: readonly Finding[]): readonly { readonly path: string; readonly form: string }[] {
  return findings.flatMap(({ code, path, data }) =>
    code === 'inert-form' && data?.form !== undefined ? [{ path, form: data.form }] : [],
  );
}
