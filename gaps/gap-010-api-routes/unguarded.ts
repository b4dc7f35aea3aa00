import type { NextApp, Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import type { RouteHandlers } from '../../src/read/next/next-routes.ts';
import { findSignIn } from '../../src/read/sign-in/sign-in.ts';
import { codeOf } from './code.ts';
import { isBehindLogin } from './lacks.ts';

/** Handlers that change or take away what is there already: creating may be meant for everybody. */
const CHANGES: readonly string[] = ['PUT', 'PATCH', 'DELETE'];
/** A record of a database, by an ORM, a query builder, a document store or SQL. */
const RECORD =
  /\b\w*(?:prisma|db|client|tx)\w*\.\w+\.(?:update|delete|upsert)\w*\(|\b(?:db|tx|supabase)\w*\s*\.(?:update|delete)\(|\.from\([^)]*\)\s*\.(?:update|delete|upsert)\(|\.(?:findById|findOne)And(?:Update|Remove|Delete|Replace)\(|\.(?:update|delete)(?:One|Many)\(|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bawait\s+\w+\.save\(\)/;
/** Any word of somebody being asked for, or of something only the right caller knows. */
const ASKS =
  /session|auth(?!or)|cookie|header|secret|token|signature|api_?key|captcha|permi|verif|protect|guard|jwt|allow|current_?user|get_?user|require(?!d)|middleware|clerk|kinde|ability|policy|role|owner/i;

/** The methods by which anybody may change a record; none where anything might ask who it is. */
export function unguardedMethods(repo: Repo, app: NextApp, route: RouteHandlers): readonly string[] {
  const { path, methods } = route;
  if (methods === 'unknown' || !methods.some((method) => CHANGES.includes(method))) return [];
  if (ASKS.test(withoutComments(repo, path))) return [];
  const found = methods.filter(
    (method) =>
      CHANGES.includes(method) &&
      RECORD.test(codeOf(repo, app, path, method, 1)) &&
      !ASKS.test(withoutImports(codeOf(repo, app, path, method, 2))),
  );
  const isAsked = found.length > 0 && (!findSignIn(repo, app) || isBehindLogin(repo, app, route.url));
  return isAsked ? [] : found;
}

/** Names of modules ask nobody. */
function withoutImports(code: string): string {
  return code.replace(/^import\b.*$/gm, '');
}
