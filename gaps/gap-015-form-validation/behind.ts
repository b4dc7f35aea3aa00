import type { NextApp, Repo, SourceModule } from '../../src/contract.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import { type ModuleRequest, peekModule, requestsOf, resolveImport } from '../../src/read/code/imports.ts';
import { declarationAt, declarationsOf } from './declarations.ts';

/** Code somewhere in a file. */
export interface Piece {
  readonly path: string;
  readonly code: string;
  readonly at: number;
}

/** A name of an installed package. */
interface Installed {
  readonly specifier: string;
  readonly name: string;
}

/** All that runs when an expression does, as far as names lead. */
export interface Behind {
  readonly pieces: readonly Piece[];
  /** Names of installed packages that it uses. */
  readonly installed: readonly Installed[];
  /** Components whose parameters it uses: what those are is said where the component is rendered. */
  readonly components: readonly string[];
}

/** Ends the search in code bases where everything leads everywhere; what is nearest is looked at first. */
const ENOUGH = 300;
const NAME = /(?<![\w$])(?<!(?<!\.)\.)[A-Za-z_$][\w$]*/g;

/**
 * Follows the names in an expression to what they are declared as, in the same file and through imports, and on
 * from there. Declarations around `start` itself (the component that renders the form) are not entered. Names are
 * told from text: the key of an object that is called like a variable counts as that.
 */
export function codeBehind(repo: Repo, app: NextApp, start: Piece): Behind {
  const found = new Map<string, Piece>();
  const installed: Installed[] = [];
  const components = new Set<string>();
  const waiting: Piece[] = [start];
  for (let piece = waiting.shift(); piece && found.size < ENOUGH; piece = waiting.shift()) {
    const key = `${piece.path} ${piece.at} ${piece.code.length}`;
    if (found.has(key)) continue;
    found.set(key, piece);
    for (const meaning of meaningsIn(repo, app, piece)) {
      if (meaning.kind === 'installed') installed.push(meaning);
      else if (meaning.kind === 'code')
        waiting.push(...meaning.pieces.filter((each) => !isAround(each, start)));
      else if (piece.path === start.path) components.add(meaning.component);
    }
  }
  return { pieces: [...found.values()], installed, components: [...components] };
}

/** The component that renders what the search starts from. */
function isAround({ path, at, code }: Piece, start: Piece): boolean {
  return path === start.path && at <= start.at && at + code.length > start.at;
}

type Meaning =
  | ({ readonly kind: 'installed' } & Installed)
  | { readonly kind: 'code'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'parameter'; readonly component: string };

/** What each name in a piece of code stands for. */
function meaningsIn(repo: Repo, app: NextApp, piece: Piece): readonly Meaning[] {
  const module = peekModule(repo, piece.path);
  if (!module) return [];
  const declarations = declarationsOf(module);
  const requests = requestsOf(module);
  const names = new Set([...piece.code.matchAll(NAME)].map(([name]) => name));
  return [...names].flatMap((name): readonly Meaning[] => {
    const declared = declarationAt(declarations, name, piece.at);
    if (declared?.parameterOf !== undefined) return [{ kind: 'parameter', component: declared.parameterOf }];
    if (declared) return [{ kind: 'code', pieces: [pieceOf(module, declared)] }];
    const request = requests.find(({ local }) => local === name);
    if (!request) return [];
    const target = resolveImport(repo, app, piece.path, request.specifier);
    return target === undefined
      ? [{ kind: 'installed', specifier: request.specifier, name: request.name }]
      : [{ kind: 'code', pieces: exported(repo, app, target, request.name) }];
  });
}

function pieceOf({ path, text }: SourceModule, { start, end }: { start: number; end: number }): Piece {
  return { path, at: start, code: blankComments(text.slice(start, end)) };
}

/** What a module exports under a name, wherever it is written. */
function exported(repo: Repo, app: NextApp, path: string, name: string, depth = 4): readonly Piece[] {
  const module = /\.[cm]?[jt]sx?$/.test(path) ? peekModule(repo, path) : undefined;
  if (!module || depth === 0) return [];
  if (name === '*') return [pieceOf(module, { start: 0, end: module.text.length })];
  const local = localNameOf(module, name);
  const declared = declarationAt(declarationsOf(module), local, 0);
  if (declared) return [pieceOf(module, declared)];
  const request = requestsOf(module).find((each) => each.exportedAs === name || each.local === local);
  if (request) return handedOn(repo, app, path, request, request.name, depth);
  if (name === 'default') {
    const node = module.program.body.find(({ type }) => type === 'ExportDefaultDeclaration');
    return node ? [pieceOf(module, node)] : [pieceOf(module, { start: 0, end: module.text.length })];
  }
  return requestsOf(module)
    .filter((each) => each.exportedAs === '*')
    .flatMap((each) => handedOn(repo, app, path, each, name, depth));
}

function handedOn(
  repo: Repo,
  app: NextApp,
  path: string,
  { specifier }: ModuleRequest,
  name: string,
  depth: number,
): readonly Piece[] {
  const target = resolveImport(repo, app, path, specifier);
  return target === undefined ? [] : exported(repo, app, target, name, depth - 1);
}

/** `export { save as default }`, `export default save`. */
function localNameOf(module: SourceModule, name: string): string {
  for (const { entries } of module.exports)
    for (const { exportName, localName, moduleRequest } of entries)
      if (
        !moduleRequest &&
        (exportName.name === name || (name === 'default' && exportName.kind === 'Default'))
      )
        return localName.name ?? name;
  return name;
}
