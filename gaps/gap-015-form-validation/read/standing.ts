import type { NextApp, Repo } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { importersOf } from '../../../src/read/code/imports.ts';
import { attributeOf, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { basename } from '../../../src/repo/paths.ts';
import { EDITOR_COMMAND } from '../tables.ts';
import { type CodeBehind, codeBehind, type Step } from './code-behind.ts';
import { fieldsOf, inside } from './fields.ts';
import type { Form } from './forms.ts';
import { handlersOf } from './handlers.ts';
import { hasItChecked, hasRules, validatesItself } from './own-checks.ts';
import { callsProcedure } from './procedures.ts';
import { checksSchema, mentionsSchema } from './schema-checks.ts';

/** How a form stands: checked, or why it is not. */
export type Standing = 'checked' | 'no-schema' | 'schema-not-parsed' | 'no-resolver';

/** Follows a form's handlers to where what was typed is checked: against a schema, by rules, or by code with a message. */
export function standingOf(repo: Repo, app: NextApp, base: CodeBase, form: Form): Standing {
  const { path, element } = form;
  const code = withoutComments(repo, path);
  if (isGivenSchema(element) || hasRules(code.slice(element.start, element.end))) return 'checked';
  const all = behindForm(repo, app, form, (step) => {
    return checksSchema(step) || callsProcedure(repo, base.code, step) || hasItChecked(step.piece);
  });
  const fields = fieldNames(element);
  if (!all || all.some((each) => validatesItself(repo, each, fields))) return 'checked';
  const steps = all.flatMap((each) => each.steps);
  if (isEditorBox(element, steps)) return 'checked';
  if (steps.some(isHookForm)) return 'no-resolver';
  return mentionsSchema(code) ? 'schema-not-parsed' : 'no-schema';
}

function isHookForm({ meanings }: Step): boolean {
  return meanings.some((each) => each.kind === 'installed' && each.specifier === 'react-hook-form');
}

/** What stands around a form and takes a schema for it: `<Formik validationSchema={…}>`, `<ValidatedForm schema={…}>`. */
function isGivenSchema(element: JsxElement): boolean {
  for (let each: JsxElement | undefined = element; each; each = each.parent)
    if (['schema', 'validationSchema', 'validator', 'resolver'].some((name) => attributeOf(each, name)))
      return true;
  return false;
}

/** What runs on a submit, from the form and from where the components around it are rendered; undefined with a check. */
function behindForm(
  repo: Repo,
  app: NextApp,
  { path, element }: Form,
  isCheck: (step: Step) => boolean,
): readonly CodeBehind[] | undefined {
  const follow = (form: Form) =>
    codeBehind(
      repo,
      app,
      { path: form.path, code: handlersOf(form.element), at: form.element.start },
      isCheck,
    );
  const own = follow({ path, element });
  const all = own && [own];
  for (const name of own?.components ?? [])
    for (const render of rendersOf(repo, app, path, name)) {
      const behind = follow(render);
      if (!behind) return undefined;
      all?.push(behind);
    }
  return all;
}

/** A handler that comes in as a property is what the component is given where it is rendered. */
function rendersOf(repo: Repo, app: NextApp, path: string, name: string): readonly Form[] {
  if (!/^[A-Z]/.test(name)) return [];
  // Nobody imports what Next.js itself renders.
  const isRoute = /^(?:page|layout|template)\.[jt]sx?$/.test(basename(path));
  const importers = isRoute ? [] : importersOf(repo, app, path);
  const elsewhere = importers.map((importer) => ({ path: importer.path, as: importer.local ?? name }));
  return [{ path, as: name }, ...elsewhere].flatMap((place) =>
    jsxElements(repo, place.path)
      .filter((element) => element.name === place.as)
      .map((element) => ({ path: place.path, element })),
  );
}

/** The variables that the fields of a form show, or the names under which they are sent. */
function fieldNames(form: JsxElement): readonly string[] {
  const names = inside(form).flatMap((element) =>
    ['value', 'checked', 'selected', 'name', 'ref'].flatMap((key) => {
      const attribute = attributeOf(element, key);
      if (!attribute || attribute.kind === 'flag') return [];
      return /^[A-Za-z_]\w*/.exec(attribute.value)?.[0] ?? [];
    }),
  );
  return [...new Set(names)];
}

/** The box of an editor's toolbar for an address: what is typed becomes a part of the text beside it. */
function isEditorBox(form: JsxElement, steps: readonly Step[]): boolean {
  return fieldsOf(form).length <= 2 && steps.some(({ piece }) => EDITOR_COMMAND.test(piece.code));
}
