import type { ExportDefaultDeclarationKind, Program } from 'oxc-parser';
import type { Repo, SourceModule } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';

/** What keeps a route from the public: it is not there in production, or it asks for a login. */
export type Guard = 'none' | 'production' | 'authentication';

export const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** Functions that send away whoever is not signed in. */
const REFUSES = /\b(requireAuth|requireUser|requireAdmin|requireSession|withAuth\w*|auth\.protect)\b/i;
/** Functions that say who is there, and keys. That alone refuses nobody, and other things have sessions too. */
const ASKS =
  /\b(getServerSession|getKindeServerSession|getIronSession|getSession|getToken|getAuth|currentUser|validateRequest|verifySession|verifyToken|verifyJwt|auth\.api\.getSession|auth\.getUser)\b|\bauth\(\)|headers\(?\)?\.get\(\s*['"](authorization|x-api-key)['"]|headers(\.authorization\b|\[['"](authorization|x-api-key)['"])/i;
const REFUSAL = /\b40[13]\b|unauthori[sz]ed|unauthenticated|forbidden|\b(redirect|notFound)\(/i;

/** The words of the guard below, found faster. */
const SPEAKS_OF_STAGE = /_ENV\b|is_?(prod|dev)/i;
/** The answer that a production build gives first. */
const GUARD =
  /^\s*if\s*\(\s*((process\.)?env\.(NODE_ENV|VERCEL_ENV)\s*(===?\s*['"]production['"]|!==?\s*['"](development|test)['"])|(is_?[pP]rod(uction)?|IS_PROD(UCTION)?)(\(\))?|!\s*(is_?[dD]ev(elopment)?|IS_DEV(ELOPMENT)?)(\(\))?)\s*\)\s*\{?\s*(return|throw|notFound\()/;

/**
 * What keeps a route from the public. It is as open as the most open of its handlers; one that is written in
 * another file, or that comes out of an object, is not seen to be guarded. What is commented out guards nothing.
 */
export function guardOf(repo: Repo, path: string, kind: 'app' | 'pages'): Guard {
  const text = blankComments(repo.scan(path) ?? '');
  if (!SPEAKS_OF_STAGE.test(text) && !asksForLogin(text, text)) return 'none';
  const module = repo.module(path);
  const functions = topLevel(module, text);
  const names = handlersOf(module, kind);
  if (names === undefined) return 'none';
  const handlers = [...names].map(([name, local]) => ({ name, source: functions.get(local) ?? '' }));
  if (handlers.every(({ source }) => startsWithGuard(source))) return 'production';
  const doors = [...functions].filter(([, source]) => asksForLogin(source, text)).map(([name]) => name);
  const isShut = ({ name, source }: { name: string; source: string }) =>
    name === 'OPTIONS' ||
    startsWithGuard(source) ||
    asksForLogin(source, text) ||
    doors.some((door) => new RegExp(`\\b${door}\\s*\\(`).test(source));
  return handlers.every(isShut) ? 'authentication' : 'none';
}

/** Whether the first thing that a function does in production is to answer that it is not there. */
export function startsWithGuard(source: string): boolean {
  return GUARD.test(bodyOf(source));
}

function asksForLogin(source: string, file: string): boolean {
  return REFUSES.test(source) || (ASKS.test(source) && REFUSAL.test(file));
}

/** The exported handlers with their names in the file; undefined where one is not written in it. */
function handlersOf(
  { exports }: SourceModule,
  kind: 'app' | 'pages',
): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const { exportName, localName, moduleRequest, importName, isType } of exports.flatMap(
    ({ entries }) => entries,
  )) {
    if (isType) continue;
    const isEverything = moduleRequest && importName.kind !== 'Name' && exportName.kind === 'None';
    const name = exportName.kind === 'Default' ? 'default' : (exportName.name ?? '');
    const isHandler = kind === 'pages' ? name === 'default' : METHODS.has(name);
    if (isEverything || (isHandler && moduleRequest)) return undefined;
    if (isHandler) found.set(name, localName.name ?? 'default');
  }
  return found.size > 0 ? found : undefined;
}

/** The source of every function that the file's top level names; another name for one stands for it too. */
function topLevel({ program }: SourceModule, text: string): ReadonlyMap<string, string> {
  const values = program.body.flatMap(valuesOf);
  const sources = new Map(values.map(({ name, start, end }) => [name, text.slice(start, end)]));
  for (const { name, alias } of values) if (alias !== undefined) sources.set(name, sources.get(alias) ?? '');
  return sources;
}

interface Value {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The name that it only repeats. */
  readonly alias?: string;
}

function valuesOf(statement: Program['body'][number]): readonly Value[] {
  if (statement.type === 'ExportDefaultDeclaration') {
    const { start, end } = statement.declaration;
    return [{ name: 'default', start, end }, ...namedValues(statement.declaration)];
  }
  if (statement.type === 'ExportNamedDeclaration')
    return statement.declaration ? namedValues(statement.declaration) : [];
  return namedValues(statement);
}

function namedValues(node: Program['body'][number] | ExportDefaultDeclarationKind): readonly Value[] {
  if (node.type === 'FunctionDeclaration' && node.id)
    return [{ name: node.id.name, start: node.start, end: node.end }];
  if (node.type !== 'VariableDeclaration') return [];
  return node.declarations.flatMap(({ id, init }): Value[] => {
    if (id.type !== 'Identifier' || !init) return [];
    const { start, end } = init;
    return [{ name: id.name, start, end, ...(init.type === 'Identifier' ? { alias: init.name } : {}) }];
  });
}

/** The text of a function's body: after the first brace that follows its parameters. */
export function bodyOf(source: string): string {
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    const c = source[at];
    if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    else if (c === '{' && depth === 0) return source.slice(at + 1);
  }
  return '';
}
