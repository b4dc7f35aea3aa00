import type { Node } from 'oxc-parser';
import type { SourceModule } from '../../repo/repo.ts';
import type { Test } from './proof-of-identity.ts';
import type { TypedInput } from './typed-input.ts';

const DEVELOPMENT =
  /NODE_ENV['"\]]*\s*!==?\s*['"]production|NODE_ENV['"\]]*\s*===?\s*['"](?:development|test)|^!?\w*\bis_?(?:dev|local)/i;
const PRODUCTION =
  /NODE_ENV['"\]]*\s*===?\s*['"]production|NODE_ENV['"\]]*\s*!==?\s*['"](?:development|test)|^is_?prod/i;

/** Whether a test that comes out like this says that the app does not run in production. */
export function isForDevelopment(module: SourceModule, { node, isTrue }: Test): boolean {
  if (node.type === 'UnaryExpression' && node.operator === '!')
    return isForDevelopment(module, { node: node.argument, isTrue: !isTrue });
  const text = textOf(module, node);
  const constant = node.type === 'Identifier' ? constantText(module, node.name) : undefined;
  const pattern = isTrue ? DEVELOPMENT : PRODUCTION;
  return pattern.test(text) || (constant !== undefined && pattern.test(constant));
}

/**
 * The condition on the way that nobody types and no call answers: what whoever deploys the app has set. A setting with
 * which something that is typed is compared is no switch, but a list of those who get in.
 */
export function settingOf(
  module: SourceModule,
  conditions: readonly Test[],
  input: TypedInput,
): string | undefined {
  const typed = conditions.filter(({ node }) => input.of(node) !== 'nothing');
  const listed = typed.flatMap(({ node }) => environmentNames(textOf(module, node)));
  return conditions
    .filter(({ node }) => input.of(node) === 'nothing')
    .map(({ node }) => deployedName(module, textOf(module, node)))
    .find((name) => name !== undefined && !listed.includes(name));
}

/** The setting that some conditions outside of any function name. */
export function conditionsText(module: SourceModule, conditions: readonly Test[]): string | undefined {
  return conditions
    .map(({ node }) => deployedName(module, textOf(module, node)))
    .find((name) => name !== undefined);
}

const MOST = 60;
const ENVIRONMENT = /\b(?:process\.env|import\.meta\.env|env)(?:\.|\[['"])(\w+)/g;

function environmentNames(text: string): readonly string[] {
  return [...text.matchAll(ENVIRONMENT)].flatMap(([, name]) => name ?? []);
}

/** What the deployment sets: a variable of the environment, a constant that stands for one, or what is imported. */
function deployedName(module: SourceModule, text: string): string | undefined {
  const [variable] = environmentNames(text);
  const [, name] =
    /^([A-Za-z_$][\w$]*)(?:\.[\w$.]*)?(?:\s*[!=]==?\s*(?:true|['"]\w*['"]))?$/.exec(text) ?? [];
  if (variable !== undefined || name === undefined) return variable;
  const isImported = module.imports.some(({ entries }) =>
    entries.some(({ localName }) => localName.value === name),
  );
  if (isImported) return text.slice(0, MOST);
  const value = constantText(module, name);
  return value === undefined ? undefined : switchName(value, name);
}

/** What a constant of the module is set to, as it is written. */
function constantText(module: SourceModule, name: string): string | undefined {
  for (const statement of module.program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    const own = declared?.type === 'VariableDeclaration' ? declared.declarations : [];
    const constant = own.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (constant?.init) return textOf(module, constant.init);
  }
  return undefined;
}

function switchName(text: string, name: string): string | undefined {
  return environmentNames(text)[0] ?? (/^(?:true|false)$/.test(text) ? name : undefined);
}

function textOf({ text }: SourceModule, { start, end }: Node): string {
  return text.slice(start, end);
}
