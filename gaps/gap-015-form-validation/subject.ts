import type { NextApp, Repo } from '../../src/contract.ts';
import { type CodeBase, codeBaseOf } from '../../src/read/code/code-base.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { reachedThat } from '../../src/read/code/reach.ts';
import { jsxElements } from '../../src/read/markup/markup.ts';
import { namedPages } from '../../src/read/next/named-pages.ts';
import { type FormName, findInertForms, type InertForm } from '../../src/read/product/inert-forms.ts';
import { type Form, formsIn, takesInput } from './forms.ts';
import { hasCheck, hasTrace } from './schemas.ts';

/** Pages that ask for data by their very purpose: what is typed there is sent, with or without a form element. */
const ASKING: readonly FormName[] = [
  [/^(log-?in|sign-?in)$/i, 'sign-in'],
  [/^(register|sign-?up)$/i, 'sign-up'],
  [/^(forgot|reset)-?password$/i, 'password'],
  [/^onboarding$/i, 'onboarding'],
];
/** Pages with fields of many kinds: only those that hand nothing on, and so check nothing, are told here. */
const INERT: readonly FormName[] = [
  [/^(settings|profile|account|edit-?profile)$/i, 'settings'],
  [/^house-of-ang$/i, 'house-of-ang'],
];

/** What takes input in an app: its form elements, and pages that do without one. */
export interface Inputs {
  readonly app: NextApp;
  readonly base: CodeBase;
  readonly forms: readonly Form[];
  readonly formless: readonly InertForm[];
}

const known = new WeakMap<Repo, readonly Inputs[]>();

/** The forms of every app, read once. */
export function inputsOf(repo: Repo): readonly Inputs[] {
  const found = known.get(repo) ?? readInputs(repo);
  known.set(repo, found);
  return found;
}

/** A file that two apps share counts once. */
function readInputs(repo: Repo): readonly Inputs[] {
  const seen = new Set<string>();
  return repo.layout.apps.map((app) => {
    const base = codeBaseOf(repo, app);
    const paths = base.code.filter((path) => /\.[jt]sx?$/.test(path) && !seen.has(path));
    for (const path of paths) seen.add(path);
    return { app, base, forms: formsIn(repo, paths), formless: formlessOf(repo, app) };
  });
}

function formlessOf(repo: Repo, app: NextApp): readonly InertForm[] {
  const asking = namedPages(app).flatMap(({ path, name }): readonly InertForm[] => {
    const form = ASKING.find(([pattern]) => pattern.test(name))?.[1];
    const at = form === undefined ? undefined : firstField(repo, path);
    return form === undefined || at === undefined || isChecked(repo, app, path) ? [] : [{ path, at, form }];
  });
  const inert = findInertForms(repo, app, INERT);
  return [...asking, ...inert].filter(({ path }) => !hasForm(repo, path));
}

/** The first field of a page that has a button, too. */
function firstField(repo: Repo, path: string): number | undefined {
  const text = withoutComments(repo, path);
  if (!/<(?:button|Button)\b/.test(text)) return undefined;
  return jsxElements(repo, path).find(takesInput)?.start;
}

/** Whether the page, or what it imports, checks against a schema or holds the form. */
function isChecked(repo: Repo, app: NextApp, path: string): boolean {
  const checks = (other: string) => {
    const text = /\.[jt]sx?$/.test(other) ? (repo.peek(other) ?? '') : '';
    return (
      (other !== path && /<form[\s>]/.test(text)) || (hasTrace(repo, other) && hasCheck(blankComments(text)))
    );
  };
  return reachedThat(repo, app, [path], checks).length > 0;
}

function hasForm(repo: Repo, path: string): boolean {
  return /<(?:form|Form)[\s>]/.test(withoutComments(repo, path));
}
