import type { ManualStep, NextApp, Repo } from '../../../../src/contract.ts';
import { placeOf } from '../../../../src/edit/from-template.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { addImports, type WantedImport } from '../../../../src/edit/ts-imports.ts';
import { specifierFor } from '../../../../src/read/code/specifier-for.ts';
import type { InertForm } from '../../../../src/read/product/inert-forms.ts';
import { pageStep } from '../../steps.ts';
import { joinParts, type Part } from '../parts.ts';
import { clientEdits } from './client-files.ts';
import type { Need, PageEdit } from './page-edit.ts';
import { settingsEdit } from './settings-page.ts';
import { signInEdit } from './sign-in-page.ts';
import { gatePart } from './sign-up-gate.ts';
import { signUpEdit } from './sign-up-page.ts';
import { isTaken } from './states.ts';

/** The pages of the inert forms, each with a handler, and the files that these need. */
export function pagesPart(repo: Repo, app: NextApp, authPath: string, forms: readonly InertForm[]): Part {
  const needs: Need[] = [];
  const hasGoogle = repo.text(authPath).includes('next-auth/providers/google');
  const parts = forms.map(({ path, form }): Part => {
    const edit = withImports(repo, app, path, pageEdit(repo, app, { path, form, hasGoogle }));
    if ('refused' in edit) return { edits: [], manual: [pageStep(path, form, edit.refused)] };
    needs.push(...edit.needs);
    const page = { edits: [splice(repo, path, edit.spans)], manual: edit.steps ?? [] };
    return form === 'sign-up' ? joinParts([page, gatePart(repo, app, authPath, path)]) : page;
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
  const { needs, react = [] } = edit;
  const wanted: WantedImport[] = needs.map(({ file, name, isDefault }) => {
    const module = specifierFor(repo, app, path, placeOf(app, file));
    return isDefault ? { module, default: name } : { module, named: [name] };
  });
  if (react.length > 0) wanted.push({ module: 'react', named: react });
  const module = repo.module(path);
  const taken = [...needs.map(({ name }) => name), ...(edit.names ?? [])].find((name) =>
    isTaken(module, name),
  );
  if (taken !== undefined) return { refused: `the name ${taken} means something else in it` };
  const imported = addImports(path, repo.text(path), wanted);
  return 'refused' in imported ? imported : { ...edit, spans: [...imported.spans, ...edit.spans] };
}

/** Forms wait for sign-in: an account that nobody can sign in to would be worse than none. */
export function laterPart(forms: readonly InertForm[]): Part {
  const manual: ManualStep[] = forms.map(({ path, form }) =>
    pageStep(path, form, 'it follows by itself once sign-in asks the database; run this gap again then'),
  );
  return { edits: [], manual };
}
