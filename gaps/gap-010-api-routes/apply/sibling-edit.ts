import type { Edit, Repo, SourceModule } from '../../../src/contract.ts';
import { handlerFunction } from '../../../src/read/next/handler-function.ts';
import type { Handler } from '../read/handlers.ts';
import type { MissingPart } from '../read/missing-parts.ts';
import type { JudgedRoute } from '../read.ts';
import { escapedQuery } from './body-edit.ts';
import { fileEdit, handlerPart, type PartEdit } from './route-edit.ts';

/** Of what a sibling lacks, the parts that need nobody's decision. */
const UNDECIDED: ReadonlySet<MissingPart> = new Set(['body-first', 'unescaped-query']);

/**
 * A route that the runbook does not name: who may call it, and what it takes, stay as they are; undefined where nothing
 * of it can be mended without a decision.
 */
export function siblingEdit(repo: Repo, route: JudgedRoute): Edit | undefined {
  const { app, path, missing } = route;
  const lacks = missing.filter(({ part }) => UNDECIDED.has(part));
  if (lacks.length === 0) return undefined;
  const module = repo.module(path);
  const first = lacks.flatMap(({ part, handlers }) => (part === 'body-first' ? handlers : []));
  const admitted = first.map((handler) => admissionPart(module, route, handler));
  const escaped = escapedPart(
    module,
    route.handlers.filter((handler) => !first.includes(handler)),
  );
  const parts = [...admitted, escaped].flatMap((part) => part ?? []);
  return parts.length === admitted.length + 1 ? fileEdit(repo, app, module, parts) : undefined;
}

function admissionPart(
  module: SourceModule,
  { url }: JudgedRoute,
  { method }: Handler,
): PartEdit | undefined {
  const name = url.replace(/^\/api\//, '');
  return handlerPart(module, method, name, { upstream: /(?:)/, schema: 'JsonObject', module: 'json-object' });
}

/** Where one query is escaped, all of the file's are: an e-mail address with a plus is another one otherwise. */
function escapedPart(module: SourceModule, handlers: readonly Handler[]): PartEdit {
  const spans = handlers.flatMap(({ method }) => {
    const body = handlerFunction(module, method)?.body;
    return body?.type === 'BlockStatement' ? escapedQuery(module.text, body) : [];
  });
  return { spans, imports: {} };
}
