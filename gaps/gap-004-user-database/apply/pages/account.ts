import type { SourceModule } from '../../../../src/contract.ts';
import { isField, labelOf } from '../../../../src/edit/labels.ts';
import { attributeValue, type Tag } from '../../../../src/edit/tags.ts';
import { isTaken, statesOf } from './states.ts';

/** A field of the first step that becomes one with a state. */
export interface Uncontrolled {
  readonly tag: Tag;
  readonly state: string;
}

/** What a sign-up page knows of the new account. */
export interface Account {
  /** Name, email and so on, each with the expression that holds it. */
  readonly parts: readonly (readonly [name: string, expression: string])[];
  /** Fields that keep their own value and need a state. */
  readonly uncontrolled: readonly Uncontrolled[];
  /** Labels of what is asked for and goes nowhere. */
  readonly left: readonly string[];
}

/** The further answers that an account has a column for, by the names that pages give them. */
const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/^(business|company|organi[sz]ation|team|workspace)(Name)?$/, 'workspaceName'],
  [/^(industry|sector|(business|company)Type)$/, 'industry'],
  [/^time_?zone$/i, 'timezone'],
];
const NAMES = /^(name|fullName|firstName|lastName)$/;

/** Reads what the page asks for; undefined where it does not ask for a name, an address and a password. */
export function accountOf(module: SourceModule, tags: readonly Tag[]): Account | undefined {
  const known = new Map<string, { readonly tag: Tag; readonly value: string | undefined }>();
  for (const tag of tags.filter(({ name }) => name === 'input')) {
    const name = nameFor(tag);
    if (name !== undefined && !known.has(name)) known.set(name, { tag, value: attributeValue(tag, 'value') });
  }
  const uncontrolled = [...known].flatMap(([state, { tag, value }]) =>
    value === undefined ? [{ tag, state }] : [],
  );
  const isClear = uncontrolled.every(
    ({ tag, state }) =>
      !tag.hasSpread &&
      ['defaultValue', 'onChange', 'ref'].every((name) => attributeValue(tag, name) === undefined) &&
      [state, setterOf(state)].every((name) => !isTaken(module, name)),
  );
  const expressionOf = (name: string) => known.get(name)?.value ?? (known.has(name) ? name : undefined);
  const name = nameExpression(expressionOf);
  const [email, password] = [expressionOf('email'), expressionOf('password')];
  if (!isClear || name === undefined || email === undefined || password === undefined) return undefined;
  const answers = answersOf(module, tags);
  const parts = [['name', name], ['email', email], ['password', password], ...answers] as const;
  return { parts, uncontrolled, left: leftOf(module.text, tags, parts) };
}

/** The function that sets a state. */
export function setterOf(state: string): string {
  return `set${state.charAt(0).toUpperCase()}${state.slice(1)}`;
}

function nameFor(tag: Tag): string | undefined {
  const type = attributeValue(tag, 'type');
  if (type === 'email' || type === 'password') return type;
  return [attributeValue(tag, 'name'), lastName(attributeValue(tag, 'value'))].find(
    (name) => name !== undefined && NAMES.test(name),
  );
}

/** `email` of `form.email`. */
function lastName(expression: string | undefined): string | undefined {
  return /^[\w.]+$/.test(expression ?? '') ? expression?.split('.').at(-1) : undefined;
}

function nameExpression(expressionOf: (name: string) => string | undefined): string | undefined {
  const whole = expressionOf('name') ?? expressionOf('fullName');
  const [first, last] = [expressionOf('firstName'), expressionOf('lastName')];
  if (whole !== undefined || first === undefined) return whole;
  return last === undefined ? first : `\`\${${first}} \${${last}}\``;
}

function answersOf(module: SourceModule, tags: readonly Tag[]): readonly (readonly [string, string])[] {
  const fields = tags.flatMap((tag) => attributeValue(tag, 'value') ?? []);
  const expressions = [...fields, ...statesOf(module)];
  const found = ANSWERS.flatMap(([pattern, name]) => {
    const expression = expressions.find((each) => pattern.test(lastName(each) ?? ''));
    return expression === undefined ? [] : [[name, expression] as const];
  });
  const zone = found.some(([name]) => name === 'timezone') ? undefined : shownTimezone(module);
  return zone === undefined ? found : [...found, ['timezone', zone]];
}

/** The time zone of something that was chosen, a country for instance, where the page shows it to the person. */
function shownTimezone(module: SourceModule): string | undefined {
  const state = statesOf(module).find((name) => module.text.includes(`{${name}.timezone}`));
  return state === undefined ? undefined : `${state}?.timezone`;
}

function leftOf(
  text: string,
  tags: readonly Tag[],
  parts: readonly (readonly [string, string])[],
): readonly string[] {
  const used = parts.map(([, expression]) => expression);
  return tags.flatMap((tag) => {
    const value = attributeValue(tag, 'value') ?? '';
    const asks = isField(tag) || attributeValue(tag, 'onChange') !== undefined;
    const isSent = nameFor(tag) !== undefined || used.includes(value);
    if (!asks || isSent) return [];
    const label = attributeValue(tag, 'label') ?? labelOf(text, tags, tag);
    return [
      /^[^{}?]+\??$/.test(label) ? label : value.replace(/\W.*/s, '') || `a <${tag.name}> without a label`,
    ];
  });
}
