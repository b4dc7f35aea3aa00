import type { BlockStatement } from 'oxc-parser';
import type { Edit, NextApp, Repo, SourceModule, Span } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { applySpans, splice } from '../../../src/edit/spans.ts';
import { indentOf, indentUnitOf, styleOf } from '../../../src/edit/ts-file.ts';
import { addImports, type WantedImport } from '../../../src/edit/ts-imports.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import { type HandlerFunction, handlerFunction } from '../../../src/read/next/handler-function.ts';
import { bodySpans, escapedQuery, querySpans } from './body-edit.ts';
import { withoutLeftOvers } from './left-over.ts';
import type { MethodPlan, RoutePlan } from './plans.ts';
import { source } from './tree.ts';
import { upstreamEdit } from './upstream-edit.ts';

/** What an edit changes, and what it has to import, by the modules of the templates. */
export interface PartEdit {
  readonly spans: readonly Span[];
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

/** A route's file with its handlers finished; undefined where one of them is written in a way that is not known. */
export function routeEdit(repo: Repo, app: NextApp, path: string, plan: RoutePlan): Edit | undefined {
  const module = repo.module(path);
  const parts = Object.entries(plan.methods).map(([method, rules]) =>
    handlerPart(module, method, plan.name, rules),
  );
  return parts.every((part) => part !== undefined) ? fileEdit(repo, app, module, parts) : undefined;
}

/** A file with its parts edited, with the imports that these need and without what they leave unused. */
export function fileEdit(
  repo: Repo,
  app: NextApp,
  { path, text }: SourceModule,
  parts: readonly PartEdit[],
): Edit | undefined {
  const files = [...new Set(parts.flatMap(({ imports }) => Object.keys(imports)))];
  const wanted = files.map(
    (file): WantedImport => ({
      module: specifierFor(repo, app, path, placeOf(app, file)),
      named: [...new Set(parts.flatMap(({ imports }) => imports[file] ?? []))].sort(),
    }),
  );
  const imported = addImports(path, text, wanted);
  if ('refused' in imported) return undefined;
  const after = applySpans(path, text, [...imported.spans, ...parts.flatMap(({ spans }) => spans)]);
  return splice(repo, path, [{ start: 0, end: text.length, text: withoutLeftOvers(path, text, after) }]);
}

/** One handler finished by a plan; undefined where it is written in a way that is not known. */
export function handlerPart(
  module: SourceModule,
  method: string,
  name: string,
  plan: MethodPlan,
): PartEdit | undefined {
  const { text } = module;
  const handler = handlerFunction(module, method);
  const body = handler?.body;
  if (!handler || body?.type !== 'BlockStatement' || !plan.upstream.test(source(text, body)))
    return undefined;
  const request = requestName(handler);
  const input = inputSpans(text, body, method, request ?? '', plan);
  // A handler that hands the request to a helper leaves the asking to that.
  const upstream = /\bfetch\(/.test(source(text, body)) ? upstreamEdit(text, body) : NO_UPSTREAM;
  const parameter = request === undefined ? parameterSpan(text, handler) : [];
  if (!input || !upstream || !parameter) return undefined;
  const rules = [
    `name: '${name}'`,
    ...(plan.schema ? [`schema: ${plan.schema}`] : []),
    ...(plan.rules ? [plan.rules] : []),
  ];
  const admission = admissionSpan(text, body, request ?? 'request', rules.join(', '));
  const isBaked = method === 'GET' && !/\bnextUrl\b|export const dynamic\b/.test(text);
  return {
    spans: [...parameter, admission, ...input, ...upstream.spans, ...(isBaked ? dynamicSpans(module) : [])],
    imports: {
      'lib/api/guard.ts': ['admit'],
      ...(plan.schema ? { [`lib/api/schemas/${plan.module}.ts`]: [plan.schema, ...(plan.also ?? [])] } : {}),
      ...(upstream.imports.length > 0 ? { 'lib/api/upstream.ts': upstream.imports } : {}),
    },
  };
}

const NO_UPSTREAM = { spans: [], imports: [] };

function inputSpans(
  text: string,
  body: BlockStatement,
  method: string,
  request: string,
  { query }: MethodPlan,
): readonly Span[] | undefined {
  if (method !== 'GET') return bodySpans(text, body, request);
  const taken = query ? querySpans(text, body, query) : [];
  return taken && [...taken, ...escapedQuery(text, body)];
}

function requestName({ params }: HandlerFunction): string | undefined {
  const [first] = params;
  return first?.type === 'Identifier' ? first.name : undefined;
}

/** A handler that took nothing takes the request. */
function parameterSpan(text: string, { start, params, body }: HandlerFunction): readonly Span[] | undefined {
  const at = text.indexOf('()', start);
  if (params.length > 0 || at === -1 || (body && at > body.start)) return undefined;
  return [insertion(at + 1, 'request: Request')];
}

/** The admission comes before everything else that a handler does. */
function admissionSpan(text: string, body: BlockStatement, request: string, rules: string): Span {
  const { quote, semicolon } = styleOf(text);
  const [first] = body.body;
  const indent = first ? indentOf(text, first.start) : indentOf(text, body.start) + indentUnitOf(text);
  const lines = [
    `const admitted = await admit(${request}, { ${rules.replaceAll("'", quote)} })${semicolon}`,
    `if (admitted.refused) return admitted.refused${semicolon}`,
  ];
  return insertion(body.start + 1, lines.map((line) => `\n${indent}${line}`).join(''));
}

/** Nothing of the answer may be made when the app is built. */
function dynamicSpans({ program, text }: SourceModule): readonly Span[] {
  const { quote, semicolon } = styleOf(text);
  const last = program.body.findLast(({ type }) => type === 'ImportDeclaration');
  const line = `export const dynamic = ${quote}force-dynamic${quote}${semicolon}`;
  return last ? [insertion(last.end, `\n\n${line}`)] : [];
}
