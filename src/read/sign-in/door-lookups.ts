import type { Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { type ImportScope, peekModule, requestsOf, resolveImport } from '../code/imports.ts';
import { childrenOf } from '../code/nodes-at.ts';
import { authorizeDoors } from './password-doors.ts';
import { type Door, typedInput } from './typed-input.ts';

/** A query for one record, whatever the model or the table is called. */
const LOOKS_UP =
  /\.(?:findOne|findUnique|findFirst|findUniqueOrThrow|findFirstOrThrow|findBy\w{1,40}|hgetall|oneOrNone|maybeSingle|executeTakeFirst)\(|(?<!Array|Buffer|Object)\.from\(\s?\w{1,40}\s?\)|\.(?:query|execute|prepare)\(\s{0,40}['"`]\s{0,40}SELECT\b|\bsql`\s{0,40}SELECT\b/i;

/**
 * The file in which an `authorize()` of these files asks a database who it is that signs in: in its own text, or in
 * the function that it hands what was typed. What the table is called says nothing.
 */
export function findLookup(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  paths: readonly string[],
): string | undefined {
  for (const path of paths) {
    const module = repo.mentions(path, 'authorize') ? peekModule(repo, path) : undefined;
    for (const door of module ? authorizeDoors(module) : []) {
      if (module && looksUp(module, door)) return path;
      const asked = module && helpersOf(door).find((name) => helperLooksUp(repo, scope, module, name));
      if (asked !== undefined && module) return helperFile(repo, scope, module, asked);
    }
  }
  return undefined;
}

function looksUp({ withoutComments }: SourceModule, { start, end }: Node): boolean {
  return LOOKS_UP.test(withoutComments.slice(start, end));
}

/** The names of the functions that a door calls with what was typed. */
function helpersOf(door: Door): readonly string[] {
  const input = typedInput(door);
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
      const isTyped = node.arguments.some((each) => !['nothing', 'foreign'].includes(input.of(each)));
      if (isTyped) names.push(node.callee.name);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(door);
  return names;
}

function helperFile(repo: Repo, scope: Pick<ImportScope, 'dir'>, module: SourceModule, name: string): string {
  const request = requestsOf(module).find(({ local }) => local === name);
  return (request && resolveImport(repo, scope, module.path, request.specifier)) ?? module.path;
}

function helperLooksUp(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  module: SourceModule,
  name: string,
): boolean {
  const request = requestsOf(module).find(({ local }) => local === name);
  const path = helperFile(repo, scope, module, name);
  const home = path === module.path ? module : peekModule(repo, path);
  const helper = home && functionNamed(home, request?.name ?? name);
  return home !== undefined && helper !== undefined && looksUp(home, helper);
}

function functionNamed({ program }: SourceModule, name: string): Node | undefined {
  for (const statement of program.body) {
    const declared =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (declared?.type === 'FunctionDeclaration' && (declared.id?.name === name || name === 'default'))
      return declared;
    if (declared?.type !== 'VariableDeclaration') continue;
    const constant = declared.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (constant?.init) return constant.init;
  }
  return undefined;
}
