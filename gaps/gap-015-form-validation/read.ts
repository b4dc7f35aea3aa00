import { type NextApp, type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { codeBaseOf } from '../../src/read/code/code-base.ts';
import type { InertForm } from '../../src/read/product/inert-forms.ts';
import { formlessPages } from './read/formless.ts';
import { type Form, formsIn } from './read/forms.ts';
import { handlerName } from './read/handlers.ts';
import { type Standing, standingOf } from './read/standing.ts';

/** A form, and how what is typed into it is checked. */
export interface JudgedForm extends Form {
  /** What a submit runs, by name. */
  readonly handler: string;
  readonly standing: Standing;
  /** Counted from 1. */
  readonly line: number;
}

/** A page with fields and no form. */
export interface FormlessPage extends InertForm {
  readonly line: number;
}

/** What takes input in an app. */
export interface AppForms {
  readonly app: NextApp;
  /** The range of zod that the app declares. */
  readonly zod: string | undefined;
  readonly forms: readonly JudgedForm[];
  readonly formless: readonly FormlessPage[];
}

/** What takes input in the repository. */
export interface Forms {
  readonly apps: readonly AppForms[];
}

/** Reads the forms of every app, each with how it is checked. */
export function read(repo: Repo): Forms | NotApplicable {
  if (repo.layout.apps.length === 0) return notApplicable('no Next.js app');
  const seen = new Set<string>();
  const apps = repo.layout.apps.map((app) => readApp(repo, app, seen));
  if (apps.every(({ forms, formless }) => forms.length + formless.length === 0))
    return notApplicable('no form asks a person for anything');
  return { apps };
}

/** A file that two apps share counts once. */
function readApp(repo: Repo, app: NextApp, seen: Set<string>): AppForms {
  const base = codeBaseOf(repo, app);
  const paths = base.code.filter((path) => /\.[jt]sx?$/.test(path) && !seen.has(path));
  for (const path of paths) seen.add(path);
  const forms = formsIn(repo, paths).map((form) => ({
    ...form,
    handler: handlerName(form.element),
    standing: standingOf(repo, app, base, form),
    line: lineAt(repo, form.path, form.element.start),
  }));
  const formless = formlessPages(repo, app).map((page) => ({
    ...page,
    line: lineAt(repo, page.path, page.at),
  }));
  return { app, zod: base.packages[0]?.manifest.dependencies.zod, forms, formless };
}

function lineAt(repo: Repo, path: string, at: number): number {
  return repo.text(path).slice(0, at).split('\n').length;
}
