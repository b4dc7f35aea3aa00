import type { Repo } from '../../../src/contract.ts';
import { MATERIAL } from '../tables.ts';
import type { Description, Operation } from './description.ts';

/** What swagger-jsdoc reads: YAML in `@swagger` and `@openapi` comments, one description for all of them. */
export function commentDescriptions(repo: Repo): readonly Description[] {
  const files = repo.find(/(?<!\.d)\.[cm]?[jt]sx?$/).filter((path) => !MATERIAL.test(path));
  const operations = files.flatMap((path) => operationsIn(repo.peek(path) ?? '', path));
  const [first] = operations;
  if (!first) return [];
  const isOneFile = operations.every(({ file }) => file === first.file);
  const name = isOneFile ? first.file : 'the @swagger comments';
  const tellers = [...new Set(operations.map(({ file }) => file))];
  return [{ path: first.file, name, operations, bases: [''], tellers, isPartial: false }];
}

function operationsIn(text: string, file: string): readonly Operation[] {
  if (!text.includes('@swagger') && !text.includes('@openapi')) return [];
  const found: Operation[] = [];
  for (let at = text.indexOf('/**'); at !== -1; at = text.indexOf('/**', at + 3)) {
    const end = text.indexOf('*/', at + 3);
    const comment = text.slice(at, end === -1 ? text.length : end);
    if (/@(?:swagger|openapi)\b/.test(comment)) found.push(...operationsOf(comment, file, at));
  }
  return found;
}

function operationsOf(comment: string, file: string, at: number): readonly Operation[] {
  const found: Operation[] = [];
  let path: string | undefined;
  for (const line of comment.split('\n')) {
    const [, documented, method] =
      /^[\s*]*(?:(?:@(?:swagger|openapi)\s+)?['"]?(\/[\w\-{}/.:]*?)['"]?|(get|put|post|delete|patch)):\s*$/.exec(
        line,
      ) ?? [];
    if (documented !== undefined) path = documented;
    else if (method !== undefined && path !== undefined)
      found.push({ method: method.toUpperCase(), path, file, at });
  }
  return found;
}
