import type { NextApp, Repo } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { importersOf } from '../../../src/read/code/imports.ts';
import { attributeOf, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { basename } from '../../../src/repo/paths.ts';
import { EDITOR_COMMAND } from '../tables.ts';
import { type CodeBehind, codeBehind } from './code-behind.ts';
import { fieldsOf, inside } from './fields.ts';
import type { Form } from './forms.ts';
import { handlersOf } from './handlers.ts';
import { hasRules, validatesItself } from './own-checks.ts';
import { callsProcedure } from './procedures.ts';
import { checksSchema, mentionsSchema } from './schema-checks.ts';

/** How a form stands: checked, or why it is not. */
export type Standing = 'checked' | 'no-schema' | 'schema-not-parsed' | 'no-resolver';

/** Follows a form's handlers to where what was typed is checked: against a schema, by rules, or by code with a message. */
export function standingOf(repo: Repo, app: NextApp, base: CodeBase, form: Form): Standing {
  const { path, element } = form;
  if (isGivenSchema(element)) return 'checked';
  const code = withoutComments(repo, path);
  const behind = behindElement(repo, app, path, element);
  const all = [behind, ...behind.components.flatMap((name) => behindRenders(repo, app, path, name))];
  if (all.some((each) => checksSchema(each) || callsProcedure(repo, base.code, each))) return 'checked';
  const source = code.slice(element.start, element.end);
  const fields = fieldNames(element);
  if (all.some((each) => hasRules(source, each) || validatesItself(repo, each, fields))) return 'checked';
  if (isEditorBox(element, all)) return 'checked';
  if (all.some(({ installed }) => installed.some(({ specifier }) => specifier === 'react-hook-form')))
    return 'no-resolver';
  return mentionsSchema(code) ? 'schema-not-parsed' : 'no-schema';
}

/** What stands around a form and takes a schema for it: `<Formik validationSchema={…}>`, `<ValidatedForm schema={…}>`. */
function isGivenSchema(element: JsxElement): boolean {
  for (let each: JsxElement | undefined = element; each; each = each.parent)
    if (['schema', 'validationSchema', 'validator', 'resolver'].some((name) => attributeOf(each, name)))
      return true;
  return false;
}

function behindElement(repo: Repo, app: NextApp, path: string, element: JsxElement): CodeBehind {
  return codeBehind(repo, app, { path, code: handlersOf(element), at: element.start });
}

/** A handler that comes in as a property is what the component is given where it is rendered. */
function behindRenders(repo: Repo, app: NextApp, path: string, name: string): readonly CodeBehind[] {
  if (!/^[A-Z]/.test(name)) return [];
  // Nobody imports what Next.js itself renders.
  const isRoute = /^(?:page|layout|template)\.[jt]sx?$/.test(basename(path));
  const importers = isRoute ? [] : importersOf(repo, app, path);
  const elsewhere = importers.map((importer) => ({ path: importer.path, as: importer.local ?? name }));
  return [{ path, as: name }, ...elsewhere].flatMap((place) =>
    jsxElements(repo, place.path)
      .filter((element) => element.name === place.as)
      .map((element) => behindElement(repo, app, place.path, element)),
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
function isEditorBox(form: JsxElement, all: readonly CodeBehind[]): boolean {
  return (
    fieldsOf(form).length <= 2 &&
    all.some(({ pieces }) => pieces.some(({ code }) => EDITOR_COMMAND.test(code)))
  );
}
