import type { VariableDeclaration } from 'oxc-parser';
import type { Edit, ManualStep, NextApp, Repo, SourceModule, Span } from '../../../../src/contract.ts';
import { placeOf } from '../../../../src/edit/from-template.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { indentOf, styleOf } from '../../../../src/edit/ts-file.ts';
import { addImport } from '../../../../src/edit/ts-imports.ts';
import { peekModule } from '../../../../src/read/code/imports.ts';
import { specifierFor } from '../../../../src/read/code/specifier-for.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import type { Part } from '../parts.ts';

const REFUSAL = 'lib/session-refusal.ts';
const ROUTE = /(^|\/)app\/(.+\/)?route\.ts$/;
const GUEST = /['"`](guest|anonymous|anon)\b/i;
const METHOD = /^(GET|POST|PUT|PATCH|DELETE)$/;
const READS = /^await getServerSession\([\w.]*\)$/;

/**
 * Where whoever is not signed in counts as a guest, a session that cannot be read is refused: its work would go to the
 * guest's account.
 */
export function guestCheckPart(repo: Repo, app: NextApp): Part {
  const paths = app.files.filter((path) => /\.[jt]sx?$/.test(path) && takesGuests(repo, path));
  const outcomes = paths.map((path) => ({ path, edit: editOf(repo, app, path) }));
  const left = outcomes.filter(({ edit }) => edit === undefined).map(({ path }) => path);
  return {
    edits: outcomes.flatMap(({ edit }) => edit ?? []),
    manual: left.length > 0 ? [guestStep(left)] : [],
  };
}

/** A file that answers 401 gets the words of a refusal there. */
function takesGuests(repo: Repo, path: string): boolean {
  return (
    repo.mentions(path, 'getServerSession(') && repo.mentions(path, GUEST) && !repo.mentions(path, /\b401\b/)
  );
}

function editOf(repo: Repo, app: NextApp, path: string): Edit | undefined {
  const module = ROUTE.test(path) ? peekModule(repo, path) : undefined;
  const checks = module ? checkSpans(module) : [];
  if (!module || checks.length === 0) return undefined;
  // Every place that reads the session has its check, or a person looks at all of them.
  if (module.text.split('getServerSession(').length - 1 !== checks.length) return undefined;
  const specifier = specifierFor(repo, app, path, placeOf(app, REFUSAL));
  const imported = addImport(path, module.text, { module: specifier, named: ['unavailable'] });
  return 'refused' in imported ? undefined : splice(repo, path, [...imported.spans, ...checks]);
}

function checkSpans(module: SourceModule): readonly Span[] {
  const handlers: Range[] = [];
  const inner: Range[] = [];
  const read: VariableDeclaration[] = [];
  walk(module, {
    FunctionDeclaration: (node) => {
      (METHOD.test(node.id?.name ?? '') ? handlers : inner).push(node);
    },
    FunctionExpression: (node) => void inner.push(node),
    ArrowFunctionExpression: (node) => void inner.push(node),
    VariableDeclaration: (node) => void read.push(node),
  });
  return read
    .filter((node) => handlers.some(holds(node)) && !inner.some(holds(node)))
    .flatMap((node) => checkSpan(module.text, node));
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function holds(node: Range): (range: Range) => boolean {
  return ({ start, end }) => start < node.start && node.end < end;
}

function checkSpan(text: string, { start, end, declarations }: VariableDeclaration): readonly Span[] {
  const [declarator] = declarations;
  const isOnly = declarations.length === 1 && declarator?.id.type === 'Identifier' && declarator.init;
  if (!isOnly || declarator.id.type !== 'Identifier' || !declarator.init) return [];
  const isWhole = READS.test(text.slice(declarator.init.start, declarator.init.end));
  if (!isWhole || !/^[ \t]*\r?\n/.test(text.slice(end))) return [];
  const line = `if (${declarator.id.name}?.isUnavailable) return unavailable()${styleOf(text).semicolon}`;
  return [insertion(end, `\n${indentOf(text, start)}${line}`)];
}

function guestStep(paths: readonly string[]): ManualStep {
  return {
    title: `In ${paths.join(', ')}, answer a session with isUnavailable with unavailable() of lib/session-refusal before anybody counts as a guest`,
    why: 'The session is read in a way that cannot be edited safely. While the database does not answer, people who are signed in would count as guests.',
    seenBy: 'Take the database away and ask with a session: the answer is 503. Reading cannot see it.',
  };
}
