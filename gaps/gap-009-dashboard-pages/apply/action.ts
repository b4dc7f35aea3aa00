import type { Function as AnyFunction, CallExpression, Expression, Node, Statement } from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { indentOf, indentUnitOf, lineStart } from '../../../src/edit/ts-file.ts';
import { declarationsOf } from '../../../src/read/code/declarations.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { componentIn } from '../read/module-names.ts';
import type { Action } from '../sources.ts';
import { type Answers, answersOf } from './answers.ts';
import { lineAboveControl } from './jsx-place.ts';
import { type NewList, type Outcome, type PageContext, writerOf } from './page-part.ts';
import { unreadySpans } from './unready.ts';

type Func = AnyFunction | Extract<Expression, { readonly type: 'ArrowFunctionExpression' }>;

/** A function that waits, taken apart. */
interface Waiting {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly wait: Statement;
  /** What it does before and after it waited. */
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
  /** Of the component around it. */
  readonly component: { readonly start: number; readonly end: number };
}

/**
 * Lets a function that only waits send its request: what it did afterwards it does when that was carried out, and what
 * it showed as busy it takes back in any case.
 * @param at where it waits
 * @param lists what the same fix has the component ask for: those that the action changes are asked for again
 */
export function actionPart(
  page: PageContext,
  at: number,
  action: Action,
  lists: readonly NewList[],
): Outcome {
  const waiting = waitingAt(page, at);
  if (!waiting) return { refused: 'waits in a function of another shape' };
  if (declarationsOf(page.module).has(action.name)) return { refused: `has a ${action.name} already` };
  const changed = lists.filter(({ route }) => action.changes.includes(route));
  const list = changed.find(({ route }) => route === action.changes[0])?.variable;
  const body = bodyOf(page, waiting, action, list);
  if (body === undefined) return { refused: `does not hold what POST /api/${action.route} takes` };
  const notice = noticeOf(page, waiting, action);
  if (!notice) return { refused: `shows ${waiting.name} where no line of its own can stand` };
  const { quoted, end } = writerOf(page);
  const unit = indentUnitOf(page.module.text);
  const hook = `const ${action.name} = useApiAction(${quoted(`/api/${action.route}`)}, ${action.reader})${end}`;
  return {
    spans: [
      insertion(waiting.component.start + 1, `\n${unit}${hook}`),
      ...sendingSpans(page, waiting, action, body, changed),
      ...(action.body === 'from-to' && list !== undefined ? unreadySpans(page, waiting.name, list) : []),
      notice,
    ],
    imports: [
      { file: 'hooks/useApiAction.ts', name: 'useApiAction' },
      { file: 'components/dashboard/ActionNotice.tsx', name: 'default' },
      { file: `lib/dashboard/${action.module}.ts`, name: action.reader },
    ],
    files: action.isThere ? [] : [`app/api/${action.route}/route.ts`],
  };
}

function waitingAt({ module }: PageContext, at: number): Waiting | undefined {
  const nodes = nodesAt(module, at);
  const index = nodes.findLastIndex(isFunction);
  const [func, declarator] = [nodes[index], nodes[index - 1]];
  if (!func || !isFunction(func) || !func.async || func.body?.type !== 'BlockStatement') return undefined;
  const name = func.id?.name ?? nameIn(declarator);
  const statements = func.body.body;
  const place = statements.findIndex(({ start, end }) => start <= at && at < end);
  const wait = statements[place];
  const top = module.program.body.find(({ start, end }) => start <= at && at < end);
  const component = top && componentIn(top);
  const parameters = func.params.flatMap((each) => (each.type === 'Identifier' ? [each.name] : []));
  if (wait?.type !== 'ExpressionStatement' || name === undefined || !component || !top) return undefined;
  if (parameters.length !== func.params.length) return undefined;
  const after = statements.slice(place + 1);
  const before = statements.slice(0, place);
  if (!after.every((each) => setterIn(each) !== undefined)) return undefined;
  return { name, parameters, wait, before, after, component: { start: component.start, end: top.end } };
}

function isFunction(node: Node): node is Func {
  return /^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node.type);
}

function nameIn(node: Node | undefined): string | undefined {
  return node?.type === 'VariableDeclarator' && node.id.type === 'Identifier' ? node.id.name : undefined;
}

/** `setBusy` of `setBusy(true);` */
function setterIn(statement: Statement): CallExpression | undefined {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression')
    return undefined;
  const { callee } = statement.expression;
  return callee.type === 'Identifier' && /^set[A-Z]/.test(callee.name) ? statement.expression : undefined;
}

/** The body of the request, as it is written; undefined where the page does not hold what goes into it. */
function bodyOf(
  page: PageContext,
  { parameters, component }: Waiting,
  { body }: Action,
  list: string | undefined,
): readonly string[] | undefined {
  if (body === 'answers') return sentAnswers(page, answersOf(page, component, writerOf(page).quoted(', ')));
  const [from, to] = parameters;
  if (from === undefined || to === undefined || list === undefined) return undefined;
  return [
    '{',
    `  release: ${list}.data.find(({ id }) => id === ${from})?.release,`,
    from === 'from' ? '  from,' : `  from: ${from},`,
    to === 'to' ? '  to,' : `  to: ${to},`,
    '}',
  ];
}

function sentAnswers(page: PageContext, answers: Answers | undefined): readonly string[] | undefined {
  if (!answers) return undefined;
  const { quoted } = writerOf(page);
  return [
    '{',
    `  name: ${answers.name},`,
    '  description: [',
    ...answers.others.map(({ label, expression }) => `    \`${label}: \${${expression}}\`,`),
    `  ].join(${quoted('\\n')}),`,
    '}',
  ];
}

function sendingSpans(
  page: PageContext,
  { wait, before, after }: Waiting,
  { name }: Action,
  body: readonly string[],
  changed: readonly NewList[],
): readonly Span[] {
  const { text } = page.module;
  const { end } = writerOf(page);
  const [indent, unit] = [indentOf(text, wait.start), indentUnitOf(text)];
  const sent = `${name}.send(${body.map((line) => line.replace(/^(?: {2})+/, (blanks) => unit.repeat(blanks.length / 2))).join(`\n${indent}`)})`;
  const wasSet = before.flatMap((each) => calledIn(setterIn(each)) ?? []);
  const done = after.filter((each) => !wasSet.includes(calledIn(setterIn(each)) ?? ''));
  const isNeeded = done.length > 0 || changed.length > 0;
  const ahead = isNeeded ? `const isDone = await ${sent}${end}` : `await ${sent}${end}`;
  const again = changed.map(({ variable }) => `\n${indent}if (isDone) ${variable}.retry()${end}`).join('');
  return [
    { start: commentStart(text, wait.start), end: wait.end, text: `${ahead}${again}` },
    ...done.map((each) => insertion(each.start, 'if (isDone) ')),
  ];
}

function calledIn(call: CallExpression | undefined): string | undefined {
  return call?.callee.type === 'Identifier' ? call.callee.name : undefined;
}

/** With the line comments directly above, which say that it is simulated. */
function commentStart(text: string, at: number): number {
  let start = at;
  for (let head = lineStart(text, at); head > 0; ) {
    const above = lineStart(text, head - 1);
    const line = text.slice(above, head).trimStart();
    if (!line.startsWith('//')) break;
    start = head - line.length;
    head = above;
  }
  return start;
}

/** Above the first control that calls the function. */
function noticeOf(
  { module }: PageContext,
  { name, wait, component }: Waiting,
  action: Action,
): Span | undefined {
  const { text } = module;
  for (
    let at = text.indexOf(name, wait.end);
    at !== -1 && at < component.end;
    at = text.indexOf(name, at + 1)
  ) {
    const isShown = nodesAt(module, at).some(({ type }) => type === 'JSXAttribute');
    if (isShown) return lineAboveControl(module, at, `<ActionNotice of={${action.name}} />`);
  }
  return undefined;
}
