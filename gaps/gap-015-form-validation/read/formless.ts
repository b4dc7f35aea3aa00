import type { NextApp, Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { firstReached } from '../../../src/read/code/reach.ts';
import { jsxElements } from '../../../src/read/markup/markup.ts';
import { namedPages } from '../../../src/read/next/named-pages.ts';
import { findInertForms, type InertForm } from '../../../src/read/product/inert-forms.ts';
import { ASKING, INERT } from '../tables.ts';
import { takesInput } from './fields.ts';
import { hasCheck } from './schema-checks.ts';

/** Pages that take input without a form element, and check nothing. */
export function formlessPages(repo: Repo, app: NextApp): readonly InertForm[] {
  const asking = namedPages(app).flatMap(({ path, name }): readonly InertForm[] => {
    const form = ASKING.find(([pattern]) => pattern.test(name))?.[1];
    const at = form === undefined ? undefined : firstField(repo, path);
    return form === undefined || at === undefined || isChecked(repo, app, path) ? [] : [{ path, at, form }];
  });
  return [...asking, ...findInertForms(repo, app, INERT)].filter(({ path }) => !hasForm(repo, path));
}

/** The first field of a page that has a button, too. */
function firstField(repo: Repo, path: string): number | undefined {
  const elements = jsxElements(repo, path);
  if (!elements.some(({ name }) => /^[bB]utton$/.test(name))) return undefined;
  return elements.find(takesInput)?.start;
}

/** Whether the page, or what it imports, checks against a schema or holds the form. */
function isChecked(repo: Repo, app: NextApp, path: string): boolean {
  const checks = (other: string) =>
    /\.[jt]sx?$/.test(other) &&
    ((other !== path && hasForm(repo, other)) || hasCheck(withoutComments(repo, other)));
  return firstReached(repo, app, [path], checks) !== undefined;
}

function hasForm(repo: Repo, path: string): boolean {
  return (
    repo.mentions(path, /<[fF]orm[\s>]/) && jsxElements(repo, path).some(({ name }) => /^[fF]orm$/.test(name))
  );
}
