import type { BlockStatement, IfStatement, Node, Statement, TryStatement } from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { indentOf, indentUnitOf } from '../../../src/edit/ts-file.ts';
import { declarationsOf } from '../../../src/read/code/declarations.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { componentIn } from '../read/module-names.ts';
import { lineAboveList } from './jsx-place.ts';
import { type Outcome, type PageContext, writerOf } from './page-part.ts';

/** A page that fetches a list in a function of its own, taken apart. */
interface Fetching {
  readonly componentStart: number;
  /** The function, and what to call to ask again. */
  readonly load: string;
  readonly body: BlockStatement;
  readonly attempt: TryStatement;
  readonly list: string;
  readonly busy: string | undefined;
  /** Where the list is gone through. */
  readonly shownAt: number;
}

/** Lets a page that swallows the failure of a request show it, and say that a list is empty. */
export function failurePart(page: PageContext, at: number, what: string): Outcome {
  const fetching = fetchingAt(page, at);
  if (!fetching) return { refused: 'has no list of its own that a function with a try brings' };
  if (['problem', 'setProblem'].some((name) => declarationsOf(page.module).has(name)))
    return { refused: 'has a problem already' };
  const told = toldSpans(page, fetching);
  const notice = noticeSpan(page, fetching, what);
  if (!told || !notice) return { refused: 'shows its list where no line of its own can stand' };
  const { end } = writerOf(page);
  const unit = indentUnitOf(page.module.text);
  const type = page.app.typescript ? '<ApiProblem | null>' : '';
  const state = `const [problem, setProblem] = useState${type}(null)${end}`;
  return {
    spans: [insertion(fetching.componentStart + 1, `\n${unit}${state}`), ...told, notice],
    imports: [
      { file: 'components/dashboard/ApiNotice.tsx', name: 'default' },
      { file: 'lib/dashboard/ask-api.ts', name: 'problemFor' },
      ...(page.app.typescript ? [{ file: 'lib/dashboard/ask-api.ts', name: 'type ApiProblem' }] : []),
    ],
    files: [],
  };
}

function fetchingAt({ module }: PageContext, at: number): Fetching | undefined {
  const { text, program } = module;
  const nodes = nodesAt(module, at);
  const attempt = nodes.findLast((node) => node.type === 'TryStatement');
  const index = nodes.findLastIndex(({ type }) => /Function(?:Expression|Declaration)$/.test(type));
  const func = nodes[index];
  const top = program.body.find(({ start, end }) => start <= at && at < end);
  const component = top && componentIn(top);
  const body = func && 'body' in func ? func.body : undefined;
  const load = func && nameOf(func, nodes[index - 1]);
  if (attempt?.type !== 'TryStatement' || !isBlock(body) || !component || load === undefined)
    return undefined;
  const list = /const\s*\[(\w+),\s*set\w+\]\s*=\s*(?:React\.)?useState(?:<[^;\n]{0,100}>)?\(\[\]\)/.exec(
    text,
  )?.[1];
  const shownAt = list === undefined ? -1 : text.indexOf(`{${list}.map(`);
  if (list === undefined || shownAt === -1) return undefined;
  const busy = /const\s*\[(\w*[lL]oading),/.exec(text)?.[1];
  return { componentStart: component.start, load, body, attempt, list, busy, shownAt: shownAt + 1 };
}

function isBlock(node: unknown): node is BlockStatement {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'BlockStatement';
}

function nameOf(func: Node, parent: Node | undefined): string | undefined {
  if (func.type === 'FunctionDeclaration') return func.id?.name;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
    ? parent.id.name
    : undefined;
}

/** `if (res.ok) {…}` gets an else, and the catch says that nothing came. */
function toldSpans(page: PageContext, { attempt, body }: Fetching): readonly Span[] | undefined {
  const { module } = page;
  const { text } = module;
  const { quoted, end } = writerOf(page);
  const caught = attempt.handler?.body;
  const first = body.body[0];
  if (!caught || !first) return undefined;
  const fine = attempt.block.body.map(okIn).find((each) => each !== undefined);
  const inner = indentOf(text, attempt.start) + indentUnitOf(text);
  const unavailable = `setProblem({ kind: ${quoted('unavailable')} })${end}`;
  const silent = caught.body.length === 0;
  const comment = text.slice(caught.start + 1, caught.end - 1).trim();
  return [
    insertion(first.start, `setProblem(null)${end}\n${indentOf(text, first.start)}`),
    ...(fine
      ? [insertion(fine.statement.end, ` else setProblem(problemFor(${fine.response}.status))${end}`)]
      : []),
    silent
      ? {
          start: caught.start + 1,
          end: caught.end - 1,
          text: `\n${inner}${unavailable}${comment && `\n${inner}${comment}`}\n${indentOf(text, attempt.start)}`,
        }
      : insertion(caught.start + 1, `\n${inner}${unavailable}`),
  ];
}

function okIn(
  statement: Statement,
): { readonly statement: IfStatement; readonly response: string } | undefined {
  if (statement.type !== 'IfStatement' || statement.alternate) return undefined;
  const { test } = statement;
  if (test.type !== 'MemberExpression' || test.object.type !== 'Identifier') return undefined;
  return test.property.type === 'Identifier' && test.property.name === 'ok'
    ? { statement, response: test.object.name }
    : undefined;
}

function noticeSpan(
  page: PageContext,
  { list, load, busy, shownAt }: Fetching,
  what: string,
): Span | undefined {
  const { quoted } = writerOf(page);
  const state = `problem ?? { kind: ${quoted('ready')} }`;
  const notice = `<ApiNotice of={{ data: ${list}, state: ${state}, retry: ${load} }} what="${what}" />`;
  return lineAboveList(page.module, shownAt, busy === undefined ? notice : `{!${busy} && ${notice}}`);
}
