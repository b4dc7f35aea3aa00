import type { Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import { dottedName } from '../../../src/read/code/bindings.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { importersOf, peekModule } from '../../../src/read/code/imports.ts';
import { childrenOf, holds, nodesAt } from '../../../src/read/code/nodes-at.ts';
import { findOwnPackage } from '../../../src/read/code/own-packages.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { isEntry, type ServerPackage } from './server-packages.ts';

/** Through what a place in a file is used. */
interface Exits {
  /** It runs when the file is loaded. */
  readonly loads: boolean;
  /** The exports that lead to it; '*' stands for CommonJS. */
  readonly exported: ReadonlySet<string>;
}

/** A statement at the top of a file. */
interface Statement {
  readonly text: string;
  readonly names: readonly string[];
  readonly exported: readonly string[];
  readonly declares: boolean;
}

/** A name that says what the method is for; a framework calls others (`increment`, `canActivate`) by themselves. */
const LIMITS = /limit|throttl/i;
const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** Whether anything that runs uses what stands at an offset: its file is an entry, or entries import it by name. */
export function isUsed(repo: Repo, within: ServerPackage, path: string, at: number): boolean {
  const module = peekModule(repo, path);
  if (!module) return true;
  if (isUncalledMethod(repo, module, at)) return false;
  const { loads, exported } = exitsOf(module, at);
  return (loads || exported.size > 0) && isAsked(repo, within, path, loads ? undefined : exported, new Set());
}

/** Whether something that runs imports one of these names of a file; undefined stands for the file itself. */
function isAsked(
  repo: Repo,
  within: ServerPackage,
  path: string,
  names: ReadonlySet<string> | undefined,
  seen: Set<string>,
): boolean {
  const key = `${path}#${names ? [...names].join() : ''}`;
  if (seen.has(key)) return false;
  seen.add(key);
  if (isEntry(repo, within, path)) return true;
  const importers = importersOf(repo, within, path).filter(
    ({ name }) => !names || name === '*' || names.has('*') || names.has(name),
  );
  if (importers.length === 0) return isOffered(repo, within);
  return importers.some(({ path: importer, exportedAs }) => {
    const asked = exportedAs === '*' ? names : exportedAs && new Set([exportedAs]);
    return isAsked(repo, within, importer, asked || undefined, seen);
  });
}

/** A package that others of the repository import: which of its files they reach is not followed further. */
function isOffered(repo: Repo, { dir, workspace }: ServerPackage): boolean {
  const { name } = workspace.manifest;
  if (name === undefined || findOwnPackage(repo, name)?.dir !== dir) return false;
  return repo.layout.packages.some((other) => other.dir !== dir && repo.mentions(other.path, `"${name}"`));
}

function exitsOf({ program, text }: SourceModule, at: number): Exits {
  const body = program.body.filter(({ type }) => type !== 'ImportDeclaration');
  const statements = body.map((node) => statementOf(node, text));
  const own = body.findIndex((node) => holds(node, at));
  const first = statements[own];
  if (!first || (!first.declares && first.exported.length === 0)) return { loads: true, exported: new Set() };
  const reached = new Set([first]);
  const words = new Set(first.names);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const statement of statements) {
      if (reached.has(statement) || isSweep(statement)) continue;
      if (![...words].some((word) => mentions(statement.text, word))) continue;
      reached.add(statement);
      for (const name of statement.names) words.add(name);
    }
  }
  return {
    loads: [...reached].some(({ declares, exported }) => !declares && exported.length === 0),
    exported: new Set([...reached].flatMap(({ exported }) => exported)),
  };
}

/** A timer that forgets old entries limits nobody. */
function isSweep({ text }: Statement): boolean {
  return text.includes('setInterval(') && !/\.use\(/.test(text);
}

function mentions(text: string, word: string): boolean {
  return text.includes(word) && new RegExp(`(?<![\\w$])${escaped(word)}(?![\\w$])`).test(text);
}

function statementOf(node: Node, source: string): Statement {
  const text = source.slice(node.start, node.end);
  switch (node.type) {
    case 'ExportDefaultDeclaration':
      return { text, names: namesOf(node.declaration), exported: ['default'], declares: true };
    case 'ExportAllDeclaration':
      return { text: '', names: [], exported: [], declares: true };
    case 'ExportNamedDeclaration': {
      if (node.source) return { text: '', names: [], exported: [], declares: true };
      const names = node.declaration ? namesOf(node.declaration) : [];
      const listed = node.specifiers.map(({ exported }) =>
        'name' in exported ? exported.name : exported.value,
      );
      return { text, names, exported: [...names, ...listed], declares: true };
    }
    case 'ExpressionStatement': {
      const { expression } = node;
      const target = expression.type === 'AssignmentExpression' ? dottedName(expression.left) : undefined;
      const isExport = target !== undefined && /^(?:module\.)?exports\b/.test(target);
      return { text, names: [], exported: isExport ? ['*'] : [], declares: false };
    }
    default: {
      const names = namesOf(node);
      return { text, names, exported: [], declares: names.length > 0 };
    }
  }
}

/** The names that a statement declares. */
function namesOf(node: Node): readonly string[] {
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => identifiersIn(id));
  return 'id' in node && node.id && 'name' in node.id && typeof node.id.name === 'string'
    ? [node.id.name]
    : [];
}

function identifiersIn(pattern: Node): readonly string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  return childrenOf(pattern).flatMap(identifiersIn);
}

/** Whether an offset stands in a method that limits and that no code calls: the client it belongs to does other things. */
function isUncalledMethod(repo: Repo, module: SourceModule, at: number): boolean {
  const name = methodAround(module, at);
  if (name === undefined || !LIMITS.test(name)) return false;
  const called = new RegExp(
    `[.#]${escaped(name)}\\b|\\{[^{}]{0,400}\\b${escaped(name)}\\b[^{}]{0,400}\\}\\s*=`,
  );
  return !repo.files.some(
    (file) => CODE.test(file) && repo.mentions(file, name) && called.test(withoutComments(repo, file)),
  );
}

/** The method of a class of its own around an offset: what a class inherits or implements is called by others. */
function methodAround(module: SourceModule, at: number): string | undefined {
  let isOwn = false;
  let name: string | undefined;
  for (const node of nodesAt(module, at)) {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression')
      isOwn = !node.superClass && (node.implements ?? []).length === 0;
    if (node.type === 'MethodDefinition' && node.kind === 'method' && node.key.type === 'Identifier')
      name = node.key.name;
  }
  return isOwn ? name : undefined;
}
