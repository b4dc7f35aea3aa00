import type { Argument, Expression } from 'oxc-parser';
import type { Repo, SourceModule } from '../repo/repo.ts';
import { blankComments } from './comments.ts';
import { peekModule } from './imports.ts';
import { walk } from './walk.ts';

/** An `authorize()` of a credentials provider that asks for a password. */
export interface PasswordDoor {
  readonly path: string;
  /** Offset of the function. */
  readonly at: number;
  /** The first answer with a session before the password was looked at. */
  readonly opensAt: number | undefined;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A call that only looks at the shape of what was typed, or writes it down. */
const SHAPE_ONLY =
  /^(?:safeParse|safeParseAsync|parse|parseAsync|validate|String|Boolean|trim|log|info|warn|error|debug|has|keys)$/;
const PASSWORD = /^(?:password|passwd|pass|pwd|plainPassword)$/i;

/**
 * The password doors of these files. Only `authorize` functions written where the provider is configured, or
 * named there and written in the same file, are judged; files that do not parse hold none.
 */
export function passwordDoors(repo: Repo, paths: readonly string[]): readonly PasswordDoor[] {
  return paths.flatMap((path) => {
    if (!repo.mentions(path, 'authorize') || !repo.mentions(path, /passw|pwd/i)) return [];
    const module = peekModule(repo, path);
    return module ? doorsIn(module) : [];
  });
}

function doorsIn(module: SourceModule): readonly PasswordDoor[] {
  return authorizeFunctions(module)
    .filter(({ start, end }) => /passw|pwd/i.test(blankComments(module.text.slice(start, end))))
    .map((range) => ({ path: module.path, at: range.start, opensAt: openAnswer(module, range) }));
}

function authorizeFunctions(module: SourceModule): readonly Range[] {
  const found: Range[] = [];
  const named = new Map<string, Range>();
  walk(module, {
    Property: ({ key, value }) => {
      if (!(key.type === 'Identifier' && key.name === 'authorize')) return;
      if (value.type === 'FunctionExpression' || value.type === 'ArrowFunctionExpression') found.push(value);
      else if (value.type === 'Identifier') {
        const known = named.get(value.name);
        if (known) found.push(known);
      }
    },
    FunctionDeclaration: (node) => {
      if (node.id) named.set(node.id.name, node);
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init?.type === 'ArrowFunctionExpression') named.set(id.name, init);
    },
  });
  return found;
}

/** The first return of a session that comes before anything compared the password or passed it on. */
function openAnswer(module: SourceModule, door: Range): number | undefined {
  const answers: Range[] = [];
  let looked = Number.POSITIVE_INFINITY;
  const inside = ({ start, end }: Range) => start >= door.start && end <= door.end;
  const developmentOnly: Range[] = [];
  const nested: Range[] = [];
  const look = (range: Range) => {
    looked = Math.min(looked, range.start);
  };
  walk(module, {
    ArrowFunctionExpression: (node) => {
      if (inside(node) && node.start !== door.start) nested.push(node);
    },
    FunctionExpression: (node) => {
      if (inside(node) && node.start !== door.start) nested.push(node);
    },
    IfStatement: ({ test, consequent }) => {
      if (inside(test) && isDevelopmentTest(module.text.slice(test.start, test.end)))
        developmentOnly.push(consequent);
    },
    ReturnStatement: (node) => {
      if (inside(node) && node.argument && isSession(node.argument)) answers.push(node);
    },
    CallExpression: (node) => {
      if (inside(node) && !isShapeOnly(node.callee) && node.arguments.some(carriesPassword)) look(node);
    },
    BinaryExpression: (node) => {
      const { left, right, operator } = node;
      if (!inside(node) || !/^[!=]==?$/.test(operator)) return;
      if (left.type === 'Literal' || right.type === 'Literal') return;
      if (isPassword(left) || isPassword(right)) look(node);
    },
  });
  const within = (ranges: readonly Range[], { start, end }: Range) =>
    ranges.some((range) => range.start <= start && range.end >= end);
  return answers.find(
    (answer) => answer.end <= looked && !within(developmentOnly, answer) && !within(nested, answer),
  )?.start;
}

function isDevelopmentTest(test: string): boolean {
  return /NODE_ENV['"\]]*\s*!==?\s*['"]production|NODE_ENV['"\]]*\s*===?\s*['"](?:development|test)|\bisDev/.test(
    test,
  );
}

function isSession(argument: Expression): boolean {
  return argument.type === 'ObjectExpression' || argument.type === 'Identifier'
    ? !(argument.type === 'Identifier' && argument.name === 'undefined')
    : argument.type === 'TSAsExpression' && isSession(argument.expression);
}

function isShapeOnly(callee: Expression): boolean {
  if (callee.type === 'Identifier') return SHAPE_ONLY.test(callee.name);
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    SHAPE_ONLY.test(callee.property.name)
  );
}

/** The password itself, an object that holds it, or all that was typed. */
function carriesPassword(argument: Argument): boolean {
  if (argument.type === 'SpreadElement') return carriesPassword(argument.argument);
  if (argument.type === 'ObjectExpression')
    return argument.properties.some((property) =>
      property.type === 'SpreadElement'
        ? carriesPassword(property.argument)
        : carriesPassword(property.value),
    );
  if (argument.type === 'CallExpression') return argument.arguments.some(carriesPassword);
  if (argument.type === 'TemplateLiteral') return argument.expressions.some(isPassword);
  if (argument.type === 'Identifier' && /^(?:credentials|creds|data|body|input|values)$/.test(argument.name))
    return true;
  if (argument.type === 'MemberExpression' && argument.property.type === 'Identifier')
    return argument.property.name === 'data' || isPassword(argument);
  return isPassword(argument);
}

function isPassword(node: Expression): boolean {
  if (node.type === 'Identifier') return PASSWORD.test(node.name);
  if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression')
    return isPassword(node.expression);
  if (node.type === 'ChainExpression') return isPassword(node.expression);
  if (node.type === 'LogicalExpression') return isPassword(node.left);
  if (node.type !== 'MemberExpression') return false;
  return node.property.type === 'Identifier'
    ? PASSWORD.test(node.property.name)
    : node.property.type === 'Literal' && PASSWORD.test(String(node.property.value));
}
