import type { Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import {
  attributeOf,
  childElements,
  hasSpread,
  type JsxElement,
  jsxElements,
} from '../../src/read/markup/markup.ts';
import { basename } from '../../src/repo/paths.ts';

/** A form that takes input from a person and hands it on. */
export interface Form {
  readonly path: string;
  readonly element: JsxElement;
}

const NATIVE = /^(?:motion\.|fetcher\.|m\.)?(?:input|textarea|select)$/;
/** Components that take input, by what people call them. */
const COMPONENT =
  /^[A-Z][\w.]*(?:Input|Field|Select|Textarea|TextArea|Picker|Checkbox|Radio\w*|Upload|Combobox|Editor|Switch|Slider|OTP|Autocomplete)$|^(?:Input|Field|Select|Textarea|TextArea|Checkbox|Switch|Slider|Controller|Autocomplete)(?:\.\w+)?$/;
const UNTYPED = /^(?:hidden|submit|reset|button|image)$/;
const FORM = /^(?:motion\.|m\.)?form$|^\w+\.Form$/;
/** What each opening tag of a form holds: asked first, as one start is found sooner than three. */
const NAMES_FORM = /[<.][fF]orm[\s>]/;
const OPENS_FORM = /<(?:(?:motion\.|m\.)?form|\w+\.Form|Form)[\s>]/;
/** `Form` of these renders a form element; that of shadcn/ui only hands on a context, and gets no handler. */
const FORM_MODULE =
  /import\s[^'"]*\bForm\b[^'"]*['"](?:formik|next\/form|react-router(?:-dom)?|@remix-run\/react|@rvf\/\w+)['"]/;

/** The forms of these files that ask a person for something: no searches, no mere buttons. */
export function formsIn(repo: Repo, paths: readonly string[]): readonly Form[] {
  return paths.flatMap((path) => {
    const text = repo.peek(path);
    if (!text || !NAMES_FORM.test(text) || !OPENS_FORM.test(text)) return [];
    const code = blankComments(text);
    const named = FORM_MODULE.test(code);
    return jsxElements(repo, path)
      .filter(
        (element) => FORM.test(element.name) || (element.name === 'Form' && (named || isHandled(element))),
      )
      .filter(
        (element) =>
          code[element.start] === '<' &&
          asksForInput(element) &&
          submits(element, code) &&
          !isSearch(path, element) &&
          !isConfirmation(path, element, code),
      )
      .map((element) => ({ path, element }));
  });
}

/** A `Form` that is given what a submit runs, and does not leave that to a form element inside. */
function isHandled(element: JsxElement): boolean {
  return (
    ['onSubmit', 'onFinish', 'action'].some((name) => attributeOf(element, name)) &&
    !inside(element).some(({ name }) => FORM.test(name))
  );
}

/** The elements inside, at any depth. */
export function inside(element: JsxElement): readonly JsxElement[] {
  return childElements(element).flatMap((child) => [child, ...inside(child)]);
}

/** The fields of a form; of those that wrap another one, as `<Field name="a"><Input /></Field>`, the outer ones. */
export function fieldsOf(form: JsxElement): readonly JsxElement[] {
  return childElements(form).flatMap((child) => (takesInput(child) ? [child] : fieldsOf(child)));
}

function asksForInput(form: JsxElement): boolean {
  return inside(form).some(takesInput);
}

/** A field that a person fills in. */
export function takesInput(element: JsxElement): boolean {
  if (!NATIVE.test(element.name))
    return COMPONENT.test(element.name) || attributeOf(element, 'register') !== undefined;
  const type = attributeOf(element, 'type');
  return (
    !(type?.kind === 'text' && UNTYPED.test(type.value)) &&
    !isOff(element, 'disabled') &&
    !isOff(element, 'readOnly')
  );
}

function isOff(element: JsxElement, name: string): boolean {
  return attributeOf(element, name)?.kind === 'flag';
}

/** By a handler, an action or a button; a form with none of them only holds its fields together. */
function submits(form: JsxElement, code: string): boolean {
  if (hasSpread(form) || ['onSubmit', 'onFinish', 'action'].some((name) => attributeOf(form, name)))
    return true;
  const id = attributeOf(form, 'id');
  if (id?.kind === 'text' && code.includes(`form="${id.value}"`)) return true;
  const buttons = inside(form).filter(({ name }) => /button$/i.test(name));
  // Several buttons with something else to do each: rows are added and moved, and nothing is sent.
  if (buttons.length > 1 && buttons.every((button) => attributeOf(button, 'onClick'))) return false;
  return inside(form).some((element) => {
    const type = attributeOf(element, 'type');
    const says = type?.kind === 'text' ? type.value : '';
    return (
      says === 'submit' || (/(?:button|Submit\w*)$/i.test(element.name) && !/^(?:button|reset)$/.test(says))
    );
  });
}

/** A word that has to be typed again, to delete something, is compared on the spot and kept nowhere. */
function isConfirmation(path: string, form: JsxElement, code: string): boolean {
  const fields = fieldsOf(form).length;
  return (
    (fields === 1 &&
      (/\bdisabled=\{[^}]*!==\s*[\w.?]*[cC]onfirm/.test(code.slice(form.start, form.end + 1500)) ||
        /\bvalidate:[^}]{0,60}\b\w+\s*[!=]==\s*\w/.test(code.slice(form.start, form.end)))) ||
    (fields <= 2 && /(?:^|[a-z-])(?:[dD]elete|[rR]emove|[lL]eave)(?=[-_A-Z])/.test(basename(path)))
  );
}

/** A search asks for no data to keep: it goes to an address, or says what it is. Nor does a mere upload or choice. */
function isSearch(path: string, form: JsxElement): boolean {
  if (/search/i.test(basename(path))) return true;
  const says = (name: string) => {
    const attribute = attributeOf(form, name);
    return attribute && attribute.kind !== 'flag' ? attribute.value : '';
  };
  if (/^(?:get|dialog)$/i.test(says('method')) || says('role') === 'search') return true;
  const action = attributeOf(form, 'action');
  if (action?.kind === 'text' && /(?:^|\/)search\b/.test(action.value)) return true;
  const isHandled = attributeOf(form, 'onSubmit') !== undefined;
  return fieldsOf(form).every((field) => {
    const type = attributeOf(field, 'type');
    if (/Upload$/.test(field.name) || isDropped(field) || (!isHandled && saysSearch(field))) return true;
    return type?.kind === 'text' && /^(?:search|file|radio)$/.test(type.value);
  });
}

/** `<input {...getInputProps()} />` of react-dropzone takes files. */
function isDropped({ attributes }: JsxElement): boolean {
  return attributes.some((each) => each.kind === 'spread' && /\bgetInputProps\(/.test(each.value));
}

function saysSearch(field: JsxElement): boolean {
  return ['placeholder', 'aria-label'].some((name) => {
    const attribute = attributeOf(field, name);
    return attribute?.kind === 'text' && /^search\b/i.test(attribute.value);
  });
}

/** The source of what a submit runs: the form's attributes, and those of the buttons in it. */
export function handlersOf({ element }: Form): string {
  const own = element.attributes.flatMap((attribute) =>
    attribute.kind === 'expression' || attribute.kind === 'spread' ? [attribute.value] : [],
  );
  if (own.every((value) => HELD_BACK.test(value))) own.push(...providedTo(element));
  const buttons = inside(element).filter(({ name }) => /button$/i.test(name));
  const pressed = buttons.flatMap((button) =>
    ['onClick', 'formAction'].flatMap((name) => {
      const attribute = attributeOf(button, name);
      return attribute?.kind === 'expression' ? [attribute.value] : [];
    }),
  );
  return [...own, ...pressed].join('\n');
}

/** Keeps the browser from sending, and sends nothing itself. */
const HELD_BACK = /^\(?\w*\)?\s*=>\s*\{?\s*\w+\.preventDefault\(\);?\s*\}?$/;

/** A form that sends nothing itself leaves that to the one that is provided around it: `<FormProvider {...form}>`. */
function providedTo(element: JsxElement): readonly string[] {
  for (let above = element.parent; above; above = above.parent)
    if (/^(?:Form|FormProvider)$/.test(above.name))
      return above.attributes.flatMap((each) => (each.kind === 'spread' ? [each.value] : []));
  return [];
}

/** What stands around a form and takes a schema for it: `<Formik validationSchema={…}>`, `<ValidatedForm schema={…}>`. */
export function isGivenSchema(element: JsxElement): boolean {
  for (let each: JsxElement | undefined = element; each; each = each.parent)
    if (['schema', 'validationSchema', 'validator', 'resolver'].some((name) => attributeOf(each, name)))
      return true;
  return false;
}
