import type {
  BlockStatement,
  CallExpression,
  Expression,
  IfStatement,
  ReturnStatement,
  Statement,
  VariableDeclarator,
} from 'oxc-parser';
import type { Edit, ManualStep, NextApp, Repo, SourceModule, Span } from '../../../../src/contract.ts';
import { placeOf } from '../../../../src/edit/from-template.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { indentOf, styleOf } from '../../../../src/edit/ts-file.ts';
import { addImport } from '../../../../src/edit/ts-imports.ts';
import { peekModule } from '../../../../src/read/code/imports.ts';
import { specifierFor } from '../../../../src/read/code/specifier-for.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { escaped } from '../../../../src/repo/escaped.ts';
import type { Part } from '../parts.ts';

const REFUSAL = 'lib/session-refusal.ts';
/** Where an edit may go: API routes, and the helpers that they share. */
const EDITABLE = /(^|\/)app\/(.+\/)?route\.ts$|(^|\/)lib\/.+\.ts$|(^|\/)[\w-]*proxy[\w-]*\.ts$/i;

/**
 * Where the app asks for the session and answers 401, it says what is the matter with a session without a user: the
 * address is not confirmed, or the database does not answer. Without the edit such a check refuses all the same.
 */
export function sessionCheckPart(repo: Repo, app: NextApp): Part {
  const paths = app.files.filter((path) => /\.[jt]sx?$/.test(path) && answers401(repo, path));
  const outcomes = paths.map((path) => ({ path, edit: editOf(repo, app, path) }));
  const left = outcomes.filter(({ edit }) => edit === undefined).map(({ path }) => path);
  return {
    edits: outcomes.flatMap(({ edit }) => edit ?? []),
    manual: [
      ...(left.length > 0 ? [refusalStep(left)] : []),
      ...tokenReaders(repo, app).map((path) => tokenStep(path)),
    ],
  };
}

function answers401(repo: Repo, path: string): boolean {
  return repo.mentions(path, 'getServerSession(') && repo.mentions(path, /\b401\b/);
}

function editOf(repo: Repo, app: NextApp, path: string): Edit | undefined {
  const module = EDITABLE.test(path) ? peekModule(repo, path) : undefined;
  const checks = module ? checkSpans(module) : [];
  if (!module || checks.length === 0) return undefined;
  const specifier = specifierFor(repo, app, path, placeOf(app, REFUSAL));
  const imported = addImport(path, repo.text(path), { module: specifier, named: ['refusal'] });
  return 'refused' in imported ? undefined : splice(repo, path, [...imported.spans, ...checks]);
}

/** Spans for every check of a module: `return refusal(session) ?? <its own 401>`. */
function checkSpans(module: SourceModule): readonly Span[] {
  const { text } = module;
  const answers: Span[] = [];
  const used = new Set<Holder>();
  const holders = sessionHolders(module);
  walk(module, {
    IfStatement: (node) => {
      const answer = returned401(text, node);
      const test = text.slice(node.test.start, node.test.end);
      const holder = holders.findLast(
        ({ at, until, name }) => at < node.start && node.end <= until && testsFor(test, name),
      );
      if (!answer || !holder) return;
      used.add(holder);
      answers.push(insertion(answer.start, `refusal(${holder.session}) ?? `));
    },
  });
  return [...[...used].flatMap(({ spans }) => spans), ...answers];
}

/** A variable that a check looks at, and what makes the session itself a variable. */
interface Holder {
  readonly at: number;
  /** The end of the block that it stands in. */
  readonly until: number;
  readonly name: string;
  readonly session: string;
  readonly spans: readonly Span[];
}

function sessionHolders(module: SourceModule): readonly Holder[] {
  const { text } = module;
  const found: Holder[] = [];
  const blocks: BlockStatement[] = [];
  const isTaken = /\b(?:const|let|var|function)\s+session\b|[({,]\s*session\b/.test(text);
  walk(module, {
    BlockStatement: (node) => {
      blocks.push(node);
    },
    VariableDeclaration: ({ start, declarations }) => {
      const [declarator] = declarations;
      const call = declarator && sessionCall(text, declarator);
      if (!declarator || declarations.length > 1 || declarator.id.type !== 'Identifier' || !call) return;
      const { name } = declarator.id;
      const until = blocks.findLast((block) => block.start < start && block.end > start)?.end ?? text.length;
      const holder = { at: start, until, name };
      if (call.isWhole) found.push({ ...holder, session: name, spans: [] });
      else if (!isTaken) found.push({ ...holder, session: 'session', spans: named(text, start, call) });
    },
  });
  return found;
}

interface SessionCall {
  /** With the parentheses around it. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly isWhole: boolean;
}

/** `await getServerSession(…)` as the value of a variable, or in parentheses in front of `?.user`. */
function sessionCall(text: string, { init }: VariableDeclarator): SessionCall | undefined {
  if (!init) return undefined;
  const value = text.slice(init.start, init.end);
  const [whole] = /^await getServerSession\([\w.]*\)$/.exec(value) ?? [];
  if (whole !== undefined) return { start: init.start, end: init.end, words: whole, isWhole: true };
  const [part, words] = /^\((await getServerSession\([\w.]*\))\)(?=\?\.user\b)/.exec(value) ?? [];
  if (part === undefined || words === undefined) return undefined;
  return { start: init.start, end: init.start + part.length, words, isWhole: false };
}

function named(text: string, at: number, { start, end, words }: SessionCall): readonly Span[] {
  const { semicolon } = styleOf(text);
  const line = `const session = ${words}${semicolon}\n${indentOf(text, at)}`;
  return [insertion(at, line), { start, end, text: 'session' }];
}

/** `!session`, `!session?.user`, `!session?.user?.email`, alone or with more. */
function testsFor(test: string, name: string): boolean {
  return new RegExp(`(?<![\\w.])!${escaped(name)}(\\?\\.user(\\??\\.(email|id|name))?)?(?![\\w.?])`).test(
    test,
  );
}

/** What the branch returns, where that is an answer with 401. */
function returned401(text: string, { consequent, alternate }: IfStatement): Expression | undefined {
  const statement = onlyStatement(consequent);
  if (alternate || statement?.type !== 'ReturnStatement') return undefined;
  const { argument }: ReturnStatement = statement;
  if (argument?.type !== 'CallExpression') return undefined;
  return is401(text, argument) ? argument : undefined;
}

function onlyStatement(statement: Statement): Statement | undefined {
  if (statement.type !== 'BlockStatement') return statement;
  return statement.body.length === 1 ? statement.body[0] : undefined;
}

/** Its own status, not a number in a text. */
function is401(text: string, { arguments: given }: CallExpression): boolean {
  return given.some((each) => /^401$|\bstatus:\s*401\b/.test(text.slice(each.start, each.end)));
}

/** Code that reads the token itself sees what the session does not show. */
function tokenReaders(repo: Repo, app: NextApp): readonly string[] {
  return app.files.filter(
    (path) =>
      /\.[jt]sx?$/.test(path) &&
      repo.mentions(path, /from ['"]next-auth\/(?:jwt|middleware)['"]/) &&
      repo.mentions(path, /\bgetToken\(|\bwithAuth\b|next-auth\/middleware/),
  );
}

function tokenStep(path: string): ManualStep {
  return {
    title: `In ${path}, let nobody pass whose token has isEmailVerified other than true, or isUnavailable`,
    why: 'It reads the token and not the session, so it does not see that an address is not confirmed.',
    seenBy: 'Sign up and do not confirm: what this file guards stays shut. Reading cannot see it.',
  };
}

function refusalStep(paths: readonly string[]): ManualStep {
  return {
    title: `In ${paths.join(', ')}, answer a session without a user with refusal(session) of lib/session-refusal`,
    why: 'The check is written in a way that cannot be edited safely. It refuses already; only the words are missing: 403 for an address that is not confirmed, 503 while the database does not answer.',
    seenBy: 'Sign up, do not confirm, and ask one of these: it answers 403. Reading cannot see it.',
  };
}
