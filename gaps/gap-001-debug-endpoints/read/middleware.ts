import type { Directive, IfStatement, Statement } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import { reachableFrom } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { ASKS, DENIES, REFUSES, WHO } from '../tables.ts';
import { type Place, placeOf } from './definitions.ts';
import {
  expanded,
  holdsFor,
  isAround,
  isNegated,
  outside,
  pathsIn,
  returnedBy,
  textOf,
} from './middleware-conditions.ts';
import { isFunction } from './statements.ts';
import { isAboutFolder, isMatch, isSpecific, pathsNamedIn } from './url-patterns.ts';

/** The middleware that may shut a url, by its path; undefined where it does not run for it, or lets everybody pass. */
export function middlewareGuard(repo: Repo, app: NextApp, url: string): string | undefined {
  const path = app.middlewarePath;
  const place = path === undefined ? undefined : placeOf(repo, app, path);
  if (!place || !runsFor(place, url)) return undefined;
  if (isShutBy(place, url)) return place.module.path;
  return partThatShuts(place, url);
}

/**
 * A module that the middleware is made of, names the folder of the url, and sends people away. What it decides by may
 * be far from there: a person has to look.
 */
function partThatShuts(place: Place, url: string): string | undefined {
  const { repo, app, module } = place;
  const folder = url.split('/').slice(0, 3).join('/');
  for (const path of reachableFrom(repo, app, [module.path])) {
    if (path === module.path || !repo.mentions(path, folder)) continue;
    const code = placeOf(repo, app, path)?.code ?? '';
    if (SENDS_AWAY.test(code) && namesFolder(code, url)) return path;
  }
  return undefined;
}

/** Whether code names the folder of a url, and not among what everybody may call. */
function namesFolder(code: string, url: string): boolean {
  return [...code.matchAll(/(['"`])(\/[^'"`\n]*)\1/g)].some((match) => {
    const [, , path = ''] = match;
    const statement =
      code
        .slice(Math.max(0, match.index - 600), match.index)
        .split(';')
        .at(-1) ?? '';
    return isMatch(path, url) && isAboutFolder(path) && !FOR_ALL.test(statement);
  });
}

/** Words for what needs no guard. */
const FOR_ALL = /public|allow|skip|open|exclu|bypass|except|ignore|white|next\(\)/i;

/** An answer of a middleware that nobody gets past. */
const SENDS_AWAY = /\breturn\b[^;\n]{0,80}(?:\bredirect\(|\bstatus:\s*40[134]\b|\brewrite\()/;

/** Whether the matcher of a middleware takes a url. A pattern that is more than a prefix is taken to match. */
function runsFor(place: Place, url: string): boolean {
  const patterns = matchersOf(place);
  return patterns.length === 0 || patterns.some((pattern) => isMatch(pattern, url));
}

/** The patterns of the matcher; none where it runs for everything. */
function matchersOf({ code }: Place): readonly string[] {
  const matcher = /\bmatcher\s*:\s*(\[[\s\S]{0,5000}?\](?=\s*[,}])|(['"`])[^\n]{0,500}?\2)/.exec(code)?.[1];
  return matcher === undefined ? [] : pathsNamedIn(matcher);
}

function isShutBy(place: Place, url: string): boolean {
  if (isWholeGuard(place)) return true;
  const conditions = conditionsIn(place.module);
  if (conditions.some((each) => letsPass(place, each, url))) return false;
  const reached = conditions.filter((each) =>
    conditions.every((other) => !isAround(other, each) || holdsFor(place, other, url)),
  );
  if (reached.some((each) => keepsOut(place, each, conditions, url))) return true;
  const always = outside(place, { start: 0, end: place.code.length }, conditions);
  const isOnlyFor = matchersOf(place).some((each) => isMatch(each, url) && isAboutFolder(each));
  if (isOnlyFor && DENIES.test(always) && !/\bnext\(/.test(always)) return true;
  return new RegExp(`(?:^|[;{}\\n])[ \\t]*(?:await[ \\t]+)?(?:${REFUSES.source})\\s*\\(`, 'i').test(always);
}

const conditionsIn = oncePer((module: SourceModule): readonly IfStatement[] => {
  const conditions: IfStatement[] = [];
  walk(module, { IfStatement: (statement) => void conditions.push(statement) });
  return conditions;
});

/** The middleware is one of a package for sign-in, as it stands: no function of the app's own decides in it. */
function isWholeGuard({ module }: Place): boolean {
  const asked = [
    ...module.imports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.exports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
  ];
  if (asked.includes('next-auth/middleware')) return true;
  const isHandedOn = module.exports.some(({ entries }) =>
    entries.some(
      ({ exportName, localName, importName }) =>
        (exportName.kind === 'Default' || /^(middleware|proxy|default)$/.test(exportName.name ?? '')) &&
        (localName.name === 'auth' || importName.name === 'auth'),
    ),
  );
  return isHandedOn || module.program.body.some(isGuardByDefault);
}

/** `export default withAuth(options)`, and not `withAuth((request) => …)`. */
function isGuardByDefault(statement: Statement | Directive): boolean {
  if (statement.type !== 'ExportDefaultDeclaration') return false;
  const { declaration } = statement;
  const called = declaration.type === 'CallExpression' ? declaration.callee : declaration;
  const [first] = declaration.type === 'CallExpression' ? declaration.arguments : [];
  return (
    called.type === 'Identifier' && /^(withAuth|auth)$/.test(called.name) && !(first && isFunction(first))
  );
}

/** `if (pathname.startsWith('/api/test')) return NextResponse.next();` */
function letsPass(place: Place, { test, consequent }: IfStatement, url: string): boolean {
  const answer = textOf(place, consequent);
  return (
    /\bnext\(\)|^\{?\s*return\s*(?:;\s*)?\}?$/.test(answer) &&
    !DENIES.test(answer) &&
    pathsIn(place, test).some((path) => isSpecific(path) && isMatch(path, url)) &&
    !isNegated(place, test)
  );
}

/** A refusal under a condition that holds for the url. Below `/api` as a whole it has to ask who is there. */
function keepsOut(
  place: Place,
  condition: IfStatement,
  conditions: readonly IfStatement[],
  url: string,
): boolean {
  const { test, consequent } = condition;
  const inner = conditions.filter((other) => other !== condition && isAround(condition, other));
  const own = outside(place, consequent, inner);
  const answer = `${own}\n${returnedBy(place, own)}`;
  if (!DENIES.test(answer) && !REFUSES.test(answer)) return false;
  const isWanted =
    ASKS.test(expanded(place, test)) ||
    WHO.test(textOf(place, test)) ||
    ASKS.test(answer) ||
    REFUSES.test(answer);
  const paths = pathsIn(place, test);
  if (!holdsFor(place, condition, url)) return false;
  const isForFolder = isNegated(place, test)
    ? paths.length > 0
    : [...paths, ...(paths.length === 0 ? matchersOf(place) : [])].some(
        (path) => isMatch(path, url) && isAboutFolder(path),
      );
  return isForFolder || isWanted;
}
