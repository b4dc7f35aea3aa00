import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule, requestsOf } from '../../../src/read/code/imports.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { basename } from '../../../src/repo/paths.ts';
import { FORM, FORM_MODULE } from '../tables.ts';
import { fieldsOf, inside, isChoice, takesInput, textOf } from './fields.ts';
import { onlyHoldsBack, SUBMITTING } from './handlers.ts';

/** A form that takes input from a person and hands it on. */
export interface Form {
  readonly path: string;
  readonly element: JsxElement;
}

/** What each opening tag of a form holds. */
const OPENS_FORM = /[<.][fF]orm[\s>]/;

/** The forms of these files that ask a person for something: no searches, no mere buttons. */
export function formsIn(repo: Repo, paths: readonly string[]): readonly Form[] {
  return paths.flatMap((path) => {
    const text = repo.peek(path);
    if (!text || !OPENS_FORM.test(text)) return [];
    const code = withoutComments(repo, path);
    const isForm = (element: JsxElement) =>
      FORM.test(element.name) || (element.name === 'Form' && (rendersForm(repo, path) || isHandled(element)));
    return jsxElements(repo, path)
      .filter((element) => code[element.start] === '<' && isForm(element) && asks(path, element, code))
      .map((element) => ({ path, element }));
  });
}

function asks(path: string, element: JsxElement, code: string): boolean {
  return (
    inside(element).some(takesInput) &&
    submits(element, code) &&
    !onlyHoldsBack(element, code) &&
    !isSearch(path, element) &&
    !isConfirmation(path, element, code)
  );
}

/** Whether the `Form` of a file is one of those that render a form element. */
function rendersForm(repo: Repo, path: string): boolean {
  const module = peekModule(repo, path);
  return (
    module !== undefined &&
    requestsOf(module).some(({ specifier, local }) => local === 'Form' && FORM_MODULE.test(specifier))
  );
}

/** A `Form` that is given what a submit runs, and does not leave that to a form element inside. */
function isHandled(element: JsxElement): boolean {
  return (
    SUBMITTING.some((name) => attributeOf(element, name)) &&
    !inside(element).some(({ name }) => FORM.test(name))
  );
}

/** By a handler, an action or a button; a form with none of them only holds its fields together. */
function submits(form: JsxElement, code: string): boolean {
  if (hasSpread(form) || SUBMITTING.some((name) => attributeOf(form, name))) return true;
  const id = textOf(form, 'id');
  if (id !== '' && code.includes(`form="${id}"`)) return true;
  const buttons = inside(form).filter(({ name }) => /button$/i.test(name));
  // Several buttons with something else to do each: rows are added and moved, and nothing is sent.
  if (buttons.length > 1 && buttons.every((button) => attributeOf(button, 'onClick'))) return false;
  return inside(form).some((element) => {
    const type = textOf(element, 'type');
    return (
      type === 'submit' || (/(?:button|Submit\w*)$/i.test(element.name) && !/^(?:button|reset)$/.test(type))
    );
  });
}

/** A word that has to be typed again, to delete something, is compared on the spot and kept nowhere. */
function isConfirmation(path: string, form: JsxElement, code: string): boolean {
  const fields = fieldsOf(form).length;
  if (
    fields === 1 &&
    /\bdisabled=\{[^}]{0,200}!==\s*[\w.?]*[cC]onfirm/.test(code.slice(form.start, form.end + 1500))
  )
    return true;
  if (fields === 1 && /\bvalidate:[^}]{0,60}\b\w+\s*[!=]==\s*\w/.test(code.slice(form.start, form.end)))
    return true;
  return fields <= 2 && /(?:^|[a-z-])(?:[dD]elete|[rR]emove|[lL]eave)(?=[-_A-Z])/.test(basename(path));
}

/** A search asks for no data to keep: it goes to an address, or says what it is. Nor does a mere upload or choice. */
function isSearch(path: string, form: JsxElement): boolean {
  if (/search/i.test(basename(path))) return true;
  const says = (name: string) => {
    const attribute = attributeOf(form, name);
    return attribute && attribute.kind !== 'flag' ? attribute.value : '';
  };
  if (/^(?:get|dialog)$/i.test(says('method')) || says('role') === 'search') return true;
  if (/(?:^|\/)search\b/.test(textOf(form, 'action'))) return true;
  const fields = fieldsOf(form);
  const [only, ...more] = fields;
  if (only && more.length === 0 && isChoice(only)) return true;
  const isHandled = attributeOf(form, 'onSubmit') !== undefined;
  return fields.every((field) => {
    if (/Upload$/.test(field.name) || isDropped(field) || (!isHandled && saysSearch(field))) return true;
    return /^(?:search|file|radio)$/.test(textOf(field, 'type'));
  });
}

/** `<input {...getInputProps()} />` of react-dropzone takes files. */
function isDropped({ attributes }: JsxElement): boolean {
  return attributes.some((each) => each.kind === 'spread' && /\bgetInputProps\(/.test(each.value));
}

function saysSearch(field: JsxElement): boolean {
  return ['placeholder', 'aria-label'].some((name) => /^search\b/i.test(textOf(field, name)));
}
