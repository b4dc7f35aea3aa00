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
export function siblingEdit(repo: Repo, { app, path, url, missing }: JudgedRoute): Edit | undefined {
  const module = repo.module(path);
  const parts = missing
    .filter(({ part }) => UNDECIDED.has(part))
    .flatMap(({ part, handlers }) => handlers.map((handler) => partFor(module, url, part, handler)));
  const known = parts.flatMap((part) => part ?? []);
  return known.length > 0 && known.length === parts.length ? fileEdit(repo, app, module, known) : undefined;
}

function partFor(
  module: SourceModule,
  url: string,
  part: MissingPart,
  { method }: Handler,
): PartEdit | undefined {
  const body = handlerFunction(module, method)?.body;
  if (body?.type !== 'BlockStatement') return undefined;
  if (part === 'body-first')
    return handlerPart(module, method, url.replace(/^\/api\//, ''), {
      upstream: /(?:)/,
      schema: 'JsonObject',
      module: 'json-object',
    });
  const spans = escapedQuery(module.text, body);
  return spans.length > 0 ? { spans, imports: {} } : undefined;
}
