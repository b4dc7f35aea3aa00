import { attributeOf, type JsxElement } from '../../../src/read/markup/markup.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { inside } from './fields.ts';

/** The attributes of a form that say what a submit runs. */
export const SUBMITTING = ['onSubmit', 'onFinish', 'action'] as const;

/** The source of what a submit runs: the form's attributes, and those of the buttons in it. */
export function handlersOf(element: JsxElement): string {
  const own = element.attributes.flatMap((attribute) =>
    attribute.kind === 'expression' || attribute.kind === 'spread' ? [attribute.value] : [],
  );
  if (own.every(holdsBack)) own.push(...providedTo(element));
  return [...own, ...pressedIn(element)].join('\n');
}

/** What the buttons of a form run. */
function pressedIn(element: JsxElement): readonly string[] {
  const buttons = inside(element).filter(({ name }) => /button$/i.test(name));
  return buttons.flatMap((button) =>
    ['onClick', 'formAction'].flatMap((name) => {
      const attribute = attributeOf(button, name);
      return attribute?.kind === 'expression' ? [attribute.value] : [];
    }),
  );
}

/** Keeps the browser from sending, and sends nothing itself. */
const HELD_BACK =
  /^(?:\(?[\w:<>.]*\)?=>|function\w*\([\w:<>.]*\))\{?(?:\w+\??\.(?:preventDefault|stopPropagation)\(\);?|returnfalse;?){1,3}\}?$/;

function holdsBack(handler: string): boolean {
  return HELD_BACK.test(handler.replace(/\s/g, ''));
}

/** A form that only keeps the browser from sending, around which nothing is provided and in which nothing is pressed. */
export function onlyHoldsBack(element: JsxElement, code: string): boolean {
  const submit = attributeOf(element, 'onSubmit');
  if (submit?.kind !== 'expression' || attributeOf(element, 'action')) return false;
  const handler = /^\w+$/.test(submit.value) ? declaredAs(submit.value, code) : submit.value;
  if (!holdsBack(handler)) return false;
  return providedTo(element).length === 0 && pressedIn(element).length === 0;
}

/** The body of a function of the file, as an arrow. */
function declaredAs(name: string, code: string): string {
  const declared = new RegExp(
    `\\b(?:const ${escaped(name)}\\s*=\\s*|function ${escaped(name)}\\s*)(\\([\\w:<>. ]*\\))\\s*(?:=>\\s*)?(\\{[^{}]{0,200}\\})`,
  ).exec(code);
  return declared ? `${declared[1]} => ${declared[2]}` : '';
}

/** A form that sends nothing itself leaves that to the one that is provided around it: `<FormProvider {...form}>`. */
function providedTo(element: JsxElement): readonly string[] {
  for (let above = element.parent; above; above = above.parent)
    if (/^(?:Form|FormProvider)$/.test(above.name))
      return above.attributes.flatMap((each) => (each.kind === 'spread' ? [each.value] : []));
  return [];
}

/** The name under which a person finds the handler: what the submit calls of its own, else what it is. */
export function handlerName(element: JsxElement): string {
  const submit = SUBMITTING.flatMap((name) => {
    const attribute = attributeOf(element, name);
    return attribute && attribute.kind !== 'flag' ? [attribute.value] : [];
  })[0];
  if (submit === undefined) return 'without a handler';
  const called = [...submit.matchAll(/(?<![\w.$])(?!if\b|async\b|function\b|void\b)[A-Za-z_$][\w$]*(?=\()/g)];
  const names = called.map(([name]) => name);
  return (
    names.find((name) => name !== 'handleSubmit') ??
    names[0] ??
    /^(?!async\b)[\w$./]+/.exec(submit)?.[0] ??
    'inline'
  );
}
