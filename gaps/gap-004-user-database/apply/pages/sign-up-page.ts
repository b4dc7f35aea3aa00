import type { ManualStep, NextApp, Repo, SourceModule, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { addAttributes, attributeValue, lineage, type Tag, tagsOf } from '../../../../src/edit/tags.ts';
import { indentOf, indentUnitOf, styleOf } from '../../../../src/edit/ts-file.ts';
import { escaped } from '../../../../src/repo/escaped.ts';
import { type Account, accountOf, setterOf, type Uncontrolled } from './account.ts';
import { isClient, lastLineIn, type Navigation, openingSpan } from './component.ts';
import { LINE_MAX, type Need, type PageEdit } from './page-edit.ts';
import { pendingSpans } from './pending.ts';
import { providerEdits } from './providers.ts';
import { knownStep, lastStep } from './sign-up-destination.ts';

const HOOK: Need = { file: 'hooks/useSignUp.tsx', name: 'useSignUp', isDefault: false };
const RULE: Need = { file: 'lib/password-rule.ts', name: 'PASSWORD_MIN', isDefault: false };
const PENDING = { when: 'signUp.isPending', says: 'Creating account…' };
/** What browsers fill in. */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  name: 'name',
  firstName: 'given-name',
  lastName: 'family-name',
  email: 'email',
};

/**
 * A page of one or more forms, of which the last one goes on to another page, creates the account before it does,
 * from the values that it holds in its state.
 * @throws SourceError when the page does not parse.
 */
export function signUpEdit(repo: Repo, app: NextApp, path: string, hasGoogle: boolean): PageEdit {
  const module = repo.module(path);
  const { text } = module;
  if (!isClient(module)) return { refused: 'it is no client component' };
  const tags = tagsOf(module);
  const account = accountOf(module, tags);
  if (!account)
    return {
      refused: 'it does not ask for a name, an address and a password in fields that can be told apart',
    };
  const last = lastStep(module, tags);
  if (!last)
    return { refused: 'none of its forms, or more than one, goes on to another page when it is submitted' };
  const frame = frameSpans(module, tags, account);
  if (!frame) return { refused: 'its component is not a function that returns one element' };
  const { spans, needs } = providerEdits(text, tags, hasGoogle);
  const password = passwordSpans(text, tags);
  return {
    spans: [
      ...frame,
      ...createSpans(repo, app, module, last.goOn, account),
      ...last.buttons.flatMap((button) => pendingSpans(module, button, PENDING)),
      ...account.uncontrolled.flatMap((field) => stateSpans(text, field)),
      ...fieldSpans(text, tags, account),
      ...password,
      ...spans,
    ],
    needs: [HOOK, ...(password.some((span) => span.text.includes(RULE.name)) ? [RULE] : []), ...needs],
    names: ['signUp'],
    react: account.uncontrolled.length > 0 ? ['useState'] : [],
    steps: account.left.length > 0 ? [unstoredStep(path, account.left)] : [],
  };
}

/** The hook and the missing states at the start of the component, what went wrong as its last line. */
function frameSpans(
  module: SourceModule,
  tags: readonly Tag[],
  { uncontrolled }: Account,
): readonly Span[] | undefined {
  const password = tags.find((tag) => attributeValue(tag, 'type') === 'password');
  const root = password && lineage(password).at(-1);
  const { quote } = styleOf(module.text);
  const opening = openingSpan(module, [
    `const signUp = ${HOOK.name}()`,
    ...uncontrolled.map(({ state }) => `const [${state}, ${setterOf(state)}] = useState(${quote}${quote})`),
  ]);
  const notice = root && lastLineIn(module.text, root, '{signUp.notice}');
  return opening && notice ? [opening, notice] : undefined;
}

/** The statement that goes on becomes one that creates the account first. */
function createSpans(
  repo: Repo,
  app: NextApp,
  { text }: SourceModule,
  goOn: Navigation,
  { parts }: Account,
): readonly Span[] {
  const indent = indentOf(text, goOn.start);
  const deeper = indent + indentUnitOf(text);
  const fields = parts.map(([name, value]) =>
    name === value ? name : `${name}: ${known(text, goOn, value)}`,
  );
  const inline = `{ ${fields.join(', ')} }`;
  const call = `signUp.create(${inline}, () => ${text.slice(goOn.start, goOn.end)});`;
  if (indent.length + call.length <= 100)
    return [
      insertion(goOn.start, `signUp.create(${inline}, () => `),
      insertion(goOn.end, ')'),
      ...destinationSpans(repo, app, goOn),
    ];
  const isShort = deeper.length + inline.length <= 100;
  const object = isShort
    ? inline
    : `{\n${fields.map((field) => `${deeper}${indentUnitOf(text)}${field},\n`).join('')}${deeper}}`;
  return [
    insertion(goOn.start, `signUp.create(\n${deeper}${object},\n${deeper}() => `),
    insertion(goOn.end, `,\n${indent})`),
    ...destinationSpans(repo, app, goOn),
  ];
}

/** `country.timezone` where the lines around ask for a country first. */
function known(text: string, { start }: Navigation, expression: string): string {
  const [, name] = /^(\w+)\?\./.exec(expression) ?? [];
  if (name === undefined) return expression;
  const before = text.slice(0, start);
  const isAsked = new RegExp(`\\bif \\(${escaped(name)}\\) \\{[^{}]*$`).test(before);
  return isAsked ? expression.replace('?.', '.') : expression;
}

function stateSpans(text: string, { tag, state }: Uncontrolled): readonly Span[] {
  return addAttributes(text, tag, [
    `value={${state}}`,
    `onChange={(event) => ${setterOf(state)}(event.target.value)}`,
  ]);
}

function fieldSpans(text: string, tags: readonly Tag[], { parts }: Account): readonly Span[] {
  const lines = parts.flatMap(([name, value]) => (/^(email|password)$/.test(name) ? [] : [value]));
  return tags.flatMap((tag) => {
    if (tag.name !== 'input') return [];
    const value = attributeValue(tag, 'value');
    const names = [attributeValue(tag, 'name'), attributeValue(tag, 'type'), value];
    const filled = names.flatMap((name) => AUTOCOMPLETE[name?.split('.').at(-1) ?? ''] ?? [])[0];
    const isLine = filled === 'name' || (value !== undefined && lines.includes(value));
    return addAttributes(text, tag, [
      ...(filled === undefined ? [] : [`autoComplete="${filled}"`]),
      ...(isLine ? [`maxLength={${LINE_MAX}}`] : []),
    ]);
  });
}

function passwordSpans(text: string, tags: readonly Tag[]): readonly Span[] {
  const password = tags.find((tag) => tag.name === 'input' && attributeValue(tag, 'type') === 'password');
  if (!password) return [];
  return addAttributes(text, password, ['autoComplete="new-password"', `minLength={${RULE.name}}`]);
}

function destinationSpans(repo: Repo, app: NextApp, { to }: Navigation): readonly Span[] {
  const text = to && knownStep(repo, app, to.text);
  return to && text !== undefined && text !== to.text ? [{ start: to.start, end: to.end, text }] : [];
}

function unstoredStep(path: string, labels: readonly string[]): ManualStep {
  return {
    title: `In ${path}, store these answers or stop asking for them: ${labels.join(', ')}`,
    why: 'An account has no column for them, and which ones the product needs is a decision for its people.',
    seenBy: 'Whatever the page asks for stands in the row of somebody who has just signed up.',
  };
}
